// The sign-up in words, as figures and as tables.
import { byId, h, missing } from "./dom.js";
import { count, date, dateShort, dateSpan, money } from "./format.js";

const dash = "–";

/** Shows what the customer agrees to, or dashes while an input is wrong. */
export function showSignUp(signedUp) {
  const results = byId("signup-results");
  const valid = signedUp !== undefined;
  results.classList.toggle("stale", !valid);
  results.querySelector(".computed").hidden = !valid;
  byId("signup-summary").replaceChildren(...(valid ? summary(signedUp) : missing("what the customer agrees to")));
  const figures = valid ? figuresOf(signedUp.shown) : {};
  for (const name of ["now", "first", "cancel", "period", "month", "total"]) {
    byId(`signup-${name}`).replaceChildren(...(figures[name] ?? [dash]));
  }
  byId("signup-payments").replaceChildren(...(valid ? signedUp.shown.payments.map(paymentRow) : []));
  const reminders = valid ? signedUp.reminders : [];
  byId("reminders-table").hidden = reminders.length === 0;
  byId("reminders").replaceChildren(...reminders.map(reminderRow));
  byId("reminders-note").textContent = valid && reminders.length === 0 ? "The card schemes ask for no reminder." : "";
  byId("signup-digest").textContent = valid ? signedUp.shown.digest : "";
}

/** The first payment after the day itself, to which the words refer. */
const firstCharge = ({ payments, nextCharge }) =>
  nextCharge && payments.find((payment) => payment.dueDate === nextCharge.dueDate && payment.amount.amount > 0);

function summary({ shown, terms }) {
  const { dueNow, nextCharge, trial, perPeriod, end } = shown;
  const lead = h("span", { class: "lead" }, dueNow.amount > 0 ? money(dueNow) : "Nothing", " is due now");
  if (nextCharge) lead.append(", ", money(nextCharge.amount), " on ", date(nextCharge.dueDate));
  lead.append(".");
  const lines = [];
  if (trial) {
    const becomes = [money(trial.convertsTo), ` ${often(terms)} on `, date(trial.end)];
    lines.push(["A free trial from ", date(trial.start), "; it becomes ", ...becomes, "."]);
  } else {
    lines.push([money(perPeriod), ` ${often(terms)}.`]);
  }
  if (end.bound === "never") lines.push(["It goes on until it is cancelled."]);
  else lines.push([`It ends by itself after ${count(end.payments, "payment", "payments")}.`]);
  return [lead, ...lines.map((line) => h("span", {}, ...line))];
}

const OFTEN = {
  weekly: "a week",
  biweekly: "every 2 weeks",
  monthly: "a month",
  quarterly: "every 3 months",
  semiannually: "every 6 months",
  yearly: "a year",
};
const UNITS = { day: ["day", "days"], week: ["week", "weeks"], month: ["month", "months"], year: ["year", "years"] };

function often({ schedule: { cycle } }) {
  if (OFTEN[cycle]) return OFTEN[cycle];
  const { every, unit } = cycle;
  return every === 1 ? `a ${unit}` : `every ${count(every, ...UNITS[unit])}`;
}

const on = (...children) => h("span", { class: "on" }, ...children);

function figuresOf(shown) {
  const { dueNow, nextCharge, perPeriod, perMonth, total } = shown;
  const first = firstCharge(shown);
  return {
    now: [money(dueNow)],
    first: nextCharge ? [money(nextCharge.amount), on(" on ", dateShort(nextCharge.dueDate))] : ["none"],
    cancel: first?.cancelBy ? [dateShort(first.cancelBy)] : [dash],
    period: [money(perPeriod)],
    month: [money(perMonth)],
    total: total ? [money(total)] : [on("no end")],
  };
}

/** What a payment is, in words. */
export function paymentName({ kind, number }) {
  if (kind === "verification") return "Verification of the card";
  if (kind === "plan_change") return "Change of plan";
  if (kind === "final") return "Final payment";
  return `Payment ${number}`;
}

function paymentRow(payment) {
  const { dueDate, period, cancelBy, amount, amountKind } = payment;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, dateShort(dueDate)),
    h(
      "td",
      {},
      paymentName(payment),
      period !== null && h("span", { class: "line-note" }, dateSpan(period.start, period.lastDay)),
      amountKind === "variable" && h("span", { class: "line-note" }, "another amount than the price"),
    ),
    h("td", {}, cancelBy ? dateShort(cancelBy) : dash),
    h("td", { class: "amount" }, money(amount)),
  );
}

const REMINDER_KINDS = { trial_end: "the trial ends", long_cycle: "a long cycle" };

const days = (window) => {
  if (window === null) return ["–"];
  const { earliest, latest } = window;
  return [earliest === latest ? dateShort(latest) : dateSpan(earliest, latest)];
};

function reminderRow({ dueDate, kind, mastercard, visa, both }) {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, dateShort(dueDate), h("span", { class: "line-note" }, REMINDER_KINDS[kind])),
    ...[mastercard, visa, both].map((window) => h("td", {}, ...days(window))),
  );
}
