// The period of a change as two bars over the same days: what the old price pays for, and what the new one.
import { daysBetween } from "./days.js";
import { byId, h } from "./dom.js";
import { count, dateShort, dateSpan, money } from "./format.js";

export function showPicture(change) {
  byId("picture").replaceChildren(...(change === undefined ? [] : picture(change)));
}

function picture({ answer, period, from, to }) {
  const [credit, charge] = answer.lines;
  const days = daysBetween(period.start, period.end);
  const { left, of } = credit?.fraction ?? { left: daysBetween(answer.computedFor, period.end), of: days };
  const used = days - left;
  // A short first period is a part of a full one; what is not in it lies before the start.
  const before = { days: of - days, kind: "empty", text: "before the start" };
  const bars = credit
    ? [
        bar(["Old price ", money(from)], [money(credit.amount)], [
          before,
          { days: used, kind: "used", text: count(used, "day used", "days used") },
          { days: left, kind: "unused", text: `${count(left, "day", "days")} not used` },
        ]),
        bar(["New price ", money(to)], [money(charge.amount)], [
          before,
          { days: used, kind: "empty", text: "" },
          { days: left, kind: "new", text: count(left, "day", "days") },
        ]),
      ]
    : [
        bar(["Old price ", money(from)], ["as paid"], [{ days, kind: "used", text: count(days, "day", "days") }]),
        bar(["New price ", money(to)], ["from the next period on"], [{ days, kind: "empty", text: "" }]),
      ];
  const tracks = h("div", { class: "tracks" }, when(answer.computedFor), ...bars);
  tracks.style.setProperty("--at", `${(100 * (of - left)) / of}%`);
  return [
    h("figcaption", {}, "The running period, ", dateSpan(period.start, period.lastDay)),
    tracks,
  ];
}

const when = (iso) => h("p", { class: "when" }, h("span", {}, "change on ", dateShort(iso)));

/** A bar of parts as wide as their days. */
function bar(label, amount, parts) {
  const visible = parts.filter(({ days }) => days > 0);
  const boxes = visible.map(({ days, kind, text }) => {
    const box = h("div", { class: `part part-${kind}` }, h("span", {}, text));
    box.style.flexGrow = days;
    return box;
  });
  return h(
    "div",
    { class: "bar" },
    h("p", { class: "bar-label" }, h("span", {}, ...label), h("span", {}, ...amount)),
    h("div", { class: "parts" }, ...boxes),
  );
}
