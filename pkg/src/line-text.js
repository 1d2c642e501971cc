// Lines for people, in any language, from the data of a line alone. Needs Intl, and no wasm.
import { decimalsOf } from "./currencies.js";
import { daysIn, moneyIn, numbersIn, percentsIn, pluralsIn } from "./intl.js";
import { day, fieldsOf, integer, optional, reading, text } from "./read.js";

const DAY = 86_400_000;

/** Letters that are written from right to left, as far as currencies and names have them. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Marks of direction, which the versions of Intl place differently. */
const MARKS = /[\u061c\u200e\u200f]/g;
const LTR_MARK = "\u200e";
const [LTR_ISOLATE, RTL_ISOLATE, ISOLATE, END] = ["\u2066", "\u2067", "\u2068", "\u2069"];

/** Whatever blanks a version of Intl writes, as one. */
const blanksAs = (blank, found) => found.replace(/[\u0020\u00a0\u2000-\u200a\u202f]/g, blank);

/** The digits of an amount with its point, exact: `-66.67`. */
function decimal(amount, decimals) {
  const digits = `${Math.abs(amount)}`.padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  return (amount < 0 ? "-" : "") + digits.slice(0, point) + (decimals > 0 ? `.${digits.slice(point)}` : "");
}

/**
 * Isolates an amount in text from right to left. `US$` would otherwise end in `$US`, as the direction of `$` is that of what
 * follows. The minus stays at the left of its digits, where Arabic with these digits has it.
 */
function isolated(amount) {
  const bare = amount.replace(MARKS, "");
  if (!RIGHT_TO_LEFT.test(bare)) return LTR_ISOLATE + bare + END;
  return RTL_ISOLATE + bare.replace(/[-\u2212]/, `${LTR_MARK}$&`) + END;
}

/** Isolates a name of the caller's where its direction may differ from that of the text around it. */
const name = (item, { direction }) => (direction === "rtl" || RIGHT_TO_LEFT.test(item) ? ISOLATE + item + END : item);

function money(value, path, report) {
  const found = fieldsOf(value, path, ["amount", "currency"], report);
  if (!found) return undefined;
  const amount = integer(found.amount, `${path}/amount`, report);
  const currency = text(found.currency, `${path}/currency`, report);
  const decimals = currency === undefined ? undefined : decimalsOf(currency);
  if (currency !== undefined && decimals === undefined) {
    report("unknown_currency", `${path}/currency`, "expected the code of a currency, such as `NOK`");
  }
  return { amount, currency, decimals };
}

/** The period as its first and its last day: `end` is the day after it. */
function period(value, path, report) {
  const found = fieldsOf(value, path, ["start", "end"], report);
  if (!found) return undefined;
  const [start, end] = ["start", "end"].map((key) => day(found[key], `${path}/${key}`, report));
  if (start >= end) report("out_of_range", `${path}/end`, "expected a day after the start");
  return { first: start, last: end - DAY };
}

function fraction(value, path, report) {
  const found = fieldsOf(value, path, ["days", "periodDays"], report);
  if (!found) return undefined;
  const [days, periodDays] = ["days", "periodDays"].map((key) => integer(found[key], `${path}/${key}`, report));
  return { days, periodDays };
}

/** The rate of a tax, as a number. */
function rate(value, path, report) {
  const found = fieldsOf(value, path, ["rate"], report);
  if (!found) return undefined;
  const given = text(found.rate, `${path}/rate`, report);
  if (given === undefined || /^\d{1,3}(\.\d{1,4})?$/.test(given)) return Number(given);
  return report("invalid_decimal", `${path}/rate`, "expected a percentage such as `8.25`");
}

/** The fields of a line that it is explained by, and what reads each. */
const readers = {
  kind: text,
  item: optional(text),
  name: optional(text),
  quantity: optional(integer),
  price: optional(money),
  period: optional(period),
  fraction: optional(fraction),
  discount: optional(text),
  tax: optional(rate),
  amount: money,
};

function lineOf(value, path, report) {
  const found = fieldsOf(value, path, Object.keys(readers), report);
  if (!found) return undefined;
  return Object.fromEntries(
    Object.entries(readers).map(([key, read]) => [key, read(found[key], `${path}/${key}`, report)]),
  );
}

const FIELDS = ["locale", "direction", "comma", "names", "days", "price"];

/** A language that is complete, with a locale that Intl accepts. */
function languageOf(value, path, report) {
  const found = fieldsOf(value, path, FIELDS, report);
  if (!found) return undefined;
  const [locale] = ["locale", "comma"].map((key) => text(found[key], `${path}/${key}`, report));
  try {
    if (locale !== undefined) numbersIn(locale);
  } catch {
    report("invalid_string", `${path}/locale`, "expected a language tag, such as `nb`");
  }
  if (!["ltr", "rtl"].includes(found.direction)) {
    report("unknown_value", `${path}/direction`, "expected one of `ltr`, `rtl`");
  }
  fieldsOf(found.names, `${path}/names`, [], report);
  for (const key of ["days", "price"].filter((key) => typeof found[key] !== "function")) {
    report("wrong_type", `${path}/${key}`, "expected a function");
  }
  return found;
}

/** The name of a kind of line, or the function that makes one of the line. */
function nameOf(kind, { names }, report) {
  if (kind === undefined || !names) return undefined;
  if (Object.hasOwn(names, kind)) return names[kind];
  const known = Object.keys(names).map((key) => `\`${key}\``);
  return report("unknown_value", "/line/kind", `expected a kind that the language has: one of ${known.join(", ")}`);
}

function written({ amount, currency, decimals }, { locale, direction }) {
  const found = blanksAs("\u00a0", moneyIn(locale, currency, decimals).format(decimal(amount, decimals)));
  return direction === "rtl" ? isolated(found) : found;
}

const dates = ({ first, last }, { locale }) => blanksAs(" ", daysIn(locale).formatRange(first, last));

/** What a language makes its texts with. */
function words({ locale }) {
  const number = (value) => blanksAs("\u00a0", numbersIn(locale).format(value));
  const plural = (count, forms) =>
    (forms[pluralsIn(locale).select(count)] ?? forms.other).replaceAll("#", number(count));
  return { number, plural };
}

export function formatMoney(amount, language) {
  const read = reading((report) => ({
    amount: money(amount, "/money", report),
    language: languageOf(language, "/language", report),
  }));
  return written(read.amount, read.language);
}

export function explain(line, language) {
  const read = reading((report) => {
    const [found, its] = [lineOf(line, "/line", report), languageOf(language, "/language", report)];
    const item = found?.name ?? found?.item;
    return { ...found, item, language: its, name: found && its && nameOf(found.kind, its, report) };
  });
  const { item, quantity, language: its } = read;
  const { number, plural } = words(its);

  const head = typeof read.name === "function" ? read.name(line) : read.name;
  const count = item !== null && quantity !== null && quantity !== 1 ? `${number(quantity)} × ` : "";
  const what = [
    read.discount === null ? "" : name(read.discount, its),
    item === null ? "" : count + name(item, its),
    read.tax === null ? "" : blanksAs("\u00a0", percentsIn(its.locale).format(read.tax / 100)),
    read.fraction ? its.days(read.fraction, { number, plural }) : "",
  ];
  const about = what.filter(Boolean).join(its.comma);
  const rest = [
    read.period ? `(${dates(read.period, its)})` : "",
    // Without a fraction the price is the amount.
    read.fraction && read.price ? its.price(written(read.price, its)) : "",
  ];
  return [about ? `${head}: ${about}` : head, ...rest].filter(Boolean).join(" ");
}
