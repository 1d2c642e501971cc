// Dintero: what the readers return. A field marked "as sent" may have a value that is new.
import type { RequestResult, RetryAfter } from "../http.js";
import type { Outcome, StoredCredential } from "../outcome.js";
import type { Money } from "../values.js";

/** An error with which Dintero rejects a request. */
export interface DinteroError {
  code: string | null;
  message: string | null;
  errors: string[];
}

/** An access token. Secret. */
export interface DinteroAccessToken {
  accessToken: string | null;
  tokenType: string | null;
  /** In seconds. */
  expiresIn: number | null;
  error: DinteroError | null;
}

/** A session: where the customer pays or stores a card. */
export interface DinteroCreatedSession extends RetryAfter {
  id: string | null;
  /** Null if the session cannot be paid: the attempt was not made. */
  url: string | null;
  error: DinteroError | null;
}

/** Why an event failed. */
export interface DinteroFailure {
  code: string | null;
  message: string | null;
  types: string[];
  resultCode: string | null;
  retryCodes: string[];
  retryAfter: string | null;
}

/** An event of a transaction. */
export interface DinteroEvent {
  /** `INITIALIZE`, `AUTHORIZE`, `CAPTURE`, `REFUND`, `VOID`, …; as sent. */
  event: string | null;
  success: boolean | null;
  amount: Money | null;
  reference: string | null;
  createdAt: string | null;
  error: DinteroFailure | null;
}

/** The result of a change: a capture, a refund, a void, a cancelled session, a deleted token. */
export interface DinteroChange extends RetryAfter {
  /** `unknown`: fetch what you wanted to change. */
  result: RequestResult;
  /** Of the transaction, the session or the token. */
  id: string | null;
  /** Its status in capital letters; as sent. */
  status: string | null;
  /** Why it failed. */
  failure: DinteroFailure | null;
  error: DinteroError | null;
}

/** The card of a transaction. */
export interface DinteroCard {
  brand: string | null;
  maskedPan: string | null;
  /** `MM/YYYY`. */
  expiry: string | null;
  paymentTokenId: string | null;
  recurrenceTokenId: string | null;
}

/** A transaction. */
export interface DinteroTransaction {
  id: string | null;
  /** `INITIATED`, `AUTHORIZED`, `CAPTURED`, `FAILED`, …; as sent, in capital letters. */
  status: string | null;
  amount: Money | null;
  product: string | null;
  operation: string | null;
  merchantReference: string | null;
  merchantReference2: string | null;
  sessionId: string | null;
  card: DinteroCard | null;
  events: DinteroEvent[];
  /** The outcome of the attempt; its `credential` has the tokens. */
  outcome: Outcome;
  error: DinteroError | null;
}

/** The transactions of a reference, and the outcome of the attempt. */
export interface DinteroTransactions {
  transactions: DinteroTransaction[];
  outcome: Outcome;
  error: DinteroError | null;
}

/** A stored card. Secret, because of `credential`. */
export interface DinteroCardToken {
  id: string | null;
  /** `ACTIVE`, `INACTIVE`, `SUSPENDED`, `CANCELLED`, `DELETED`; as sent. */
  status: string | null;
  brand: string | null;
  maskedPan: string | null;
  expiry: string | null;
  customerId: string | null;
  transactionId: string | null;
  credential: StoredCredential | null;
}

/** A page of stored cards. */
export interface DinteroCardTokens {
  cards: DinteroCardToken[];
  error: DinteroError | null;
}

/** A callback, verified and read. */
export interface DinteroCallback {
  transactionId: string | null;
  sessionId: string | null;
  merchantReference: string | null;
  event: string | null;
  eventId: string | null;
  time: string | null;
  /** `cancelled`, `authorization`, `failed`; as sent. */
  error: string | null;
}

/** A webhook, verified and read. */
export interface DinteroWebhook {
  event: string | null;
  accountId: string | null;
  /** The same for each delivery of the same webhook. */
  eventDelivery: string | null;
  merchantReference: string | null;
  sessionId: string | null;
  transactionId: string | null;
  error: string | null;
  transaction: DinteroTransaction | null;
  token: DinteroCardToken | null;
}
