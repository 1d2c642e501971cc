// A stand-in for A55 on loopback, for tests from end to end: it refuses whatever A55's documentation does not allow, answers in
// the shapes that A55 prints, and keeps a ledger of the money really taken. Its checks share nothing with the library's.
//
// Sources of the refusals: required fields, types, currencies, instalments and the list's limits are those of A55's API reference; the
// recurrence and its indicator, its subscription guide; whole pesos, its country pages; the key's 16 to 128 characters and 409, its page on
// idempotency; the card's digits, ISO/IEC 7812 and 7813. No length of a text is documented, so none is refused.
//
//   const a55 = await start({ clientId, clientSecret, walletUuid, merchantId, webhookSecret, today: "2026-01-31" });
//   a55.url                            base URL, also of `/oauth2/token`
//   a55.plan(reference, "declined:51") what the next charge with that reference meets; see `plans`
//   a55.pass({ hours: 25 })            lets time pass: idempotency keys are forgotten after 24 hours
//   a55.advance("2026-02-28")          the day on which it is; subscriptions that A55 runs are charged on their due dates
//   a55.deliver(chargeUuid)            sends the webhook of a charge, signed when there is a secret; gives the HTTP status
//   a55.ledger, a55.problems           the money taken, in hundredths; every request that was refused, with its reason
import { createHmac } from "node:crypto";
import { createServer } from "node:http";

/** What a charge can meet: an answer, or none, before or after the money was taken. */
const plans = /^(confirmed|paid|pending|timeout_before|timeout_after|500_before|500_after|in_doubt|declined:\w+)$/;
const wholeUnits = ["CLP", "COP"];
const currencies = ["BRL", "MXN", "PEN", "ARS", "USD", "EUR", ...wholeUnits];
const months = { monthly: 1, quarterly: 3, semiannually: 6, yearly: 12 };
const days = { weekly: 7, biweekly: 14 };
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).toISOString().slice(0, 10) === text;

class Refusal extends Error {
  constructor(status, body) {
    super(JSON.stringify(body));
    Object.assign(this, { status, body });
  }
}
const refuse = (status, text) => {
  throw new Refusal(status, { error: text });
};
const refuseField = (field, reason) => {
  const error = { code: "VALIDATION_ERROR", message: "invalid request", details: [{ field, reason }] };
  throw new Refusal(422, { error, request_id: "req_00000001" });
};
const text = (value, field, form = /./u) => {
  if (typeof value !== "string" || !form.test(value)) refuseField(field, `expected ${form}`);
};
const only = (object, field, required, optional = []) => {
  if (typeof object !== "object" || object === null) refuseField(field, "expected an object");
  const missing = required.find((key) => !(key in object));
  if (missing) refuseField(`${field}.${missing}`, "required");
  const unknown = Object.keys(object).find((key) => ![...required, ...optional].includes(key));
  if (unknown) refuseField(`${field}.${unknown}`, "unknown");
};

/** The body with its amounts as the digits that were sent: a float would hide `19.900000000000002`. */
const parse = (raw) => {
  const exact = raw.replace(
    /"(installment_value|total_amount|unit_amount|amount)":(-?[\d.eE+-]+)/g,
    '"$1":{"digits":"$2"}',
  );
  try {
    return JSON.parse(exact);
  } catch {
    return refuse(400, "Malformed JSON");
  }
};

/** Minor units, with two decimals, or none where A55 takes whole units. */
const minor = (amount, currency, field) => {
  const form = wholeUnits.includes(currency) ? /^\d+$/ : /^\d+(\.\d{1,2})?$/;
  if (!form.test(amount?.digits ?? "")) refuseField(field, `expected a number of ${form}`);
  const [whole, decimals = ""] = amount.digits.split(".");
  return Number(whole) * 100 + Number(decimals.padEnd(2, "0"));
};
const major = (units) => Number(`${Math.floor(units / 100)}.${String(units % 100).padStart(2, "0")}`);

const luhn = (number) =>
  [...number].reverse().reduce((sum, digit, at) => sum + (at % 2 ? [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][digit] : +digit), 0) %
    10 ===
  0;

