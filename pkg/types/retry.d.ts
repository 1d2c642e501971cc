// Retries: when is a declined payment retried? (R6)
import type { Given, Opt } from "./helpers.js";
import type { Decline } from "./outcome.js";
import type { Provider } from "./unified.js";
import type { DateInput, Money, PlainDate } from "./values.js";

/** When a declined payment is retried, in days after the first decline (default 1, 3, 5, 7), and how it ends (R6.1). */
export interface RetryPolicy {
  days: readonly number[];
  /** Default `expire`. `skip_payment` skips the payment and offers the next one on its due date. */
  onExhausted?: Opt<"expire" | "cancel" | "skip_payment">;
}

/** A declined attempt. */
export interface RetryAttempt {
  on: DateInput;
  amount: Money;
  decline: Given<Decline>;
}

/** A declined payment, and the day of the plan. */
export interface PlanRetryInput {
  /** All declined attempts, in order. */
  attempts: readonly RetryAttempt[];
  policy?: Opt<RetryPolicy>;
  provider?: Opt<Provider>;
  today: DateInput;
}

/** The next attempt at a declined payment, or why there is none. */
export interface RetryPlan {
  decision: "retry" | "checkout" | "stop";
  earliest: PlainDate | null;
  latest: PlainDate | null;
  attemptsLeft: number;
  /** The rule that decides, a stable identifier such as `policy` or `visa_category_1`. */
  rule: string;
  reason: string;
}

/**
 * Plans the next attempt at a declined payment, by the policy and the schemes' rules (R6).
 *
 * @throws BillingError `currency_mismatch`.
 * @example
 * const decline: RetryAttempt["decline"] = { code: "51", scheme: "visa", retry: "allowed", reason: "insufficient funds" };
 * const attempts: RetryAttempt[] = [{ on: "2025-02-28", amount: { amount: 9900, currency: "NOK" }, decline }];
 * planRetry({ attempts, today: "2025-02-28" }); // { decision: "retry", earliest: "2025-03-01", … }
 * planRetry({ attempts: [{ ...attempts[0], decline: { ...decline, code: "04" } }], today: "2025-02-28" }).decision;
 * // "checkout"
 */
export function planRetry(input: PlanRetryInput): RetryPlan;
