// The subscription in words and as a table.
import { showCalendar } from "./calendar-view.js";
import { byId, h, missing } from "./dom.js";
import { count, date, dateAfter, dateShort, dateSpan, money, moneySum } from "./format.js";
import { clampedText, ending, stubPrice, stubText } from "./marks.js";

/** Shows the payments, or that there is nothing to show while an input is wrong. */
export function showSchedule(payments) {
  const results = byId("subscription-results");
  const valid = payments !== undefined;
  results.classList.toggle("stale", !valid);
  results.querySelector(".computed").hidden = !valid;
  byId("schedule-summary").replaceChildren(...(valid ? summary(payments) : missing("the payments")));
  byId("payments").replaceChildren(...(valid ? payments.rows.map((row) => tableRow(row, payments)) : []));
  byId("payments-note").textContent = valid ? whatFollows(payments) : "";
  showCalendar(payments);
}

function summary({ rows, last, price, stub }) {
  const [first, next] = rows;
  const { amount } = first.line;
  const opening = stub && amount.amount === 0 ? "Nothing" : money(amount);
  const lead = h("span", { class: "lead" }, opening, " is due on ", date(first.start));
  if (next && stub) lead.append(", then ", money(price), " from ", dateAfter(next.start, first.start));
  else if (next) lead.append(", next on ", date(next.start));
  lead.append(".");
  const rest = h("span", {}, ...extent(rows, last));
  if (last) rest.append(" In total ", h("strong", {}, moneySum(amount, price, last.number - 1)), ".");
  return [lead, rest];
}

function extent(rows, last) {
  if (last === null) return ["Payments go on with no end."];
  const payments = count(last.number, "payment", "payments");
  const bound = last.bound === "end_date" ? "the end date" : "the number of payments";
  if (last.number === 1) return [`${payments} in all, limited by ${bound}.`];
  return [`${payments} in all, limited by ${bound}; the last on `, date(last.dueDate), "."];
}

function tableRow(row, payments) {
  const isLast = row.number === payments.last?.number;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, String(row.number)),
    h(
      "td",
      {},
      dateShort(row.start),
      row.clampedFrom !== undefined && h("span", { class: "mark mark-clamped" }, clampedText(row)),
      row.stub && h("span", { class: "mark" }, stubText),
      isLast && h("span", { class: "mark mark-end" }, ...ending(payments)),
    ),
    h("td", {}, dateSpan(row.start, row.lastDay)),
    h(
      "td",
      { class: "amount" },
      money(row.line.amount),
      row.stub && h("span", { class: "line-note" }, stubPrice(row.line, payments.firstPeriod)),
    ),
  );
}

function whatFollows({ rows, last }) {
  if (last === null) return `The first ${rows.length} are shown; more follow, with no end.`;
  const more = last.number - rows.length;
  return more > 0 ? `${count(more, "more payment follows", "more payments follow")}.` : "";
}
