import type { A55StoredCard } from "./a55/charge.js";
import type { DinteroCredential } from "./dintero/requests.js";
import type { SubscriptionEvent } from "./event.js";
import type { Given, Opt } from "./helpers.js";
import type { RetryAfter } from "./http.js";
import type { NexiAgreementKind } from "./nexi/requests.js";
import type { Payment } from "./payment.js";
import type { DateInput, PlainDate } from "./values.js";

/** A decline, as read from the provider's response. */
export interface Decline {
  /** The issuer's response code. */
  code: string | null;
  scheme: string | null;
  /** The scheme's advice in addition to the code. */
  advice: string | null;
  retry: "allowed" | "not_before" | "never" | "needs_customer";
  notBefore: PlainDate | null;
  reason: string;
}

/**
 * The outcome of an attempt, as far as the provider's response shows it. `unknown`: the customer may have been charged,
 * query it.
 */
export interface Outcome extends RetryAfter {
  status: "succeeded" | "pending" | "declined" | "not_made" | "unknown";
  providerReference: string | null;
  decline: Decline | null;
  /** The credential to charge the card again, if the response contains it. Secret: store it apart, encrypted. */
  credential?: StoredCredential | null;
}

/** The card itself, as A55 stores nothing for the merchant's own recurrence. No security code and no cryptogram. */
export interface A55Credential {
  provider: "a55";
  card: A55StoredCard;
}

/**
 * From DineroPay's first callback: `recurring_init_trans_id`, `recurring_token`, and the currency of that payment, which all later
 * payments have.
 */
export interface DineroPayCredential {
  provider: "dineropay";
  initTransId: string;
  token: string;
  currency?: Opt<string>;
}

/** From the payment that created the agreement: Nexi's `subscriptionId` (scheduled) or `unscheduledSubscriptionId`. */
export interface NexiCredential {
  provider: "nexi";
  kind: NexiAgreementKind;
  id: string;
}

/** What a provider returned to charge the same customer again. */
export type StoredCredential = A55Credential | DineroPayCredential | DinteroCredential | NexiCredential;

/**
 * Returns the event of an outcome, for `applyEvent` (R5.5). Returns null while the outcome is unknown: the attempt stays in
 * flight.
 *
 * @example
 * eventFromOutcome(payment, { status: "succeeded", providerReference: "ch-1" }, "2025-02-28")?.type; // "payment_succeeded"
 * eventFromOutcome(payment, { status: "unknown" }, "2025-02-28"); // null
 */
export function eventFromOutcome(payment: Payment, outcome: Given<Outcome>, on: DateInput): SubscriptionEvent | null;
