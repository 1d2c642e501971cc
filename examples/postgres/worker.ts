// A worker of the night. Start as many as you like, by your scheduler: each ends when nothing is left to do.
import { env } from "node:process";
import { night } from "./night.ts";
import { openShop } from "./shop.ts";

const shop = openShop(env);
await night(shop);
await shop.database.end();
