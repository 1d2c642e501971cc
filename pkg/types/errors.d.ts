/** The stable reason of an error. docs/errors.md gives the meaning of each. Later versions may add codes. */
export type ErrorCode =
  | "missing_field"
  | "unknown_field"
  | "wrong_type"
  | "not_an_integer"
  | "out_of_range"
  | "invalid_date"
  | "invalid_decimal"
  | "invalid_string"
  | "unknown_value"
  | "unknown_currency"
  | "currency_mismatch"
  | "end_before_start"
  | "anchor_day_on_day_cycle"
  | "anchor_day_not_allowed"
  | "unbounded"
  | "too_many"
  | "outside_period"
  | "no_next_payment"
  | "payment_count_required"
  | "payment_count_not_allowed"
  | "settle_not_allowed"
  | "trial_not_allowed"
  | "event_out_of_order"
  | "unknown_reference"
  | "not_due"
  | "payment_in_flight"
  | "payment_overdue"
  | "amount_mismatch"
  | "digest_mismatch"
  | "subscription_ended"
  | "cancellation_pending"
  | "committed"
  | "subscription_pending"
  | "subscription_paused"
  | "subscription_not_paused"
  | "nothing_to_withdraw"
  | "no_schedule"
  | "provider_managed"
  | "not_ended"
  | "inconsistent_state"
  | "all_weights_zero"
  | "amount_not_representable"
  | "amount_off_grid"
  | "unsupported_currency"
  | "unsupported_cycle"
  | "invalid_card_number"
  | "card_expired"
  | "security_code_required"
  | "checkout_required"
  | "total_mismatch"
  | "invalid_signature"
  | "environment_mismatch"
  | "id_reused"
  | "duplicate_entry"
  | "invalid_json"
  | "duplicate_field"
  | "unknown_function"
  | "not_initialized"
  | "internal";

/** One error of the input. */
export interface BillingErrorDetail {
  readonly code: ErrorCode;
  /** A JSON Pointer to the position; empty for the input as a whole. */
  readonly path: string;
  readonly message: string;
}

/** The one exception of the package. `code` and `path` are those of the first error; `errors` has every error of the input. */
export class BillingError extends Error {
  readonly name: "BillingError";
  readonly code: ErrorCode;
  readonly path: string;
  readonly errors: readonly BillingErrorDetail[];
}

/**
 * Returns whether a value is a BillingError, of this copy of the package or of another one. `instanceof` knows one copy only.
 *
 * @example
 * isBillingError(new Error("another")); // false
 */
export function isBillingError(value: unknown): value is BillingError;

/**
 * Compiles the wasm ahead of the first call, without blocking. You need it only in browsers that cannot compile a wasm of this
 * size synchronously (Chrome before 114): await it before any other call. Elsewhere it is harmless.
 *
 * @example
 * await ready();
 * currencyInfo("NOK").exponent; // 2
 */
export function ready(): Promise<void>;
