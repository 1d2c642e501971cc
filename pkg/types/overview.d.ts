// Reading what is stored (R11)
import type { SubscriptionEvent } from "./event.js";
import type { Opt } from "./helpers.js";
import type { PendingChange } from "./plan-change.js";
import type { Preview, PreviewOptions } from "./checkout-page.js";
import type { Line } from "./pricing.js";
import type { Simulation } from "./simulation.js";
import type { CreateSubscriptionInput, StoredSubscription } from "./subscription.js";
import type { DateInput, Money, PlainDate } from "./values.js";

/** Where in its life a subscription is: the first of these that applies. */
export type Phase = "ended" | "ending" | "paused" | "past_due" | "trial" | "pending" | "paid";

/** Whether the customer may use the service on a day. */
export interface Entitlement {
  active: boolean;
  /** The first day on which they may not, if nothing more is paid. Null without a schedule, and where `active` is false. */
  until: PlainDate | null;
  reason: "trial" | "paid" | "free" | "grace" | "none";
}

/** The days of a pause. */
export interface PauseDays {
  from: PlainDate;
  /** The first day after it; null if it lasts until `resumed`. */
  until: PlainDate | null;
}

/** The next payment above 0. */
export interface NextCharge {
  /** It lies before the day for a payment that is retried. */
  dueDate: PlainDate;
  amount: Money;
  lines: Line[];
}

/** What a customer page or a support tool shows of a subscription. */
export interface Overview {
  phase: Phase;
  /** Gate features by this, not by `status`: a payment that is retried locks nobody out within the days of grace. */
  entitlement: Entitlement;
  /** The last day that is paid for; null if nothing was paid for lately. */
  paidThrough: PlainDate | null;
  /** The first day without service, if it is known: of a cancellation, or after the last period of the schedule. */
  endsOn: PlainDate | null;
  /** A pause that runs or is planned. */
  pause: PauseDays | null;
  /** The plan changes that are not in effect yet, by their day. */
  pending: PendingChange[];
  nextCharge: NextCharge | null;
  /** Negative in the customer's favour. */
  balance: Money;
}

/** How an overview is computed. */
export interface OverviewOptions {
  /** For how many days after a due date the customer may use the service without paying: 0 to 366, default 0. */
  graceDays?: Opt<number>;
}

/**
 * Returns all that a customer page or a support tool shows (R11.2). It changes nothing, and is right on every day from that
 * of the last event on.
 *
 * @throws BillingError `event_out_of_order`, `out_of_range`.
 * @example
 * const { entitlement, nextCharge } = overview(subscription, "2025-02-14");
 * entitlement; // { active: true, until: "2025-02-28", reason: "paid" }
 * nextCharge?.dueDate; // "2025-02-28"
 */
export function overview(subscription: StoredSubscription, on: DateInput, options?: Opt<OverviewOptions>): Overview;

/**
 * Returns what the customer will pay from a day on, if every payment succeeds (R11.3): `preview` for a subscription. Pending
 * changes, the balance and open payments are included.
 *
 * @throws BillingError `event_out_of_order`, `out_of_range`, `too_many`.
 * @example
 * upcoming(subscription, { on: "2025-02-14", payments: 2 }).payments.map(({ dueDate }) => dueDate); // ["2025-02-28", "2025-03-31"]
 */
export function upcoming(subscription: StoredSubscription, options: PreviewOptions): Preview;

/**
 * Runs a stored log of events again (R11.4): every event with its day, the status after it, and the payment that it
 * answered, with its lines. The last step has the action of the day `through`. Events after that day are left out.
 *
 * @param created The input of `createSubscription`.
 * @throws BillingError the errors of `createSubscription` and of `applyEvent`, such as `not_ended` and
 * `subscription_not_paused`.
 * @example
 * const paidOnce: SubscriptionEvent[] = [{ type: "payment_succeeded", reference: "sub-5-1-0-1", on: "2025-01-31" }];
 * const { subscription: replayed, timeline: log } = replay({ id: "sub-5", terms }, paidOnce, "2025-02-28");
 * replayed.payments; // 1
 * log.at(-1)?.action?.type; // "charge"
 */
export function replay(
  created: CreateSubscriptionInput,
  events: readonly SubscriptionEvent[],
  through: DateInput,
): Simulation;
