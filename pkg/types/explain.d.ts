/**
 * Lines and amounts for people, in their language, by the host's Intl. This entry needs no wasm. Its functions are those of the
 * default entry and of `billing-rules/preview`. Each language is an entry of its own, such as `billing-rules/explain/nb`.
 */
import type { Given } from "./helpers.js";
import type { Fraction, Line, LineKind } from "./pricing.js";
import type { Money } from "./values.js";

export { BillingError, isBillingError } from "./errors.js";

/** The forms of a noun, by the categories of Intl.PluralRules. `#` is the number. A category without a form has that of `other`. */
export interface PluralForms {
  zero?: string;
  one?: string;
  two?: string;
  few?: string;
  many?: string;
  other: string;
}

/** What the functions of a language write numbers with, each as its locale has it. */
export interface LanguageNumbers {
  number: (value: number) => string;
  /** Returns the form for a number. */
  plural: (count: number, forms: PluralForms) => string;
}

/** The names of lines, by their kinds. A function makes the name from the line. */
export type LineNames = { [K in LineKind]: string | ((line: Given<Line>) => string) };

/**
 * A language: a plain object. Write one of your own, or change one: `{ ...en, locale: "en-GB" }`.
 *
 * @example
 * const { en } = await import("billing-rules/explain/en");
 */
export interface Language {
  /** The BCP 47 tag by which Intl writes amounts, dates and numbers, and chooses plurals. */
  locale: string;
  /** The direction of the writing. In `rtl`, amounts and items are isolated, so that their parts stay in order. */
  direction: "ltr" | "rtl";
  /** What separates the item from the days, such as `", "`. */
  comma: string;
  names: LineNames;
  /** The part of a full period, such as `20 of 30 days`. */
  days: (fraction: Fraction, numbers: LanguageNumbers) => string;
  /** The price of a full period, such as `at $100.00 a period`. */
  price: (price: string) => string;
}

/**
 * Returns what a line is for, in a language, from the line's data alone: its `note` is not read. The line's own amount is not in
 * the answer. Show it beside, with `formatMoney`.
 *
 * Fields of the line that are not needed are ignored. What a function of your own language throws is not caught.
 *
 * @throws BillingError `unknown_value` for a kind of line that the language has no name for.
 * @example
 * const { en } = await import("billing-rules/explain/en");
 * const [credit] = prorate({
 *   schedule: { start: "2025-04-01", cycle: "monthly" },
 *   from: { amount: 10000, currency: "USD" },
 *   to: { amount: 25000, currency: "USD" },
 *   at: "2025-04-11",
 * }).lines;
 * explain(credit, en);
 * // "Credit for unused days: 20 of 30 days (April 11 – 30, 2025) at $100.00 a period"
 */
export function explain(line: Given<Line>, language: Language): string;

/**
 * Returns an amount as people read it, with the currency and its decimals, exact.
 *
 * @example
 * const { en } = await import("billing-rules/explain/en");
 * formatMoney({ amount: -6667, currency: "USD" }, en); // "-$66.67"
 * formatMoney({ amount: 1234567, currency: "JPY" }, en); // "¥1,234,567"
 */
export function formatMoney(money: Money, language: Language): string;
