// What a support desk does with one subscription, each thing as an event; then what it reads: where the customer stands, what
// comes next, what was paid and for what.
//
//   node support-desk.mjs
//   node support-desk.mjs --customer
//
// In a project of yours the imports are "billing-rules" and "billing-rules/explain/nb". `examples/support_desk.rs` is the same
// desk in Rust and prints the same lines. `--customer` writes them as the customer reads them, which Rust does not.
import { parseArgs } from "node:util";
import * as billing from "../../pkg/src/index.js";
import { nb } from "../../pkg/src/explain/nb.js";

const { addDays, applyEvent, createSubscription, nextAction, overview, quoteCancellation, replay, upcoming } = billing;
const { customer } = parseArgs({ options: { customer: { type: "boolean" } } }).values;

const nok = (amount) => ({ amount, currency: "NOK" });
const money = (amount) =>
  customer ? billing.formatMoney(amount, nb) : `${billing.formatDecimal(amount)} ${amount.currency}`;
const reason = (lines) => lines.map((line) => (customer ? billing.explain(line, nb) : line.note)).join("; ");
const print = (on, text, ...amounts) =>
  console.log([on, text.padEnd(30), ...amounts.map((amount) => money(amount).padStart(12))].join("  "));

const terms = { price: nok(30000), schedule: { start: "2026-01-15", cycle: "monthly" }, trialStart: "2026-01-01" };
const created = { id: "gym-1", terms };

// A desk stores both in one transaction: the subscription, and each event that it applied.
let row = createSubscription(created);
const history = [];

function record(event) {
  row = applyEvent(row, event);
  history.push(event);
}

/** Makes the payment that is due, as the nightly run does; gives its reference. */
function pay(on, succeeds = true) {
  const { reference } = nextAction(row, on).payment;
  record({ type: "attempt_started", reference, on });
  if (succeeds) record({ type: "payment_succeeded", reference, providerReference: `ch-${reference}`, on });
  else record({ type: "payment_declined", reference, on });
  return reference;
}

/** Records an event, then shows the balance, and what a cancellation on that day would give back. */
function report(what, event) {
  record(event);
  print(event.on, what, row.balance, quoteCancellation(row, event.on).refund);
}

console.log("What happened                                    balance  if cancelled");

// The customer wants to try for another week. The card is verified already.
pay("2026-01-01");
report("trial extended", { type: "rescheduled", next: addDays(row.nextDueDate, 7), on: "2026-01-10" });

// The first payment, of which the provider reports a second charge.
const reference = pay("2026-01-22");
report("charged twice", { type: "payment_succeeded", reference, providerReference: "ch-again", on: "2026-01-23" });
for (const { providerReference } of row.overpayments) {
  const id = `refund-of-${providerReference}`;
  report("overpayment refunded", { type: "overpayment_refunded", id, providerReference, on: "2026-01-24" });
}

// Somebody refunded a part at the provider: its webhook reports it, and days later that the bank returned the money.
const elsewhere = { id: "re-1", providerReference: `ch-${reference}`, amount: nok(10000) };
report("refunded elsewhere", { type: "refunded", ...elsewhere, on: "2026-01-27" });
report("refund reversed", { type: "refund_reversed", id: "re-1-failed", of: "re-1", on: "2026-01-29" });

// The customer wants to pay on the 1st. The days until then are a payment of their own, on the old day.
report("billing day moved", { type: "rescheduled", next: "2026-03-01", on: "2026-01-30" });
pay("2026-02-22");

// Two attempts are declined. The customer calls before the next one is due, with another card.
pay("2026-03-01", false);
pay("2026-03-02", false);
report("payment requested now", { type: "payment_requested", customerPresent: true, on: "2026-03-03" });
pay("2026-03-03");

// A cheaper plan leaves a balance in the customer's favour. They want it on their account.
const cheaper = { to: nok(20000), at: "2026-03-10", effective: "on_date" };
report("plan changed", { type: "plan_changed", ...cheaper, on: "2026-03-10" });
const amount = nok(-row.balance.amount);
report("balance paid out", { type: "balance_paid_out", id: "payout-1", amount, on: "2026-03-11" });

// Goodwill lowers the next payment. What is given so is never paid out.
report("goodwill credited", { type: "credited", id: "ticket-4711", amount: nok(5000), on: "2026-03-12" });

// The customer is away in April.
report("one payment skipped", { type: "payments_skipped", id: "away-in-april", payments: 1, on: "2026-03-20" });

// In July nobody comes: the pause begins and ends by itself.
report("pause planned", { type: "paused", from: "2026-07-01", until: "2026-08-01", on: "2026-03-21" });

const today = "2026-03-21";
const { phase, entitlement, paidThrough, pause, nextCharge } = overview(row, today);
console.log(`\nOverview on ${today}\n`);
console.log(`${phase}, paid through ${paidThrough}; service until ${entitlement.until} (${entitlement.reason})`);
console.log(`paused from ${pause.from} until ${pause.until}`);
console.log(`next charge ${money(nextCharge.amount)} on ${nextCharge.dueDate}: ${reason(nextCharge.lines)}`);

console.log("\nWhat comes next\n");
for (const { dueDate, lines, amount, cancelBy } of upcoming(row, { on: today, payments: 3 }).payments) {
  print(dueDate, `cancel by ${cancelBy}`, amount);
  console.log(`  ${reason(lines)}`);
}

// The log alone leads to the stored value, and has each payment with its lines.
const { subscription, timeline } = replay(created, history, today);
if (JSON.stringify(subscription) !== JSON.stringify(row)) throw new Error("the log is not that of the stored value");
console.log(`\nWhat was paid, by the ${history.length} events that lead to what is stored\n`);
for (const { on, event, action } of timeline) {
  if (event?.type !== "payment_succeeded" || !action) continue;
  const { reference, amount, lines } = action.payment;
  print(on, reference, amount);
  console.log(`  ${reason(lines)}`);
}
