// Schedule: when is a payment due? (R2)
import type { Opt } from "./helpers.js";
import type { DateInput, PlainDate } from "./values.js";

/** 7 days, 14 days, 1, 3, 6 and 12 months. */
export type CycleName = "weekly" | "biweekly" | "monthly" | "quarterly" | "semiannually" | "yearly";

/** A cycle by its length: `every` is 1 to 1000. */
export interface CustomCycle {
  every: number;
  unit: "day" | "week" | "month" | "year";
}

/** A named cycle, or any other by its length (R2.1). */
export type Cycle = CycleName | CustomCycle;

/**
 * When payments are due.
 *
 * @example
 * const schedule: Schedule = { start: "2025-01-31", cycle: "monthly" };
 */
export interface Schedule<D extends DateInput = DateInput> {
  /** The due date of payment 1. */
  start: D;
  cycle: Cycle;
  /**
   * The day of the month, 1 to 31, for cycles of months and years (R2.3). Default: the day of `start` (anniversary
   * billing). 1 is calendar billing, 31 the last day of the month; 29 to 31 are the last day of a shorter month. A day
   * other than that of `start` causes a stub.
   */
  anchorDay?: Opt<number>;
  /** The last day on which a payment may be due, inclusive (R2.4). */
  endDate?: Opt<D>;
  /** The number of payments, from 1, including the initial one (R2.5). */
  paymentCount?: Opt<number>;
}

/** Payment `number` is due on `start` and pays for the days until the day before `end` (R2.7). */
export interface Period {
  number: number;
  start: PlainDate;
  end: PlainDate;
  /** The day before `end`, for people. */
  lastDay: PlainDate;
}

/** The limit that ends a schedule; the payment count if both limits coincide (R2.6). */
export type Bound = "end_date" | "payment_count";

/** The last payment of a schedule, and the limit that makes it the last. */
export interface LastPayment {
  number: number;
  dueDate: PlainDate;
  bound: Bound;
}

/**
 * A part of a schedule: the first day, the last day, and the maximum number of dates from the first day. Default: the
 * whole schedule.
 */
export interface DateRange {
  from?: Opt<DateInput>;
  /** Inclusive. */
  through?: Opt<DateInput>;
  limit?: Opt<number>;
}

/**
 * Returns the day a number of days later, or earlier if it is negative (R1.6).
 *
 * @throws BillingError `out_of_range` outside 0001-01-01 to 9999-12-31.
 * @example
 * addDays("2024-02-28", 2); // "2024-03-01"
 * addDays("2025-03-01", -1); // "2025-02-28"
 */
export function addDays(date: DateInput, days: number): PlainDate;

/**
 * Returns the day that an instant is in a time zone, by the host's Intl. It reads no clock: the instant is a Date, or milliseconds
 * since 1970.
 *
 * @throws BillingError `unknown_value` for a zone that the host does not know, `invalid_date` for an invalid Date.
 * @example
 * dayIn("Europe/Oslo", new Date("2025-01-30T23:30:00Z")); // "2025-01-31"
 * dayIn("America/Sao_Paulo", 0); // "1969-12-31"
 */
export function dayIn(zone: string, instant: Date | number): PlainDate;

/**
 * Returns the first due date after a day, or null if no payment follows (R2.2).
 *
 * @example
 * nextDueDate({ start: "2025-01-31", cycle: "monthly" }, "2025-01-31"); // "2025-02-28"
 */
export function nextDueDate(schedule: Schedule, after: DateInput): PlainDate | null;

/**
 * Returns the due dates in a range, or of the whole schedule, at most 10 000 (R2.2 to R2.6).
 *
 * @throws BillingError `unbounded` if neither the schedule nor the range has an end, `too_many` for more than 10 000.
 * @example
 * dueDates({ start: "2025-01-31", cycle: "monthly", paymentCount: 3 }); // ["2025-01-31", "2025-02-28", "2025-03-31"]
 * dueDates({ start: "2025-01-01", cycle: { every: 10, unit: "day" } }, { from: "2025-02-01", limit: 2 });
 * // ["2025-02-10", "2025-02-20"]
 */
export function dueDates(schedule: Schedule, range?: Opt<DateRange>): PlainDate[];

/**
 * Returns the period of payment `number`, counted from 1, or null if the schedule has fewer payments (R2.7).
 *
 * @example
 * period({ start: "2025-01-31", cycle: "monthly" }, 2);
 * // { number: 2, start: "2025-02-28", end: "2025-03-31", lastDay: "2025-03-30" }
 */
export function period(schedule: Schedule, number: number): Period | null;

/**
 * Returns the period that contains a day, or null before the start and after the last period (R2.7).
 *
 * @example
 * periodOn({ start: "2025-01-31", cycle: "monthly" }, "2025-03-01");
 * // { number: 2, start: "2025-02-28", end: "2025-03-31", lastDay: "2025-03-30" }
 */
export function periodOn(schedule: Schedule, date: DateInput): Period | null;

/**
 * Returns the periods whose due dates are in a range, at most 10 000 (R2.7).
 *
 * @throws BillingError `unbounded`, `too_many`, like `dueDates`.
 * @example
 * periods({ start: "2025-01-01", cycle: "yearly" }, { limit: 1 });
 * // [{ number: 1, start: "2025-01-01", end: "2026-01-01", lastDay: "2025-12-31" }]
 */
export function periods(schedule: Schedule, range?: Opt<DateRange>): Period[];

/**
 * Returns the last payment and the limit that makes it the last, or null for an open-ended schedule (R2.6).
 *
 * @example
 * lastPayment({ start: "2025-01-31", cycle: "monthly", endDate: "2025-12-31", paymentCount: 4 });
 * // { number: 4, dueDate: "2025-04-30", bound: "payment_count" }
 */
export function lastPayment(schedule: Schedule): LastPayment | null;
