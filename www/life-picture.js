// A life drawn over its days: the stages as a band, attempts above it, decisions below.
import { daysBetween } from "./days.js";
import { byId, h } from "./dom.js";
import { monthShort, yearName } from "./format.js";

export function showLifePicture(life) {
  byId("life-picture").replaceChildren(...(life === undefined ? [] : drawing(life)));
}

function drawing({ from, through, rows, stages }) {
  const days = Math.max(daysBetween(from, through), 1);
  const at = (element, iso) => {
    element.style.setProperty("--on", `${(100 * daysBetween(from, iso)) / days}%`);
    return element;
  };
  const dot = (kind) => (row) => at(h("span", { class: `dot dot-${kind(row)}` }), row.on);
  const attempts = rows.filter(({ payment }) => payment !== undefined);
  const decisions = rows.filter(({ payment }) => payment === undefined);
  const outcome = ({ event, payment }) =>
    event.type === "payment_declined" ? "declined" : payment.amount.amount > 0 ? "paid" : "nothing";
  const band = stages.map(({ start, end, stage }) => {
    const box = h("span", { class: `stage stage-${stage}` });
    box.style.flexGrow = daysBetween(start, end);
    return box;
  });
  // The last one would reach over the edge.
  const ticks = months(from, through).filter((iso) => daysBetween(from, iso) < 0.93 * days);
  return [
    h("div", { class: "lane lane-attempts" }, ...attempts.map(dot(outcome))),
    h("div", { class: "band" }, ...band),
    h("div", { class: "lane" }, ...decisions.map(dot(() => "event"))),
    h("div", { class: "ticks" }, ...ticks.map((iso, index) => at(tick(iso, ticks[index - 1]), iso))),
  ];
}

/** A month, with its year below where that is another one than the last tick's. */
const tick = (iso, last) => {
  const year = last?.slice(0, 4) !== iso.slice(0, 4) && h("span", { class: "tick-year" }, yearName(iso));
  return h("span", { class: "tick" }, monthShort(iso), year);
};

/** The first days of at most so many months, evenly apart. */
function months(from, through, most = 6) {
  const [year, month] = from.split("-").map(Number);
  const all = [];
  for (let next = month; ; next++) {
    const iso = `${String(year + Math.floor(next / 12)).padStart(4, "0")}-${String((next % 12) + 1).padStart(2, "0")}-01`;
    if (iso >= through || iso.length > 10) break;
    all.push(iso);
  }
  const step = Math.ceil(all.length / most);
  return all.filter((_, index) => index % step === 0);
}
