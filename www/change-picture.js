// A change as two bars over the same days: what the old price pays for, and what the new one.
import { bar, tracks } from "./bars.js";
import { waits } from "./change-summary.js";
import { daysBetween } from "./days.js";
import { byId, h } from "./dom.js";
import { count, dateSpan, money } from "./format.js";

export function showPicture(change) {
  const picture = change?.restart ? restarted : samePeriod;
  byId("picture").replaceChildren(...(change === undefined ? [] : picture(change)));
}

const usedDays = (used, unused) =>
  unused > 0 ? `${count(used, "day", "days")} used, ${unused} not used` : count(used, "day", "days");

/** Both prices over the running period. */
function samePeriod({ answer, period, from, to }) {
  const [credit, charge] = answer.lines;
  const days = daysBetween(period.start, period.end);
  const { days: left, periodDays: of } = credit?.fraction ?? {
    days: daysBetween(answer.asOf, period.end),
    periodDays: days,
  };
  const used = days - left;
  // A short first period is a part of a full one; what is not in it lies before the start.
  const before = { days: of - days, kind: "empty", text: "before the start" };
  const note = before.days > 0 && [`${usedDays(used, left)}; a full period has ${of}`];
  const bars = credit
    ? [
        bar(
          ["Old price ", money(from)],
          [money(credit.amount)],
          [
            before,
            { days: used, kind: "used", text: count(used, "day used", "days used") },
            { days: left, kind: "unused", text: `${count(left, "day", "days")} not used` },
          ],
          note,
        ),
        bar(
          ["New price ", money(to)],
          [money(charge.amount)],
          [before, { days: used, kind: "empty" }, { days: left, kind: "new", text: count(left, "day", "days") }],
        ),
      ]
    : [
        bar(
          ["Old price ", money(from)],
          [waits(answer) ? "as paid" : "free of charge"],
          [{ days, kind: "used", text: count(days, "day", "days") }],
        ),
        bar(["New price ", money(to)], ["from the next period on"], [{ days, kind: "empty" }]),
      ];
  return [
    h("figcaption", {}, "The running period, ", dateSpan(period.start, period.lastDay)),
    tracks(answer.asOf, (of - left) / of, bars),
  ];
}

/** The old price over the running period, the new one over the period that begins with the restart. */
function restarted({ answer, period, restart, from, to }) {
  const begun = restart.period;
  const end = begun.end > period.end ? begun.end : period.end;
  const all = daysBetween(period.start, end);
  const used = daysBetween(period.start, begun.start);
  const unused = daysBetween(begun.start, period.end);
  const fresh = daysBetween(begun.start, begun.end);
  const bars = [
    bar(
      ["Old price ", money(from)],
      [waits(answer) ? "as paid" : money(answer.credit)],
      [
        { days: used, kind: "used" },
        { days: unused, kind: "unused" },
        { days: all - used - unused, kind: "empty" },
      ],
      [dateSpan(period.start, period.lastDay), ": ", usedDays(used, unused)],
    ),
    bar(
      ["New price ", money(to)],
      [money(to)],
      [
        { days: used, kind: "empty" },
        { days: fresh, kind: "new" },
        { days: all - used - fresh, kind: "empty" },
      ],
      [dateSpan(begun.start, begun.lastDay), ": ", count(fresh, "day", "days")],
    ),
  ];
  return [
    h("figcaption", {}, "The running period and the first of the new cycle"),
    tracks(answer.asOf, daysBetween(period.start, answer.asOf) / all, bars),
  ];
}
