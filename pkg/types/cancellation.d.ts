import type { CancellationDay } from "./event.js";
import type { Opt } from "./helpers.js";
import type { Payment } from "./payment.js";
import type { PreviewedPayment } from "./checkout-page.js";
import type { Line } from "./pricing.js";
import type { StoredSubscription } from "./subscription.js";
import type { DateInput, Money, PlainDate } from "./values.js";

/** When a cancellation takes effect. */
export interface CancellationOptions {
  /** On its day (default), with the end of the last paid period, on the first day that the minimum term allows, or on a day. */
  when?: Opt<"now" | "period_end" | "earliest" | CancellationDay>;
  /** Whether it may take effect before the minimum term is over; default false (R10.4). */
  early?: Opt<boolean>;
}

/** What a cancellation leaves unused, refunds and collects (R5.9). */
export interface CancellationQuote {
  /** The first day without service. */
  effective: PlainDate;
  /** The part of the paid amount that is for days to come. */
  unused: Money;
  /** Negative in the customer's favour. */
  balance: Money;
  /**
   * The amount that belongs to the customer, 0 or more: the unused part and the balance that was paid for, less what was
   * given back since the end. You refund it.
   */
  refund: Money;
  /** The amount owed: the balance minus the unused part, if above 0. It is collected as a payment of kind `final`. */
  owed: Money;
  lines: Line[];
  /**
   * For a later day, the payment whose period that day cuts short: its price less the credit of the days cut off. Null if
   * there is none, or if it was attempted already.
   */
  shortened: PreviewedPayment | null;
  /** Open unscheduled charges. They are not part of `owed`, and are collected as well. */
  openCharges: Payment[];
  /** The day of the computation. */
  asOf: PlainDate;
  /** The digest of what the customer agrees to (R8.3). */
  digest: string;
}

/**
 * Quotes a cancellation on a day, immediately or at the end of the last paid period (R5.9). After the end, the quote is as of the
 * day of the end.
 *
 * @throws BillingError `event_out_of_order`; `committed` before the end of the minimum term; for a day in `when` `out_of_range`,
 * `provider_managed` and `cancellation_pending`.
 * @example
 * const begun = createSubscription({ id: "sub-3", terms });
 * const { subscription: running } = simulate(begun, { from: "2025-01-31", through: "2025-01-31" });
 * quoteCancellation(running, "2025-02-14").refund; // { amount: 4950, currency: "NOK" }
 * quoteCancellation(running, "2025-02-14", { when: "period_end" }).effective; // "2025-02-28"
 */
export function quoteCancellation(
  subscription: StoredSubscription,
  on: DateInput,
  options?: Opt<CancellationOptions>,
): CancellationQuote;
