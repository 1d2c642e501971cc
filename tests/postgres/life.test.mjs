// A customer's life in the shop of examples/postgres, at each of the four providers: sign-up, trial, payments, a decline and its retry, a
// change of plan, a refund, webhooks that come twice, the page, and the end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { capabilities } from "../../pkg/src/index.js";
import { PROVIDERS } from "../e2e/check.mjs";
import { start } from "./shop.mjs";

const CUSTOMER = {
  name: "Ana Lima",
  email: "ana@example.com",
  taxId: "12345678909",
  address: {
    street: "Rua A",
    addressNumber: "1",
    neighborhood: "Centro",
    city: "São Paulo",
    state: "SP",
    postalCode: "01000-000",
    country: "BR",
  },
};

/** The money at the provider, by reference: what was charged less what went back. */
function moneyOf({ bench }) {
  const entries = bench.name === "nexi" ? [...bench.ledger(), ...bench.fake.refunds.map(negative)] : bench.ledger();
  const sums = new Map();
  for (const { reference, amount } of entries) sums.set(reference, (sums.get(reference) ?? 0) + amount);
  return Object.fromEntries(sums);
}
const negative = ({ reference, amount }) => ({ reference, amount: -amount });

/** Delivers all that the provider reports, twice, and checks that the second time changes nothing. */
async function deliver({ news, database }) {
  const stored = () => database.query("SELECT state, version FROM subscriptions");
  let count = 0;
  for (const send of news()) {
    assert.equal(await send(), 200);
    const once = await stored();
    assert.equal(await send(), 200);
    assert.deepEqual(await stored(), once);
    count += 1;
  }
  return count;
}

const paymentsOf = async ({ get }) =>
  (await get("/subscriptions/sub-1")).body.payments.map(({ reference, paidOn, declinedOn }) => [
    reference,
    paidOn,
    declinedOn,
  ]);

/** Comes to the checkout as a cardholder, pays, and comes back. */
async function pay(shop) {
  const { bench, post } = shop;
  const { body } = await post("/subscriptions/sub-1/checkout", { card: bench.card });
  if (bench.visit) {
    assert.deepEqual(
      (await post("/subscriptions/sub-1/checkout")).body,
      body,
      "who comes back is sent to the same page",
    );
    await bench.visit(body.url, false);
  }
  await deliver(shop);
  await post("/subscriptions/sub-1/return");
}

async function signUp({ get, post }) {
  const offer = (await get("/offers/basic")).body;
  const order = { id: "sub-1", plan: "basic", digest: offer.digest, customer: CUSTOMER };
  const stale = await post("/subscriptions", { ...order, digest: "another" });
  assert.deepEqual([stale.status, stale.body.offer], [409, offer]);
  assert.equal((await post("/subscriptions", order)).status, 200);
  assert.equal((await post("/subscriptions", order)).status, 409);
  return offer;
}

async function begin(shop) {
  const offer = await signUp(shop);
  const verifies = capabilities(shop.bench.name).verification !== "none";
  if (verifies) {
    assert.deepEqual([offer.trial.start, offer.trial.end, offer.dueNow.amount], ["2026-01-10", "2026-01-24", 0]);
    await pay(shop);
    const { phase, entitlement } = (await shop.get("/subscriptions/sub-1")).body;
    assert.deepEqual([phase, entitlement.reason], ["trial", "trial"]);
  }
  await shop.night();
  assert.deepEqual(moneyOf(shop), {});

  shop.at("2026-01-24");
  await shop.night();
  if (!verifies) await pay(shop);
  await deliver(shop);
  assert.deepEqual(moneyOf(shop), { "sub-1-1-0-1": 9900 });
}

async function decline(shop) {
  const { bench } = shop;
  shop.at("2026-02-24");
  bench.plan("sub-1-2-0-1", [], "51", false);
  await shop.night();
  await deliver(shop);
  const { phase, entitlement } = (await shop.get("/subscriptions/sub-1")).body;
  assert.deepEqual([phase, entitlement], ["past_due", { active: true, until: "2026-02-28", reason: "grace" }]);
  await shop.night();

  shop.at("2026-02-25");
  await shop.night();
  await deliver(shop);
  assert.equal((await shop.get("/subscriptions/sub-1")).body.phase, "paid");
  assert.deepEqual(moneyOf(shop), { "sub-1-1-0-1": 9900, "sub-1-2-0-2": 9900 });
}

async function change(shop) {
  shop.at("2026-03-03");
  const quote = (await shop.get("/subscriptions/sub-1/plan/pro")).body;
  const order = { plan: "pro", digest: quote.event.digest, customerPresent: false };
  const path = "/subscriptions/sub-1/plan";
  const stale = await shop.post(path, { ...order, digest: "another" });
  assert.deepEqual([stale.status, stale.body.quote], [409, quote]);
  assert.equal((await shop.post(path, order)).status, 200);
  await shop.night();
  await deliver(shop);
  const { amount } = quote.proration.dueNow;
  assert.ok(amount > 0);
  assert.equal(moneyOf(shop)["sub-1-2-1-1"], amount);
  assert.equal((await shop.get("/subscriptions/sub-1")).body.nextCharge.amount.amount, 19900);
  return amount;
}

