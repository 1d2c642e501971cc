// A worker of the night. Start as many as you like, by your scheduler: each ends when nothing is left to do.
// `worker drain` works on what an engine has put into the outbox, such as the job of scale/spark.
import { argv, env } from "node:process";
import { drain, night } from "./night.ts";
import { openShop } from "./shop.ts";

const shop = openShop(env);
await (argv[2] === "drain" ? drain : night)(shop);
await shop.database.end();
