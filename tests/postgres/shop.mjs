// A shop of examples/postgres at one of the fakes, over a database of its own: its programs as `esbuild` makes them for Node 20.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { env, pid } from "node:process";
import { pathToFileURL } from "node:url";
import { dayIn } from "../../pkg/src/index.js";
import { benches } from "../e2e/benches.mjs";

const tools = createRequire(new URL("../../pkg/", import.meta.url));
const { build } = tools("esbuild");
const { Client } = tools("pg");
const folder = join(env.BILLING_RULES_PROJECT, "postgres");
const dist = join(folder, `dist-${pid}`);

await build({
  absWorkingDir: folder,
  bundle: true,
  entryPoints: ["http.ts", "night.ts", "shop.ts", "worker.ts"],
  format: "esm",
  logLevel: "warning",
  outdir: dist,
  packages: "external",
  platform: "node",
  splitting: true,
  target: "node20",
});

const hours = 12 - new Date().getUTCHours();

/** A zone where it is noon, so that a test of programs, which read the clock, does not run over midnight. The signs of such zones are reversed. */
export const TIME_ZONE = `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
export const TODAY = dayIn(TIME_ZONE, new Date());

/** A program of the shop. */
export const program = (name) => join(dist, `${name}.js`);
const load = (name) => import(pathToFileURL(program(name)));
export const { night, DUE } = await load("night");
export const { openShop } = await load("shop");
const { handler } = await load("http");

/** An empty database with the schema: its address, and what removes it. */
export async function newDatabase() {
  const name = `shop_${randomBytes(6).toString("hex")}`;
  const server = new Client({ connectionString: env.BILLING_RULES_POSTGRES });
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  const address = new URL(name, env.BILLING_RULES_POSTGRES).href;
  const client = new Client({ connectionString: address });
  await client.connect();
  await client.query(readFileSync(join(folder, "schema.sql"), "utf8"));
  return {
    address,
    query: async (text, values) => (await client.query(text, values)).rows,
    async remove() {
      await client.end();
      await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await server.end();
    },
  };
}

/** A price list, as a file. */
function fileOf(plans) {
  const file = join(dist, `plans-${randomBytes(6).toString("hex")}.json`);
  writeFileSync(file, JSON.stringify(plans));
  return file;
}

const CURRENCIES = { a55: "BRL", dineropay: "SAR", dintero: "NOK", nexi: "NOK" };

/** The plans of a shop at a provider. */
export const plansOf = (name) => {
  const plan = (amount, more) => ({ price: { amount, currency: CURRENCIES[name] }, cycle: "monthly", ...more });
  return { basic: plan(9900, { trialDays: 14 }), pro: plan(19900) };
};

/** The environment of a shop at a fake, as benches.mjs starts it. */
export function environment({ name, fake }, database, publicUrl) {
  const accounts = {
    a55: {
      A55_URL: fake.url,
      A55_WALLET: "11111111-1111-4111-8111-111111111111",
      A55_MERCHANT: "22222222-2222-4222-8222-222222222222",
      A55_CLIENT_ID: "client",
      A55_CLIENT_SECRET: "client-secret",
      A55_WEBHOOK_SECRET: "webhook-secret",
    },
    dineropay: {
      DINEROPAY_URL: fake.url,
      DINEROPAY_KEY: fake.account?.merchantKey,
      DINEROPAY_PASSWORD: fake.account?.password,
    },
    dintero: {
      DINTERO_URL: fake.url,
      DINTERO_ACCOUNT: "T12345678",
      DINTERO_CLIENT_ID: "client",
      DINTERO_CLIENT_SECRET: "client-secret",
      DINTERO_CALLBACK_SECRET: "callback-secret",
    },
    nexi: { NEXI_URL: fake.url, NEXI_SECRET_KEY: "secret-key", NEXI_WEBHOOK_AUTHORIZATION: "abcdefgh12345678" },
  };
  return {
    PROVIDER: name,
    PUBLIC_URL: publicUrl,
    PLANS: fileOf(plansOf(name)),
    CREDENTIALS_KEY: Buffer.alloc(32, 7).toString("base64"),
    DATABASE_URL: database.address,
    ...accounts[name],
  };
}

/** What the fake's provider reports since the last call, each as a function that delivers it to the shop and gives the HTTP status. */
function deliveries({ name, fake }, url) {
  const post = async (url, options) => (await fetch(url, { method: "POST", ...options })).status;
  const all = {
    a55: () => [...fake.charges.keys()].map((uuid) => () => fake.deliver(uuid)),
    dineropay: () => fake.callbacks.map((body) => () => post(`${url}/webhook`, { body })),
    dintero: () =>
      fake.callbacks.map(
        ({ method, url, signature }) =>
          () =>
            post(url, { method, headers: { "dintero-signature": signature } }),
      ),
    nexi: () =>
      fake.reports.map(
        ({ url, authorization, body }) =>
          () =>
            post(url, { body, headers: { authorization } }),
      ),
  }[name];
  let seen = 0;
  return () => {
    const news = all().slice(seen);
    seen += news.length;
    return news;
  };
}

/** Opens a shop with its server. `at(day, hour)` sets the clock, of the shop and of the fake. */
export async function start(name, day) {
  const bench = await benches[name]({ from: day });
  const database = await newDatabase();
  const clock = { now: new Date(`${day}T00:00:00Z`) };
  let handle;
  const server = createServer((request, response) => handle(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}`;
  const shop = openShop(environment(bench, database, url), () => clock.now);
  handle = handler(shop);
  const call = async (method, path, body) => {
    const response = await fetch(`${url}${path}`, { method, body: body && JSON.stringify(body) });
    return { status: response.status, body: JSON.parse((await response.text()) || "null") };
  };
  return {
    bench,
    shop,
    database,
    night: () => night(shop),
    news: deliveries(bench, url),
    get: (path) => call("GET", path),
    post: (path, body = {}) => call("POST", path, body),
    at(day, hour = 0) {
      clock.now = new Date(`${day}T${String(hour).padStart(2, "0")}:00:00Z`);
      bench.at({ day, hour });
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await shop.database.end();
      await Promise.all([database.remove(), bench.close()]);
    },
  };
}
