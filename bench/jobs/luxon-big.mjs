// Luxon and big.js, used with care: in UTC, counted from the anchor, rounded once.
import Big from "big.js";
import { DateTime } from "luxon";

const utc = (day) => DateTime.fromISO(day, { zone: "utc" });

export function nextDueDate(start, after) {
  const anchor = utc(start);
  const day = utc(after);
  let months = 12 * (day.year - anchor.year) + day.month - anchor.month;
  while (anchor.plus({ months }) <= day) months += 1;
  return anchor.plus({ months }).toISODate();
}

export function dueDates(start, count) {
  const anchor = utc(start);
  return Array.from({ length: count }, (_, months) => anchor.plus({ months }).toISODate());
}

/** What is due for a change of price within a month that begins on a day: so much more, for the days left. */
export function prorate(start, at, from, to) {
  const end = utc(start).plus({ months: 1 });
  const days = end.diff(utc(start), "days").days;
  const left = end.diff(utc(at), "days").days;
  const part = (amount) => new Big(amount).times(left).div(days).round(0, Big.roundHalfUp).toNumber();
  return part(to) - part(from);
}
