import * as rrule from "rrule";

export const title = "rrule";

// Node has what it exports as the default, a bundler by name.
const { RRule } = "default" in rrule ? rrule["default"] : rrule;
const utc = (day) => new Date(`${day}T00:00:00Z`);
const iso = (date) => date.toISOString().slice(0, 10);

/** A rule of so many months, whose day in a short month is the last. */
function rule(start, interval, count) {
  const dtstart = utc(start);
  const last = dtstart.getUTCDate();
  const bymonthday = last > 28 ? Array.from({ length: last - 27 }, (_, index) => 28 + index) : last;
  return new RRule({ freq: RRule.MONTHLY, interval, dtstart, bymonthday, bysetpos: -1, count });
}

export const nextDueDate = (start, day) => iso(rule(start, 1).after(utc(day)));

export const dueDates = (start, count, months = 1) => rule(start, months, count).all().map(iso);

export const natural = (start, count, interval) =>
  new RRule({ freq: RRule.MONTHLY, interval, dtstart: utc(start), count }).all().map(iso);
