// A strict stand-in for DineroPay on loopback: it checks every request as its documentation has it, and answers like it.
// It never deduplicates: an order number that comes twice is charged twice.
//
// Sources of the refusals: fields, lengths, the range of minutes and the errors' numbers are those of the platform's references of both
// protocols; the hashes, the same and DineroPay's pages. Lists of signs are wider than there, as shops send more.
import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

const DECIMALS = { KWD: 3, BHD: 3, JOD: 3, OMR: 3, TND: 3, CLF: 4, UYW: 4, ISK: 0, VND: 0, XOF: 0, XAF: 0 };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
// The platform's reference: lengths of 255 and 1024. Its lists of signs are narrower than what shops send.
const NUMBER = /^\S{1,255}$/u;
const DESCRIPTION = /^.{2,1024}$/su;
const hash = (name, text) => createHash(name).update(text).digest("hex");
const reversed = (text) => [...text].reverse().join("");

/** "19.00", "12.500", "1000": all decimals of the currency (two for yen and its like), no zeros before it, above 0. */
const isAmount = (text, currency = "SAR") => {
  const decimals = DECIMALS[currency] ?? 2;
  const form = new RegExp(`^(0|[1-9]\\d*)${decimals ? `\\.\\d{${decimals}}` : ""}$`);
  return typeof text === "string" && form.test(text) && /[1-9]/.test(text);
};

