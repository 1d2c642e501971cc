// A strict stand-in for Dintero, on loopback: it refuses whatever the documentation does not have, and keeps a ledger of the money
// that was really taken.
//
//   const fake = await start({ accountId: "T12345678", clientId: "id", clientSecret: "secret", callbackSecret: "key", today: () => "2026-01-31" });
//   fake.url                                   the `baseUrl` of the account
//   fake.plan("sub-1-2-0-1", "decline")        what becomes of the next charge with that reference; calls queue up:
//                                              "decline", { decline: error }, "slow_capture", "timeout_before", "timeout_after",
//                                              "500_before", "500_after"
//   fake.pay(sessionId, { decline })           the customer pays, or stores the card; gives the signed callback
//   fake.issue("payex.creditcard", "recurrence_token")   a token of a card stored earlier
//   fake.webhook("checkout_transaction", transactionId)  a signed webhook (with `webhookSecret`): { headers, body }
//   fake.callbacks                             every callback, signed: { method, url, signature, at }
//   fake.ledger                                { on, kind: "capture" | "refund", transactionId, reference, amount, currency }
//   fake.refused                               every request that was refused, with the reasons
//   await fake.close()
//
// Sources of the refusals: fields, 32-bit amounts, unique lines, products and toggles are those of Dintero's generated types; which token
// goes with which operation, and HTTPS for callbacks, its docs. No length of a text is documented but those that are checked here.
//
// It deduplicates as Dintero does: by the toggles of POST /v1/sessions/pay alone; captures and refunds are made as often as they come.
import { createHmac } from "node:crypto";
import { createServer } from "node:http";

// Checks: each gives what is expected, or nothing.
const text = (value) => (typeof value === "string" && value.trim() !== "" ? undefined : "a text");
const bool = (value) => (typeof value === "boolean" ? undefined : "true or false");
const one =
  (...words) =>
  (value) =>
    words.includes(value) ? undefined : `one of ${words.join(", ")}`;
const matching = (pattern, what) => (value) => (typeof value === "string" && pattern.test(value) ? undefined : what);
const int32 = (least) => (value) =>
  Number.isInteger(value) && value >= least && value <= 2147483647
    ? undefined
    : `an integer from ${least} to 2147483647`;
const decimal = (value) =>
  typeof value === "number" && value >= 0 && Number.isInteger(Math.round(value * 1e4) / 100)
    ? undefined
    : "a percentage of at most 2 decimals";
const https = matching(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1))/, "an address by https");

const item = {
  "id?": text,
  line_id: text,
  "description?": text,
  "quantity?": (value) => (value >= 0 ? undefined : "a number"),
  amount: int32(-2147483647),
  "vat_amount?": int32(-2147483647),
  "vat?": decimal,
};
const currency = matching(/^[A-Z]{3}$/, "three capital letters");
const order = {
  amount: int32(1),
  currency,
  "vat_amount?": int32(-2147483647),
  "items?": [item],
  merchant_reference: text,
  "merchant_reference_2?": text,
};
const person = {
  "customer_id?": text,
  "email?": matching(/^[^@\s]+@[^@\s]+$/, "an e-mail address"),
  // Types: ITU-T E.123, international.
  "phone_number?": matching(/^\+[0-9 ]+$/, "a phone number with its country"),
};
const tokens = {
  "payex.creditcard?": { "payment_token?": text, "recurrence_token?": text },
  "bambora.creditcard?": { payment_token: text },
  "dintero_psp.creditcard?": { payment_token: text },
};
const auth = [one("PASSKEY", "3DS")];
const configuration = {
  "payex?": {
    "creditcard?": { enabled: one(true), "generate_payment_token?": bool, "generate_recurrence_token?": bool },
    "dynamic_descriptor?": matching(/^.{1,40}$/, "at most 40 characters"),
  },
  "bambora?": {
    creditcard: { enabled: one(true), "generate_payment_token?": bool, type: one("payment_product_type") },
  },
  "dintero_psp?": {
    creditcard: {
      enabled: one(true),
      "generate_payment_token?": bool,
      "token_supported_auth_methods?": auth,
      "generate_payment_token_config?": { save_card_checkbox: one("opt_in", "opt_out") },
    },
  },
  "auto_capture?": bool,
};
const url = {
  return_url: matching(/^[a-z][a-z0-9+.-]*:./i, "an address"),
  "callback_url?": https,
  "merchant_terms_url?": https,
};
const products = ["payex.creditcard", "bambora.creditcard", "dintero_psp.creditcard"];
const product = one(...products);
const bodies = {
  session: {
    url,
    order,
    profile_id: text,
    "customer?": { ...person, "tokens?": tokens },
    "configuration?": configuration,
  },
  tokenSession: {
    session: { order: { currency, merchant_reference: text }, url, "customer?": person },
    token_provider: {
      payment_product_type: product,
      token_types: [one("payment_token", "recurrence_token")],
      "token_supported_auth_methods?": auth,
    },
  },
  pay: {
    session: {
      "url?": { callback_url: https },
      customer: { ...person, tokens },
      order,
      "configuration?": { auto_capture: bool },
    },
    payment: { payment_product_type: product, operation: one("recurring_purchase", "unscheduled_purchase") },
  },
  capture: { amount: int32(1), "capture_reference?": text, "items?": [item] },
  refund: { amount: int32(1), "refund_reference?": text, "reason?": text, "items?": [item] },
  deletion: { "reason?": matching(/^.{1,128}$/, "at most 128 characters"), requestor: one("CARDHOLDER", "MERCHANT") },
};

