// The four providers with their fakes, each in one form for the world that drives them:
//   provider(send, clock)         the adapter of the example
//   raw(request)                  sends a request with what authorises it; status 0 where no answer comes
//   at({ day, hour })             what time it is there
//   plan(reference, faults, last) what meets the next charges with the reference: faults of FAULTS, then "pay", "51" (a decline), or
//                                 "slow", which takes some days where the provider can do so
//   visit(url, declined)          the cardholder at the page
//   callbacks()                   those that came up since: functions that give the message, made when it is delivered
//   ledger()                      the money really taken: { reference, amount, currency, on }
//   refused()                     requests that were refused, which a correct backend never sends
import { createServer } from "node:http";
import { a55Provider } from "../../examples/node/backend/a55.mjs";
import { dineropayProvider } from "../../examples/node/backend/dineropay.mjs";
import { dinteroProvider } from "../../examples/node/backend/dintero.mjs";
import { nexiProvider } from "../../examples/node/backend/nexi.mjs";
import { start as startA55 } from "../../examples/node/fakes/a55.mjs";
import { start as startDineropay } from "../../examples/node/fakes/dineropay.mjs";
import { start as startDintero } from "../../examples/node/fakes/dintero.mjs";
import { start as startNexi } from "../../examples/node/fakes/nexi.mjs";
import { a55, currencyInfo, dintero } from "../../pkg/src/index.js";

/** What can go wrong at a provider: the connection ends, or HTTP 500, before or after the charge. */
export const FAULTS = ["timeout_before", "timeout_after", "500_before", "500_after"];

const pad = (hour) => String(hour).padStart(2, "0");

function raw(authorise) {
  return async (request) => {
    try {
      const answer = await fetch(request.url, { ...request, headers: { ...request.headers, ...authorise() } });
      return { status: answer.status, body: await answer.text() };
    } catch {
      return { status: 0, body: "" };
    }
  };
}

/** Entries that came up since the last call. */
function since(list) {
  let seen = 0;
  return () => {
    const news = list().slice(seen);
    seen += news.length;
    return news;
  };
}

async function a55Bench({ from }) {
  const walletUuid = "11111111-1111-4111-8111-111111111111";
  const merchantId = "22222222-2222-4222-8222-222222222222";
  const client = { clientId: "client", clientSecret: "client-secret" };
  const webhookSecret = "webhook-secret";
  const fake = await startA55({ ...client, walletUuid, merchantId, webhookSecret, today: from });
  // Where A55 delivers its webhooks.
  const inbox = [];
  const sink = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    inbox.push({ headers: request.headers, body });
    response.end();
  });
  await new Promise((listening) => sink.listen(0, "127.0.0.1", listening));
  const account = { walletUuid, merchantId, baseUrl: fake.url };
  const plain = raw(() => ({}));
  const { token } = a55.readToken(await plain(a55.tokenRequest({ ...client, tokenUrl: `${fake.url}/oauth2/token` })));
  const address = {
    street: "Rua A",
    addressNumber: "1",
    neighborhood: "Centro",
    city: "São Paulo",
    state: "SP",
    postalCode: "01000-000",
    country: "BR",
  };
  const payer = {
    name: "Ana Lima",
    email: "ana@example.com",
    taxId: "12345678909",
    cellPhone: "+5511999999999",
    address,
  };
  const webhookUrl = `http://127.0.0.1:${sink.address().port}/a55`;
  const news = since(() => [...fake.charges.keys()]);
  const pending = new Map();
  let hour = 0;
  return {
    name: "a55",
    slow: true,
    fake,
    raw: raw(() => ({ Authorization: `Bearer ${token.accessToken}` })),
    provider: (send, clock) => a55Provider({ account, payer, webhookUrl, webhookSecret, clock, send }),
    at(now) {
      if (now.hour === 0) fake.advance(now.day);
      else fake.pass({ hours: now.hour - hour });
      hour = now.hour;
      // What is pending is decided after two days: most is paid.
      for (const { uuid, status } of fake.charges.values())
        if (status === "pending" && !pending.has(uuid)) pending.set(uuid, Date.parse(now.day));
      for (const [uuid, since] of pending) {
        if (Date.parse(now.day) - since < 2 * 86_400_000) continue;
        fake.settle(uuid, Number(uuid.slice(-2)) % 4 ? "confirmed" : "canceled");
        pending.delete(uuid);
      }
    },
    plan: (reference, faults, last) =>
      fake.plan(reference, ...faults, { pay: "confirmed", slow: "pending" }[last] ?? `declined:${last}`),
    card: {
      type: "card",
      holder: "ANA LIMA",
      number: "4111111111111111",
      expiryMonth: 12,
      expiryYear: 2030,
      cvv: "123",
    },
    visit: null,
    callbacks: () =>
      news().map((uuid) => async () => {
        const { webhookUrl } = fake.charges.get(uuid);
        if (!webhookUrl) return null;
        await fake.deliver(uuid);
        return inbox.pop();
      }),
    // The fake counts in hundredths, also of pesos that have none.
    ledger: () =>
      fake.ledger.map((entry) => ({
        ...entry,
        amount: entry.amount / 10 ** (2 - currencyInfo(entry.currency).exponent),
      })),
    refused: () => fake.problems,
    close: () =>
      Promise.all([
        fake.close(),
        new Promise((closed) => {
          sink.close(closed);
          sink.closeAllConnections();
        }),
      ]),
  };
}

