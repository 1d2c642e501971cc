// What a checkout page shows (R8)
import type { Opt } from "./helpers.js";
import type { Payment } from "./payment.js";
import type { NextPayment } from "./pricing.js";
import type { Bound } from "./schedule.js";
import type { StoredSubscription } from "./subscription.js";
import type { Terms } from "./terms.js";
import type { DateInput, Money, PlainDate } from "./values.js";

/** The day of a preview and how many payments it lists. */
export interface PreviewOptions {
  /** The day on which the customer would agree. */
  on: DateInput;
  /** The maximum number of payments, 1 to 1000; default 12. */
  payments?: Opt<number>;
  /** The last day of a payment to list. */
  through?: Opt<DateInput>;
}

/** A future payment: it has no reference yet. */
export interface PreviewedPayment extends Omit<Payment, "reference"> {
  /** The last day on which a cancellation prevents it (R10.5); null if that day is before the day of the preview. */
  cancelBy: PlainDate | null;
}

/** A trial: the days from `start` up to `end`, which is not part of it, and the price afterwards. */
export interface Trial {
  start: PlainDate;
  end: PlainDate;
  convertsTo: Money;
}

/** The end of a subscription, and the limit that sets it. */
export interface PreviewEnd {
  /** `cancelled`: a cancellation was requested; of `upcoming` alone. */
  bound: Bound | "cancelled" | "never";
  lastDueDate: PlainDate | null;
  payments: number | null;
}

/** What some terms cost, if every payment succeeds. */
export interface Preview {
  /** The amount to pay on the day itself. */
  dueNow: Money;
  /** Equal to those that the subscription will make, to the minor unit. */
  payments: PreviewedPayment[];
  /** Whether more payments follow. */
  hasMore: boolean;
  /** The first payment above zero after the day itself. */
  nextCharge: NextPayment | null;
  /** Null without a trial, and if the trial is over on the day. */
  trial: Trial | null;
  end: PreviewEnd;
  /**
   * The sum of all payments. If they continue until a cancellation, the sum in the minimum term (R10.6); null without a
   * commitment.
   */
  total: Money | null;
  /** The first day on which a cancellation can take effect; only with a commitment or a notice (R10.6). */
  earliestEnd?: PlainDate;
  /** Null without a schedule, like the next two. */
  perPeriod: Money | null;
  /** Exact for cycles of months, otherwise over a mean month of 365.2425 / 12 days. */
  perMonth: Money | null;
  perYear: Money | null;
  asOf: PlainDate;
  /** The digest of what the customer agrees to (R8.3). A server computes it from its own price list and compares the two. */
  digest: string;
}

/**
 * Computes what a checkout page shows, by the rules that run the subscription (R8.1).
 *
 * @throws BillingError the errors of the terms, such as `no_schedule` for a trial without a schedule; of prices also
 *   `currency_mismatch`, `amount_off_grid`, `duplicate_entry` and `invalid_decimal`.
 * @example
 * const quarterly: Terms = { price: { amount: 60000, currency: "NOK" }, schedule: { start: "2025-01-31", cycle: "quarterly" } };
 * const { perMonth, nextCharge } = preview(quarterly, { on: "2025-01-31" });
 * perMonth; // { amount: 20000, currency: "NOK" }
 * nextCharge; // { dueDate: "2025-04-30", amount: { amount: 60000, currency: "NOK" } }
 */
export function preview(terms: Terms, options: PreviewOptions): Preview;

/** The days for a reminder, inclusive. */
export interface ReminderDays {
  earliest: PlainDate;
  latest: PlainDate;
}

/** A payment for which the schemes require a reminder to the customer. */
export interface SchemeReminder {
  dueDate: PlainDate;
  /** `price_change`: another price or cycle begins, or a discount has ended. */
  kind: "trial_end" | "long_cycle" | "price_change";
  /** Null if the scheme requires none, or if no day is left. */
  mastercard: ReminderDays | null;
  visa: ReminderDays | null;
  /** The days on which one reminder satisfies both; null if two are needed, or only one scheme requires one. */
  both: ReminderDays | null;
}

/**
 * Returns the reminders that the card schemes require, for payments due after a day (R8.4). Of a subscription they include one before
 * the first payment after a plan change.
 *
 * @throws BillingError `event_out_of_order` for a day before the last event of a subscription.
 * @example
 * const yearly: Terms = { price: { amount: 99000, currency: "NOK" }, schedule: { start: "2025-01-31", cycle: "yearly" } };
 * schemeReminders(yearly, { on: "2025-01-31", payments: 2 }); // [{ dueDate: "2026-01-31", kind: "long_cycle", … }, …]
 */
export function schemeReminders(terms: Terms | StoredSubscription, options: PreviewOptions): SchemeReminder[];
