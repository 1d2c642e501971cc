// Functions whose arguments cross as numbers. They accept literals with known fields alone: days as YYYY-MM-DD, cycles by name,
// currencies by their letters, integers. Anything else, and whatever the library refuses, takes the way of `general.js`,
// in which an entry with these functions packs the arguments.
import { enter, packWith } from "./engine.js";
import * as general from "./general.js";
import { pack } from "./pack.js";

packWith(pack);

const { entries, getPrototypeOf, prototype } = Object;

/** Two digits of a text; far below 0 where they are none. */
function pair(text, at) {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens < 10 && ones >= 0 && ones < 10 ? tens * 10 + ones : -1e9;
}

/** The eight digits of a day as one number. Whether there is such a day is for the library to say. */
function day(value) {
  if (typeof value !== "string" || value.length !== 10) return undefined;
  if (value.charCodeAt(4) !== 45 || value.charCodeAt(7) !== 45) return undefined;
  const digits = pair(value, 0) * 1_000_000 + pair(value, 2) * 10_000 + pair(value, 5) * 100 + pair(value, 8);
  return digits > 0 ? digits : undefined;
}

/** A day by its eight digits. `| 0` keeps the division one of integers, which is twice as fast. */
const text = (digits) =>
  String.fromCharCode(
    48 + ((digits / 10_000_000) | 0),
    48 + (((digits / 1_000_000) | 0) % 10),
    48 + (((digits / 100_000) | 0) % 10),
    48 + (((digits / 10_000) | 0) % 10),
    45,
    48 + (((digits / 1_000) | 0) % 10),
    48 + (((digits / 100) | 0) % 10),
    45,
    48 + (((digits / 10) | 0) % 10),
    48 + (digits % 10),
  );

/** Days by their digits; `Array.from` takes four times as long. */
function texts(digits) {
  const days = [];
  for (let i = 0; i < digits.length; i++) days.push(text(digits[i]));
  return days;
}

/** An integer from 1 that Rust's `u32` holds. */
const count = (value) => (Number.isInteger(value) && value > 0 && value <= 0xffff_ffff ? value : undefined);

const amount = (value) => (Number.isSafeInteger(value) ? value : undefined);

/** The three letters of a currency as one number. */
function currency(value) {
  if (typeof value !== "string" || value.length !== 3) return undefined;
  const [first, second, third] = [value.charCodeAt(0), value.charCodeAt(1), value.charCodeAt(2)];
  return (first | second | third) < 128 ? (first << 16) | (second << 8) | third : undefined;
}

/** The library's numbers of the cycles that were named, and the names by these. */
const cycles = new Map();
const cycleNames = [];

function cycle(value) {
  if (typeof value !== "string") return undefined;
  const known = cycles.get(value);
  if (known !== undefined) return known;
  // The texts that are none are not kept, so that there is no end of them.
  const found = value.length < 16 ? enter((glue) => glue.findCycle(value)) : 0;
  if (found === 0) return undefined;
  cycles.set(value, found);
  cycleNames[found] = value;
  return found;
}

/**
 * A reader of literals that have no fields but these. It gives what each holds, in this order, 0 for an optional one that is absent;
 * undefined where something is not so. It reads each field once.
 */
function literal(required, optional = {}) {
  const fields = entries({ ...required, ...optional });
  const readers = new Map(fields.map(([key, read], place) => [key, { read, place }]));
  const absent = fields.map(() => 0);
  const needed = entries(required).length;
  return (value) => {
    if (typeof value !== "object" || value === null || getPrototypeOf(value) !== prototype) return undefined;
    const found = absent.slice();
    let missing = needed;
    for (const key in value) {
      const reader = readers.get(key);
      if (reader === undefined) return undefined;
      const field = value[key];
      if (field === undefined || field === null) continue;
      const { read, place } = reader;
      if ((found[place] = read(field)) === undefined) return undefined;
      if (place < needed) missing -= 1;
    }
    return missing === 0 ? found : undefined;
  };
}

const schedules = literal({ start: day, cycle }, { anchorDay: count, endDate: day, paymentCount: count });
const ranges = literal({}, { from: day, through: day, limit: count });
const money = literal({ amount, currency });
const changes = literal({ schedule: schedules, from: money, to: money, at: day });

