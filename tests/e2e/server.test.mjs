// The example server between the fakes of DineroPay and A55 and a store in a file.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { a55Provider } from "../../examples/node/backend/a55.mjs";
import { dineropayProvider } from "../../examples/node/backend/dineropay.mjs";
import { bill, checkout, newRow } from "../../examples/node/backend/engine.mjs";
import { createStore } from "../../examples/node/backend/store.mjs";
import { start as startA55 } from "../../examples/node/fakes/a55.mjs";
import { start as startDineropay } from "../../examples/node/fakes/dineropay.mjs";
import { a55Token, createCallbackServer, sender } from "../../examples/node/server.mjs";
import { journal } from "./check.mjs";

const A55 = { walletUuid: "11111111-1111-4111-8111-111111111111", merchantId: "22222222-2222-4222-8222-222222222222" };
const CLIENT = { clientId: "client", clientSecret: "client-secret" };
const CARD = {
  type: "card",
  holder: "ANA LIMA",
  number: "4111111111111111",
  expiryMonth: 12,
  expiryYear: 2030,
  cvv: "123",
};
const address = {
  street: "Rua A",
  addressNumber: "1",
  neighborhood: "Centro",
  city: "São Paulo",
  state: "SP",
  postalCode: "01000-000",
  country: "BR",
};
const payer = { name: "Ana Lima", email: "ana@example.com", address };
const terms = (currency) => ({
  price: { amount: 1999, currency },
  schedule: { start: "2026-01-31", cycle: "monthly" },
});

let now = { day: "2026-01-31", hour: 0 };
const clock = () => ({ ...now, seconds: Date.parse(now.day) / 1000 + now.hour * 3600 });
const folder = mkdtempSync(join(tmpdir(), "billing-rules-"));
const file = join(folder, "subscriptions.json");
const lines = [];
let store, url, server, a55, dineropay, atA55, atDineropay, decision;

