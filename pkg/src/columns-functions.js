// The functions over columns: what is given is checked here, the rules are in the wasm. pkg/types/columns.d.ts declares them.
import { enter, fault } from "./engine.js";
import { BillingError } from "./plain.js";
import { fieldsOf, integer, reading, text } from "./read.js";

export { BillingError, isBillingError } from "./plain.js";

/** What a column of days, numbers or counts has where there is no value; in one of amounts. */
export const NONE = -(2 ** 31);
export const NO_AMOUNT = -(2n ** 63n);

/** The units of cycles, as a column has them. */
export const UNITS = Object.freeze({ day: 0, week: 1, month: 2, year: 3 });

/** So many rows cross at a time: the memory of a wasm never shrinks. */
const CHUNK = 16_384;

// The words, each at its number in the wasm.
const FIRST_PERIODS = ["prorated", "full", "free"];
const ROUNDINGS = ["half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"];
const EFFECTIVE = [undefined, "on_date", "period_end"];
const SETTLE = [undefined, "now", "next_payment"];
const NAMED = {
  weekly: [1, UNITS.week],
  biweekly: [2, UNITS.week],
  monthly: [1, UNITS.month],
  quarterly: [3, UNITS.month],
  semiannually: [6, UNITS.month],
  yearly: [1, UNITS.year],
};

const isNothing = (value) => value === null || value === undefined;

/** By name and not by class: an array may be of another realm. */
const isA = (name, value) => Object.prototype.toString.call(value) === `[object ${name}]`;

const between = (first, last) => (value, path, report) => {
  const found = integer(value, path, report);
  if (found === undefined || (found >= first && found <= last)) return found;
  return report("out_of_range", path, `expected an integer from ${first} to ${last}`);
};

const int32 = between(NONE, 2 ** 31 - 1);

function bigint(value, path, report) {
  if (typeof value !== "bigint") return report("wrong_type", path, "expected a BigInt64Array or a bigint");
  if (BigInt.asIntN(64, value) === value) return value;
  return report("out_of_range", path, "expected a bigint of 64 bits");
}

