// The coming payments as the library computes them, and which of them deserve a word of explanation.
import { lastPayment, periodPrice, periods } from "./pkg/dist/preview.js";
import { dayOfMonth, daysInMonth } from "./days.js";

const MOST_ROWS = 24;
const DAY_CYCLES = ["weekly", "biweekly", "day", "week"];

export function payments({ schedule, price, firstPeriod }) {
  const { start, cycle, anchorDay } = schedule;
  const last = lastPayment(schedule);
  const anchor = DAY_CYCLES.includes(cycle.unit ?? cycle) ? undefined : (anchorDay ?? dayOfMonth(start));
  const rows = periods(schedule, { limit: MOST_ROWS }).map((period) => {
    const day = dayOfMonth(period.start);
    const line = periodPrice({ schedule, price, firstPeriod, number: period.number });
    return {
      ...period,
      line,
      /** The anchor day, where the month has no such day. */
      clampedFrom: day < anchor && day === daysInMonth(period.start) ? anchor : undefined,
      /** Whether the period is cut short, because the start is not on the anchor day. */
      stub: line.kind === "stub",
    };
  });
  return { schedule, price, firstPeriod, last, rows, stub: rows[0].stub };
}
