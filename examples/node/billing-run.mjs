// A day's billing run over a book of subscriptions: what is due, who initiates it, and the request to A55, masked for the log.
//
//   node billing-run.mjs --on 2026-02-28
//
// In a project of yours the import is "billing-rules". The book is what a merchant stores; the cards are in a vault, here
// the schemes' public test numbers. `examples/billing_run.rs` is the same run in Rust and prints the same lines.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import * as billing from "../../pkg/src/index.js";

const { a55, earliestEnd, formatDecimal, nextDueDate, periodOn, preview, prorate, redact, selectIndicator } = billing;
const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));
const book = read("book.json");
const vault = read("test-cards.json");
const { on } = parseArgs({ options: { on: { type: "string", default: "2026-02-28" } } }).values;

const money = (amount) => `${formatDecimal(amount)} ${amount.currency}`;
const cycleOf = ({ cycle }) => (typeof cycle === "string" ? cycle : `every ${cycle.every} ${cycle.unit}s`);
const print = (label, text) => console.log(`  ${label.padEnd(10)}${text}`);

/** The request for the payment that is due, with the code that the cardholder has just typed when it is C1. */
function request(subscription, number, terms) {
  const cardholderThere = terms.indicator !== "M1";
  return a55.createCharge({
    account: book.account,
    payer: book.payers[subscription.payer],
    amount: subscription.price,
    description: `${subscription.plan}, payment ${number}`,
    card: { ...vault[subscription.card], ...(cardholderThere && { cvv: "123" }) },
    subscription: terms,
    idempotencyKey: `${subscription.id}-${number}-0-1`,
  });
}

function run(subscription) {
  const { id, plan, price, schedule, commitment, notice, recurrence, establishedBy } = subscription;
  console.log(`${id}: ${plan}, ${money(price)} ${cycleOf(schedule)} from ${schedule.start}`);
  const period = periodOn(schedule, on);
  if (period) print("period", `${period.number}, ${period.start} to ${period.lastDay}`);
  else print("period", on < schedule.start ? "not started" : "ended");

  if (period?.start !== on) {
    print("due", "nothing today");
  } else if (recurrence === "internal" && period.number > 1) {
    print("due", `payment ${period.number}, triggered by A55`);
  } else {
    const answer = selectIndicator({ recurrence, establishedBy });
    const code = answer.indicator ? `${answer.indicator} (${answer.mastercardCode})` : "no indicator";
    print("due", `payment ${period.number}, ${money(price)}, ${code}: ${answer.reason}`);
    const terms =
      recurrence === "internal"
        ? { recurrence, schedule }
        : { recurrence, indicator: answer.indicator, dueDate: period.start };
    const { method, url, headers, body } = redact(request(subscription, period.number, terms));
    print("request", `${method} ${url}`);
    for (const [name, value] of Object.entries(headers)) print("", `${name}: ${value}`);
    print("", body);
  }
  print("next due", nextDueDate(schedule, on) ?? "none");
  const end = commitment && schedule.start <= on ? earliestEnd({ price, schedule, commitment, notice }, on) : null;
  if (end) print("bound", `cancelled today, it ends on ${end}`);
}

function change({ id, ...wanted }) {
  const { plan, price, schedule } = book.subscriptions.find((subscription) => subscription.id === id);
  if (!periodOn(schedule, on)) return;
  const answer = prorate({ schedule, from: price, at: on, ...wanted });
  console.log(`${id}: ${plan}, ${answer.direction} from ${money(price)} to ${money(wanted.to)}`);
  print("effective", answer.effective);
  for (const line of answer.lines) print(line.kind, `${money(line.amount)}, ${line.note}`);
  print("due now", money(answer.dueNow));
  print("balance", money(answer.balance));
  if (answer.nextPayment) print("next", `${money(answer.nextPayment.amount)} on ${answer.nextPayment.dueDate}`);
}

function seatChange({ id, plan, ...wanted }) {
  if (!periodOn(wanted.schedule, on)) return;
  const answer = prorate({ at: on, ...wanted });
  console.log(`${id}: ${plan}, ${answer.direction}`);
  for (const line of answer.lines) {
    print(line.kind, `${money(line.amount)}, ${line.quantity} ${line.item}, ${line.note}`);
  }
  print("due now", money(answer.dueNow));
  if (answer.nextPayment) print("next", `${money(answer.nextPayment.amount)} on ${answer.nextPayment.dueDate}`);
}

/** What a customer would agree to: the first payments, line by line, and what the receipt of each says. */
function offer({ id, plan, terms }) {
  console.log(`${id}: ${plan}`);
  for (const payment of preview(terms, { on: terms.schedule.start, payments: 3 }).payments) {
    print("due", `${payment.dueDate}, ${money(payment.amount)}`);
    for (const line of payment.lines) print("", `${line.kind}, ${money(line.amount)}, ${line.note}`);
    const { net, taxes } = billing.document(payment);
    const named = taxes.map((tax) => `, ${money(tax.tax)} ${tax.id} at ${tax.rate} %`);
    print("", `receipt, ${money(net)} net${named.join("")}`);
  }
}

console.log(`Billing run of ${on}, ${book.subscriptions.length} subscriptions\n`);
book.subscriptions.forEach(run);
console.log(`\nChanges of plan on ${on}\n`);
book.planChanges.forEach(change);
console.log(`\nChanges of seats on ${on}\n`);
book.seatChanges.forEach(seatChange);
console.log("\nOffers\n");
book.offers.forEach(offer);
