// A strict fake of Nexi Checkout on loopback: it looks at every request as closely as Nexi's documents allow, answers in the
// shapes of Nexi's samples, and writes down the money that was really taken. It deduplicates as Nexi does, and only so:
// charges and refunds by Idempotency-Key, batches by externalBulkChargeId; the creation of a payment not at all.
//
// Sources of the refusals: fields, lengths and characters are those of Nexi's OpenAPI 3.0.4 (`additionalProperties: false`); the errors'
// codes, Nets' PHP SDK; the currencies, a client's list; 404 of a declined key, a client's sandbox notes.
//
//   const fake = await start({ secretKey, today: () => "2026-01-31" });
//   fake.plan("sub-1-2-0-1", { decline: { code: "51", source: "Issuer" } }, "timeout_after", "error_before");
//   fake.pay(paymentId);          // what the cardholder does at the checkout
//   fake.ledger, fake.refunds, fake.reports, fake.refused;  await fake.stop();
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import {
  api,
  bare,
  checkHooks,
  checkOrder,
  fields,
  ID,
  int32,
  items,
  KEY,
  optionalText,
  QUOTES,
  Refusal,
  wrong,
} from "./nexi-checks.mjs";

const newId = () => randomBytes(16).toString("hex");
const KINDS = {
  subscriptions: { id: "subscriptionId", list: "subscriptions" },
  unscheduledsubscriptions: { id: "unscheduledSubscriptionId", list: "unscheduledSubscriptions" },
};