/** Due date `number` (from 0) of a cycle, counted from its first day. */
const dueDate = (start, cycle, number) => {
  const [year, month, day] = start.split("-").map(Number);
  if (cycle in days) return new Date(Date.UTC(year, month - 1, day + days[cycle] * number)).toISOString().slice(0, 10);
  const first = new Date(Date.UTC(year, month - 1 + months[cycle] * number, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return `${first.toISOString().slice(0, 8)}${String(Math.min(day, last)).padStart(2, "0")}`;
};

function checkCard(body) {
  const given = Object.keys(body).filter((key) => key.startsWith("card_"));
  if (given.length === 0) return false;
  text(body.card_name, "card_name");
  // ISO/IEC 7812.
  text(body.card_number, "card_number", /^\d{12,19}$/);
  if (!luhn(body.card_number)) refuseField("card_number", "check digit");
  text(body.card_expiry_month, "card_expiry_month", /^(0[1-9]|1[0-2])$/);
  text(body.card_expiry_year, "card_expiry_year", /^\d{4}$/);
  if (`${body.card_expiry_year}-${body.card_expiry_month}` < body.due_date.slice(0, 7))
    refuseField("card_expiry_year", "expired");
  if ("card_cvv" in body) text(body.card_cvv, "card_cvv", /^\d{3,4}$/);
  if ("card_cryptogram" in body) text(body.card_cryptogram, "card_cryptogram", /^[\w+/=-]+$/);
  const byMerchant = body.subscription?.initiated_transaction_indicator_category === "M1";
  if (!byMerchant && !("card_cvv" in body) && !("card_cryptogram" in body)) refuseField("card_cvv", "required");
  return true;
}

function checkSubscription(subscription, body) {
  if (!("external_recurrence" in subscription)) {
    only(subscription, "subscription", ["cycle"], ["end_date"]);
    if (!(subscription.cycle in months || subscription.cycle in days)) refuseField("subscription.cycle", "unknown");
    if ("end_date" in subscription && !isDay(subscription.end_date)) refuseField("subscription.end_date", "not a day");
    return;
  }
  only(subscription, "subscription", ["external_recurrence", "initiated_transaction_indicator_category"]);
  if (subscription.external_recurrence !== true) refuseField("subscription.external_recurrence", "expected true");
  const indicator = subscription.initiated_transaction_indicator_category;
  if (!["C1", "M1"].includes(indicator))
    refuseField("subscription.initiated_transaction_indicator_category", "C1 or M1");
  if (indicator === "M1" && !("card_number" in body)) refuseField("card_number", "required");
}

/** Refuses a charge that A55's documentation does not allow; gives its amount. */
function checkCharge(body, { walletUuid, merchantId }) {
  const required = ["wallet_uuid", "merchant_id", "payer_name", "payer_email", "payer_address", "currency"];
  const card = ["name", "number", "cryptogram", "expiry_month", "expiry_year", "cvv"].map((name) => `card_${name}`);
  const optional = [
    "payer_tax_id",
    "payer_cell_phone",
    "items",
    "installment_count",
    "capture",
    "threeds_authentication",
  ];
  const more = [
    "threeds_external",
    "device_info",
    "subscription",
    "webhook_url",
    "redirect_url",
    "reference_external_id",
  ];
  const charge = ["installment_value", "due_date", "description", "type_charge"];
  only(body, "charge", [...required, ...charge], [...optional, ...card, ...more]);
  if (body.wallet_uuid !== walletUuid) refuse(404, "Wallet not found");
  if (body.merchant_id !== merchantId) refuse(403, "Forbidden");
  text(body.payer_name, "payer_name");
  text(body.payer_email, "payer_email", /^[^@\s]+@[^@\s]+$/);
  only(
    body.payer_address,
    "payer_address",
    "street address_number neighborhood city state postal_code country".split(" "),
    ["complement"],
  );
  text(body.payer_address.country, "payer_address.country", /^[A-Z]{2}$/);
  if (!currencies.includes(body.currency)) refuseField("currency", "CURRENCY_NOT_SUPPORTED");
  if (!isDay(body.due_date)) refuseField("due_date", "not a day");
  if ((body.installment_count ?? 1) !== 1) refuseField("installment_count", "expected 1");
  if (body.type_charge !== "credit_card") refuseField("type_charge", "expected credit_card");
  for (const flag of ["capture", "threeds_authentication"]) {
    if (flag in body && typeof body[flag] !== "boolean") refuseField(flag, "expected true or false");
  }
  const amount = minor(body.installment_value, body.currency, "installment_value");
  if (amount === 0) refuseField("installment_value", "AMOUNT_INVALID");
  for (const [at, item] of (body.items ?? []).entries()) {
    only(item, `items.${at}`, ["name", "quantity", "total_amount", "unit_amount"], ["description", "sku", "code"]);
    minor(item.total_amount, body.currency, "total_amount");
    minor(item.unit_amount, body.currency, "unit_amount");
  }
  if (body.subscription) checkSubscription(body.subscription, body);
  checkCard(body);
  return amount;
}

export async function start({ clientId, clientSecret, walletUuid, merchantId, webhookSecret, today }) {
  let seconds = Date.parse(today) / 1000;
  let count = 0;
  const next = () => `00000000-0000-4000-8000-${String(++count).padStart(12, "0")}`;
  const [planned, keys, charges, subscriptions] = [new Map(), new Map(), new Map(), new Map()];
  const [ledger, problems, tokens] = [[], [], new Set()];
  const day = () => new Date(seconds * 1000).toISOString().slice(0, 10);

  const take = (charge, status) => {
    charge.status = status;
    if (charge.capture)
      ledger.push({
        reference: charge.reference,
        chargeUuid: charge.uuid,
        amount: charge.amount,
        currency: charge.currency,
        on: day(),
      });
  };
  const shown = (charge) => ({
    charge_uuid: charge.uuid,
    status: charge.status,
    value: major(charge.amount),
    amount_remaining: major(charge.amount - charge.refunded),
    currency: charge.currency,
    reference_external_id: charge.reference,
    created_at: charge.at,
    message: charge.message ?? {},
    ...(charge.subscriptionUuid && { subscription_uuid: charge.subscriptionUuid }),
  });
  const add = (fields) => {
    const charge = {
      uuid: next(),
      status: "issued",
      refunded: 0,
      capture: true,
      at: new Date(seconds * 1000).toISOString(),
      ...fields,
    };
    charges.set(charge.uuid, charge);
    return charge;
  };
  const fail = (charge, code) => {
    charge.status = "error";
    charge.message = [{ code, source: "acquirer", description: "declined by the issuer" }];
  };

  /** Makes a charge as planned; gives the answer, and whether it gets lost on the way. */
  function create(body) {
    const amount = checkCharge(body, { walletUuid, merchantId });
    const { currency, reference_external_id: reference = null, webhook_url: webhookUrl, capture = true } = body;
    const plan =
      planned.get(reference)?.shift() ??
      (body.card_number === "4000000000000002" ? "declined:CARD_DECLINED" : "confirmed");
    if (plan === "timeout_before") return { lost: true };
    if (plan === "500_before") return { status: 500, body: { error: "Internal server error" } };
    const charge = add({ amount, currency, reference, webhookUrl, capture });
    const answer = {};
    if (!("card_number" in body)) answer.session_id = next();
    else if (plan === "pending" || body.threeds_authentication) {
      charge.status = "pending";
      answer.url_3ds = `https://3ds.example.com/${charge.uuid}`;
    } else if (plan.startsWith("declined:")) fail(charge, plan.slice(9));
    else if (plan === "in_doubt") fail(charge, "TIMEOUT");
    else take(charge, plan === "paid" ? "paid" : "confirmed");
    if (body.subscription?.cycle) {
      const { cycle, end_date = null } = body.subscription;
      const uuid = next();
      const status =
        charge.status === "error"
          ? "error"
          : charge.status === "confirmed" || charge.status === "paid"
            ? "active"
            : "pending";
      subscriptions.set(uuid, {
        uuid,
        cycle,
        endDate: end_date,
        start: body.due_date,
        number: 1,
        status,
        charge,
        charges: [charge],
      });
      charge.subscriptionUuid = uuid;
      answer.subscription = {
        subscription_uuid: uuid,
        cycle,
        status,
        next_charge_date: dueDate(body.due_date, cycle, 1),
        end_date,
      };
    }
    const whole = { status: 200, body: { ...shown(charge), ...answer } };
    if (plan === "500_after") return { status: 500, body: { error: "Internal server error" }, keep: whole };
    return { ...whole, lost: plan === "timeout_after", keep: whole };
  }

  /** The same key and body get the first answer again, for 24 hours; another body is refused. */
  function once(request, raw, act) {
    const key = request.headers["idempotency-key"];
    if (key === undefined) return act();
    if (!/^[\x21-\x7e]{16,128}$/.test(key)) refuseField("Idempotency-Key", "16 to 128 characters");
    const known = keys.get(key);
    if (known && seconds - known.at < 86_400) {
      if (known.raw !== request.url + raw) refuse(409, "Idempotency-Key was used with another request");
      return known.answer;
    }
    const answer = act();
    if (answer.keep ?? answer.status === 200)
      keys.set(key, { at: seconds, raw: request.url + raw, answer: answer.keep ?? answer });
    return answer;
  }

  function change(kind, charge, raw) {
    const body = raw === "" ? {} : parse(raw);
    only(
      body,
      kind,
      kind === "capture" ? ["charge_uuid", "wallet_uuid"] : [],
      { capture: ["amount"], refund: ["amount", "reason"], cancel: ["reason"] }[kind],
    );
    const taken = ledger.some(({ chargeUuid }) => chargeUuid === charge.uuid);
    if (kind === "cancel") {
      if (taken || charge.status === "canceled") {
        const description = "Charge has already been settled and cannot be cancelled. Use refund instead.";
        throw new Refusal(400, {
          charge_uuid: charge.uuid,
          status: "error",
          message: [{ code: "CANCEL_NOT_ALLOWED", source: "charge", description }],
        });
      }
      charge.status = "canceled";
      return { charge_uuid: charge.uuid, wallet_uuid: walletUuid, status: "canceled", message: {} };
    }
    const most = kind === "refund" ? charge.amount - charge.refunded : charge.amount;
    const amount = body.amount ? minor(body.amount, charge.currency, "amount") : most;
    if (amount === 0 || amount > most || taken !== (kind === "refund")) refuseField("amount", "AMOUNT_INVALID");
    if (kind === "capture") {
      Object.assign(charge, { amount, capture: true });
      take(charge, "confirmed");
    } else {
      charge.refunded += amount;
      ledger.push({
        reference: charge.reference,
        chargeUuid: charge.uuid,
        amount: -amount,
        currency: charge.currency,
        on: day(),
      });
      if (charge.refunded === charge.amount) charge.status = "refunded";
    }
    return shown(charge);
  }

  function subscription(query, raw) {
    const found = subscriptions.get(query.get("subscription_uuid"));
    if (query.get("wallet_uuid") !== walletUuid) refuse(404, "Wallet not found");
    if (!found) refuse(404, "Subscription not found");
    if (raw !== "") refuse(400, "a body where none belongs");
    return found;
  }

  function token(request, raw) {
    if (request.headers["content-type"] !== "application/x-www-form-urlencoded") refuse(400, "invalid_request");
    const form = Object.fromEntries(new URLSearchParams(raw));
    only(form, "token", ["grant_type", "client_id", "client_secret"], ["scope"]);
    if (form.grant_type !== "client_credentials") refuse(400, "unsupported_grant_type");
    if (form.client_id !== clientId || form.client_secret !== clientSecret) refuse(400, "invalid_client");
    const access_token = `token-${next()}`;
    tokens.add(access_token);
    return { access_token, expires_in: 3600, token_type: "Bearer" };
  }

  function answer(request, raw) {
    const url = new URL(request.url, "http://a55");
    const route = `${request.method} ${url.pathname}`;
    const ok = (body) => ({ status: 200, body });
    if (route === "POST /oauth2/token") return ok(token(request, raw));
    if (!tokens.has(request.headers.authorization?.replace(/^Bearer /, ""))) refuse(401, "Unauthorized");
    if (request.method === "POST" && request.headers["content-type"] !== "application/json")
      refuse(415, "Unsupported media type");
    const bank = "/api/v1/bank/wallet/";
    const query = url.searchParams;
    if (route === `POST ${bank}charge/`) return once(request, raw, () => create(parse(raw)));
    if (route === `GET ${bank}charge/`) {
      const charge = charges.get(query.get("charge_uuid"));
      if (query.get("wallet_uuid") !== walletUuid || !charge) refuse(404, "Charge not found");
      return ok(shown(charge));
    }
    if (route === `GET ${bank}charges/`) {
      const [from, through] = [query.get("date_start") ?? "0001-01-01", query.get("date_end") ?? "9999-12-31"];
      const [page, limit] = [Number(query.get("page") ?? 1), Number(query.get("limit") ?? 20)];
      if (query.get("wallet_uuid") !== walletUuid) refuse(404, "Wallet not found");
      if (!isDay(from) || !isDay(through) || !(page >= 1) || !(limit >= 1 && limit <= 100))
        refuse(400, "Invalid query");
      const all = [...charges.values()].filter(({ at }) => from <= at.slice(0, 10) && at.slice(0, 10) <= through);
      const part = all.slice((page - 1) * limit, page * limit).map(shown);
      return ok({ results: part, page, total_pages: Math.ceil(all.length / limit) });
    }
    if (route === `POST ${bank}charge/capture/`) {
      const body = parse(raw);
      const charge = charges.get(body.charge_uuid);
      if (!charge || body.wallet_uuid !== walletUuid) refuse(404, "Charge not found");
      return once(request, raw, () => ok(change("capture", charge, raw)));
    }
    const [, uuidOf, kind, wallet] =
      url.pathname.match(/^\/api\/v1\/bank\/wallet\/charge\/([^/]+)\/(cancel|refund)\/([^/]+)\/$/) ?? [];
    if (request.method === "POST" && kind) {
      if (wallet !== walletUuid || !uuid.test(uuidOf) || !charges.has(uuidOf)) refuse(404, "Charge not found");
      return once(request, raw, () => ok(change(kind, charges.get(uuidOf), raw)));
    }
    if (route === `GET ${bank}subscription/`) {
      const { uuid, cycle, endDate, status, charges: own, start, number } = subscription(query, raw);
      const part = own.map((charge) => ({
        charge_uuid: charge.uuid,
        value: major(charge.amount),
        currency: charge.currency,
        status: charge.status,
      }));
      return ok({
        subscription_uuid: uuid,
        cycle,
        end_date: endDate,
        status,
        next_due_date: dueDate(start, cycle, number),
        charges: part,
      });
    }
    const [, id, of] = url.pathname.match(/^\/api\/v1\/bank\/wallet\/subscription\/([^/]+)\/cancel\/([^/]+)\/$/) ?? [];
    if (request.method === "DELETE" && id) {
      const found = subscription(new URLSearchParams({ subscription_uuid: id, wallet_uuid: of }), raw);
      if (found.status === "cancelled") refuse(400, "Subscription is already cancelled");
      found.status = "cancelled";
      return ok({ subscription_uuid: id, status: "cancelled" });
    }
    return refuse(404, "Not found");
  }

  const server = createServer(async (request, response) => {
    let raw = "";
    for await (const part of request.setEncoding("utf8")) raw += part;
    let given;
    try {
      given = answer(request, raw);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push({ method: request.method, url: request.url, status: error.status, reason: error.message });
      given = error;
    }
    if (given.lost) return void response.destroy();
    response.writeHead(given.status, { "Content-Type": "application/json" }).end(JSON.stringify(given.body));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    ledger,
    problems,
    charges,
    subscriptions,
    plan(reference, ...words) {
      const wrong = words.find((word) => !plans.test(word));
      if (wrong) throw new Error(`no plan is called ${wrong}`);
      planned.set(reference, [...(planned.get(reference) ?? []), ...words]);
    },
    pass({ hours }) {
      seconds += hours * 3600;
    },
    /** Settles a charge that is pending: the challenge was completed, or it was not. */
    settle(chargeUuid, status = "confirmed") {
      const charge = charges.get(chargeUuid);
      if (status === "confirmed" || status === "paid") take(charge, status);
      else charge.status = status;
    },
    advance(to) {
      while (day() < to) {
        // The days begin at midnight, whatever hours have passed.
        seconds += 86_400 - (seconds % 86_400);
        for (const one of subscriptions.values()) {
          if (!["active", "error"].includes(one.status)) continue;
          const due = dueDate(one.start, one.cycle, one.number);
          if (one.endDate !== null && day() > one.endDate) one.status = "expired";
          if (one.status === "expired" || due !== day()) continue;
          const { amount, currency, webhookUrl } = one.charge;
          const charge = add({
            amount,
            currency,
            webhookUrl,
            reference: null,
            subscriptionUuid: one.uuid,
            at: `${due}T10:00:00Z`,
          });
          const plan = planned.get(one.uuid)?.shift() ?? "confirmed";
          if (plan.startsWith("declined:")) fail(charge, plan.slice(9));
          else take(charge, "confirmed");
          one.status = charge.status === "error" ? "error" : "active";
          one.charges.push(charge);
          one.number += 1;
        }
      }
    },
    async deliver(chargeUuid) {
      const charge = charges.get(chargeUuid);
      const { uuid, status, subscriptionUuid = null } = charge;
      // The acquirer's reference, by A55's older page on webhooks: not the merchant's.
      const transaction_reference = `acq-${uuid}`;
      const body = JSON.stringify({
        charge_uuid: uuid,
        status,
        transaction_reference,
        subscription_uuid: subscriptionUuid,
        payment_link_uuid: null,
      });
      const timestamp = String(seconds);
      const signature =
        webhookSecret && createHmac("sha256", webhookSecret).update(`${timestamp}.${body}`).digest("hex");
      const signed = webhookSecret && { "X-Webhook-Signature": signature, "X-Webhook-Timestamp": timestamp };
      const { status: answered } = await fetch(charge.webhookUrl, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...signed },
        body,
      });
      return answered;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
