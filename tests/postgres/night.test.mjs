// A night of 20 000 payments by four workers, two of which are killed after the provider has charged and before they know it. DineroPay
// deduplicates nothing, so whatever is sent twice is charged twice.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { env, execPath } from "node:process";
import { test } from "node:test";
import { start as startFake } from "../../examples/node/fakes/dineropay.mjs";
import { addDays, createSubscription, dueDates } from "../../pkg/src/index.js";
import { DUE, environment, newDatabase, openShop, plansOf, program, TIME_ZONE, TODAY as today } from "./shop.mjs";

const DUE_TODAY = 20_000;
const NOT_DUE = 60_000;
const WORKERS = ["worker-1", "worker-2", "worker-3", "worker-4"];
const LATER = "worker-5";
/** Those to be killed, each with the number of its charge. */
const VICTIMS = new Map([
  ["worker-1", 711],
  ["worker-3", 1_131],
]);

const { price } = plansOf("dineropay").basic;

/** Subscriptions whose second payment is due today. */
function dueToday() {
  const [, due] = dueDates({ start: addDays(today, -30), cycle: { every: 30, unit: "day" } }, { through: today });
  assert.equal(due, today);
  const terms = { price, schedule: { start: addDays(today, -30), cycle: { every: 30, unit: "day" } } };
  const imported = { payments: 1, establishedBy: "payment" };
  return Array.from({ length: DUE_TODAY }, (_, index) => createSubscription({ id: `due-${index}`, terms, imported }));
}

/** Fills the database. What is not due has a state that nobody can read. */
async function fill({ query }, shop, fake) {
  const subscriptions = dueToday();
  const insert = `
    INSERT INTO subscriptions (id, state, next_action_on)
    SELECT state ->> 'id', state, (state ->> 'nextActionOn')::date FROM jsonb_array_elements($1::jsonb) AS row(state)`;
  for (let from = 0; from < DUE_TODAY; from += 1_000)
    await query(insert, [JSON.stringify(subscriptions.slice(from, from + 1_000))]);
  await query(
    `INSERT INTO subscriptions (id, state, next_action_on)
     SELECT 'later-' || number, '{}', CASE WHEN number % 3 > 0 THEN $1::date + number % 365 + 1 END
     FROM generate_series(1, ${NOT_DUE}) AS number`,
    [today],
  );
  // One card pays for all of them.
  const { url } = (await shop.provider.checkout({ payment: { reference: "card", amount: price } }, null)).page;
  const { payment } = fake.complete(url);
  const credential = { provider: "dineropay", initTransId: payment.id, token: payment.token, currency: price.currency };
  const copy = "INSERT INTO credentials SELECT id, $1 FROM subscriptions WHERE id LIKE 'due-%'";
  await query(copy, [shop.vault.encrypt(credential)]);
  await query("ANALYZE");
}

/** All nodes of a plan, as EXPLAIN has them. */
const nodes = (plan) => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

async function readsOnlyWhatIsDue({ query }) {
  const [row] = await query(`EXPLAIN (ANALYZE, FORMAT JSON) ${DUE}`, [today]);
  const all = nodes(row["QUERY PLAN"][0].Plan);
  const scans = all.filter((node) => node["Node Type"].includes("Scan"));
  assert.deepEqual(
    scans.map((scan) => [scan["Node Type"], scan["Index Name"], scan["Rows Removed by Filter"] ?? 0]),
    [["Index Scan", "subscriptions_due", 0]],
  );
  console.log(
    `EXPLAIN: ${all.map((node) => `${node["Node Type"]}${node["Index Name"] ? ` using ${node["Index Name"]}` : ""}`).join(" > ")}`,
  );
}

/** The ledger of the provider and that of the shop: references with their amounts. SAR has two decimals. */
const charged = ({ ledger }) =>
  ledger
    .filter(({ orderNumber }) => orderNumber !== "card")
    .map(({ orderNumber, amount }) => `${orderNumber} ${amount.replace(".", "")}`)
    .sort();
const KNOWN = `
  SELECT reference || ' ' || (payment -> 'amount' ->> 'amount') AS entry FROM payments WHERE succeeded_on IS NOT NULL`;
const known = async ({ query }) => (await query(KNOWN)).map(({ entry }) => entry).sort();

function runWorker(name, variables) {
  const child = spawn(execPath, [program("worker")], {
    env: { ...env, ...variables, USER_AGENT: name },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return { child, ended: once(child, "exit").then(([code, signal]) => signal ?? code) };
}

test("two of four workers are killed in the night: everybody is charged once, and nobody is forgotten", async () => {
  const counts = new Map([...WORKERS, LATER].map((name) => [name, 0]));
  const workers = new Map();
  /** The hook of the fake: the money is charged, and the worker that sent the request is killed. What it sent besides never arrives. */
  function decide({ kind, userAgent }) {
    if (kind !== "recurring") return "settle";
    const count = counts.get(userAgent) + 1;
    counts.set(userAgent, count);
    const last = VICTIMS.get(userAgent) ?? Infinity;
    if (count === last) workers.get(userAgent).child.kill("SIGKILL");
    return count < last ? "settle" : count === last ? "lost_after" : "lost_before";
  }
  const fake = await startFake({ today, decide });
  const database = await newDatabase();
  const variables = { ...environment({ name: "dineropay", fake }, database, "https://shop.example"), TIME_ZONE };
  const shop = openShop(variables);
  try {
    await fill(database, shop, fake);
    await readsOnlyWhatIsDue(database);

    const begun = performance.now();
    for (const name of WORKERS) workers.set(name, runWorker(name, variables));
    const ends = await Promise.all([...workers.values()].map(({ ended }) => ended));
    const seconds = (performance.now() - begun) / 1000;
    assert.deepEqual(
      ends,
      WORKERS.map((name) => (VICTIMS.has(name) ? "SIGKILL" : 0)),
    );

    const [taken, written] = [charged(fake), await known(database)];
    const inFlight = await database.query("SELECT reference FROM outbox");
    assert.ok(taken.length - written.length >= VICTIMS.size, "the killed workers have charged what nobody knows of");
    assert.ok(inFlight.length > 0 && inFlight.length < DUE_TODAY / 10);
    console.log(
      `${taken.length} payments in ${seconds.toFixed(1)} s, ${Math.round(taken.length / seconds)} a second; ` +
        `left by the killed: ${inFlight.length} in flight, ${taken.length - written.length} of them charged`,
    );

    // Hours pass; then what was left is looked up.
    await database.query("UPDATE outbox SET sent_at = sent_at - interval '3 hours'");
    await database.query("UPDATE payments SET started_at = started_at - interval '3 hours'");
    assert.equal(await runWorker(LATER, variables).ended, 0);

    const [all, paid] = [charged(fake), await known(database)];
    assert.equal(all.length, DUE_TODAY);
    assert.equal(new Set(all).size, DUE_TODAY, "nobody is charged twice");
    assert.deepEqual(paid, all, "the ledgers are equal");
    assert.deepEqual(await database.query("SELECT reference FROM outbox"), []);
    const [left] = await database.query(
      "SELECT count(*)::int AS due, (SELECT count(*)::int FROM subscriptions WHERE state ->> 'payments' = '2') AS paid FROM subscriptions WHERE next_action_on <= $1",
      [today],
    );
    assert.deepEqual(left, { due: 0, paid: DUE_TODAY });
    assert.ok(fake.refused.every(({ problems }) => problems[0] === "Payment not found."));
  } finally {
    for (const { child } of workers.values()) child.kill();
    await shop.database.end();
    await Promise.all([database.remove(), fake.close()]);
  }
});