async function dineropayBench({ from }) {
  const plans = new Map();
  const words = {
    timeout_before: "lost_before",
    timeout_after: "lost_after",
    "500_before": "error_before",
    "500_after": "error_after",
    pay: "settle",
  };
  const decide = ({ orderNumber }) => plans.get(orderNumber)?.shift() ?? "settle";
  const fake = await startDineropay({ today: from, decide });
  const news = since(() => fake.callbacks);
  const cents = ({ amount, currency }) => {
    const [whole, decimals = ""] = amount.split(".");
    const { exponent } = currencyInfo(currency);
    // Yen and its like have two decimals at DineroPay, which are zero.
    if (exponent === 0 && /[^0]/.test(decimals)) throw new Error(`${amount} ${currency}`);
    return Number(whole + decimals.slice(0, exponent));
  };
  return {
    name: "dineropay",
    fake,
    raw: raw(() => ({})),
    provider: (send) => dineropayProvider({ account: fake.account, successUrl: "https://example.com/thanks", send }),
    at({ day }) {
      fake.today = day;
    },
    plan(reference, faults, last, byCardholder) {
      const wanted = last === "51" ? "decline" : "settle";
      plans.set(reference, [...(byCardholder ? [] : faults.map((fault) => words[fault])), wanted]);
    },
    card: null,
    async visit(url) {
      await fake.complete(url);
    },
    callbacks: () => news().map((body) => async () => ({ body })),
    ledger: () =>
      fake.ledger.map((entry) => ({
        reference: entry.orderNumber,
        amount: cents(entry),
        currency: entry.currency,
        on: entry.on,
      })),
    // "Payment not found" is an answer, not a refusal of what was sent.
    refused: () =>
      fake.refused.filter(({ path, problems }) => !(path.endsWith("/status") && problems[0] === "Payment not found.")),
    close: () => fake.close(),
  };
}

async function dinteroBench({ from }) {
  let now = { day: from, hour: 0 };
  const accountId = "T12345678";
  const client = { clientId: "client", clientSecret: "client-secret" };
  const callbackSecret = "callback-secret";
  const fake = await startDintero({
    accountId,
    ...client,
    callbackSecret,
    today: () => now.day,
    time: () => `${pad(now.hour)}:00:00`,
  });
  const account = { id: accountId, environment: "test", baseUrl: fake.url };
  const urls = { returnUrl: "https://example.com/thanks", callbackUrl: "https://example.com/dintero?method=GET" };
  const { accessToken } = dintero.readAuthToken(await raw(() => ({}))(dintero.authToken({ account, ...client })));
  const news = since(() => fake.callbacks);
  return {
    name: "dintero",
    slow: true,
    fake,
    raw: raw(() => ({ Authorization: `Bearer ${accessToken}` })),
    provider: (send, clock) => dinteroProvider({ account, urls, callbackSecret, send, clock }),
    at(time) {
      now = time;
    },
    plan: (reference, faults, last) =>
      fake.plan(reference, ...faults, ...({ pay: [], slow: ["slow_capture"] }[last] ?? ["decline"])),
    card: null,
    async visit(url, declined) {
      fake.pay(url.split("/view/")[1], { decline: declined });
    },
    // The signature holds for five minutes.
    perishable: true,
    callbacks: () =>
      news().map(({ method, url, signature }) => async () => ({
        method,
        url,
        headers: { "dintero-signature": signature },
      })),
    ledger: () => fake.ledger,
    // A session that was paid cannot be cancelled: the backend learns so by trying.
    refused: () =>
      fake.refused.filter(({ message }) => !["duplicate merchant_reference", "cannot be cancelled"].includes(message)),
    close: () => fake.close(),
  };
}

async function nexiBench({ from }) {
  let now = { day: from, hour: 0 };
  const [secretKey, authorization] = ["secret-key", "abcdefgh12345678"];
  const fake = await startNexi({ secretKey, today: () => now.day });
  const account = { environment: "test", baseUrl: fake.url };
  const news = since(() => fake.reports);
  const pages = {
    returnUrl: "https://example.com/thanks",
    termsUrl: "https://example.com/terms",
    webhookUrl: "https://example.com/nexi",
  };
  const words = { "500_before": "error_before", "500_after": "error_after" };
  return {
    name: "nexi",
    fake,
    raw: raw(() => ({ Authorization: secretKey })),
    provider: (send) => nexiProvider({ account, ...pages, authorization, send }),
    at(time) {
      now = time;
    },
    plan(reference, faults, last) {
      const steps = faults.map((fault) => words[fault] ?? fault);
      fake.plan(reference, ...steps, ...(last === "51" ? [{ decline: { code: last, source: "Issuer" } }] : []));
    },
    card: null,
    // A card that is declined at the page can be replaced there: the payment stays open, and nothing is told as declined.
    declinesAtPage: false,
    async visit(url, declined) {
      fake.pay(new URL(url).searchParams.get("pid"), { decline: declined });
    },
    callbacks: () => news().map(({ authorization, body }) => async () => ({ headers: { authorization }, body })),
    ledger: () => fake.ledger,
    // Asking for a charge that Nexi has not seen is answered with 404, closing what is paid with 400.
    refused: () =>
      fake.refused.filter(
        ({ method, status, url }) =>
          !(status >= 500 || status === 402 || (method === "GET" && status === 404) || url.endsWith("/terminate")),
      ),
    close: () => fake.stop(),
  };
}

export const benches = { a55: a55Bench, dineropay: dineropayBench, dintero: dinteroBench, nexi: nexiBench };
