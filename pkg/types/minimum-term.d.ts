// Minimum term and notice (R10)
import type { StoredSubscription } from "./subscription.js";
import type { Terms } from "./terms.js";
import type { DateInput, PlainDate } from "./values.js";

/** For how long the customer is committed: a number of payments, or until a day. */
export type Commitment<D extends DateInput = DateInput> = CommittedPayments | CommittedUntil<D>;

/** A commitment for the first payments of the schedule. */
export interface CommittedPayments {
  /** 1 to 10 000, and at most as many as the schedule has. */
  payments: number;
  until?: null;
}

/** A commitment until a day. */
export interface CommittedUntil<D extends DateInput = DateInput> {
  /** The first day without the commitment. */
  until: D;
  payments?: null;
}

/** How long before its end a cancellation has to be given. */
export interface Notice {
  /** How many units, 0 to 1000. */
  every: number;
  /** A month after 31 January is 28 February (R2.2). */
  unit: "day" | "week" | "month" | "year";
  /** The days to which it takes effect: any, the end of a period, or of a calendar month. */
  to: "day" | "period_end" | "month_end";
}

/**
 * Returns the first day on which a cancellation given on a day can take effect, by commitment and notice (R10.3). Null once there is
 * no service any more, and for terms whose schedule is over.
 *
 * @throws BillingError `event_out_of_order` for a day before the last event.
 * @example
 * const member: Terms = { ...terms, commitment: { payments: 12 }, notice: { every: 1, unit: "month", to: "period_end" } };
 * earliestEnd(member, "2025-03-15"); // "2026-01-31"
 * earliestEnd(member, "2026-03-15"); // "2026-04-30"
 */
export function earliestEnd(subscription: Terms | StoredSubscription, on: DateInput): PlainDate | null;
