// What a change of plan costs: the figures and the lines.
import { showPicture } from "./change-picture.js";
import { changeSummary } from "./change-summary.js";
import { dayBefore } from "./days.js";
import { byId, h, missing } from "./dom.js";
import { date, dateSpan, money } from "./format.js";

const dash = "–";
const FIGURES = { credit: "credit", charge: "charge", "due-now": "dueNow", balance: "balance" };

/** Shows a change with its answer, or dashes while an input is wrong. */
export function showChange(change) {
  const results = byId("change-results");
  const valid = change !== undefined;
  results.classList.toggle("stale", !valid);
  results.querySelector(".computed").hidden = !valid;
  byId("change-summary").replaceChildren(...(valid ? changeSummary(change) : missing("what the change costs")));
  for (const [id, key] of Object.entries(FIGURES)) {
    byId(id).replaceChildren(valid ? money(change.answer[key]) : dash);
  }
  byId("next-payment").replaceChildren(...(valid ? nextPayment(change.answer) : [dash]));
  showPicture(change);
  const lines = valid ? change.answer.lines : [];
  byId("lines-table").hidden = lines.length === 0;
  byId("lines").replaceChildren(...lines.map(lineRow));
}

function nextPayment({ nextPayment }) {
  if (nextPayment === null) return ["none follows"];
  return [money(nextPayment.amount), h("span", { class: "on" }, " on ", date(nextPayment.dueDate))];
}

const LINE_KINDS = { credit: "Credit", charge: "Charge", period: "Whole period" };

function lineRow({ kind, period, fraction, amount, note }) {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, LINE_KINDS[kind], h("span", { class: "line-note" }, note)),
    h("td", {}, dateSpan(period.start, dayBefore(period.end))),
    h("td", {}, fraction !== null && `${fraction.days}/${fraction.periodDays}`),
    h("td", { class: "amount" }, money(amount)),
  );
}
