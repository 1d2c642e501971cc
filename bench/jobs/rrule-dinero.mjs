// rrule and dinero.js, used with care: the last day of a month that is too short, in UTC.
import { BRL, allocate, dinero, subtract, toSnapshot } from "dinero.js";
import rrule from "rrule";

const { RRule } = rrule;
const utc = (day) => new Date(`${day}T00:00:00Z`);
const iso = (date) => date.toISOString().slice(0, 10);

function monthly(start, count) {
  const dtstart = utc(start);
  const last = dtstart.getUTCDate();
  const bymonthday = last > 28 ? Array.from({ length: last - 27 }, (_, index) => 28 + index) : last;
  return new RRule({ freq: RRule.MONTHLY, dtstart, bymonthday, bysetpos: -1, count });
}

export const nextDueDate = (start, after) => iso(monthly(start).after(utc(after)));

export const dueDates = (start, count) => monthly(start, count).all().map(iso);

export function prorate(start, at, from, to) {
  const end = monthly(start).after(utc(start));
  const days = (end - utc(start)) / 864e5;
  const left = (end - utc(at)) / 864e5;
  const part = (amount) => allocate(dinero({ amount, currency: BRL }), [left, days - left])[0];
  return toSnapshot(subtract(part(to), part(from))).amount;
}
