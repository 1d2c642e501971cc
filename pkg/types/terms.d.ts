import type { Adjustments } from "./adjustments.js";
import type { Opt } from "./helpers.js";
import type { Recurrence } from "./indicator.js";
import type { Commitment, Notice } from "./minimum-term.js";
import type { Price } from "./price.js";
import type { FirstPeriod } from "./pricing.js";
import type { RetryPolicy } from "./retry.js";
import type { Schedule } from "./schedule.js";
import type { DateInput, Money, PlainDate, Rounding } from "./values.js";

/**
 * The terms that were agreed.
 *
 * @example
 * const terms: Terms = { price: { amount: 9900, currency: "NOK" }, schedule };
 */
export interface Terms<D extends DateInput = DateInput> extends Adjustments<D> {
  /** The price of a full period, 0 or more: one amount, or items. */
  price: Price;
  /** Without a schedule, no payment is due by itself, and each is an `unscheduled_charge`. */
  schedule?: Opt<Schedule<D>>;
  /** Default `external`: the merchant triggers the payments after the first. */
  recurrence?: Opt<Recurrence>;
  /** The first day of a trial, before `schedule.start`. The card is verified then. */
  trialStart?: Opt<D>;
  firstPeriod?: Opt<FirstPeriod>;
  rounding?: Opt<Rounding>;
  /** Rounds to multiples of this number of minor units, 1 to 1 000 000; default 1. `price` must be such a multiple. */
  roundTo?: Opt<number>;
  retry?: Opt<RetryPolicy>;
  /**
   * Payments whose days passed without a call: `all` are due (default), or only the `latest`, and older ones are
   * skipped.
   */
  missedPayments?: Opt<"all" | "latest">;
  /** A fee that is charged once, with the first payment whose price is above 0. No discount applies to it (R9.5). */
  setup?: Opt<Money>;
  /** The price of the trial, which the cardholder pays; without it a trial is free and the card is verified (R9.5). */
  trialPrice?: Opt<Money>;
  /** For how long the customer is committed; default not at all (R10.1). */
  commitment?: Opt<Commitment<D>>;
  /** How long before its end a cancellation has to be given; default it takes effect on its day (R10.2). */
  notice?: Opt<Notice>;
}

/**
 * Adds a trial of `days` days, from `on`, to terms (R2.10): `trialStart` is `on`, and `schedule.start` the day after the last
 * day. Every other field stays; the `start` that the schedule had is not used.
 *
 * @throws BillingError `out_of_range` for fewer than 1 day, `no_schedule`, `trial_not_allowed` for terms that have a `trialStart`,
 * `end_before_start` if the schedule would end in the trial, `amount_off_grid`.
 * @example
 * withTrial(terms, "2025-01-31", 14).trialStart; // "2025-01-31"
 * withTrial(terms, "2025-01-31", 14).schedule; // { start: "2025-02-14", cycle: "monthly" }
 */
export function withTrial(terms: Terms, on: DateInput, days: number): Terms<PlainDate>;