async function refund(shop) {
  shop.at("2026-03-05");
  const { currency } = shop.shop.plans.basic.price;
  const request = { id: "ticket-1", amount: { amount: 500, currency } };
  for (const _ of [1, 2]) assert.equal((await shop.post("/subscriptions/sub-1/refunds", request)).status, 200);
  const other = await shop.post("/subscriptions/sub-1/refunds", { ...request, id: "ticket-2" });
  assert.equal(other.status, 409, "another refund is on its way");
  await shop.night();
  await shop.night();
  await deliver(shop);
  const rows = await shop.database.query("SELECT id, result FROM refunds");
  assert.deepEqual(rows, [{ id: "ticket-1/1", result: "done" }]);
}

async function leave(shop) {
  shop.at("2026-03-10");
  const path = "/subscriptions/sub-1/cancellation";
  const { refund, digest } = (await shop.get(path)).body;
  assert.equal((await shop.post(path, { digest: "another" })).status, 409);
  assert.equal((await shop.post(path, { digest })).body.status, "cancelled");
  const before = Object.values(moneyOf(shop)).reduce((sum, amount) => sum + amount, 0);
  await shop.night();
  const after = Object.values(moneyOf(shop)).reduce((sum, amount) => sum + amount, 0);
  assert.ok(refund.amount > 0);
  assert.equal(before - after, refund.amount);
  const left = (await shop.get(path)).body;
  assert.equal(left.refund.amount, 0, "nothing is left to refund");
}

for (const name of PROVIDERS) {
  test(`a life at ${name}`, async () => {
    const shop = await start(name, "2026-01-10");
    try {
      await begin(shop);
      await decline(shop);
      const difference = await change(shop);
      await refund(shop);

      const verified = capabilities(name).verification === "none" ? [] : [["sub-1-0-0-1", "2026-01-10", null]];
      assert.deepEqual(await paymentsOf(shop), [
        ...verified,
        ["sub-1-1-0-1", "2026-01-24", null],
        ["sub-1-2-0-1", null, "2026-02-24"],
        ["sub-1-2-0-2", "2026-02-25", null],
        ["sub-1-2-1-1", "2026-03-03", null],
      ]);
      const money = Object.values(moneyOf(shop)).reduce((sum, amount) => sum + amount, 0);
      assert.equal(money, 2 * 9900 + difference - 500);
      await leave(shop);
      assert.deepEqual(shop.bench.refused(), []);
      assert.deepEqual(await shop.database.query("SELECT reference FROM outbox"), []);
      // What charges a card is nowhere but in its own table, encrypted.
      const [{ credential }] = await shop.database.query("SELECT credential FROM credentials");
      assert.equal(shop.shop.vault.decrypt(credential).provider, name);
      const texts = await shop.database.query(
        "SELECT state::text || (SELECT string_agg(payment::text, '') FROM payments) AS text FROM subscriptions",
      );
      assert.doesNotMatch(texts[0].text + credential.toString("latin1"), /token|411111|cvv/i);
    } finally {
      await shop.stop();
    }
  });
}

test("a payment that the provider makes twice is refunded once", async () => {
  const shop = await start("dineropay", "2026-01-10");
  try {
    await begin(shop);
    shop.at("2026-02-24");
    await shop.night();
    // The request that arrives a second time: DineroPay deduplicates nothing.
    const [row] = await shop.database.query(
      "SELECT payment, credential FROM payments JOIN credentials USING (subscription) WHERE reference = 'sub-1-2-0-1'",
    );
    await shop.shop.provider.charge({ ...row, credential: shop.shop.vault.decrypt(row.credential) });
    assert.equal(moneyOf(shop)["sub-1-2-0-1"], 2 * 9900);
    await deliver(shop);
    await shop.night();
    await shop.night();
    assert.deepEqual(moneyOf(shop), { "sub-1-1-0-1": 9900, "sub-1-2-0-1": 9900 });
    const [{ state }] = await shop.database.query("SELECT state FROM subscriptions");
    assert.deepEqual(state.overpayments, []);
    assert.deepEqual(await shop.database.query("SELECT overpayment, result FROM refunds"), [
      { overpayment: true, result: "done" },
    ]);
  } finally {
    await shop.stop();
  }
});

test("a request that the provider rejects, and a state that nobody can read, wait until tomorrow", async () => {
  const shop = await start("dineropay", "2026-01-10");
  const { vault } = shop.shop;
  const store = (credential) =>
    shop.database.query("UPDATE credentials SET credential = $1", [vault.encrypt(credential)]);
  try {
    await begin(shop);
    const [{ credential }] = await shop.database.query("SELECT credential FROM credentials");
    const right = vault.decrypt(credential);
    await store({ ...right, token: "another" });
    await shop.database.query(
      "INSERT INTO subscriptions (id, state, next_action_on) VALUES ('broken', '{}', '2026-02-01')",
    );
    shop.at("2026-02-24");
    await shop.night();
    const days = await shop.database.query("SELECT id, next_action_on AS day FROM subscriptions ORDER BY id");
    assert.deepEqual(days, [
      { id: "broken", day: "2026-02-25" },
      { id: "sub-1", day: "2026-02-25" },
    ]);
    assert.equal(shop.bench.refused().length, 1, "it was sent once");

    await store(right);
    shop.at("2026-02-25");
    await shop.night();
    assert.deepEqual(moneyOf(shop), { "sub-1-1-0-1": 9900, "sub-1-2-0-1": 9900 });
  } finally {
    await shop.stop();
  }
});
