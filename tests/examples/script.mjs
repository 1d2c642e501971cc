// What every host is asked, one request after the other, and the status that each is answered with. The life of three subscriptions, and
// what goes wrong at a service: so many requests that every answer of the service comes up.
import { readFileSync } from "node:fs";
import { example, rules } from "./tools.mjs";

export const plans = JSON.parse(readFileSync(example("service/plans.json"), "utf8"));
export const DAY_HEADER = "x-day";

/** What the checkout page orders. */
export const order = (id, plan, on) => {
  const terms = { ...plans[plan], schedule: { start: on, ...plans[plan].schedule } };
  return { id, plan, digest: rules.preview(terms, { on }).digest };
};

const get = (status, on, path) => ({ status, on, method: "GET", path });
const post = (status, on, path, body) => ({ status, on, method: "POST", path, body });
const signUp = (status, on, id, plan) => post(status, on, "/subscriptions", order(id, plan, on));
const attempt = (status, on, id) => post(status, on, `/subscriptions/${id}/attempts`);
const event = (status, on, id, body) => post(status, on, `/subscriptions/${id}/events`, body);
const decline = {
  code: "51",
  scheme: "visa",
  advice: null,
  retry: "allowed",
  notBefore: null,
  reason: "insufficient funds",
};
const paid = (reference) => ({ type: "payment_succeeded", reference, providerReference: `ch-${reference}` });

const note = 'água ☕ \u{1F600} "\\\u0007';

/** A change of plan as the customer has seen it: `seen` is the subscription then. */
const changed = (on) => (seen) => {
  const { event } = rules.quotePlanChange(seen, { to: plans.studio.price, at: on }, on);
  return { ...event, customerPresent: true };
};