/** What a reader gives of a value; undefined also where the caller's own code throws. */
function read(reader, value) {
  try {
    // Inherited fields are nobody's.
    for (const _ in prototype) return undefined;
    return reader(value);
  } catch {
    return undefined;
  }
}

export function nextDueDate(schedule, after) {
  const digits = day(after);
  const numbers = digits && read(schedules, schedule);
  if (numbers) {
    const [start, cycle, anchorDay, endDate, paymentCount] = numbers;
    // Written out, as `...numbers` takes as long as the call.
    const found = enter((glue) => glue.nextDueDate(digits, start, cycle, anchorDay, endDate, paymentCount));
    if (found > 0) return found === 1 ? null : text(found);
  }
  return general.nextDueDate(schedule, after);
}

export function dueDates(schedule, range) {
  const numbers = read(schedules, schedule);
  const limits = numbers && (range === undefined ? [0, 0, 0] : read(ranges, range));
  const found = limits && enter((glue) => glue.dueDates(...limits, ...numbers));
  return found ? texts(found) : general.dueDates(schedule, range);
}

/** A period by its number and its days; an empty list is none. */
const periodOf = ([number, start, end, lastDay]) =>
  number ? { number, start: text(start), end: text(end), lastDay: text(lastDay) } : null;

export function period(schedule, number) {
  const numbers = read(schedules, schedule);
  const found = numbers && count(number) && enter((glue) => glue.period(number, ...numbers));
  return found ? periodOf(found) : general.period(schedule, number);
}

export function periodOn(schedule, date) {
  const numbers = read(schedules, schedule);
  const digits = day(date);
  const found = numbers && digits && enter((glue) => glue.periodOn(digits, ...numbers));
  return found ? periodOf(found) : general.periodOn(schedule, date);
}

/** The three letters of a currency by its number. */
const letters = (number) => String.fromCharCode(number >> 16, (number >> 8) & 255, number & 255);

/** How many items of the list come before the lines, and how many a line has. */
const HEAD = 11;
const LINE = 9;

/** A schedule as the library writes it, from its numbers. */
function scheduleOf([start, cycle, anchorDay, endDate, paymentCount]) {
  const schedule = { start: text(start), cycle: cycleNames[cycle] };
  if (anchorDay > 0) schedule.anchorDay = anchorDay;
  if (endDate > 0) schedule.endDate = text(endDate);
  if (paymentCount > 0) schedule.paymentCount = paymentCount;
  return schedule;
}

/**
 * Names what the library gives as a list: to parse the names each time would take longer than all else. A change of the price alone
 * leaves the schedule as it was given.
 */
function proration(list, currency, schedule, at) {
  const money = (amount) => ({ amount, currency });
  const [direction, effective, settle, credit, charge, net, dueNow, balance, dueDate, nextAmount, digest] = list;
  const lines = [];
  for (let line = HEAD; line < list.length; line += LINE) {
    const start = list[line + 2];
    const days = list[line + 4];
    lines.push({
      kind: list[line],
      item: null,
      quantity: null,
      price: list[line + 1] === null ? null : money(list[line + 1]),
      period: start === null ? null : { start, end: list[line + 3] },
      fraction: days === null ? null : { days, periodDays: list[line + 5] },
      amount: money(list[line + 6]),
      rule: list[line + 7],
      note: list[line + 8],
    });
  }
  return {
    direction,
    effective,
    settle,
    credit: money(credit),
    charge: money(charge),
    net: money(net),
    dueNow: money(dueNow),
    balance: money(balance),
    nextPayment: dueDate === null ? null : { dueDate, amount: money(nextAmount) },
    schedule: scheduleOf(schedule),
    firstNumber: 1,
    lines,
    asOf: text(at),
    digest,
  };
}

export function prorate(input) {
  const numbers = read(changes, input);
  if (numbers) {
    const [schedule, [from, currency], [to, other], at] = numbers;
    const [start, cycle, anchorDay, endDate, paymentCount] = schedule;
    const answer = enter((glue) =>
      glue.prorate(from, currency, to, other, at, start, cycle, anchorDay, endDate, paymentCount),
    );
    if (answer) return proration(JSON.parse(answer), letters(currency), schedule, at);
  }
  return general.prorate(input);
}
