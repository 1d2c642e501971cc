// Pricing and proration: what does a period cost, and what does a plan change cost? (R3)
import type { Adjustments } from "./adjustments.js";
import type { Opt } from "./helpers.js";
import type { Price, Quantities } from "./price.js";
import type { Cycle, Schedule } from "./schedule.js";
import type { DateInput, Money, PlainDate, Rounding, Span } from "./values.js";

/** The price of a stub, which an anchor day causes (R3.8). Default `prorated`: its share of the full price. */
export type FirstPeriod = "prorated" | "full" | "free";

/**
 * What a line is for: a full period, a stub, the unused part of the old price, the remaining part at the new one, …
 */
export type LineKind =
  | "period"
  | "stub"
  | "credit"
  | "charge"
  | "setup"
  | "trial"
  | "unscheduled"
  | "discount"
  | "tax"
  | "minimum"
  | "balance"
  | "verification";

/** The rule of docs/rules.md that sets the amount of a line. Later versions may add rules. */
export type LineRule =
  "R2.7" | "R3.2" | "R3.6" | "R3.7" | "R3.8" | "R3.11" | "R4.2" | "R5.11" | "R9.1" | "R9.3" | "R9.4" | "R9.5";

/** A part of a full period, in days: `days` of `periodDays`. */
export interface Fraction {
  days: number;
  periodDays: number;
}

/** The tax of a tax line. */
export interface LineTax {
  /** In percent: `25`, `8.25`. */
  rate: string;
  /** The net that it is computed on; below 0 for a credit. */
  net: Money;
  /** The tax, also if the other lines include it. */
  tax: Money;
}

/** Explains a part of an amount: its reason, its days, and its fraction of a full period. */
export interface Line {
  kind: LineKind;
  /** The item of the price that the line is for, or the rate of a tax; null if the price is an amount. */
  item: string | null;
  /** The name of that item for people, if it has one. */
  name?: string;
  /** The quantity of that item. */
  quantity: number | null;
  /** The price of the full period that the line is a part of; null if it is not part of a price. */
  price: Money | null;
  period: Span | null;
  fraction: Fraction | null;
  /** In the line of a discount: its id. */
  discount?: string;
  /** In the line of a tax. `amount` is 0 if the other lines include the tax. */
  tax?: LineTax;
  amount: Money;
  rule: LineRule;
  /** An explanation for people, in English. `explain` has it in other languages. */
  note: string;
}

/** The price of one period of a schedule. */
export interface PeriodPriceInput {
  schedule: Schedule;
  /** The price of a full period. */
  price: Money;
  /** The number of the period, from 1. */
  number: number;
  firstPeriod?: Opt<FirstPeriod>;
  rounding?: Opt<Rounding>;
  /** Rounds to multiples of this number of minor units, 1 to 1 000 000; default 1. `price` must be such a multiple. */
  roundTo?: Opt<number>;
}

/** A change of the price (R3): to another with `to`, or to other quantities of items. It has one of both at least. */
export interface PriceChange {
  /** The price of a full period after the change. An item without `quantity` has the one in force on the day, else 1. */
  to?: Opt<Price>;
  /** Other quantities of items, which keep their prices. They are on top of `to` and of a pending one (R9.2). */
  quantities?: Opt<Quantities>;
  /** The day of the change, in a period of the schedule. */
  at: DateInput;
  /** The cycle after the change. A cycle other than the current one restarts the schedule (R3.6). */
  cycle?: Opt<Cycle>;
  /**
   * Only with another cycle: the number of payments from the restart on. Required if the schedule has a payment count.
   */
  paymentCount?: Opt<number>;
  /** Only with another cycle of months or years: the anchor day from the restart on, 1 to 31. The first payment is then a stub. */
  anchorDay?: Opt<number>;
  /** When the change takes effect: on `at`, or on the first due date on or after it. Default `on_date`, for a downgrade `period_end` (R3.5). */
  effective?: Opt<"on_date" | "period_end">;
  /** When the difference is settled; default `now`. */
  settle?: Opt<"now" | "next_payment">;
  /** Whether the current period is prorated; default true. */
  prorate?: Opt<boolean>;
}

