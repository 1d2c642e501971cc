// A change of plan in words.
import { h } from "./dom.js";
import { date, money } from "./format.js";

const DIRECTIONS = { upgrade: "An upgrade", downgrade: "A downgrade", same: "A change at the same price" };

export function changeSummary({ answer, restart }) {
  // Prices of two cycles are compared by the day.
  const byDay = restart && answer.direction === "same" ? " per day" : "";
  const what = `${DIRECTIONS[answer.direction]}${byDay}, from `;
  const lead = h("span", { class: "lead" }, what, date(answer.effective), " on.");
  return [lead, h("span", {}, ...settled(answer)), ...(restart ? [h("span", {}, ...restarted(answer, restart))] : [])];
}

/** Whether a change waits for the period's end. */
export const waits = ({ effective, asOf }) => effective !== asOf;

function settled(answer) {
  const { settle, dueNow, balance, nextPayment } = answer;
  if (waits(answer)) return ["Nothing is prorated: the running period stays as it was paid."];
  if (settle === "next_payment") return ["The difference goes into the next payment."];
  if (dueNow.amount > 0) return [money(dueNow), " is due now."];
  if (balance.amount === 0) return ["Nothing is due now."];
  return [
    nextPayment
      ? "Nothing is due now; the rest of the credit is carried on."
      : "Nothing is due now, and no payment follows that could use up the rest of the credit.",
  ];
}

function restarted(answer, { dueDates }) {
  const opening = waits(answer)
    ? ["The new price and cycle apply from ", date(answer.effective), " on, when the schedule restarts"]
    : ["The schedule restarts on the day of the change"];
  const next = dueDates.flatMap((iso, index) => [separator(index, dueDates.length), date(iso)]);
  return next.length > 0 ? [...opening, "; next due on ", ...next, "."] : [...opening, ", and no payment follows."];
}

function separator(index, length) {
  if (index === 0) return "";
  return index === length - 1 ? " and " : ", ";
}
