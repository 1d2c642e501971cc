// Amounts and dates as the visitor's locale writes them.
import { currencyInfo, formatDecimal } from "./pkg/dist/preview.js";
import { midnight } from "./days.js";
import { h } from "./dom.js";

const dateStyle = (options) =>
  // The rules are those of the Gregorian calendar, whatever the locale's own.
  new Intl.DateTimeFormat(undefined, { timeZone: "UTC", calendar: "gregory", ...options });

const longDate = dateStyle({ day: "numeric", month: "long", year: "numeric" });
const shortDate = dateStyle({ day: "numeric", month: "short", year: "numeric" });
const longDay = dateStyle({ day: "numeric", month: "long" });
const dayAndMonth = dateStyle({ day: "numeric", month: "short" });
const monthOfYear = dateStyle({ month: "long", year: "numeric" });
const shortMonth = dateStyle({ month: "short" });
const yearAlone = dateStyle({ year: "numeric" });
const weekdayLetter = dateStyle({ weekday: "narrow" });
const ordinalForms = { one: "st", two: "nd", few: "rd", other: "th" };
const ordinalRules = new Intl.PluralRules("en", { type: "ordinal" });
const numbers = new Intl.NumberFormat();

const sameYear = (one, other) => one.slice(0, 4) === other.slice(0, 4);
const timeElement = (style) => (iso) => h("time", { datetime: iso }, style.format(midnight(iso)));
export const date = timeElement(longDate);
export const dateShort = timeElement(shortDate);
/** A day that is told after another. The year stands once, where it is the same. */
export const dateAfter = (iso, other) => timeElement(sameYear(iso, other) ? longDay : longDate)(iso);
/** Two days as one span. The year stands once, where it is the same. */
export function dateSpan(first, last) {
  const short = sameYear(first, last) ? dayAndMonth : shortDate;
  // The dash stays with the first day where the span is broken into two lines.
  return h("span", { class: "span" }, h("span", {}, timeElement(short)(first), " –"), " ", dateShort(last));
}

export const monthShort = (iso) => shortMonth.format(midnight(iso));
export const yearName = (iso) => yearAlone.format(midnight(iso));
export const monthName = (iso) => monthOfYear.format(midnight(iso));

/** The first letters of the days of the week, from the given one on (1 is Monday). */
export const weekdayLetters = (first) =>
  Array.from({ length: 7 }, (_, index) => weekdayLetter.format(Date.UTC(2024, 0, first + index)));

/** The day on which weeks begin here, 1 for Monday. */
export function firstWeekday() {
  const locale = new Intl.Locale(new Intl.NumberFormat().resolvedOptions().locale);
  return (locale.getWeekInfo?.() ?? locale.weekInfo ?? { firstDay: 1 }).firstDay;
}

export const ordinal = (number) => `${number}${ordinalForms[ordinalRules.select(number)]}`;
export const count = (number, one, many) => `${numbers.format(number)} ${number === 1 ? one : many}`;

/** Intl reads decimal text exactly, as it would not a fraction held in a number. */
function amount(decimal, currency) {
  const { exponent } = currencyInfo(currency);
  const digits = { minimumFractionDigits: exponent, maximumFractionDigits: exponent };
  const style = new Intl.NumberFormat(undefined, { style: "currency", currency, ...digits });
  return h("data", { value: decimal }, style.format(decimal));
}

export const money = (value) => amount(formatDecimal(value), value.currency);

/** A first payment and so many times another, which may be more than the library counts to. */
export function moneySum(first, { amount: units, currency }, times) {
  const { exponent } = currencyInfo(currency);
  const digits = String(BigInt(first.amount) + BigInt(units) * BigInt(times)).padStart(exponent + 1, "0");
  const decimal = exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
  return amount(decimal, currency);
}

export function currencyName(code) {
  return new Intl.DisplayNames(undefined, { type: "currency" }).of(code);
}
