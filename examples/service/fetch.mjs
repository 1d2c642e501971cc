// The service for hosts that serve a module's `fetch`:
//
//   deno serve --host 127.0.0.1 --port 8080 --allow-net --allow-env --allow-read --allow-write fetch.mjs
//   bun fetch.mjs
//
// Settings in the environment: FOLDER for the subscriptions, PLANS, a price list other than plans.json, and those of day.mjs.
import { readFileSync } from "node:fs";
import { env } from "node:process";
import { dayBy } from "./day.mjs";
import { createFileStore } from "./files.mjs";
import { createService } from "./service.mjs";

const plans = JSON.parse(readFileSync(env.PLANS ?? new URL("plans.json", import.meta.url), "utf8"));

export default {
  port: Number(env.PORT ?? 8080),
  hostname: "127.0.0.1",
  fetch: createService({ store: createFileStore(env.FOLDER ?? "subscriptions"), plans, today: dayBy(env) }),
};
