// Subscription: its state, and the three functions of its life (R5)
import type { AdjustmentsInEffect } from "./adjustments.js";
import type { Action } from "./action.js";
import type { SubscriptionEvent } from "./event.js";
import type { Opt } from "./helpers.js";
import type { EstablishedBy } from "./indicator.js";
import type { PendingChange } from "./plan-change.js";
import type { Price } from "./price.js";
import type { Schedule } from "./schedule.js";
import type { Terms } from "./terms.js";
import type { DateInput, Money, PlainDate } from "./values.js";

/** The status of a subscription (R5.1). */
export type Status = "pending" | "active" | "cancelled" | "error" | "expired";

/** An amount that was charged but is not owed: refund it. */
export interface Overpayment {
  /** Null for a charge by the provider's own schedule. */
  reference: string | null;
  providerReference: string | null;
  amount: Money;
  on: PlainDate;
  reason: "paid_twice" | "paid_after_end" | "dropped";
}

/** Why a subscription ended: its last period is over, a payment was not made, it was cancelled, or the provider ended it. */
export type EndReason = "completed" | "unpaid" | "cancelled" | "provider";

/** The plan after all changes and pauses so far. */
export interface CurrentPlan {
  /** Every item has its quantity. */
  price: Price;
  schedule: Schedule<PlainDate> | null;
  /** The number of the payment that is due on the start of the schedule. */
  firstNumber: number;
  /** The days between an old due date and a later new one, until the schedule restarts again (R5.13). */
  stub?: MovedStub;
  /** What is in effect beside the price, once it is no longer as in the terms (R9). */
  adjusted?: AdjustmentsInEffect;
}

/** The days between an old due date and the one to which it was moved. */
export interface MovedStub {
  /** The number of its payment. */
  number: number;
  /** The first day, on which the payment is due. */
  start: PlainDate;
  /** The first day after it: the start of the schedule. */
  end: PlainDate;
  /** The days of the full period that it is a part of (R3.8). */
  periodDays: number;
}

/**
 * A subscription as plain JSON: store it whole. The library rejects one that was altered elsewhere. `state` is
 * internal.
 *
 * @example
 * // One payment was made elsewhere, before.
 * const imported = { payments: 1, establishedBy: "payment" } as const;
 * const subscription = createSubscription({ id: "sub-1", terms, imported });
 */
export interface Subscription {
  format: 1;
  id: string;
  /** As they were agreed. */
  terms: Terms<PlainDate>;
  status: Status;
  current: CurrentPlan;
  /** How many numbers of the schedule are settled: paid, of 0, skipped or given up. */
  payments: number;
  /** Null if no payment of the schedule follows. */
  nextDueDate: PlainDate | null;
  /**
   * The first day on which `nextAction` returns neither `wait` nor `none` (R11); null if nothing follows. Store it in a
   * column and index it: before that day there is nothing to do.
   */
  nextActionOn: PlainDate | null;
  /** The plan changes that are not in effect yet, by their day. */
  pending: PendingChange[];
  /** Why it ended; null while it has not. */
  endReason: EndReason | null;
  /** Negative in the customer's favour. */
  balance: Money;
  overpayments: Overpayment[];
  /** Internal. A payment that was settled long ago adds about ten characters. */
  state: unknown;
}

/** A stored subscription. Fields that can be derived may be missing (R11). */
export type StoredSubscription = Omit<Subscription, DerivedField> & {
  [Field in DerivedField]?: Opt<Subscription[Field]>;
};

type DerivedField = "nextActionOn" | "pending" | "endReason";

/** The history of a subscription that ran elsewhere before. */
export interface ImportedHistory {
  /** How many payments of the schedule were made there, from 0. */
  payments: number;
  establishedBy: EstablishedBy;
}

/** A subscription to create. */
export interface CreateSubscriptionInput {
  /** 1 to 40 letters, digits and hyphens. */
  id: string;
  terms: Terms;
  imported?: Opt<ImportedHistory>;
}

/**
 * Creates a subscription, or imports one that ran elsewhere before (R5).
 *
 * @throws BillingError `invalid_string` for an id that is not 1 to 40 letters, digits and hyphens, `amount_off_grid` for a price,
 * `no_schedule` for an imported subscription without a schedule.
 * @example
 * createSubscription({ id: "sub-2", terms }); // { id: "sub-2", status: "pending", payments: 0, nextDueDate: "2025-01-31", … }
 */
export function createSubscription(input: CreateSubscriptionInput): Subscription;

/**
 * Returns the next action, as of a day (R5). It changes nothing: call it as often as you like, for any day.
 *
 * @throws BillingError `event_out_of_order` for a day before the last event.
 * @example
 * nextAction(subscription, "2025-02-27"); // { type: "wait", until: "2025-02-28" }
 * nextAction(subscription, "2025-02-28").type; // "charge"
 */
export function nextAction(subscription: StoredSubscription, today: DateInput): Action;

/**
 * Applies an event and returns the subscription after it (R5.4). An event that was applied before changes nothing, and
 * an error leaves everything unchanged.
 *
 * @throws BillingError `unknown_reference`, `not_due`, `payment_in_flight`, `payment_overdue`, `amount_mismatch`,
 * `event_out_of_order`, `not_ended`, `subscription_ended`, `subscription_paused`, `subscription_not_paused`, `nothing_to_withdraw`,
 * `provider_managed`, `currency_mismatch`; for `plan_changed` those of `quotePlanChange`, such as `no_next_payment` and
 * `amount_off_grid`, and `digest_mismatch`, as for `cancelled`; for that also `committed`; for `unscheduled_charge` `invalid_string` and `id_reused`; for
 * `resumed` `anchor_day_not_allowed` and `anchor_day_on_day_cycle`; for `payments_skipped` and `rescheduled` `subscription_pending`,
 * `cancellation_pending`, `no_next_payment`, `no_schedule` and `out_of_range`; for `payment_requested` `checkout_required`.
 * @example
 * const sent = applyEvent(subscription, { type: "attempt_started", reference: payment.reference, on: "2025-02-28" });
 * nextAction(sent, "2025-02-28").type; // "resolve": nothing else is sent until its outcome is known
 * const paid = applyEvent(sent, { type: "payment_succeeded", reference: payment.reference, on: "2025-02-28" });
 * nextAction(paid, "2025-02-28"); // { type: "wait", until: "2025-03-31" }
 */
export function applyEvent(subscription: StoredSubscription, event: SubscriptionEvent): Subscription;