/** What is wrong with a value, each with its place: keys that are missing or too many, and values of another form. */
function problems(value, shape, at = "") {
  if (typeof shape === "function") {
    const expected = shape(value);
    return expected ? [`${at}: expected ${expected}`] : [];
  }
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [`${at}: expected a list`];
    return value.flatMap((entry, index) => problems(entry, shape[0], `${at}/${index}`));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at}: expected an object`];
  const fields = Object.entries(shape).map(([key, inner]) => [key.replace(/\?$/, ""), inner, key.endsWith("?")]);
  const unknown = Object.keys(value)
    .filter((key) => !fields.some(([name]) => name === key))
    .map((key) => `${at}/${key}: unknown`);
  const found = fields.flatMap(([name, inner, optional]) => {
    if (value[name] === undefined) return optional ? [] : [`${at}/${name}: missing`];
    return problems(value[name], inner, `${at}/${name}`);
  });
  return [...unknown, ...found];
}

export async function start({
  accountId,
  clientId,
  clientSecret,
  callbackSecret,
  webhookSecret,
  today,
  time = () => "12:00:00",
}) {
  const [sessions, transactions, cards, plans, bearers] = [new Map(), new Map(), new Map(), new Map(), new Set()];
  const [ledger, refused, callbacks] = [[], [], []];
  let count = 0;
  const id = () => `${accountId}.fake${String(++count).padStart(20, "0")}`;
  const stop = (status, message, errors = []) => Object.assign(new Error(message), { status, errors });
  const checked = (body, shape) => {
    const found = problems(body, shape);
    if (found.length > 0) throw stop(400, "BAD_REQUEST", found);
  };
  const summed = ({ amount, items }) => {
    if (items && items.reduce((sum, entry) => sum + entry.amount, 0) !== amount)
      throw stop(400, "amounts do not add up");
    if (items && new Set(items.map((entry) => entry.line_id)).size !== items.length)
      throw stop(400, "line_id is not unique");
  };
  const issue = (type, kind) => {
    const token = `${kind}-${++count}`;
    cards.set(token, {
      id: `${kind}-id-${count}`,
      type: kind,
      token,
      payment_product_type: type,
      status: "ACTIVE",
      account_id: accountId,
      card_brand: "visa",
      masked_pan: "476173******0416",
      pan_expiry_date: "12/2029",
      created_at: `${today()}T00:00:00Z`,
    });
    return token;
  };
  const happen = (transaction, event, fields = {}) =>
    transaction.events.push({
      id: String(++count),
      event,
      success: true,
      created_at: `${today()}T12:00:00Z`,
      ...fields,
      transaction_status: transaction.status,
    });
  const move = (transaction, kind, amount) =>
    ledger.push({
      on: today(),
      kind,
      transactionId: transaction.id,
      reference: transaction.merchant_reference,
      amount,
      currency: transaction.currency,
    });

  function authorise(session, { type, operation, decline, capture }) {
    const { order } = session;
    const transaction = {
      id: id(),
      payment_product: type.split(".")[0],
      payment_product_type: type,
      amount: order.amount,
      currency: order.currency,
      merchant_reference: order.merchant_reference,
      ...(operation && { payment_operation: operation }),
      status: "INITIATED",
      session_id: session.id,
      card: { brand: "Visa", masked_pan: "476173******0416", expiry_date: "12/2029", type: "Debit" },
      events: [],
      captured: 0,
      refunded: 0,
    };
    transactions.set(transaction.id, transaction);
    session.transactions.push(transaction);
    happen(transaction, "INITIALIZE");
    if (decline) {
      transaction.status = "FAILED";
      happen(transaction, "AUTHORIZE", { success: false, error: decline });
      return transaction;
    }
    transaction.status = "AUTHORIZED";
    happen(transaction, "AUTHORIZE", { amount: order.amount });
    if (capture) take(transaction, order.amount);
    return transaction;
  }
  function take(transaction, amount, reference) {
    const whole = transaction.captured + amount;
    if (!["AUTHORIZED", "PARTIALLY_CAPTURED"].includes(transaction.status) || whole > transaction.amount)
      throw stop(400, "cannot be captured");
    transaction.captured = whole;
    transaction.status = whole === transaction.amount ? "CAPTURED" : "PARTIALLY_CAPTURED";
    happen(transaction, "CAPTURE", { amount, ...(reference && { event_reference: reference }) });
    move(transaction, "capture", amount);
  }
  /** As Dintero shows it: tokens only when they are asked for. */
  function shown({ captured, refunded, slow, secrets = {}, ...transaction }, includes = []) {
    const asked = Object.entries(secrets).filter(([kind]) => includes.includes(`card.${kind}`));
    return { ...transaction, ...(transaction.card && { card: { ...transaction.card, ...Object.fromEntries(asked) } }) };
  }
  const declined = {
    code: "DECLINED",
    message: "the issuer declined",
    type: ["INSUFFICIENT_FUNDS"],
    result_code: "51",
  };

  function pay(body, toggles) {
    checked(body, bodies.pay);
    const { session, payment } = body;
    summed(session.order);
    const { payment_product_type: type, operation } = payment;
    if (Object.keys(session.customer.tokens).join() !== type) throw stop(400, "the token is of another product");
    const [[kind, token], ...more] = Object.entries(session.customer.tokens[type]);
    const fits = type !== "payex.creditcard" || (kind === "recurrence_token") === (operation === "recurring_purchase");
    const card = cards.get(token);
    if (more.length > 0 || !fits) throw stop(400, `a ${operation} is not made with ${kind}`);
    if (card?.payment_product_type !== type || card.type !== kind || card.status !== "ACTIVE")
      throw stop(400, "the token cannot be charged");

    const reference = session.order.merchant_reference;
    const earlier = [...sessions.values()].filter((other) => other.order.merchant_reference === reference);
    const paid = (other) =>
      other.transactions.some(({ events }) => events.some(({ event, success }) => event === "AUTHORIZE" && success));
    if (toggles === "strict-merchant-reference" && earlier.length > 0) throw stop(400, "duplicate merchant_reference");
    if (toggles === "strict-success-merchant-reference" && earlier.some(paid))
      throw stop(400, "duplicate merchant_reference");

    const planned = plans.get(reference)?.shift();
    if (planned === "timeout_before") throw stop(0, "no answer");
    if (planned === "500_before") throw stop(500, "INTERNAL_SERVER_ERROR");
    const made = { ...session, id: id(), transactions: [] };
    sessions.set(made.id, made);
    const decline = planned === "decline" ? declined : planned?.decline;
    const auto = session.configuration?.auto_capture === true;
    const transaction = authorise(made, { type, operation, decline, capture: auto && planned !== "slow_capture" });
    transaction.slow = auto && planned === "slow_capture";
    report(session, transaction);
    if (planned === "timeout_after") throw stop(0, "no answer");
    if (planned === "500_after") throw stop(500, "INTERNAL_SERVER_ERROR");
    const success = transaction.status !== "FAILED";
    const actions = success ? [{ source: type.split(".")[0].toUpperCase(), code: "AUTHORIZED", type: "success" }] : [];
    return { ...shown(transaction), success, actions };
  }

  function create(body, wished) {
    const session = { ...body, id: id(), transactions: [], wished };
    sessions.set(session.id, session);
    return { id: session.id, url: `https://checkout.test.dintero.com/v1/view/${session.id}` };
  }
  function createSession(body, toggles) {
    checked(body, bodies.session);
    if (toggles === "strict-session-amounts" && !body.order.items) throw stop(400, "amounts do not add up");
    summed(body.order);
    const wished = products.flatMap((type) => {
      const { generate_payment_token: payment, generate_recurrence_token: recurrence } =
        body.configuration?.[type.split(".")[0]]?.creditcard ?? {};
      return payment || recurrence
        ? [{ type, kinds: [payment && "payment_token", recurrence && "recurrence_token"].filter(Boolean) }]
        : [];
    });
    return create(body, wished[0]);
  }
  function createTokenSession(body) {
    checked(body, bodies.tokenSession);
    const { payment_product_type: type, token_types: kinds } = body.token_provider;
    if (kinds.length === 0 || (kinds.includes("recurrence_token") && type !== "payex.creditcard"))
      throw stop(400, "no such token");
    return { ...create({ ...body.session, stores: true }, { type, kinds }) };
  }

  /** The customer does what the session is for. */
  function customer(sessionId, { decline } = {}) {
    const session = sessions.get(sessionId);
    if (!session || session.cancelled || session.transactions.some(({ status }) => status !== "FAILED"))
      throw new Error("nothing to pay");
    const used = Object.keys(session.customer?.tokens ?? {})[0];
    const transaction = authorise(session, {
      type: session.wished?.type ?? used ?? products[2],
      operation: session.stores && "generate_payment_token",
      decline: decline === true ? declined : decline,
      capture: !session.stores && session.configuration?.auto_capture === true,
    });
    if (session.wished && !decline) {
      transaction.secrets = Object.fromEntries(
        session.wished.kinds.map((kind) => [kind, issue(session.wished.type, kind)]),
      );
      for (const [kind, token] of Object.entries(transaction.secrets))
        transaction.card[`${kind}_id`] = cards.get(token).id;
    }
    return { transactionId: transaction.id, callback: report(session, transaction) };
  }

  /** The signed callback about a transaction, where its session asked for one. */
  function report(session, transaction) {
    if (!session.url?.callback_url) return null;
    const called = new URL(session.url.callback_url);
    const method = called.searchParams.get("method") ?? "GET";
    const said = {
      transaction_id: transaction.id,
      session_id: session.id,
      merchant_reference: transaction.merchant_reference,
      time: `${today()}T${time()}Z`,
    };
    const error = transaction.status === "FAILED" && { error: "authorization" };
    for (const [name, value] of Object.entries({ ...said, ...error })) called.searchParams.append(name, value);
    const signed = new URL(called);
    signed.searchParams.sort();
    const at = Math.floor(Date.parse(`${today()}T${time()}Z`) / 1000);
    const payload = [at, accountId, method, signed.hostname, signed.pathname, signed.searchParams.toString()].join(
      "\n",
    );
    const signature = `t=${at},v0-hmac-sha256=${createHmac("sha256", callbackSecret ?? "")
      .update(payload)
      .digest("hex")}`;
    callbacks.push({ method, url: called.href, signature, at });
    return callbacks.at(-1);
  }

  function webhook(event, transactionId) {
    // Docs: the event and the delivery are named in the headers.
    const body = JSON.stringify({ account_id: accountId, transaction: shown(transactions.get(transactionId)) });
    const signature = createHmac("sha1", webhookSecret ?? "")
      .update(body)
      .digest("hex");
    return { headers: { event, "event-delivery": id(), "event-signature": signature }, body };
  }

  function answer(method, path, query, headers, body) {
    const toggles = headers["dintero-feature-toggles"];
    if (method === "POST" && path === `/v1/accounts/${accountId}/auth/token`) {
      checked(body, {
        grant_type: one("client_credentials"),
        audience: one(`https://api.dintero.com/v1/accounts/${accountId}`),
      });
      const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
      if (headers.authorization !== expected) throw stop(401, "UNAUTHORIZED");
      bearers.add(`token-${++count}`);
      return { access_token: `token-${count}`, token_type: "Bearer", expires_in: 86400 };
    }
    if (!bearers.has(headers.authorization?.replace(/^Bearer /, ""))) throw stop(401, "UNAUTHORIZED");
    const known = {
      "/v1/sessions/pay": ["strict-merchant-reference", "strict-success-merchant-reference"],
      "/v1/sessions-profile": ["strict-session-amounts"],
    };
    if (toggles && !known[path]?.includes(toggles)) throw stop(400, "unknown toggle");
    const [, , kind, which, what] = path.split("/");
    const route = `${method} ${path}`;
    if (route === "POST /v1/sessions-profile") return createSession(body, toggles);
    if (route === "POST /v1/sessions/payment-token") return createTokenSession(body);
    if (route === "POST /v1/sessions/pay") return pay(body, toggles);
    if (route === "GET /v1/card-tokens")
      return [...cards.values()].filter(({ status, type }) => status === "ACTIVE" && type === "payment_token");
    if (method === "DELETE" && kind === "card-tokens") {
      checked(body, bodies.deletion);
      const card = [...cards.values()].find((one) => one.id === which);
      if (!card) throw stop(404, "NOT_FOUND");
      return Object.assign(card, { status: "DELETED" });
    }
    if (method === "POST" && kind === "sessions" && what === "cancel") {
      const session = sessions.get(which);
      if (!session || body !== undefined) throw stop(session ? 400 : 404, "cannot be cancelled");
      // Types: allowed while nothing was taken; the answer has the moment.
      if (session.transactions.some(({ status }) => !["INITIATED", "AUTHORIZED", "FAILED"].includes(status)))
        throw stop(400, "cannot be cancelled");
      session.cancelled = true;
      return { id: which, cancelled_at: `${today()}T${time()}Z` };
    }
    if (kind !== "transactions") throw stop(404, "NOT_FOUND");
    if (method === "GET" && which === undefined) {
      if (!query.get("merchant_reference") || !(query.get("limit") >= 1 && query.get("limit") <= 100))
        throw stop(400, "BAD_REQUEST");
      const found = [...transactions.values()].filter(
        (one) => one.merchant_reference === query.get("merchant_reference"),
      );
      return found
        .reverse()
        .slice(0, query.get("limit"))
        .map((transaction) => seen(transaction));
    }
    const transaction = transactions.get(which);
    if (!transaction) throw stop(404, "NOT_FOUND");
    if (method === "GET" && what === undefined) return seen(transaction, query.getAll("includes"));
    if (method !== "POST") throw stop(404, "NOT_FOUND");
    change(transaction, what, body);
    return shown(transaction);
  }
  /** Looking at a transaction that was to be captured later finds it captured. */
  function seen(transaction, includes) {
    if (transaction.slow) take(transaction, transaction.amount);
    transaction.slow = false;
    return shown(transaction, includes);
  }
  function change(transaction, what, body) {
    if (what === "capture") {
      checked(body, bodies.capture);
      transaction.slow = false;
      return take(transaction, body.amount, body.capture_reference);
    }
    if (what === "refund") {
      checked(body, bodies.refund);
      const whole = transaction.refunded + body.amount;
      if (whole > transaction.captured) throw stop(400, "cannot be refunded");
      transaction.refunded = whole;
      const partly = transaction.captured < transaction.amount;
      transaction.status = partly
        ? "PARTIALLY_CAPTURED_REFUNDED"
        : whole === transaction.captured
          ? "REFUNDED"
          : "PARTIALLY_REFUNDED";
      happen(transaction, "REFUND", {
        amount: body.amount,
        ...(body.refund_reference && { event_reference: body.refund_reference }),
      });
      return move(transaction, "refund", -body.amount);
    }
    if (what !== "void" || body !== undefined) throw stop(404, "NOT_FOUND");
    if (transaction.status !== "AUTHORIZED") throw stop(400, "cannot be voided");
    transaction.status = "AUTHORIZATION_VOIDED";
    return happen(transaction, "VOID");
  }

  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks).toString();
    const { pathname, searchParams } = new URL(request.url, "http://fake");
    const reply = (status, body) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    try {
      if (raw !== "" && request.headers["content-type"] !== "application/json")
        throw stop(400, "expected application/json");
      let body;
      try {
        body = raw === "" ? undefined : JSON.parse(raw);
      } catch {
        throw stop(400, "expected JSON");
      }
      reply(200, answer(request.method, pathname, searchParams, request.headers, body));
    } catch (error) {
      const { status, message, errors } = error;
      if (status === undefined) throw error;
      if (status === 0) return response.destroy();
      if (status < 500) refused.push({ method: request.method, path: pathname, message, errors });
      return reply(status, { error: { errors, message } });
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    ledger,
    refused,
    callbacks,
    issue,
    webhook,
    pay: customer,
    plan: (reference, ...behaviours) => plans.set(reference, [...(plans.get(reference) ?? []), ...behaviours]),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