/**
 * A plan change: of the price, or of what is agreed beside it (R9). What is absent stays, but `to` ends the steps. An empty array,
 * `rates: []` and a minimum of 0 end what is in effect.
 */
export interface PlanChange extends PriceChange, Adjustments {}

/** A change of the price with the schedule and the price that it changes. */
export interface ProrateInput extends PriceChange {
  schedule: Schedule;
  /** The price of a full period before the change. */
  from: Price;
  firstPeriod?: Opt<FirstPeriod>;
  rounding?: Opt<Rounding>;
  /**
   * Rounds to multiples of this number of minor units, 1 to 1 000 000; default 1. Both prices must be such multiples.
   */
  roundTo?: Opt<number>;
}

/** A future payment. */
export interface NextPayment {
  dueDate: PlainDate;
  amount: Money;
}

/** What a plan change costs, line by line. */
export interface Proration {
  direction: "upgrade" | "downgrade" | "same";
  /** The day on which the change takes effect. */
  effective: PlainDate;
  settle: "now" | "next_payment" | "none";
  /** The unused part of the old price: zero or below. */
  credit: Money;
  /** The remaining part of the new price, or all of it if the schedule restarts: zero or above. */
  charge: Money;
  /** The sum of credit and charge. */
  net: Money;
  /** The amount due on the day of the change: zero or above. */
  dueNow: Money;
  /** The amount carried into later payments; negative in the customer's favour. */
  balance: Money;
  nextPayment: NextPayment | null;
  /** The schedule after the change. */
  schedule: Schedule<PlainDate>;
  /** The number of the payment that is due on the start of that schedule. */
  firstNumber: number;
  lines: Line[];
  /** The day of the computation. */
  asOf: PlainDate;
  /** The digest of what the customer agrees to (R8.3). A server that computes the change again can compare it. */
  digest: string;
}

/**
 * Returns the price of a period, as a line that explains it (R3.8): the share of the price for a stub, the full price
 * for any other period. Returns null if the schedule has fewer payments.
 *
 * @throws BillingError `amount_off_grid` for a price that is not a multiple of `roundTo`.
 * @example
 * const fromTheFirst: Schedule = { start: "2025-01-22", cycle: "monthly", anchorDay: 1 };
 * periodPrice({ schedule: fromTheFirst, price: { amount: 3100, currency: "USD" }, number: 1 })?.fraction;
 * // { days: 10, periodDays: 31 }
 * periodPrice({ schedule: fromTheFirst, price: { amount: 3100, currency: "USD" }, number: 1 })?.amount;
 * // { amount: 1000, currency: "USD" }
 */
export function periodPrice(input: PeriodPriceInput): Line | null;

/**
 * Computes what a plan change costs, line by line, with the schedule and the next payment after it (R3.1 to R3.6). It
 * uses a schedule and two prices. For a subscription, with its balance and its earlier changes, call `quotePlanChange`.
 *
 * @throws BillingError `outside_period`, `currency_mismatch`, `amount_off_grid`, `no_next_payment`, `payment_count_not_allowed`,
 * `anchor_day_not_allowed`; with another cycle `end_before_start`, `payment_count_required`, `settle_not_allowed`,
 * `anchor_day_on_day_cycle`; for items `invalid_string` and `duplicate_entry`.
 * @example
 * prorate({
 *   schedule: { start: "2025-04-01", cycle: "monthly" },
 *   from: { amount: 10000, currency: "BRL" },
 *   to: { amount: 25000, currency: "BRL" },
 *   at: "2025-04-11",
 * }).dueNow; // { amount: 10000, currency: "BRL" }: 166.67 for 20 of 30 days, less 66.67 not used
 * prorate({
 *   schedule: { start: "2025-04-01", cycle: "monthly" },
 *   from: { items: [{ id: "seats", quantity: 5, unitAmount: { amount: 1000, currency: "EUR" } }] },
 *   quantities: { seats: 8 },
 *   at: "2025-04-16",
 * }).dueNow; // { amount: 1500, currency: "EUR" }: three seats for half a month
 */
export function prorate(input: ProrateInput): Proration;
