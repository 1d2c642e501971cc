// A year of billing: every day of a year, the backend asks what each subscription needs, does it and records it
// (docs/lifecycle.md). The provider is played: it declines some attempts, always the same ones.
//
//   node billing-year.mjs --year 2026
//
// In a project of yours the import is "billing-rules". `examples/billing_year.rs` is the same year in Rust and prints
// the same lines.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  applyEvent,
  createSubscription,
  dueDates,
  formatDecimal,
  nextAction,
  eventFromOutcome,
} from "../../pkg/src/index.js";

const SHOWN = "gym-member-01";
const FAILING = "print-magazine-1";
const book = JSON.parse(readFileSync(new URL("../book.json", import.meta.url), "utf8"));
const { year } = parseArgs({ options: { year: { type: "string", default: "2026" } } }).values;
const [first, june, last] = [`${year}-01-01`, `${year}-06-01`, `${year}-12-31`];

/** The subscription as the backend stores it on 1 January, with the payments that were made before taken as settled. */
function importOne({ id, price, schedule, establishedBy }) {
  const payments = dueDates(schedule, { through: first }).filter((day) => day < first).length;
  const imported = payments > 0 ? { payments, establishedBy } : null;
  return createSubscription({ id, terms: { price, schedule }, imported });
}

/** The provider. The reference alone decides, so that whoever repeats the year sees the same declines. */
function send({ reference, attempt }, id, today) {
  const sum = [...reference].reduce((sum, character) => sum + character.charCodeAt(0), 0);
  const unlucky = (attempt === 1 && sum % 7 === 0) || (attempt === 2 && sum % 11 === 0);
  const broken = id === FAILING && today >= june;
  if (!unlucky && !broken) {
    return { status: "succeeded", providerReference: `ch-${reference}`, decline: null };
  }
  const soft = { retry: "allowed", advice: null, notBefore: null, reason: "insufficient funds" };
  return { status: "declined", providerReference: null, decline: { code: "51", scheme: "visa", ...soft } };
}

/**
 * What one subscription needs on one day: gives its row as it is then to be stored, and notes what happened. One
 * action a day is enough: what is left shows itself tomorrow, and who was declined is not asked twice a day.
 */
function bill(row, today, ledger) {
  const action = nextAction(row, today);
  const { payment } = action;
  const note = (what, outcome) => ledger.push({ on: today, id: row.id, what, payment, outcome, status: row.status });
  if (action.type === "finish") {
    row = applyEvent(row, { type: "finished", status: action.status, on: today });
    note("finish", "ended");
  } else if (action.type === "checkout" || action.type === "charge") {
    // The backend stores the row here, before the request leaves: a crash can then not send it twice.
    row = applyEvent(row, { type: "attempt_started", reference: payment.reference, on: today });
    const outcome = send(payment, row.id, today);
    const event = eventFromOutcome(payment, outcome, today);
    if (event) row = applyEvent(row, event);
    note(action.type === "charge" && payment.attempt > 1 ? "retry" : action.type, outcome.status);
  }
  // Nothing else happens here: no amount is 0 (record), and no outcome stays unknown (resolve).
  return row;
}

/** A line of the table, from what was noted in its month. */
function line(label, entries) {
  const collected = entries.filter(({ outcome }) => outcome === "succeeded");
  const count = (test) => entries.filter(test).length;
  const total = (currency) => {
    const amounts = collected.map(({ payment }) => payment.amount).filter((amount) => amount.currency === currency);
    return formatDecimal({ amount: amounts.reduce((sum, { amount }) => sum + amount, 0), currency });
  };
  print([
    [label, -7],
    [count(({ payment }) => payment?.attempt === 1), 5],
    [collected.length, 11],
    [total("BRL"), 11],
    [total("CLP"), 10],
    [count(({ outcome }) => outcome === "declined"), 8],
    [collected.filter(({ payment }) => payment.attempt > 1).length, 11],
    [count(({ outcome }) => outcome === "ended"), 7],
  ]);
}

/** Cells with their widths; a negative one is of text, which begins at the left. */
function print(cells) {
  const pad = ([text, width]) => (width < 0 ? String(text).padEnd(-width) : String(text).padStart(width));
  console.log(cells.map(pad).join(""));
}

const followed = book.subscriptions.filter(({ recurrence }) => recurrence === "external");
const skipped = book.subscriptions.length - followed.length;
let rows = followed.map(importOne);
const ledger = [];
// The days of a year are a schedule too.
for (const today of dueDates({ start: first, cycle: { every: 1, unit: "day" }, endDate: last })) {
  rows = rows.map((row) => bill(row, today, ledger));
}

const count = `${rows.length} subscriptions (${skipped} skipped: A55 triggers them itself)`;
console.log(`A year of billing: ${year}, ${count}\n`);
console.log("month    due  collected        BRL       CLP  failed  recovered  ended");
for (let month = 1; month <= 12; month += 1) {
  const label = `${year}-${String(month).padStart(2, "0")}`;
  line(
    label,
    ledger.filter(({ on }) => on.startsWith(label)),
  );
}
line("total", ledger);

console.log(`\n${SHOWN}\n\ndate        what      reference                 amount  outcome    status`);
for (const { on, what, payment, outcome, status } of ledger.filter(({ id }) => id === SHOWN)) {
  const amount = payment ? `${formatDecimal(payment.amount)} ${payment.amount.currency}` : "";
  const reference = payment?.reference ?? "";
  print([
    [on, -12],
    [what, -10],
    [reference, -20],
    [amount, 12],
    ["", 2],
    [outcome, -11],
    [status, -1],
  ]);
}