/** Starts the fake; `today` gives the day. */
export async function start({ secretKey, today }) {
  const payments = new Map();
  const agreements = new Map();
  const keys = new Map();
  const bulks = new Map();
  const plans = new Map();
  const declines = new Map();
  const state = { ledger: [], refunds: [], reports: [], refused: [], requests: 0 };
  const clock = typeof today === "function" ? today : () => today;
  const cardDetails = { maskedPan: "492500******0004", expiryDate: "1230" };
  const card = { paymentType: "CARD", paymentMethod: "Visa", cardDetails };

  const find = (map, id, what) => {
    const found = map.get(bare(id));
    if (!found) throw new Refusal(404, { message: `${what} not found` });
    return found;
  };
  const report = (event, data, hooks = []) => {
    for (const { eventName, url, authorization } of hooks) {
      if (eventName !== event) continue;
      const body = { id: newId(), timestamp: `${clock()}T12:00:00.0000+00:00`, merchantNumber: 100017120, event, data };
      state.reports.push({ url, authorization, body: JSON.stringify(body) });
    }
  };
  const take = (payment, amount) => {
    const charge = { chargeId: newId(), amount, created: `${clock()}T12:00:00.0000+00:00`, orderItems: [] };
    payment.charges.push(charge);
    const { reference, currency } = payment.order;
    state.ledger.push({
      reference,
      amount,
      currency,
      on: clock(),
      paymentId: payment.paymentId,
      chargeId: charge.chargeId,
    });
    const data = { chargeId: charge.chargeId, amount: { amount, currency }, paymentId: payment.paymentId };
    report("payment.charge.created.v2", data, payment.hooks);
    return charge;
  };
  const newPayment = (order, hooks, more = {}) => {
    const payment = { paymentId: newId(), order, hooks, charges: [], refunds: [], reserved: 0, cancelled: 0, ...more };
    payments.set(payment.paymentId, payment);
    return payment;
  };
  const step = (reference) => plans.get(reference)?.shift();

  /** Charges an agreement: what a single charge and an entry of a batch have in common. */
  function charge(agreement, order, hooks, planned) {
    const { interval = 0, endDate, last, created } = agreement;
    if (endDate && clock() > endDate.slice(0, 10)) api("1030", "ExpiredSubscription");
    const since = (Date.parse(clock()) - Date.parse(last ?? created)) / 86400000;
    if (since < interval) wrong("subscription", "the interval has not passed");
    const payment = newPayment(order, hooks);
    if (planned?.decline) {
      const { code, source = "Issuer", message = "Refused by issuer" } = planned.decline;
      const told = `Direct charge failed for payment id: ${payment.paymentId}. ErrorMessage: ${message}`;
      const error = { code, source, message: told };
      const amount = { amount: order.amount, currency: order.currency };
      report("payment.reservation.failed", { error, amount, paymentId: payment.paymentId }, hooks);
      return { payment, error };
    }
    agreement.last = clock();
    payment.reserved = order.amount;
    return { payment, chargeId: take(payment, order.amount).chargeId };
  }

  /** Answers once under a key, and the same ever after; another amount under it is refused. */
  function once(key, amount, code, answer) {
    if (!key || key.length > KEY) wrong("Idempotency-Key", "has to be 1 to 63 characters");
    const known = keys.get(key);
    if (known && known.amount !== amount) api(code, "the key was used with another amount");
    if (known) return known.answer;
    const made = answer();
    // A declined charge is not kept: sent again, it is authorised again.
    if (made[0] < 300) keys.set(key, { amount, answer: made });
    return made;
  }

  const routes = [
    [
      "POST",
      /^\/payments$/,
      (_, body) => {
        const agreed = ["subscription", "unscheduledSubscription"];
        const rest = ["merchantNumber", "notifications", "paymentMethodsConfiguration", "myReference"];
        fields(body, "payment", ["order", "checkout"], [...agreed, ...rest]);
        checkOrder(body.order, "order", true);
        checkHooks(body.notifications);
        // OpenAPI 3.0.4: 36 characters, of a payment and of its charge.
        optionalText(body.myReference, 36, "myReference");
        const { checkout, subscription, unscheduledSubscription } = body;
        const addresses = ["url", "returnUrl", "cancelUrl", "merchantTermsUrl"];
        const others = [
          "consumer",
          "consumerType",
          "charge",
          "merchantHandlesConsumerData",
          "appearance",
          "countryCode",
        ];
        fields(checkout, "checkout", ["integrationType", "termsUrl"], [...addresses, ...others]);
        const hosted = checkout.integrationType === "HostedPaymentPage";
        if (!hosted && checkout.integrationType !== "EmbeddedCheckout")
          wrong("checkout.integrationType", "is not known");
        if (!checkout[hosted ? "returnUrl" : "url"]) wrong("checkout", "has no address");
        // OpenAPI 3.0.4: `url` has 256 characters at most, and with the terms none of < > ' " \; returnUrl and cancelUrl have no limit.
        if (checkout.url?.length > 256) wrong("checkout.url", "is too long");
        for (const name of ["url", "termsUrl", "merchantTermsUrl"]) {
          if (QUOTES.test(checkout[name] ?? "")) wrong(`checkout.${name}`, "has a wrong text");
        }
        if (!subscription === !unscheduledSubscription) wrong("subscription", "is one of two");
        if (unscheduledSubscription) {
          const { create, unscheduledSubscriptionId: id } = unscheduledSubscription;
          fields(unscheduledSubscription, "unscheduledSubscription", [], ["create", "unscheduledSubscriptionId"]);
          if ((create === true) === (id !== undefined)) wrong("unscheduledSubscription", "is created or updated");
          if (id !== undefined) find(agreements, id, "agreement");
        } else {
          fields(subscription, "subscription", [], ["subscriptionId", "endDate", "interval"]);
          const { subscriptionId: id, endDate, interval } = subscription;
          const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+00:00$/;
          if (id === undefined && !time.test(endDate)) wrong("subscription.endDate", "is no time");
          if (endDate && endDate.slice(0, 10) <= clock()) wrong("subscription.endDate", "must be in the future");
          if (interval !== undefined && (!int32(interval) || interval < 0))
            wrong("subscription.interval", "is no number of days");
          if (id !== undefined) find(agreements, id, "agreement");
        }
        const asked = { checkout, subscription, unscheduledSubscription };
        const { paymentId } = newPayment(body.order, body.notifications?.webHooks, { asked });
        const page = {
          hostedPaymentPageUrl: `https://test.checkout.dibspayment.eu/hostedpaymentpage/?pid=${paymentId}`,
        };
        return [201, { paymentId, ...(hosted && page) }];
      },
    ],
    [
      "GET",
      /^\/payments\/([^/]+)$/,
      ([id]) => {
        const payment = find(payments, id, "payment");
        const { paymentId, charges, refunds, reserved, cancelled, paid, terminated } = payment;
        const { amount, currency, reference } = payment.order;
        const sum = (list) => list.reduce((total, { amount }) => total + amount, 0);
        const moved = { chargedAmount: sum(charges), refundedAmount: sum(refunds) };
        const sums = { reservedAmount: reserved, ...moved, cancelledAmount: cancelled };
        const summary = Object.fromEntries(Object.entries(sums).filter(([, value]) => value !== 0));
        const made =
          payment.agreement &&
          (payment.agreement.kind === "subscriptions"
            ? { subscription: { id: payment.agreement.id } }
            : { unscheduledSubscription: { unscheduledSubscriptionId: payment.agreement.id } });
        const paymentDetails = paid ? card : { invoiceDetails: {}, cardDetails: {} };
        const rest = { created: "2026-01-01T00:00:00Z", ...(terminated && { terminated }), ...made, charges, refunds };
        const orderDetails = { amount, currency, reference };
        return [200, { payment: { paymentId, summary, consumer: {}, paymentDetails, orderDetails, ...rest } }];
      },
    ],
    [
      "PUT",
      /^\/payments\/([^/]+)\/terminate$/,
      ([id]) => {
        const payment = find(payments, id, "payment");
        if (payment.paid) wrong("payment", "has been paid");
        payment.terminated = `${clock()}T12:00:00Z`;
        return [204];
      },
    ],
    [
      "POST",
      /^\/payments\/([^/]+)\/charges$/,
      ([id], body, { key }) => {
        const payment = find(payments, id, "payment");
        fields(body, "charge", ["amount"], ["orderItems", "finalCharge", "myReference"]);
        if (body.orderItems) items(body.orderItems, "orderItems", body.amount);
        return once(key, body.amount, "1026", () => {
          const charged = payment.charges.reduce((total, { amount }) => total + amount, 0);
          if (payment.reserved === 0) api("1003", "NotReserved");
          if (body.amount > payment.reserved - payment.cancelled - charged) api("1001", "OverCharge");
          return [201, { chargeId: take(payment, body.amount).chargeId }];
        });
      },
    ],
    [
      "POST",
      /^\/payments\/([^/]+)\/cancels$/,
      ([id], body, { key }) => {
        const payment = find(payments, id, "payment");
        if (key) wrong("Idempotency-Key", "is not taken here");
        fields(body, "cancel", ["amount"], ["orderItems"]);
        if (payment.charges.length > 0) api("1008", "AlreadyCharged");
        if (payment.cancelled > 0) api("1019", "AlreadyCancelled");
        payment.cancelled = body.amount;
        return [204];
      },
    ],
    [
      "POST",
      /^\/(payments|charges)\/([^/]+)\/refunds$/,
      ([of, id], body, { key }) => {
        const has = ({ charges }) => charges.some(({ chargeId }) => chargeId === bare(id));
        const payment = of === "payments" ? find(payments, id, "payment") : [...payments.values()].find(has);
        if (!payment) throw new Refusal(404, { message: "charge not found" });
        // OpenAPI 3.0.4: no other fields are known to it (`additionalProperties: false`), here as everywhere.
        fields(body, "refund", ["amount"], ["orderItems", "myReference"]);
        return once(key, body.amount, "1027", () => {
          const left = (list) => list.reduce((total, { amount }) => total + amount, 0);
          if (body.amount > left(payment.charges) - left(payment.refunds)) api("1009", "InvalidRefundAmount");
          const refund = {
            refundId: newId(),
            amount: body.amount,
            state: "Completed",
            lastUpdated: `${clock()}T12:00:00Z`,
          };
          payment.refunds.push(refund);
          const { reference } = payment.order;
          state.refunds.push({ reference, amount: body.amount, on: clock(), refundId: refund.refundId });
          return [201, { refundId: refund.refundId }];
        });
      },
    ],
    [
      "POST",
      /^\/(subscriptions|unscheduledsubscriptions)\/charges$/,
      ([kind], body) => {
        const { id, list } = KINDS[kind];
        fields(body, "bulk", ["externalBulkChargeId", list], ["notifications"]);
        checkHooks(body.notifications);
        if (!(body.externalBulkChargeId?.length <= KEY)) wrong("externalBulkChargeId", "has to be 1 to 63 characters");
        for (const entry of body[list]) {
          fields(entry, "entry", ["order"], [id, "externalReference", "myReference"]);
          if ((entry[id] === undefined) === (entry.externalReference === undefined)) wrong(id, "or externalReference");
          checkOrder(entry.order, "order", false);
        }
        const known = bulks.get(body.externalBulkChargeId);
        if (known) return [202, { bulkId: known.bulkId }];
        const bulk = { bulkId: newId(), kind, page: [] };
        for (const entry of body[list]) {
          const planned = step(entry.order.reference);
          const { externalReference } = entry;
          const imported = (agreement) => agreement.externalReference === externalReference;
          const agreement = entry[id] ? agreements.get(bare(entry[id])) : [...agreements.values()].find(imported);
          const names = { [id]: agreement?.id ?? entry[id], ...(externalReference && { externalReference }) };
          const failed = (error) => bulk.page.push({ ...names, status: "Failed", message: "", ...error });
          if (!agreement) {
            failed({ code: "1031", source: "Internal" });
            continue;
          }
          try {
            const { payment, chargeId, error } = charge(agreement, entry.order, body.notifications?.webHooks, planned);
            if (error) failed({ paymentId: payment.paymentId, ...error });
            else bulk.page.push({ ...names, paymentId: payment.paymentId, chargeId, status: "Succeeded" });
          } catch (refusal) {
            if (!(refusal instanceof Refusal)) throw refusal;
            failed(refusal.body.code ? refusal.body : { code: "1031", source: "Internal" });
          }
        }
        bulks.set(body.externalBulkChargeId, bulk);
        bulks.set(bulk.bulkId, bulk);
        return [202, { bulkId: bulk.bulkId }];
      },
    ],
    [
      "POST",
      /^\/(subscriptions|unscheduledsubscriptions)\/verifications$/,
      ([kind], body) => {
        const { id, list } = KINDS[kind];
        fields(body, "bulk", [list], ["externalBulkVerificationId"]);
        const known = (entry) => entry[id] && agreements.has(bare(entry[id]));
        const page = body[list].map((entry) => ({ ...entry, status: known(entry) ? "Succeeded" : "Failed" }));
        const bulk = { bulkId: newId(), kind, page };
        bulks.set(bulk.bulkId, bulk);
        return [202, { bulkId: bulk.bulkId }];
      },
    ],
    [
      "GET",
      /^\/(subscriptions|unscheduledsubscriptions)\/(?:charges|verifications)\/([^/]+)$/,
      ([kind, id], _, { query }) => {
        const bulk = bulks.get(bare(id));
        if (bulk?.kind !== kind) throw new Refusal(404, { message: "bulk not found" });
        const skip = Number(query.get("skip") ?? 0);
        const take = Number(query.get("take") ?? 100);
        return [
          200,
          { page: bulk.page.slice(skip, skip + take), more: bulk.page.length > skip + take, status: "Done" },
        ];
      },
    ],
    [
      "POST",
      /^\/(subscriptions|unscheduledsubscriptions)\/([^/]+)\/charges$/,
      ([kind, id], body, { key }) => {
        const agreement = find(agreements, id, "agreement");
        if (agreement.kind !== kind) throw new Refusal(404, { message: "agreement of the other kind" });
        fields(body, "charge", ["order"], ["notifications", "myReference"]);
        checkOrder(body.order, "order", false);
        checkHooks(body.notifications);
        const { reference, amount } = body.order;
        // Sent again it is declined again: what the issuer says of the card has not changed.
        const planned = step(reference) ?? declines.get(reference);
        if (planned?.decline) declines.set(reference, planned);
        if (planned === "error_before")
          throw new Refusal(500, { message: "Error occurred", code: "911", source: "Internal" });
        if (planned === "timeout_before") return ["silence"];
        const answer = once(key, amount, "1026", () => {
          const { payment, chargeId, error } = charge(agreement, body.order, body.notifications?.webHooks, planned);
          return error ? [402, error] : [200, { paymentId: payment.paymentId, chargeId }];
        });
        if (planned === "error_after")
          throw new Refusal(500, { message: "Error occurred", code: "911", source: "Internal" });
        return planned === "timeout_after" ? ["silence"] : answer;
      },
    ],
    [
      "GET",
      /^\/(subscriptions|unscheduledsubscriptions)\/([^/]+)\/charges\/status$/,
      ([, id], _, { key }) => {
        find(agreements, id, "agreement");
        if (!key) wrong("Idempotency-Key", "is missing");
        // Sandbox notes of laravel-cashier-nets: 404 without a body for a key never seen, and for one whose charge was declined.
        const [status, body] = keys.get(key)?.answer ?? [];
        if (status !== 200) throw new Refusal(404);
        return [200, { ...body, completed: true }];
      },
    ],
    [
      "GET",
      /^\/(subscriptions|unscheduledsubscriptions)\/([^/]+)$/,
      ([kind, id]) => {
        const agreement = find(agreements, id, "agreement");
        const { interval, endDate } = agreement;
        const times = kind === "subscriptions" ? { frequency: 0, interval, endDate } : {};
        return [200, { [KINDS[kind].id]: agreement.id, ...times, paymentDetails: card }];
      },
    ],
  ];

  function answer(request, text) {
    const url = new URL(request.url, "http://fake");
    if (request.headers.authorization !== secretKey) throw new Refusal(401);
    if (request.headers.accept !== "application/json") wrong("Accept", "is not application/json");
    const path = url.pathname.replace(/^\/v1/, "");
    const candidates = routes.filter(([method]) => method === request.method);
    const found = candidates
      .map(([method, pattern, run]) => [method, pattern.exec(path), run])
      .find(([, match]) => match);
    if (!url.pathname.startsWith("/v1/") || !found) throw new Refusal(404, { message: "no such route" });
    const [, [, ...parts], run] = found;
    const word = (part) => KINDS[part] || part === "payments" || part === "charges";
    if (!parts.every((part) => word(part) || ID.test(part))) wrong("id", "is no id");
    if (text && request.headers["content-type"] !== "application/json")
      wrong("Content-Type", "is not application/json");
    if (!text && request.method === "POST") wrong("body", "is missing");
    const body = text ? JSON.parse(text) : undefined;
    return run(parts, body, { key: request.headers["idempotency-key"], query: url.searchParams });
  }

  const server = createServer(async (request, response) => {
    let text = "";
    for await (const piece of request) text += piece;
    state.requests += 1;
    let status, body;
    try {
      [status, body] = answer(request, text);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      ({ status, body } = refusal);
      state.refused.push({ method: request.method, url: request.url, status, body });
    }
    if (status === "silence") return request.socket.destroy();
    response
      .writeHead(status, { "Content-Type": "application/json" })
      .end(body === undefined ? "" : JSON.stringify(body));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

  return Object.assign(state, {
    url: `http://127.0.0.1:${server.address().port}`,
    /** What happens to the next requests that charge a reference, one step each. */
    plan: (reference, ...steps) => plans.set(reference, steps),
    /** The cardholder pays at the checkout; gives the agreement's id. Declined, they can try again: the payment stays open. */
    pay(paymentId, { decline } = {}) {
      const payment = find(payments, paymentId, "payment");
      const { checkout, subscription, unscheduledSubscription } = payment.asked;
      if (payment.paid || payment.terminated) throw new Error("nobody can pay this any more");
      if (decline) {
        const { amount, currency } = payment.order;
        const error = { code: "51", source: "Issuer", message: "Refused by issuer" };
        return report("payment.reservation.failed", { error, amount: { amount, currency }, paymentId }, payment.hooks);
      }
      payment.paid = true;
      payment.reserved = payment.order.amount;
      const known = subscription?.subscriptionId ?? unscheduledSubscription?.unscheduledSubscriptionId;
      const kind = subscription ? "subscriptions" : "unscheduledsubscriptions";
      const { endDate, interval } = subscription ?? {};
      const made = { id: newId(), kind, endDate, interval, created: clock() };
      payment.agreement = known ? find(agreements, known, "agreement") : made;
      agreements.set(bare(payment.agreement.id), payment.agreement);
      if (checkout.charge && payment.order.amount > 0) {
        take(payment, payment.order.amount);
        payment.agreement.last = clock();
      }
      return payment.agreement.id;
    },
    stop: () =>
      new Promise((stopped) => {
        server.close(stopped);
        server.closeAllConnections();
      }),
  });
}
