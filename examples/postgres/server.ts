// The server: http.ts has its routes.
import { createServer } from "node:http";
import { env } from "node:process";
import { handler } from "./http.ts";
import { openShop } from "./shop.ts";

createServer(handler(openShop(env))).listen(Number(env.PORT ?? 8080), "127.0.0.1");
