import type { Discount, Step, Taxes } from "./adjustments.js";
import type { PlanChangedEvent } from "./event.js";
import type { Price, Quantities } from "./price.js";
import type { PlanChange, Proration } from "./pricing.js";
import type { Cycle } from "./schedule.js";
import type { StoredSubscription } from "./subscription.js";
import type { DateInput, Money, PlainDate } from "./values.js";

/** A pending plan change as it was requested, with its defaults resolved (R3.5). */
export interface PendingChange {
  /** Null for a change that keeps the prices. */
  to: Price | null;
  quantities?: Quantities;
  at: PlainDate;
  cycle: Cycle | null;
  paymentCount: number | null;
  anchorDay: number | null;
  effective: "on_date" | "period_end" | null;
  settle: "now" | "next_payment" | null;
  prorate: boolean | null;
  steps?: Step[];
  discounts?: Discount<PlainDate>[];
  taxes?: Taxes;
  minimum?: Money;
  /** The day on which it takes effect. */
  on: PlainDate;
  /** The reference of the payment that it waits for; null before its day. */
  reference: string | null;
}

/** What a plan change costs a subscription, and the event that applies it (R3.5). */
export interface PlanChangeQuote {
  /** `dueNow` is the amount of the payment that the change makes or reprices, `nextPayment` the payment after it. */
  proration: Proration;
  /**
   * Of the pending changes for the same day those with `to` if this one has it, and the quantities of the same items. All of
   * them if this one has `to` and takes effect on the day of its request.
   */
  replaces: PendingChange[];
  /** The pending changes for later days whose amounts this one alters, or that no longer have a due date. */
  alters: PendingChange[];
  /** Apply it. Its digest covers the amounts and both arrays. */
  event: PlanChangedEvent;
}

/**
 * Quotes a plan change on a day, with the event that applies it (R3). It computes a change for a later day as if every
 * payment until then succeeded, with the pending changes before it in effect.
 *
 * @throws BillingError `payment_in_flight`, `payment_overdue`, `subscription_ended`, `cancellation_pending`, `subscription_paused`,
 * `no_schedule`, `provider_managed`, `event_out_of_order`, `no_next_payment`, `currency_mismatch`, `amount_off_grid`,
 * `outside_period`, `payment_count_not_allowed`, `anchor_day_not_allowed`; with another cycle `end_before_start`,
 * `payment_count_required`, `settle_not_allowed`, `anchor_day_on_day_cycle`; for items `invalid_string` and `duplicate_entry`.
 * @example
 * const change = { to: { amount: 19900, currency: "NOK" }, at: "2025-02-14" };
 * const { proration, event } = quotePlanChange(subscription, change, "2025-02-14");
 * proration.dueNow; // { amount: 5000, currency: "NOK" }: show it, and once the customer agrees
 * nextAction(applyEvent(subscription, { ...event, customerPresent: true }), "2025-02-14").type; // "checkout"
 */
export function quotePlanChange(subscription: StoredSubscription, change: PlanChange, on: DateInput): PlanChangeQuote;
