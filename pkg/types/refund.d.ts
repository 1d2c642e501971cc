import type { StoredSubscription } from "./subscription.js";
import type { Money } from "./values.js";

/** A payment to refund, whole or in part. */
export interface RefundPart {
  /** The reference of the attempt that collected the money. */
  reference: string;
  /** The provider's reference of the charge; null if it was not reported, and of payments settled long ago. */
  providerReference: string | null;
  amount: Money;
}

/**
 * Splits an amount over the payments to refund (R5.12): the newest first, of each at most what it collected and has not given
 * back. Unscheduled charges are left out. Apply a `refunded` event for each refund that was made.
 *
 * @throws BillingError `currency_mismatch`; `out_of_range` for an amount below 0, or above what can be refunded.
 * @example
 * const started = createSubscription({ id: "sub-4", terms });
 * const { subscription: paying } = simulate(started, { from: "2025-01-31", through: "2025-01-31" });
 * refundPlan(paying, { amount: 4950, currency: "NOK" });
 * // [{ reference: "sub-4-1-0-1", providerReference: null, amount: { amount: 4950, currency: "NOK" } }]
 */
export function refundPlan(subscription: StoredSubscription, amount: Money): RefundPart[];
