// A55: what the readers return
import type { RequestResult, RetryAfter } from "../http.js";
import type { Outcome } from "../outcome.js";
import type { Status } from "../subscription.js";
import type { Money, PlainDate } from "../values.js";

/** A message of A55's. `code` is A55's or the acquirer's, `source` names its owner or the field that it is about. */
export interface A55Message {
  code: string | null;
  source: string | null;
  description: string | null;
}

/** An error that A55 reports. */
export interface A55Error {
  /** By the HTTP status; `failed` is an HTTP 200 that reports an error. */
  kind:
    | "invalid"
    | "unauthorized"
    | "forbidden"
    | "not_found"
    | "conflict"
    | "rate_limited"
    | "unavailable"
    | "failed"
    | "unreadable"
    | "other";
  messages: A55Message[];
  /** For A55's support. */
  requestId: string | null;
}

/** A bearer token. Secret. */
export interface A55Token {
  accessToken: string;
  /** In seconds. */
  expiresIn: number | null;
}

/** The token, or the error. */
export interface A55TokenAnswer {
  token: A55Token | null;
  error: A55Error | null;
}

/** A charge as A55 reports it; fields that the response does not have are null. */
export interface A55ChargeDetails {
  chargeUuid: string | null;
  /** A55's status, in lower case. */
  status: string | null;
  /** The outcome of an attempt that was to be captured immediately. */
  outcome: Outcome["status"];
  amount: Money | null;
  amountRemaining: Money | null;
  reference: string | null;
  /** Where the payer goes for 3-D Secure. */
  actionUrl: string | null;
  /** For A55's checkout. */
  sessionId: string | null;
  subscriptionUuid: string | null;
  nextChargeDate: PlainDate | null;
  schemeTransactionId: string | null;
  createdAt: string | null;
  messages: A55Message[];
}

/** The charge, or the error. */
export interface A55ChargeAnswer {
  charge: A55ChargeDetails | null;
  error: A55Error | null;
}

/** A page of charges. */
export interface A55ChargeList {
  charges: A55ChargeDetails[];
  /** Whether another page follows. */
  hasMore: boolean;
  error: A55Error | null;
}

/** The result of a change. `accepted` and `unknown`: query the charge or the subscription. */
export interface A55Change extends RetryAfter {
  result: RequestResult;
  status: string | null;
  providerReference: string | null;
  /** When a subscription was cancelled, as A55 writes it. */
  at: string | null;
  error: A55Error | null;
}

/** A subscription that A55 runs, in the terms of this library. */
export interface A55ProviderSubscription {
  subscriptionUuid: string | null;
  /** Null for an unknown status. */
  status: Status | null;
  /** A55's status. */
  statusText: string | null;
  cycle: string | null;
  endDate: PlainDate | null;
  nextDueDate: PlainDate | null;
  description: string | null;
  charges: A55ChargeDetails[];
  /** How many of them captured money. */
  payments: number;
}

/** The subscription, or the error. */
export interface A55SubscriptionAnswer {
  subscription: A55ProviderSubscription | null;
  error: A55Error | null;
}

/** A difference between a subscription at A55 and its schedule. */
export interface A55Difference {
  kind: "status" | "cycle" | "end_date" | "next_due_date" | "charge_missing" | "charge_unexpected" | "amount";
  expected: string | null;
  found: string | null;
  chargeUuid: string | null;
}

/** A webhook, parsed. */
export interface A55WebhookEvent {
  /** False without a secret. Anybody may have sent the webhook: query the charge before you rely on it. */
  verified: boolean;
  outcome: Outcome;
  charge: A55ChargeDetails | null;
  paymentLinkUuid: string | null;
  refundAmount: Money | null;
  chargebackReason: string | null;
  /** The same for each delivery of the same change. */
  deliveryKey: string | null;
}