/** A word of an object's keys or of a list, as its number. */
const word = (words) => (value, path, report) => {
  if (text(value, path, report) === undefined) return undefined;
  const number = Array.isArray(words) ? words.indexOf(value) : Object.hasOwn(words, value) ? words[value] : -1;
  if (number !== -1) return number;
  const known = (Array.isArray(words) ? words : Object.keys(words)).filter(Boolean);
  return report("unknown_value", path, `expected one of ${known.map((name) => `\`${name}\``).join(", ")}`);
};

const optional = (read, none) => (value, path, report) => (isNothing(value) ? none : read(value, path, report));

/** Reads a column: an array with a value for each row, or a value for all of them, as an array of one. */
const column = (Type, one) => (value, path, report, rows) => {
  if (isA(Type.name, value)) {
    if (rows === undefined || value.length === rows) return value;
    return report("out_of_range", path, "expected a column with as many rows as `start`");
  }
  const found = one(value, path, report);
  return found === undefined ? undefined : Type.of(found);
};

const ints = column(Int32Array, int32);
const amountsOf = column(BigInt64Array, bigint);
const units = column(Uint8Array, word(UNITS));
const limits = optional(ints, Int32Array.of(NONE));

function starts(value, path, report) {
  if (isA("Int32Array", value)) return value;
  return report("wrong_type", path, "expected an Int32Array");
}

/** Reads the columns of the schedules; the number of rows is that of `start`. */
function schedulesOf(value, report) {
  const path = "/schedules";
  const names = ["start", "every", "unit", "anchorDay", "endDate", "paymentCount"];
  const fields = fieldsOf(value, path, names, report);
  if (fields === undefined) return undefined;
  const start = starts(fields.start, `${path}/start`, report);
  const read = (reader, name) => reader(fields[name], `${path}/${name}`, report, start?.length);
  const columns = [start, read(ints, "every"), read(units, "unit")];
  return [...columns, read(limits, "anchorDay"), read(limits, "endDate"), read(limits, "paymentCount")];
}

/** Reads the fields of an object, each by its own reader. */
function fieldsBy(readers, value, path, report, rows) {
  const fields = fieldsOf(value, path, Object.keys(readers), report) ?? {};
  return Object.entries(readers).map(([name, read]) => read(fields[name], `${path}/${name}`, report, rows));
}

const pricing = {
  firstPeriod: optional(word(FIRST_PERIODS), 0),
  rounding: optional(word(ROUNDINGS), 0),
  roundTo: optional(between(1, 1_000_000), 1),
};

function cycle(value, path, report) {
  if (typeof value === "string") {
    if (Object.hasOwn(NAMED, value)) return NAMED[value];
    return report("unknown_value", path, "expected the name of a cycle, or `{ every, unit }`");
  }
  return fieldsBy({ every: between(1, 1000), unit: word(UNITS) }, value, path, report);
}

function flag(value, path, report) {
  return typeof value === "boolean" ? value : report("wrong_type", path, "expected true or false");
}

/** Fills the answers of all rows, some rows at a time. A column of one value goes along as it is. */
function fill(rows, columns, options, answers, run) {
  const part = (array, first) => (array.length === rows && rows > 1 ? array.subarray(first, first + CHUNK) : array);
  for (let first = 0; first < rows; first += CHUNK) {
    const [some, into] = [columns, answers].map((list) => list.map((array) => part(array, first)));
    if (!enter((glue) => run(glue)(...some, ...options, ...into))) throw fault(new Error("a column does not fit"));
  }
}

const days = (rows) => new Int32Array(rows);
const amountsFor = (rows) => new BigInt64Array(rows);

/** Makes the answer of a function: a column for each name, and the error column. */
function answered(rows, makers, columns, options, run) {
  const answer = Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, make(rows)]));
  answer.error = new Uint8Array(rows);
  fill(rows, columns, options, Object.values(answer), run);
  return answer;
}

/** A function of the schedules and a day. */
const byDay = (parameter, makers, run) => (schedules, date) => {
  const columns = reading((report) => {
    const found = schedulesOf(schedules, report);
    return [...(found ?? []), ints(date, `/${parameter}`, report, found?.[0]?.length)];
  });
  return answered(columns[0].length, makers, columns, [], run);
};

export const nextDueDate = byDay("after", { dueDate: days }, (glue) => glue.nextDueDate);
export const periodOn = byDay("date", { number: days, start: days, end: days }, (glue) => glue.periodOn);
export const dueOn = byDay("date", { number: days }, (glue) => glue.dueOn);

export function amounts(schedules, payments) {
  const [columns, [price, number, ...options]] = reading((report) => {
    const found = schedulesOf(schedules, report);
    const readers = { price: amountsOf, number: ints, ...pricing };
    return [found, fieldsBy(readers, payments, "/payments", report, found?.[0]?.length)];
  });
  const makers = { amount: amountsFor };
  return answered(columns[0].length, makers, [...columns, price, number], options, (glue) => glue.amounts);
}

export function prorate(schedules, change) {
  const [columns, [from, to, at, newCycle, ...options]] = reading((report) => {
    const found = schedulesOf(schedules, report);
    const readers = {
      from: amountsOf,
      to: amountsOf,
      at: ints,
      cycle: optional(cycle, [undefined, 0]),
      paymentCount: optional(between(0, 2 ** 32 - 1), null),
      anchorDay: optional(between(0, 2 ** 32 - 1), null),
      effective: optional(word(EFFECTIVE), 0),
      settle: optional(word(SETTLE), 0),
      prorate: optional(flag, null),
      ...pricing,
    };
    return [found, fieldsBy(readers, change, "/change", report, found?.[0]?.length)];
  });
  const makers = { effective: days, credit: amountsFor, charge: amountsFor, dueNow: amountsFor, balance: amountsFor };
  Object.assign(makers, { nextDueDate: days, nextAmount: amountsFor });
  const all = [...columns, from, to, at];
  return answered(columns[0].length, makers, all, [...newCycle, ...options], (glue) => glue.prorate);
}

export function epochDays(date) {
  const given = reading((report) => text(date, "/date", report));
  const found = enter((glue) => glue.epochDays(given));
  if (found !== undefined) return found;
  throw new BillingError([
    { code: "invalid_date", path: "/date", message: "expected a day of the calendar as `YYYY-MM-DD`" },
  ]);
}

export function dateOf(number) {
  const given = reading((report) => int32(number, "/days", report));
  if (given === NONE) return null;
  const found = enter((glue) => glue.dateOf(given));
  if (found !== undefined) return found;
  throw new BillingError([
    { code: "out_of_range", path: "/days", message: "expected a day from 0001-01-01 to 9999-12-31" },
  ]);
}

export const errorCode = (number) => {
  const given = reading((report) => between(0, 255)(number, "/number", report));
  return enter((glue) => glue.errorCode(given)) ?? null;
};
