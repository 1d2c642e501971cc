// Nexi: what the readers return
import type { RetryAfter } from "../http.js";
import type { Outcome, StoredCredential } from "../outcome.js";
import type { Money, PlainDate } from "../values.js";
import type { NexiAgreement, NexiAgreementKind } from "./requests.js";

/** The kind of agreement for some terms, with the reason. */
export interface NexiAgreementAdvice {
  kind: NexiAgreementKind;
  /** In days. */
  interval: number;
  /**
   * The longest interval that delays no payment, in days: the shortest time between due dates minus the last retry day.
   */
  longestInterval: number;
  /** The last due date with its retries; null for an open-ended schedule. */
  neededUntil: PlainDate | null;
  reason: string;
}

/** An error in one field of a request. */
export interface NexiFieldError {
  field: string;
  message: string;
}

/** An error that Nexi reports. */
export interface NexiError {
  /** The issuer's code, or the API's of four digits, or one of the platform's. */
  code: string | null;
  /** Of an API code, such as "HardDecline". */
  name: string | null;
  /** "Issuer", "Internal", … */
  source: string | null;
  message: string | null;
  fields: NexiFieldError[];
}

/** A created payment: where the cardholder pays. */
export interface NexiCreated extends RetryAfter {
  /** `pending`: the cardholder has not paid yet. */
  status: "pending" | "not_made" | "unknown";
  paymentId: string | null;
  hostedPaymentPageUrl: string | null;
  expiresAt: string | null;
  error: NexiError | null;
}

/** The result of a refund, a cancellation or a batch. */
export interface NexiReceipt extends RetryAfter {
  status: Outcome["status"];
  /** Of the refund, or of the batch. */
  id: string | null;
  error: NexiError | null;
}

/** The means of payment. */
export interface NexiPaidWith {
  /** "CARD", "INVOICE", "A2A", "INSTALLMENT", "WALLET", "PREPAID-INVOICE", … */
  paymentType: string | null;
  paymentMethod: string | null;
  maskedPan: string | null;
  expiryMonth: number | null;
  expiryYear: number | null;
}

/** A charge of a payment. */
export interface NexiPaymentCharge {
  chargeId: string;
  amount: Money | null;
}

/** A refund of a payment. */
export interface NexiPaymentRefund {
  refundId: string;
  amount: Money | null;
  state: string | null;
}

/** A payment. */
export interface NexiPayment {
  paymentId: string;
  /** By the sums: Nexi has no field for it. */
  state:
    | "new"
    | "reserved"
    | "partially_charged"
    | "charged"
    | "pending_refund"
    | "partially_refunded"
    | "refunded"
    | "cancelled"
    | "terminated"
    | "unknown";
  /** `credential` has the agreement once there is one. */
  outcome: Outcome;
  reference: string | null;
  myReference: string | null;
  amount: Money | null;
  reserved: Money | null;
  charged: Money | null;
  refunded: Money | null;
  cancelled: Money | null;
  charges: NexiPaymentCharge[];
  refunds: NexiPaymentRefund[];
  agreement: NexiAgreement | null;
  paidWith: NexiPaidWith | null;
  created: string | null;
}

/** An agreement and its card. */
export interface NexiSubscription {
  agreement: NexiAgreement;
  credential: StoredCredential;
  /** In days. */
  interval: number | null;
  endDate: PlainDate | null;
  paidWith: NexiPaidWith | null;
  importError: NexiError | null;
}

/** The result of one charge or verification of a batch. */
export interface NexiBulkItem {
  /** Present if `payments` were given and one of them has the agreement. */
  reference: string | null;
  agreement: NexiAgreement | null;
  paymentId: string | null;
  outcome: Outcome;
  error: NexiError | null;
}

/** A page of a batch's results. */
export interface NexiBulkPage {
  /** Whether Nexi has finished the whole batch. */
  done: boolean;
  hasMore: boolean;
  items: NexiBulkItem[];
}

/** A webhook, parsed. */
export interface NexiWebhook {
  /** The same if Nexi sends the webhook again. */
  id: string | null;
  /** In lower case; it may be new. */
  event: string;
  timestamp: string | null;
  merchantNumber: string | null;
  paymentId: string | null;
  chargeId: string | null;
  refundId: string | null;
  reference: string | null;
  myReference: string | null;
  amount: Money | null;
  agreement: NexiAgreement | null;
  paidWith: NexiPaidWith | null;
  error: NexiError | null;
  /** Null for an event that is not about whether the payment was made. */
  outcome: Outcome | null;
}