before(async () => {
  store = createStore({ file });
  dineropay = await startDineropay({ today: now.day, decide: () => decision ?? "settle" });
  a55 = await startA55({ ...CLIENT, ...A55, webhookSecret: "webhook-secret", today: now.day });
  const providers = {};
  server = createCallbackServer({ store, providers, clock, log: (line) => lines.push(line) });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${server.address().port}`;
  dineropay.notificationUrl = `${url}/dineropay/callback`;
  atDineropay = dineropayProvider({
    account: dineropay.account,
    successUrl: "https://example.com/thanks",
    send: sender(),
  });
  const send = sender(a55Token({ ...CLIENT, tokenUrl: `${a55.url}/oauth2/token` }));
  const account = { ...A55, baseUrl: a55.url };
  atA55 = a55Provider({
    account,
    payer,
    webhookUrl: `${url}/a55/webhook`,
    webhookSecret: "webhook-secret",
    clock,
    send,
  });
  Object.assign(providers, { "/dineropay/callback": atDineropay, "/a55/webhook": atA55 });
});

after(async () => {
  await Promise.all([
    dineropay.close(),
    a55.close(),
    new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    }),
  ]);
  rmSync(folder, { recursive: true });
});

const post = async (path, body, headers = {}) =>
  (await fetch(`${url}${path}`, { method: "POST", body, headers })).status;
/** Callbacks come beside the answers. */
async function until(reached) {
  for (let turn = 0; turn < 1000 && !reached(); turn += 1) await new Promise((later) => setTimeout(later, 5));
}
const form = { "Content-Type": "application/x-www-form-urlencoded" };

test("DineroPay's callback makes a subscription active, and brings what charges it again", async () => {
  store.insert("dinero-1", newRow({ id: "dinero-1", terms: terms("USD") }));
  const page = await checkout(store, atDineropay, "dinero-1", now);
  const body = await dineropay.complete(page);
  const row = store.read("dinero-1");
  assert.equal(row.subscription.status, "active");
  assert.equal(row.credential.provider, "dineropay");
  const entries = journal(store, "dinero-1");
  assert.deepEqual(
    entries.map(({ reference, payment, amount }) => [reference, payment.lines.length, amount.amount]),
    [["dinero-1-1-0-1", 1, 1999]],
  );

  // The same again changes nothing; what is not DineroPay's own is refused and changes nothing.
  assert.equal(await post("/dineropay/callback", body, form), 200);
  assert.equal(await post("/dineropay/callback", body.replace("19.99", "1.00"), form), 400);
  assert.equal(await post("/dineropay/callback", "", form), 400);
  assert.deepEqual(store.read("dinero-1"), row);
  assert.deepEqual(journal(store, "dinero-1"), entries);
  assert.ok(!lines.join("\n").includes(dineropay.account.password));
});

test("a callback may come before the answer, and a decline by callback alone", async () => {
  now = { day: "2026-02-28", hour: 0 };
  dineropay.today = now.day;
  assert.equal(await bill(store, atDineropay, "dinero-1", now), "charge");
  assert.equal(journal(store, "dinero-1").length, 2);

  now = { day: "2026-03-31", hour: 0 };
  dineropay.today = now.day;
  decision = "decline";
  const silent = {
    ...atDineropay,
    charge: async (...given) => ({ ...(await atDineropay.charge(...given)), status: "unknown", decline: null }),
  };
  await bill(store, silent, "dinero-1", now);
  // The answer was lost, the callback was not.
  await until(() => store.read("dinero-1").subscription.status === "error");
  const { subscription } = store.read("dinero-1");
  assert.equal(subscription.status, "error");
  decision = null;
  now = { day: "2026-04-01", hour: 0 };
  dineropay.today = now.day;
  await bill(store, atDineropay, "dinero-1", now);
  assert.equal(store.read("dinero-1").subscription.status, "active");
  assert.equal(dineropay.ledger.length, 3);
  assert.deepEqual(dineropay.refused, []);
});

test("A55's webhook settles a payment that was pending", async () => {
  now = { day: "2026-04-02", hour: 0 };
  a55.advance(now.day);
  store.insert(
    "a55-1",
    newRow({ id: "a55-1", terms: { ...terms("BRL"), schedule: { start: now.day, cycle: "monthly" } } }),
  );
  a55.plan("a55-1-1-0-1", "pending");
  await checkout(store, atA55, "a55-1", now, CARD);
  assert.equal(store.read("a55-1").subscription.status, "pending");
  const { uuid } = a55.charges.values().next().value;
  a55.settle(uuid);
  assert.equal(await a55.deliver(uuid), 200);
  const row = store.read("a55-1");
  assert.equal(row.subscription.status, "active");
  assert.equal(row.credential.card.number, CARD.number);
  assert.ok(!JSON.stringify(row).includes("cvv"));
  const entries = journal(store, "a55-1");
  assert.equal(entries.length, 1);
  assert.equal(await a55.deliver(uuid), 200);
  assert.deepEqual(journal(store, "a55-1"), entries);
});

test("A55's webhook with a wrong, stale or missing signature is refused", async () => {
  const before = store.read("a55-1");
  const { uuid } = a55.charges.values().next().value;
  now = { day: "2026-04-02", hour: 1 };
  assert.equal(await a55.deliver(uuid), 400);
  now = { day: "2026-04-02", hour: 0 };
  const body = JSON.stringify({ charge_uuid: uuid, status: "error", transaction_reference: "a55-1-1-0-1" });
  const timestamp = String(clock().seconds);
  assert.equal(await post("/a55/webhook", body), 400);
  assert.equal(
    await post("/a55/webhook", body, { "X-Webhook-Timestamp": timestamp, "X-Webhook-Signature": "00".repeat(32) }),
    400,
  );
  assert.deepEqual(store.read("a55-1"), before);
  assert.ok(!lines.join("\n").includes("webhook-secret"));
});

test("what is about none of ours is answered, what cannot be asked about is not", async () => {
  store.insert(
    "dinero-2",
    newRow({ id: "dinero-2", terms: { ...terms("EUR"), schedule: { start: now.day, cycle: "monthly" } } }),
  );
  const lonely = createStore();
  lonely.insert(
    "dinero-3",
    newRow({ id: "dinero-3", terms: { ...terms("EUR"), schedule: { start: now.day, cycle: "monthly" } } }),
  );
  dineropay.notificationUrl = null;
  dineropay.today = now.day;
  const others = await dineropay.complete(await checkout(lonely, atDineropay, "dinero-3", now));
  const ours = dineropay.callbacks.length;
  await dineropay.complete(await checkout(store, atDineropay, "dinero-2", now));
  const body = dineropay.callbacks.at(-1);
  assert.equal(dineropay.callbacks.length, ours + 1);
  assert.equal(await post("/dineropay/callback", dineropay.callbacks.at(-2), form), 200);
  assert.equal(others, dineropay.callbacks.at(-2));

  const { account } = dineropay;
  const deaf = {
    "/dineropay/callback": dineropayProvider({
      account: { ...account, checkoutUrl: "http://127.0.0.1:9" },
      successUrl: "https://example.com",
      send: sender(),
    }),
  };
  const second = createCallbackServer({ store, providers: deaf, clock, log: () => {} });
  await new Promise((listening) => second.listen(0, "127.0.0.1", listening));
  const answer = await fetch(`http://127.0.0.1:${second.address().port}/dineropay/callback`, {
    method: "POST",
    body,
    headers: form,
  });
  assert.equal(answer.status, 503);
  await new Promise((closed) => {
    second.close(closed);
    second.closeAllConnections();
  });
  assert.equal(store.read("dinero-2").subscription.status, "pending");
  assert.equal(await post("/dineropay/callback", body, form), 200);
  assert.equal(store.read("dinero-2").subscription.status, "active");
});

test("other requests are refused, and the file has all that was stored", async () => {
  assert.equal(await post("/", ""), 404);
  assert.equal((await fetch(`${url}/a55/webhook`)).status, 405);
  assert.equal(await post("/a55/webhook", "x".repeat(70_000)), 413);
  const again = createStore({ file });
  assert.deepEqual(again.ids(), store.ids());
  for (const id of store.ids()) {
    assert.deepEqual(again.read(id), store.read(id));
    assert.deepEqual(again.payments(id), store.payments(id));
    assert.equal(again.nextActionOn(id), store.nextActionOn(id));
  }
});