/** The day of a schedule's payment `n` after the initial one on `start`, computed from `start`. */
function dayOf({ interval_length, interval_unit, day_of_month, delays = 0 }, start, n) {
  const [year, month, day] = start.split("-").map(Number);
  const steps = (n + Number(delays)) * Number(interval_length);
  if (interval_unit === "day") return new Date(Date.UTC(year, month - 1, day + steps)).toISOString().slice(0, 10);
  const last = new Date(Date.UTC(year, month + steps, 0));
  last.setUTCDate(Math.min(Number(day_of_month ?? day), last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

/**
 * Starts the fake. `decide({ orderNumber, amount, kind, attempt, userAgent })` tells what becomes of a charge: "settle" (default), "decline",
 * "pending", or what goes wrong on the way: "lost_before" and "lost_after" (the connection ends, before or after charging),
 * "error_before" and "error_after" (500). `attempt` counts the requests that came with the order number. Callbacks are kept in
 * `callbacks`, and posted to `notificationUrl` where one is given.
 */
export async function start({
  merchantKey = "c2b8fb04-110f-11ea-bcd3-0242c0a85004",
  password = "b7c1e0d4f29a4c53a8816e0c7d5f2a39",
  sha256 = false,
  today = "2025-01-31",
  decide = () => "settle",
  notificationUrl = null,
} = {}) {
  const inner = sha256 ? "sha256" : "md5";
  const sign = (...parts) => hash("sha1", hash(inner, (parts.join("") + password).toUpperCase()));
  const [sessions, payments, schedules, ledger, callbacks, refused] = [new Map(), new Map(), new Map(), [], [], []];
  const attempts = new Map();
  // Who sends the request that is being answered.
  let userAgent = null;
  const fake = { sessions, payments, schedules, ledger, callbacks, refused, today, notificationUrl };

  /** What is wrong with a request: field by field, as DineroPay tells it. */
  class Refusal extends Error {
    constructor(problems, status = 400, code = 0) {
      super(problems.join("; "));
      Object.assign(this, { problems, status, code });
    }
  }
  const refuse = (...problems) => {
    throw new Refusal(problems);
  };

  /** Holds a body against its fields: `{ name: test }`, optional ones with a question mark behind the name. */
  function check(body, shape, under = "") {
    const problems = [];
    const known = Object.keys(shape).map((name) => name.replace("?", ""));
    for (const name of Object.keys(body)) {
      if (!known.includes(name)) problems.push(`${under}${name}: This field was not expected.`);
    }
    for (const [key, test] of Object.entries(shape)) {
      const name = key.replace("?", "");
      if (body[name] === undefined) {
        if (name === key) problems.push(`${under}${name}: This value should not be blank.`);
      } else if (!test(body[name])) problems.push(`${under}${name}: This value is not valid.`);
    }
    if (problems.length > 0) refuse(...problems);
  }
  const text =
    (longest = 255) =>
    (value) =>
      typeof value === "string" && value.length > 0 && value.length <= longest;
  const like = (form) => (value) => typeof value === "string" && form.test(value);
  const url = (value) => text(1024)(value) && URL.canParse(value);
  const flag = (value) => typeof value === "boolean";
  const object = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const signed = (body, ...fields) => {
    if (body.merchant_key !== merchantKey) refuse("merchant_key: This value is not valid.");
    if (body.hash !== sign(...fields)) refuse("hash: Hash is not valid.");
  };
  const hex40 = like(/^[0-9a-f]{40}$/);
  const order = (body, withCurrency) => {
    check(
      body.order,
      {
        number: like(NUMBER),
        amount: (amount) => isAmount(amount, body.order.currency ?? currencyOf(body)),
        [withCurrency ? "currency" : "currency?"]: like(/^[A-Z]{3}$/),
        description: like(DESCRIPTION),
      },
      "order.",
    );
    return body.order;
  };
  const currencyOf = (body) => payments.get(body.recurring_init_trans_id)?.order.currency;

  /** What callbacks say of a payment. */
  function notify(payment, type, status, more = {}) {
    const { id, order, schedule, token, init, reason } = payment;
    const fields = {
      id,
      order_number: order.number,
      order_amount: order.amount,
      order_currency: order.currency,
      order_description: order.description,
      order_status: payment.status,
      type,
      status,
      card: "411111****1111",
      card_expiration_date: "12/2030",
      schedule_id: schedule,
      recurring_init_trans_id: init,
      recurring_token: token,
      reason: status === "fail" ? reason : undefined,
      date: `${fake.today} 09:22:09`,
      hash: sign(id, order.number, order.amount, order.currency, order.description),
      ...more,
    };
    const body = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== undefined)).toString();
    callbacks.push(body);
    if (!fake.notificationUrl) return undefined;
    const headers = { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" };
    return fetch(fake.notificationUrl, { method: "POST", headers, body }).catch(() => {});
  }

  /** Money that moves. */
  function book({ id, order: { number, currency } }, amount) {
    ledger.push({ id, orderNumber: number, amount, currency, on: fake.today });
  }

  /** Makes a payment, and takes the money when it is settled. */
  function charge(order, kind, more = {}) {
    const attempt = (attempts.get(order.number) ?? 0) + 1;
    attempts.set(order.number, attempt);
    const { number: orderNumber, amount } = order;
    const decision = decide({ orderNumber, amount, kind, attempt, userAgent });
    if (decision.endsWith("before")) return { lost: decision };
    const status = { decline: "decline", pending: "pending" }[decision] ?? "settled";
    const payment = { id: randomUUID(), order, status, date: `${fake.today} 09:22:09`, kind, refunded: [], ...more };
    if (status === "decline") payment.reason = "Declined by processing";
    if (status === "settled") book(payment, order.amount);
    payments.set(payment.id, payment);
    return { payment, lost: decision.endsWith("after") ? decision : null };
  }

  const shown = ({ id, status, date, reason, schedule, token, order }) => ({
    payment_id: id,
    date,
    status,
    reason,
    recurring_token: token,
    "shedule_id ": schedule,
    order,
  });
  const unacceptable = (code, message) => {
    throw new Refusal([message], 400, code);
  };
  const notFound = () => unacceptable(208001, "Payment not found.");
  const found = (id) => payments.get(id) ?? notFound();

  const operations = {
    "/api/v1/session"(body) {
      check(body, {
        merchant_key: text(),
        operation: like(/^purchase$/),
        order: object,
        hash: hex40,
        "methods?": Array.isArray,
        "parameters?": object,
        "channel_id?": text(16),
        "session_expiry?": (minutes) => Number.isInteger(minutes) && minutes >= 1 && minutes <= 720,
        success_url: url,
        "cancel_url?": url,
        "expiry_url?": url,
        "error_url?": url,
        "url_target?": like(/^_(self|parent|top|blank)$/),
        "customer?": object,
        "billing_address?": object,
        "card_token?": Array.isArray,
        "req_token?": flag,
        "recurring_init?": flag,
        "schedule_id?": like(UUID),
        "schedule_start_date?": like(/^\d{4}-\d\d-\d\d$/),
        "payment_schedule_amount?": (amount) => isAmount(amount, body.order?.currency),
        "recurring_consent_required?": flag,
        "vat_calc?": flag,
        "custom_data?": object,
      });
      const { number, amount, currency, description } = order(body, true);
      signed(body, number, amount, currency, description);
      const usable = body.recurring_init === true && schedules.get(body.schedule_id)?.paused === "N";
      if (body.schedule_id !== undefined && !usable) refuse("schedule_id: This value is not valid.");
      const key = Buffer.from(randomUUID()).toString("base64url");
      sessions.set(key, { ...body, on: fake.today });
      return { redirect_url: `${fake.url}/auth/${key}` };
    },
    "/api/v1/payment/recurring"(body) {
      check(body, {
        merchant_key: text(),
        order: object,
        "customer?": object,
        recurring_init_trans_id: like(UUID),
        recurring_token: text(),
        "schedule_id?": like(UUID),
        "custom_data?": object,
        hash: hex40,
      });
      const { number, amount, description } = order(body, false);
      signed(body, body.recurring_init_trans_id, body.recurring_token, number, amount, description);
      const first = found(body.recurring_init_trans_id);
      if (first.token !== body.recurring_token) notFound();
      const { currency } = first.order;
      const linked = { token: first.token, init: first.id };
      const { payment, lost } = charge({ number, amount, currency, description }, "recurring", linked);
      if (payment) notify(payment, "recurring", payment.status === "decline" ? "fail" : "success");
      if (lost) return { lost };
      const { id, date, reason, order: paid } = payment;
      return {
        status: payment.status === "decline" ? "declined" : payment.status,
        reason,
        payment_id: id,
        date,
        order: paid,
      };
    },
    "/api/v1/payment/retry"(body) {
      check(body, { merchant_key: text(), payment_id: text(), hash: hex40 });
      signed(body, body.payment_id);
      const declined = found(body.payment_id);
      if (declined.status !== "decline") refuse("payment_id: This value is not valid.");
      const { payment, lost } = charge(declined.order, "retry", { token: declined.token, init: declined.init });
      if (payment) notify(payment, "recurring", payment.status === "decline" ? "fail" : "success");
      return lost ? { lost } : { payment_id: body.payment_id, result: "accepted" };
    },
    "/api/v1/payment/status"(body) {
      check(body, {
        merchant_key: text(),
        "payment_id?": text(),
        "order_id?": text(),
        "size?": Number.isInteger,
        hash: hex40,
      });
      signed(body, body.payment_id ?? body.order_id);
      if (body.payment_id !== undefined) return shown(found(body.payment_id));
      const all = [...payments.values()].filter((payment) => payment.order.number === body.order_id).reverse();
      if (all.length === 0) notFound();
      return body.size === undefined ? shown(all[0]) : all.slice(0, body.size).map(shown);
    },
    "/api/v1/payment/refund"(body) {
      check(body, { merchant_key: text(), payment_id: text(), "amount?": text(), hash: hex40 });
      signed(body, body.payment_id, body.amount ?? "");
      const payment = found(body.payment_id);
      const minor = (amount) => BigInt(amount.replace(".", ""));
      const left = payment.refunded.reduce((rest, amount) => rest - minor(amount), minor(payment.order.amount));
      if (body.amount !== undefined && !isAmount(body.amount, payment.order.currency))
        refuse("amount: This value is not valid.");
      if (payment.status !== "settled") {
        unacceptable(208005, "Not acceptable to request the refund for payment not in settled or pending status.");
      }
      const decimals = payment.order.amount.split(".")[1]?.length ?? 0;
      const rest = `${left}`.padStart(decimals + 1, "0");
      const amount = body.amount ?? (decimals ? `${rest.slice(0, -decimals)}.${rest.slice(-decimals)}` : rest);
      if (minor(amount) > left) {
        unacceptable(208006, "Not acceptable to request the refund for amount bigger than payment amount.");
      }
      payment.refunded.push(amount);
      if (minor(amount) === left) payment.status = "refund";
      book(payment, `-${amount}`);
      notify(payment, "refund", "success");
      return { payment_id: payment.id, result: "accepted" };
    },
    "/api/v1/payment/void"(body) {
      check(body, { merchant_key: text(), payment_id: text(), hash: hex40 });
      signed(body, body.payment_id);
      const payment = found(body.payment_id);
      const possible =
        payment.status === "settled" && payment.date.startsWith(fake.today) && payment.refunded.length === 0;
      if (possible) {
        payment.status = "void";
        book(payment, `-${payment.order.amount}`);
        notify(payment, "void", "success");
      }
      const reason = possible ? undefined : "Declined by processing";
      const { id, date, order } = payment;
      const status = possible ? "SUCCESS" : "FAIL";
      return { status, payment_status: payment.status, payment_id: id, date, reason, order };
    },
    "/api/v1/payment/capture"(body) {
      check(body, { merchant_key: text(), payment_id: text(), amount: text(), hash: hex40 });
      signed(body, body.payment_id, body.amount);
      const payment = found(body.payment_id);
      if (payment.status !== "pending") {
        unacceptable(208003, "Not acceptable to request the capture for payment not in pending status.");
      }
      if (body.amount !== payment.order.amount) refuse("amount: This value is not valid.");
      payment.status = "settled";
      book(payment, body.amount);
      notify(payment, "capture", "success");
      return { payment_id: payment.id, status: "settled", date: payment.date, order: payment.order };
    },
    "/post"(form) {
      const { action } = form;
      const created = action === "CREATE_SCHEDULE";
      const whole = like(/^[1-9]\d{0,5}$/);
      const shape = { action: text(), client_key: text(), hash: like(sha256 ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{32}$/) };
      const own = created
        ? {
            name: text(100),
            interval_length: whole,
            interval_unit: like(/^(day|month)$/),
            payments_count: whole,
            "delays?": like(/^\d+$/),
            ...(form.interval_unit === "month" && { "day_of_month?": like(/^([1-9]|[12]\d|3[01])$/) }),
          }
        : { schedule_id: like(UUID), ...(action === "DESCHEDULE" && { recurring_token: text() }) };
      check(form, { ...shape, ...own });
      if (form.client_key !== merchantKey) refuse("client_key: This value is not valid.");
      const digest = hash(inner, reversed(created ? password : form.schedule_id + password).toUpperCase());
      if (form.hash !== digest) throw new Refusal(["hash: Hash is not valid."], 401);
      const { action: _, client_key, hash: __, ...fields } = form;
      if (created) {
        const schedule_id = randomUUID();
        schedules.set(schedule_id, { ...fields, paused: "N", subscriptions: [] });
        return { action, result: "SUCCESS", schedule_id };
      }
      const schedule = schedules.get(form.schedule_id);
      if (!schedule) throw new Refusal(["Schedule not found."], 404);
      const { subscriptions, ...details } = schedule;
      if (action === "SCHEDULE_INFO") return { action, ...details };
      if (action === "PAUSE_SCHEDULE" && schedule.paused === "N") schedule.paused = "Y";
      else if (action === "RUN_SCHEDULE" && schedule.paused === "Y") schedule.paused = "N";
      else if (action === "DELETE_SCHEDULE") schedules.delete(form.schedule_id);
      else if (action === "DESCHEDULE" && subscriptions.some(({ token }) => token === form.recurring_token)) {
        schedule.subscriptions = subscriptions.filter(({ token }) => token !== form.recurring_token);
      } else refuse("action: This value is not valid.");
      return { action, result: "SUCCESS" };
    },
  };

  /** The payer completes the page of a session; gives the callback's body. A link works once. */
  fake.complete = (redirectUrl) => {
    const key = redirectUrl.split("/auth/")[1];
    const session = sessions.get(key);
    if (!session) throw new Error("the link has been used, or is none");
    if (session.on !== fake.today) throw new Error("the link has expired");
    sessions.delete(key);
    const { payment, lost } = charge(session.order, "sale");
    if (!payment) throw new Error(`the page fails: ${lost}`);
    if (payment.status !== "decline" && session.recurring_init) {
      Object.assign(payment, { token: randomUUID(), init: payment.id, schedule: session.schedule_id });
    }
    const { token, schedule, status } = payment;
    if (schedule) {
      const amount = session.payment_schedule_amount ?? session.order.amount;
      schedules.get(schedule).subscriptions.push({ token, first: payment, amount, start: fake.today, made: 0 });
    }
    const posted = notify(
      payment,
      "sale",
      status === "decline" ? "fail" : "success",
      schedule ? {} : { schedule_id: "null" },
    );
    return Object.assign(
      Promise.resolve(posted).then(() => callbacks.at(-1)),
      { payment },
    );
  };

  /** Makes the payments of all schedules that are due on `today`; the initial payment counts. */
  fake.runSchedules = () => {
    for (const [id, schedule] of schedules) {
      if (schedule.paused === "Y") continue;
      for (const subscription of schedule.subscriptions) {
        const isDue = (n) =>
          n < Number(schedule.payments_count) && dayOf(schedule, subscription.start, n) <= fake.today;
        while (isDue(subscription.made + 1)) {
          subscription.made += 1;
          const { order, id: init } = subscription.first;
          const next = { ...order, number: `${order.number}-${subscription.made}`, amount: subscription.amount };
          const { payment } = charge(next, "schedule", { token: subscription.token, init, schedule: id });
          if (payment) notify(payment, "recurring", payment.status === "decline" ? "fail" : "success");
        }
      }
    }
  };

  /** The body of a request, by its content type. */
  function parse(path, type, raw) {
    const wrong = () => refuse("Content-Type: This value is not valid.");
    if (path !== "/post") return type === "application/json" ? JSON.parse(raw) : wrong();
    if (type === "application/x-www-form-urlencoded") return Object.fromEntries(new URLSearchParams(raw));
    const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(type)?.[1];
    if (!boundary) wrong();
    const parts = `\r\n${raw}`.split(`\r\n--${boundary}`);
    if (parts[0] !== "" || parts.at(-1) !== "--\r\n") refuse("body: This value is not valid.");
    const form = /^\r\nContent-Disposition: form-data; name="(\w+)"\r\n\r\n(.*)$/s;
    const field = (part) => form.exec(part)?.slice(1) ?? refuse("body: This value is not valid.");
    return Object.fromEntries(parts.slice(1, -1).map(field));
  }

  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = (status, body) =>
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    try {
      const operation = request.method === "POST" && Object.hasOwn(operations, request.url) && operations[request.url];
      if (!operation) return answer(404, { error: "not found" });
      userAgent = request.headers["user-agent"];
      const result = operation(
        parse(request.url, request.headers["content-type"], Buffer.concat(chunks).toString("utf8")),
      );
      if (!result.lost) return answer(200, result);
      return result.lost.startsWith("lost") ? request.socket.destroy() : answer(500, { error: "internal" });
    } catch (error) {
      if (!(error instanceof Refusal))
        return answer(error instanceof SyntaxError ? 400 : 500, { error: String(error) });
      refused.push({ path: request.url, problems: error.problems });
      const form = request.url === "/post" ? { result: "ERROR" } : {};
      if (error.code)
        return answer(error.status, { ...form, error_code: error.code, error_message: error.problems[0] });
      const errors = error.problems.map((message) => ({ error_code: 100000, error_message: message }));
      return answer(error.status, {
        ...form,
        error_code: form.result ? 100000 : 0,
        error_message: "Request data is invalid.",
        errors,
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  fake.url = `http://127.0.0.1:${server.address().port}`;
  fake.account = {
    merchantKey,
    password,
    hashAlgorithm: sha256 ? "sha256" : "md5",
    checkoutUrl: fake.url,
    apiUrl: fake.url,
  };
  fake.close = () =>
    new Promise((done) => {
      server.closeAllConnections();
      server.close(done);
    });
  return fake;
}
