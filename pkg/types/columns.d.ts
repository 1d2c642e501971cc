/**
 * The rules over columns: a book of subscriptions as typed arrays, an index a row. This entry has its own wasm. Days are days since
 * 1970-01-01, amounts are minor units in a BigInt64Array. Each row has the answer of the function of the same name in
 * `billing-rules`.
 *
 * A row without an answer has `NONE` or `NO_AMOUNT` there. If the row was rejected, its `error` has the number of the code
 * (`errorCode`), otherwise 0. Keep `NONE` or `NO_AMOUNT` in the place of a value that a row does not have, such as the price of a
 * subscription with items: that row is rejected with `missing_field`.
 */
import type { Opt } from "./helpers.js";
import type { ErrorCode } from "./errors.js";
import type { FirstPeriod } from "./pricing.js";
import type { Cycle, CustomCycle } from "./schedule.js";
import type { Rounding } from "./values.js";

export type { BillingErrorDetail, ErrorCode } from "./errors.js";
export type { FirstPeriod } from "./pricing.js";
export type { Cycle, CycleName, CustomCycle } from "./schedule.js";
export type { Rounding } from "./values.js";
export { BillingError, isBillingError, ready } from "./errors.js";

/** What a column of days, numbers or counts has where there is no value: -2147483648. */
export const NONE: number;

/** What a column of amounts has where there is no amount: -9223372036854775808n. */
export const NO_AMOUNT: bigint;

/** The units of cycles, as a column has them. */
export const UNITS: Readonly<Record<CustomCycle["unit"], number>>;

/** Days, numbers or counts: a value for each row, or one for all of them. */
export type IntColumn = Int32Array | number;

/** Amounts: a value for each row, or one for all of them. */
export type AmountColumn = BigInt64Array | bigint;

/** The schedules of a book, a column for each field of a Schedule. All columns have as many rows as `start`. */
export interface ScheduleColumns {
  start: Int32Array;
  /** The count of units of each cycle, 1 to 1000. */
  every: IntColumn;
  /** The unit of each cycle by `UNITS`, or one unit by its name. */
  unit: Uint8Array | CustomCycle["unit"];
  /** 1 to 31, or `NONE` (R2.3). */
  anchorDay?: Opt<IntColumn>;
  /** The last day on which a payment may be due, or `NONE` (R2.4). */
  endDate?: Opt<IntColumn>;
  /** The number of payments, or `NONE` (R2.5). */
  paymentCount?: Opt<IntColumn>;
}

/** How the prices of a book are charged. */
export interface PricingOptions {
  /** What a stub costs; default `prorated` (R3.8). */
  firstPeriod?: Opt<FirstPeriod>;
  /** How a share is rounded; default `half_up` (R1.4). */
  rounding?: Opt<Rounding>;
  /** The multiple of minor units to round to; default 1. */
  roundTo?: Opt<number>;
}

/** The column with the number of each row's error code; 0 without an error. */
export interface ErrorColumn {
  error: Uint8Array;
}

/** The answer of `nextDueDate`. */
export interface DueDateColumns extends ErrorColumn {
  /** `NONE` if no payment follows. */
  dueDate: Int32Array;
}

/** The answer of `periodOn`; `NONE` before the start and after the last period. */
export interface PeriodColumns extends ErrorColumn {
  number: Int32Array;
  start: Int32Array;
  /** The first day after the period. */
  end: Int32Array;
}

/** The answer of `dueOn`. */
export interface NumberColumns extends ErrorColumn {
  /** The number of the payment; `NONE` if none is due. */
  number: Int32Array;
}

/** The payments whose amounts `amounts` computes. */
export interface PaymentColumns extends PricingOptions {
  /** The price of a full period. */
  price: AmountColumn;
  /** The number of the payment, from 1; `NONE` for a row without one. */
  number: IntColumn;
}

/** The answer of `amounts`. */
export interface PaymentAmounts extends ErrorColumn {
  /** `NO_AMOUNT` for a row without a number, or without so many payments. */
  amount: BigInt64Array;
}

/** A plan change of every row: see PlanChange. */
export interface ChangeColumns extends PricingOptions {
  /** The price of a full period before the change. */
  from: AmountColumn;
  /** The price after it. */
  to: AmountColumn;
  /** The day of the change. */
  at: IntColumn;
  /** The cycle after the change. A different cycle restarts the schedule (R3.6). */
  cycle?: Opt<Cycle>;
  /** The number of payments from the restart on. Only with a different cycle. */
  paymentCount?: Opt<number>;
  /** The anchor day of the restarted schedule. Only with a different cycle. */
  anchorDay?: Opt<number>;
  /** When it takes effect; default immediately, for a downgrade with the next due date (R3.5). */
  effective?: Opt<"on_date" | "period_end">;
  /** When the difference is settled; default `now`. */
  settle?: Opt<"now" | "next_payment">;
  /** Whether the current period is prorated; default true. */
  prorate?: Opt<boolean>;
}

