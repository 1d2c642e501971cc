// The words that explain a payment, the same in the table and in the calendar.
import { dayOfMonth } from "./days.js";
import { count, dateShort, ordinal } from "./format.js";

export const stubText = "short first period";

/** Why a short first period costs what it does. */
export function stubPrice({ fraction }, firstPeriod) {
  if (fraction !== null) return `${fraction.days} of ${count(fraction.periodDays, "day", "days")}`;
  return firstPeriod === "free" ? "free of charge" : "full price";
}

export const clampedText = (row) => `${ordinal(row.clampedFrom)}, here the ${ordinal(dayOfMonth(row.start))}`;

/** What ends a schedule. */
export function ending({ schedule, last }) {
  if (last.bound === "payment_count") return ["ends: ", count(last.number, "payment", "payments")];
  return ["ends: ", dateShort(schedule.endDate)];
}
