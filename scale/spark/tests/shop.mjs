// A shop of examples/postgres for the tests of the night on Spark: its database, its provider and its workers. Each line of the input is a
// command as JSON, each line of the output its answer.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { env, execPath, stdin } from "node:process";
import { createInterface } from "node:readline";
import { start as startFake } from "../../../examples/node/fakes/dineropay.mjs";
import { dayIn } from "../../../pkg/src/index.js";
import { environment, newDatabase, openShop, program } from "../../../tests/postgres/shop.mjs";

const counts = new Map();
const workers = new Map();
/** The workers to be killed, each with the number of its charge. */
let victims = {};

/** The money is charged, and the worker that sent the request is killed. What it sent besides never arrives. */
function decide({ kind, userAgent }) {
  if (kind !== "recurring") return "settle";
  const count = (counts.get(userAgent) ?? 0) + 1;
  counts.set(userAgent, count);
  const last = victims[userAgent] ?? Infinity;
  if (count === last) workers.get(userAgent).child.kill("SIGKILL");
  return count < last ? "settle" : count === last ? "lost_after" : "lost_before";
}

const { TIME_ZONE } = env;
const fake = await startFake({ today: dayIn(TIME_ZONE, new Date()), decide });
const database = await newDatabase();
const variables = { ...environment({ name: "dineropay", fake }, database, "https://shop.example"), TIME_ZONE };
const shop = openShop(variables);

const INSERT = `
  INSERT INTO subscriptions (id, state, next_action_on)
  SELECT id, state, next_action_on FROM jsonb_to_recordset($1::jsonb) AS row(id text, state jsonb, next_action_on date)`;

function runWorker(name, mode) {
  const child = spawn(execPath, [program("worker"), mode], {
    env: { ...env, ...variables, USER_AGENT: name },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return { child, ended: once(child, "exit").then(([code, signal]) => signal ?? code) };
}

/** References with amounts, as the provider has charged them and as the shop knows it. SAR has two decimals. */
const charged = () =>
  fake.ledger
    .filter(({ orderNumber }) => orderNumber !== "card")
    .map(({ orderNumber, amount }) => `${orderNumber} ${amount.replace(".", "")}`)
    .sort();
const PAID = `
  SELECT reference || ' ' || (payment -> 'amount' ->> 'amount') AS entry FROM payments
  WHERE succeeded_on IS NOT NULL ORDER BY reference COLLATE "C"`;
const OUTBOX = `SELECT reference, subscription, started, sent_at FROM outbox ORDER BY reference COLLATE "C"`;
const SUBSCRIPTIONS = `
  SELECT id, state ->> 'status' AS status, state ->> 'payments' AS payments, next_action_on
  FROM subscriptions ORDER BY id COLLATE "C"`;

const commands = {
  async fill({ file }) {
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    for (let from = 0; from < lines.length; from += 1_000)
      await database.query(INSERT, [`[${lines.slice(from, from + 1_000).join(",")}]`]);
    // One card pays for all of them.
    const price = { amount: 9_900, currency: "SAR" };
    const { url } = (await shop.provider.checkout({ payment: { reference: "card", amount: price } }, null)).page;
    const { payment } = fake.complete(url);
    const credential = {
      provider: "dineropay",
      initTransId: payment.id,
      token: payment.token,
      currency: price.currency,
    };
    await database.query("INSERT INTO credentials SELECT id, $1 FROM subscriptions", [shop.vault.encrypt(credential)]);
    await database.query("ANALYZE");
  },
  async work({ names, mode, kill = {} }) {
    victims = kill;
    for (const name of names) workers.set(name, runWorker(name, mode));
    return Promise.all(names.map((name) => workers.get(name).ended));
  },
  /** Hours pass: what was left by the killed is looked up. */
  async later() {
    await database.query("UPDATE outbox SET sent_at = sent_at - interval '3 hours'");
    await database.query("UPDATE payments SET started_at = started_at - interval '3 hours'");
  },
  outbox: () => database.query(OUTBOX),
  async books() {
    return {
      charged: charged(),
      paid: (await database.query(PAID)).map(({ entry }) => entry),
      subscriptions: await database.query(SUBSCRIPTIONS),
    };
  },
};

const answer = (value) => process.stdout.write(`${JSON.stringify(value ?? null)}\n`);
answer({ database: database.address });
for await (const line of createInterface({ input: stdin })) {
  const { command, ...more } = JSON.parse(line);
  answer(await commands[command](more));
}
for (const { child } of workers.values()) child.kill();
await shop.database.end();
await Promise.all([database.remove(), fake.close()]);
