// What each provider supports
import type { Recurrence } from "./indicator.js";
import type { Cycle } from "./schedule.js";
import type { Terms } from "./terms.js";
import type { Provider } from "./unified.js";

/** What a provider's own schedules support. */
export interface InternalSchedules {
  /** Null if every cycle is possible. */
  cycles: Cycle[] | null;
  /** `anchor_day`: the second payment is then due in the month one cycle after that of the first. */
  countsFrom: "first_payment" | "anchor_day";
  /** The form of a limit: a count is sent as the last day it means, or the reverse. */
  limit: "end_date" | "payment_count";
  openEnded: boolean;
}

/** What a provider supports. The sources are beside the data, in each provider's folder. */
export interface Capabilities {
  provider: Provider;
  /** Who can trigger the payments after the first. */
  recurrence: Recurrence[];
  /** Null if it has no schedules of its own. */
  internal: InternalSchedules | null;
  keptAs: "card" | "token" | "agreement";
  checkout: "page" | "page_or_request";
  /** How a charge states who initiates it. */
  indicator: "field" | "request" | "operation" | "agreement";
  /** Whether a charge can state the finer Mastercard code; if not, it is lost. */
  mastercardCode: boolean;
  /** How a card is verified without a charge: for a trial, or for another card. */
  verification: "none" | "no_amount" | "zero_amount";
  /** What keeps a charge that is sent twice from being made twice. */
  deduplication: "none" | "idempotency_key" | "reference";
  /** For how many hours; null if that is not documented, or if nothing deduplicates. */
  deduplicationHours: number | null;
  /** How to query the outcome of a charge. */
  status: "list" | "reference" | "credential";
  bulk: boolean;
  /** Who retries after a decline. */
  retries: "merchant" | "merchant_or_provider";
  /** Null if no list is documented. */
  currencies: string[] | null;
  amounts: "decimal_number" | "decimal_text" | "minor_units";
  /** In minor units; null if none is documented. */
  largestAmount: number | null;
  /** Currencies that allow whole units only, although they have minor units. */
  wholeUnits: string[];
}

/**
 * Returns what a provider supports, as far as it is documented.
 *
 * @example
 * capabilities("dintero"); // { provider: "dintero", recurrence: ["external"], keptAs: "token", … }
 */
export function capabilities(provider: Provider): Capabilities;

/** A part of the terms that a provider does not support. */
export interface TermsFinding {
  code:
    | "unsupported_currency"
    | "amount_not_representable"
    | "rounding_not_representable"
    | "no_internal_recurrence"
    | "unsupported_cycle"
    | "unsupported_anchor_day"
    | "limit_required"
    | "price_required"
    | "first_price_differs"
    | "price_varies"
    | "no_verification"
    | "provider_retries"
    | "provider_missed_payments"
    | "no_minimum_term"
    | "end_within_period";
  /** The path in the terms, as a JSON Pointer. */
  path: string;
  message: string;
  /** What to do instead; null if only another provider helps. */
  instead: string | null;
}

/**
 * Returns what a provider does not support in the terms; empty if it supports all of them. A limit that converts
 * without a loss is no finding.
 *
 * @example
 * checkTerms(terms, "dintero"); // []
 * checkTerms({ ...terms, recurrence: "internal" }, "dintero"); // [{ code: "no_internal_recurrence", … }]
 */
export function checkTerms(terms: Terms, provider: Provider): TermsFinding[];