/** The answer of `prorate`: the fields of a Proration. */
export interface ProrationColumns extends ErrorColumn {
  effective: Int32Array;
  credit: BigInt64Array;
  charge: BigInt64Array;
  dueNow: BigInt64Array;
  balance: BigInt64Array;
  /** `NONE` if no payment follows. */
  nextDueDate: Int32Array;
  /** `NO_AMOUNT` if no payment follows. */
  nextAmount: BigInt64Array;
}

/**
 * Returns the first due date after a day, of every row.
 *
 * @throws BillingError `missing_field`, `wrong_type`, `not_an_integer`, `out_of_range` for columns of several lengths,
 * `unknown_value`. The errors of a row are in `error`.
 * @example
 * const start = Int32Array.of(epochDays("2025-01-31"), epochDays("2025-02-10"), NONE);
 * const { dueDate, error } = nextDueDate({ start, every: 1, unit: "month" }, epochDays("2025-02-20"));
 * Array.from(dueDate, dateOf); // ["2025-02-28", "2025-03-10", null]
 * Array.from(error, errorCode); // [null, null, "missing_field"]
 */
export function nextDueDate(schedules: ScheduleColumns, after: IntColumn): DueDateColumns;

/**
 * Returns the period that contains a day, of every row.
 *
 * @throws BillingError `missing_field`, `wrong_type`, `not_an_integer`, `out_of_range` for columns of several lengths,
 * `unknown_value`. The errors of a row are in `error`.
 * @example
 * const start = Int32Array.of(epochDays("2025-01-31"), epochDays("2025-03-05"));
 * const periods = periodOn({ start, every: 1, unit: "month" }, epochDays("2025-03-01"));
 * Array.from(periods.number); // [2, -2147483648]: the second has not begun
 * Array.from(periods.end, dateOf); // ["2025-03-31", null]
 */
export function periodOn(schedules: ScheduleColumns, date: IntColumn): PeriodColumns;

/**
 * Returns the number of the payment that is due on a day, of every row.
 *
 * @throws BillingError `missing_field`, `wrong_type`, `not_an_integer`, `out_of_range` for columns of several lengths,
 * `unknown_value`. The errors of a row are in `error`.
 * @example
 * const start = Int32Array.of(epochDays("2025-01-31"), epochDays("2025-01-27"));
 * const { number } = dueOn({ start, every: 1, unit: "month" }, epochDays("2025-02-28"));
 * Array.from(number, (number) => number !== NONE); // [true, false]
 */
export function dueOn(schedules: ScheduleColumns, date: IntColumn): NumberColumns;

/**
 * Returns the amount of a payment of every row, by its number: what `periodPrice` returns.
 *
 * @throws BillingError `missing_field`, `wrong_type`, `not_an_integer`, `out_of_range` for columns of several lengths,
 * `unknown_value`. The errors of a row are in `error`.
 * @example
 * const start = Int32Array.of(epochDays("2025-01-22"), epochDays("2025-01-22"));
 * const book = { start, every: 1, unit: "month", anchorDay: 1 } as const;
 * const { amount } = amounts(book, { price: 3100n, number: Int32Array.of(1, 2) });
 * [...amount]; // [1000n, 3100n]: 10 of 31 days, then a full period
 */
export function amounts(schedules: ScheduleColumns, payments: PaymentColumns): PaymentAmounts;

/**
 * Returns what a plan change costs, of every row: the amounts of `prorate`, without lines and digest.
 *
 * @throws BillingError `missing_field`, `wrong_type`, `not_an_integer`, `out_of_range` for columns of several lengths,
 * `unknown_value`. The errors of a row are in `error`.
 * @example
 * const start = Int32Array.of(epochDays("2025-04-01"), epochDays("2025-04-01"));
 * const change = { from: BigInt64Array.of(10000n, 25000n), to: 25000n, at: epochDays("2025-04-11") };
 * const { credit, dueNow } = prorate({ start, every: 1, unit: "month" }, change);
 * [...credit]; // [-6667n, -16667n]
 * [...dueNow]; // [10000n, 0n]
 */
export function prorate(schedules: ScheduleColumns, change: ChangeColumns): ProrationColumns;

/**
 * Returns the number of days from 1970-01-01 to a date.
 *
 * @throws BillingError `missing_field`, `wrong_type`, `invalid_date`.
 * @example
 * epochDays("2025-01-31"); // 20119
 */
export function epochDays(date: string): number;

/**
 * Returns the date of a number of days since 1970-01-01; null for `NONE`.
 *
 * @throws BillingError `missing_field`, `wrong_type`, `not_an_integer`, `out_of_range`.
 * @example
 * dateOf(20119); // "2025-01-31"
 */
export function dateOf(days: number): string | null;

/**
 * Returns the code of a number in an error column; null for 0.
 *
 * @throws BillingError `missing_field`, `wrong_type`, `not_an_integer`, `out_of_range`.
 * @example
 * errorCode(1); // "missing_field"
 */
export function errorCode(number: number): ErrorCode | null;