export const script = [
  // Signing up, and what is refused there.
  signUp(201, "2025-01-10", "sub-1", "monthly"),
  signUp(409, "2025-01-10", "sub-1", "monthly"),
  post(409, "2025-01-11", "/subscriptions", order("sub-2", "monthly", "2025-01-10")),
  post(422, "2025-01-10", "/subscriptions", { ...order("sub-2", "monthly", "2025-01-10"), plan: "golden" }),
  post(422, "2025-01-10", "/subscriptions", { ...order("sub-2", "monthly", "2025-01-10"), plan: "toString" }),
  post(422, "2025-01-10", "/subscriptions", { ...order("sub-2", "monthly", "2025-01-10"), id: "../sub-2" }),
  post(400, "2025-01-10", "/subscriptions", { ...order("sub-2", "monthly", "2025-01-10"), id: 2 }),
  post(400, "2025-01-10", "/subscriptions", [order("sub-2", "monthly", "2025-01-10")]),
  post(400, "2025-01-10", "/subscriptions"),

  // What is not there.
  get(404, "2025-01-10", "/"),
  get(404, "2025-01-10", "/subscriptions/"),
  get(404, "2025-01-10", "/subscriptions/sub-2"),
  get(404, "2025-01-10", "/subscriptions/sub-2/action"),
  get(404, "2025-01-10", "/subscriptions/sub-2/payments"),
  get(404, "2025-01-10", "/subscriptions/sub-1/actions"),
  get(404, "2025-01-10", "/subscriptions/sub-1%2F"),
  get(404, "2025-01-10", "/subscriptions/sub-1%2F..%2Fsub-1"),
  get(404, "2025-01-10", "/subscriptions/%73ub-1"),
  get(404, "2025-01-10", `/subscriptions/${"a".repeat(41)}/action`),
  get(404, "2025-01-10", "/subscriptions/água"),
  attempt(404, "2025-01-10", "sub-2"),
  event(404, "2025-01-10", "sub-2", { type: "paused" }),
  get(405, "2025-01-10", "/subscriptions"),
  post(405, "2025-01-10", "/subscriptions/sub-1/action"),
  post(405, "2025-01-10", "/subscriptions/sub-1/payments"),
  { status: 405, on: "2025-01-10", method: "DELETE", path: "/subscriptions/sub-1" },

  // A first payment, begun once; what became of it, told twice; events that are none.
  get(200, "2025-01-10", "/subscriptions/sub-1"),
  get(200, "2025-01-10", "/subscriptions/sub-1/payments"),
  get(200, "2025-01-10", "/subscriptions/sub-1/action"),
  attempt(201, "2025-01-10", "sub-1"),
  event(200, "2025-01-10", "sub-1", { type: "payment_not_made", reference: "sub-1-1-0-1" }),
  attempt(201, "2025-01-10", "sub-1"),
  get(200, "2025-01-10", "/subscriptions/sub-1/payments"),
  attempt(409, "2025-01-10", "sub-1"),
  get(200, "2025-01-10", "/subscriptions/sub-1/action"),
  event(400, "2025-01-10", "sub-1", { type: "attempt_started", reference: "sub-1-1-0-1" }),
  event(400, "2025-01-10", "sub-1", "paused"),
  event(422, "2025-01-10", "sub-1", { type: "payment_suceeded", reference: "sub-1-1-0-1" }),
  event(422, "2025-01-10", "sub-1", { type: "payment_succeeded", refrence: "sub-1-1-0-1", b: 1, a: 2 }),
  event(422, "2025-01-10", "sub-1", { ...paid("sub-1-1-0-1"), amount: { amount: 0.5, currency: "brl" } }),
  event(422, "2025-01-10", "sub-1", paid("sub-1-2-0-1")),
  event(422, "2025-01-09", "sub-1", paid("sub-1-1-0-1")),
  event(200, "2025-01-10", "sub-1", { ...paid("sub-1-1-0-1"), on: "1999-01-01" }),
  event(200, "2025-01-10", "sub-1", paid("sub-1-1-0-1")),
  attempt(409, "2025-01-10", "sub-1"),

  // A change of plan within the month: the difference is paid at once. Then a decline, a retry, a pause, an unscheduled charge, the end.
  event(422, "2025-01-20", "sub-1", (seen) => ({ ...changed("2025-01-20")(seen), digest: "0".repeat(64) })),
  event(200, "2025-01-20", "sub-1", changed("2025-01-20")),
  attempt(201, "2025-01-20", "sub-1"),
  event(200, "2025-01-20", "sub-1", paid("sub-1-1-1-1")),
  attempt(201, "2025-02-01", "sub-1"),
  event(200, "2025-02-01", "sub-1", { type: "payment_pending", reference: "sub-1-2-0-1" }),
  event(200, "2025-02-02", "sub-1", { type: "payment_declined", reference: "sub-1-2-0-1", decline }),
  get(200, "2025-02-02", "/subscriptions/sub-1/action"),
  attempt(201, "2025-02-03", "sub-1"),
  event(200, "2025-02-03", "sub-1", paid("sub-1-2-0-2")),
  event(200, "2025-02-10", "sub-1", { type: "paused" }),
  get(200, "2025-03-01", "/subscriptions/sub-1/action"),
  event(200, "2025-03-10", "sub-1", { type: "resumed", schedule: "shift" }),
  event(200, "2025-03-11", "sub-1", {
    type: "unscheduled_charge",
    id: "top-up",
    amount: { amount: 1500, currency: "BRL" },
    note,
  }),
  attempt(201, "2025-03-11", "sub-1"),
  event(200, "2025-03-11", "sub-1", paid("sub-1-2-1-1")),
  event(200, "2025-03-12", "sub-1", { type: "cancelled", when: "period_end" }),
  get(200, "2025-03-12", "/subscriptions/sub-1/action"),
  event(200, "2025-06-01", "sub-1", { type: "finished", status: "cancelled" }),
  event(422, "2025-06-02", "sub-1", { type: "paused" }),

  // Late reports: of a charge after its decline, and of a second charge, which are money to give back; of a decline after its charge.
  event(200, "2025-06-02", "sub-1", paid("sub-1-2-0-1")),
  event(200, "2025-06-02", "sub-1", { ...paid("sub-1-2-0-2"), providerReference: "ch-again" }),
  event(200, "2025-06-03", "sub-1", { type: "payment_declined", reference: "sub-1-2-0-2", decline }),
  get(200, "2025-06-03", "/subscriptions/sub-1/payments"),

  // A course of three weeks, paid to its end; of the last payment the success alone is reported.
  signUp(201, "2024-02-29", "sub-3", "course"),
  attempt(201, "2024-02-29", "sub-3"),
  event(200, "2024-02-29", "sub-3", paid("sub-3-1-0-1")),
  attempt(201, "2024-03-07", "sub-3"),
  event(200, "2024-03-07", "sub-3", paid("sub-3-2-0-1")),
  event(200, "2024-03-14", "sub-3", paid("sub-3-3-0-1")),
  get(200, "2024-03-21", "/subscriptions/sub-3/action"),
  event(200, "2024-03-21", "sub-3", { type: "finished", status: "expired" }),
  get(200, "2024-03-21", "/subscriptions/sub-3"),
  get(200, "2024-03-21", "/subscriptions/sub-3/payments"),
];

/** Asks the hosts, `hostOf(number)` for each request; gives all that each is answered with. */
export async function run(hostOf) {
  const answers = [];
  const seen = {};
  for (const [number, { status, on, method, path, body }] of script.entries()) {
    const [, , id] = path.split("/");
    const text = typeof body === "function" ? JSON.stringify(body(seen[id])) : JSON.stringify(body);
    const response = await fetch(new URL(path, hostOf(number).url), {
      method,
      headers: { [DAY_HEADER]: on },
      body: text,
    });
    const answer = { request: `${method} ${path} ${text ?? ""}`, status: response.status, body: await response.text() };
    if (response.ok && path.endsWith("/events")) seen[id] = JSON.parse(answer.body);
    answers.push({ ...answer, type: response.headers.get("content-type"), expected: status });
  }
  return answers;
}
