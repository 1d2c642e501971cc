/**
 * Dintero Checkout. Every request but `authToken` needs `Authorization: Bearer …`, which you add.
 *
 * @example
 * const account: DinteroAccount = { id: "T12345678", environment: "test" };
 * const order = { amount: { amount: 9900, currency: "NOK" }, merchantReference: "sub-1-2-0-1" };
 * const credential: DinteroCredential = { provider: "dintero", product: "payex.creditcard", recurrenceToken: "a-token" };
 */
import type { ChargeReply, HttpRequest, HttpResponse, StatusReply } from "../http.js";
import type { Outcome } from "../outcome.js";
import type {
  DinteroAccessToken,
  DinteroCallback,
  DinteroCardTokens,
  DinteroChange,
  DinteroCreatedSession,
  DinteroTransaction,
  DinteroTransactions,
  DinteroWebhook,
} from "./answers.js";
import type {
  DinteroAuthToken,
  DinteroCallbackInput,
  DinteroChangeReply,
  DinteroCharge,
  DinteroDeleteCardToken,
  DinteroFindTransactions,
  DinteroGetTransaction,
  DinteroListCardTokens,
  DinteroPlannedRequest,
  DinteroSession,
  DinteroSessionId,
  DinteroTokenSession,
  DinteroTransactionChange,
  DinteroTransactionId,
  DinteroTransactionsReply,
  DinteroUpgrade,
  DinteroWebhookInput,
} from "./requests.js";

/**
 * Builds the request for an access token. Every other request needs it as `Authorization: Bearer …`.
 *
 * @example
 * dintero.authToken({ account, clientId: "client-1", clientSecret: "a-secret" }).url;
 * // "https://api.dintero.com/v1/accounts/T12345678/auth/token"
 */
export function authToken(input: DinteroAuthToken): HttpRequest;

/**
 * Builds the request for a session where the customer pays. With `tokens` it stores the card, with `credential` it uses a stored
 * one.
 *
 * @throws BillingError `environment_mismatch`, `total_mismatch`, `currency_mismatch`.
 * @example
 * const tokens: DinteroTokens = { product: "payex.creditcard", types: ["payment_token", "recurrence_token"] };
 * dintero.createSession({ account, order, urls: { returnUrl: "https://shop.example/paid" }, tokens }).url;
 * // "https://checkout.dintero.com/v1/sessions-profile"
 */
export function createSession(input: DinteroSession): HttpRequest;

/**
 * Builds the request for a session where the customer stores a card without a charge.
 *
 * @example
 * const tokens: DinteroTokens = { product: "payex.creditcard", types: ["recurrence_token"] };
 * const urls = { returnUrl: "https://shop.example/stored" };
 * dintero.createTokenSession({ account, currency: "NOK", merchantReference: "sub-1-0-0-1", urls, tokens }).url;
 * // "https://checkout.dintero.com/v1/sessions/payment-token"
 */
export function createTokenSession(input: DinteroTokenSession): HttpRequest;

/**
 * Builds the request that ends an unpaid session.
 *
 * @throws BillingError `environment_mismatch` for a session of the other environment, by its id.
 * @example
 * dintero.cancelSession({ account, sessionId: "T12345678.abc" }).url;
 * // "https://checkout.dintero.com/v1/sessions/T12345678.abc/cancel"
 * dintero.cancelSession({ account, sessionId: "P12345678.abc" }); // throws environment_mismatch /input/sessionId
 */
export function cancelSession(input: DinteroSessionId): HttpRequest;

/**
 * Builds the request that charges a stored card without the customer.
 *
 * @throws BillingError `environment_mismatch`, `currency_mismatch`, `total_mismatch`.
 * @example
 * dintero.chargeToken({ account, order, credential }).url; // "https://checkout.dintero.com/v1/sessions/pay"
 */
export function chargeToken(input: DinteroCharge): HttpRequest;

/**
 * Builds the request for a transaction, with the tokens that its session created.
 *
 * @throws BillingError `environment_mismatch`.
 * @example
 * dintero.getTransaction({ account, transactionId: "T12345678.abc", tokens: ["recurrence_token"] }).url;
 * // "https://checkout.dintero.com/v1/transactions/T12345678.abc?includes=card.recurrence_token"
 */
export function getTransaction(input: DinteroGetTransaction): HttpRequest;

/**
 * Builds the request for the transactions of a reference, to query a charge whose response was lost.
 *
 * @example
 * dintero.findTransactions({ account, merchantReference: "sub-1-2-0-1" }).url;
 * // "https://checkout.dintero.com/v1/transactions?merchant_reference=sub-1-2-0-1&limit=100"
 */
export function findTransactions(input: DinteroFindTransactions): HttpRequest;

/**
 * Builds the request that captures an authorisation. Dintero deduplicates neither captures nor refunds.
 *
 * @throws BillingError `environment_mismatch`, `currency_mismatch`, `total_mismatch`.
 * @example
 * dintero.captureTransaction({ account, transactionId: "T12345678.abc", amount: order.amount }).body; // '{"amount":9900}'
 */
export function captureTransaction(input: DinteroTransactionChange): HttpRequest;

/**
 * Builds the request that refunds a transaction.
 *
 * @throws BillingError `environment_mismatch`, `currency_mismatch`, `total_mismatch`.
 * @example
 * const amount = { amount: 500, currency: "NOK" };
 * dintero.refundTransaction({ account, transactionId: "T12345678.abc", amount, reason: "a day less" }).url;
 * // "https://checkout.dintero.com/v1/transactions/T12345678.abc/refund"
 */
export function refundTransaction(input: DinteroTransactionChange): HttpRequest;

/**
 * Builds the request that voids an authorisation.
 *
 * @throws BillingError `environment_mismatch`.
 * @example
 * dintero.voidTransaction({ account, transactionId: "T12345678.abc" }).method; // "POST"
 */
export function voidTransaction(input: DinteroTransactionId): HttpRequest;

/**
 * Plans an upgrade as Dintero documents it: the new plan paid in full, then the remaining days of the old one refunded.
 *
 * @throws BillingError `outside_period`, `end_before_start`, `environment_mismatch`, `currency_mismatch`, `total_mismatch`.
 * @example
 * const april = { start: "2025-04-01", end: "2025-05-01" };
 * const paid = { transactionId: "T12345678.abc", amount: { amount: 3000, currency: "NOK" }, ...april };
 * const session = { account, order, urls: { returnUrl: "https://shop.example/paid" } };
 * const [charge, refund] = dintero.upgradePlan({ session, paid, on: "2025-04-11" });
 * [charge.amount.amount, refund.amount.amount, refund.after]; // [9900, 2000, "charge"]
 */
export function upgradePlan(input: DinteroUpgrade): DinteroPlannedRequest[];

/**
 * Builds the request for a page of 100 stored cards.
 *
 * @example
 * dintero.listCardTokens({ account, customerId: "customer-1" }).url;
 * // "https://checkout.dintero.com/v1/card-tokens?customer_id=customer-1&limit=100"
 */
export function listCardTokens(input: DinteroListCardTokens): HttpRequest;

/**
 * Builds the request that deletes a stored card, by the token's id.
 *
 * @example
 * dintero.deleteCardToken({ account, tokenId: "tok-1", byCardholder: true }).method; // "DELETE"
 */
export function deleteCardToken(input: DinteroDeleteCardToken): HttpRequest;

/**
 * Reads the response to `authToken`: the token, a secret, and its lifetime in seconds.
 *
 * @example
 * const body = '{ "access_token": "t", "token_type": "Bearer", "expires_in": 14400 }';
 * dintero.readAuthToken({ status: 200, body }).expiresIn; // 14400
 */
export function readAuthToken(input: HttpResponse): DinteroAccessToken;

/**
 * Reads the response to `createSession` and `createTokenSession`. A session without a `url` cannot be paid: the attempt was not
 * made.
 *
 * @example
 * const body = '{ "id": "T12345678.abc", "url": "https://checkout.dintero.com/v1/view/T12345678.abc" }';
 * dintero.readSession({ status: 200, body }).id; // "T12345678.abc"
 */
export function readSession(input: HttpResponse): DinteroCreatedSession;

/**
 * Reads the outcome of a charge. A decline has HTTP 200; errors other than 401 and 403 are `unknown`.
 *
 * @example
 * dintero.readCharge({ status: 200, body: '{ "id": "T12345678.abc", "status": "CAPTURED" }' }).status; // "succeeded"
 * dintero.readCharge({ status: 403, body: "" }).status; // "not_made"
 * dintero.readCharge({ status: 403, body: "", resent: true }).status; // "unknown"
 */
export function readCharge(input: ChargeReply): Outcome;

/**
 * Reads the response to `getTransaction`: the transaction, the outcome of the attempt, and the tokens to store.
 * `requestIsOver` changes nothing: a transaction with an id exists.
 *
 * @example
 * dintero.readTransaction({ status: 200, body: '{ "id": "T12345678.abc", "status": "AUTHORIZED" }' }).outcome.status;
 * // "pending"
 */
export function readTransaction(input: StatusReply): DinteroTransaction;

/**
 * Reads the response to `captureTransaction`, by the event of its `reference` or the last event of a capture.
 *
 * @example
 * const body = '{ "id": "T12345678.abc", "status": "CAPTURED", "events": [{ "event": "CAPTURE", "success": true }] }';
 * dintero.readCapture({ status: 200, body }).result; // "done"
 */
export function readCapture(input: DinteroChangeReply): DinteroChange;

/**
 * Reads the response to `refundTransaction`, by the event of its `reference` or the last event of a refund. The status
 * of the transaction is that of the payment: `CAPTURED` after a failed refund.
 *
 * @example
 * const body = '{ "id": "T12345678.abc", "status": "CAPTURED", "events": [{ "event": "REFUND", "success": false }] }';
 * dintero.readRefund({ status: 200, body }).result; // "refused"
 * dintero.readTransaction({ status: 200, body }).outcome.status; // "succeeded"
 */
export function readRefund(input: DinteroChangeReply): DinteroChange;

/**
 * Reads the response to `voidTransaction`.
 *
 * @example
 * dintero.readVoid({ status: 202, body: "" }).result; // "accepted"
 */
export function readVoid(input: HttpResponse): DinteroChange;

/**
 * Reads the response to `cancelSession`.
 *
 * @example
 * const body = '{ "id": "T12345678.abc", "cancelled_at": "2026-01-31T10:00:00Z" }';
 * dintero.readCancelledSession({ status: 200, body }).result; // "done"
 */
export function readCancelledSession(input: HttpResponse): DinteroChange;

/**
 * Reads the response to `deleteCardToken`.
 *
 * @example
 * dintero.readDeletedToken({ status: 200, body: '{ "id": "tok-1", "status": "DELETED" }' }).result; // "done"
 */
export function readDeletedToken(input: HttpResponse): DinteroChange;

/**
 * Reads the response to `findTransactions`. No transaction is `not_made` once the request without a response is certainly over. A
 * response with a transaction of another reference was not filtered by it, and proves no absence.
 *
 * @example
 * const nothing = { status: 200, body: "[]", merchantReference: "sub-1-2-0-1" };
 * dintero.readTransactions(nothing).outcome.status; // "unknown"
 * dintero.readTransactions({ ...nothing, requestIsOver: true }).outcome.status; // "not_made"
 */
export function readTransactions(input: DinteroTransactionsReply): DinteroTransactions;

/**
 * Reads the response to `listCardTokens`.
 *
 * @example
 * dintero.readCardTokens({ status: 200, body: "[]" }); // { cards: [], error: null }
 */
export function readCardTokens(input: HttpResponse): DinteroCardTokens;

/**
 * Verifies the signature of a callback and reads it (R7.4). Its body is not signed: fetch the transaction.
 *
 * @throws BillingError `invalid_signature`, also for a signature that was made more than 300 seconds from now.
 * @example
 * const url = "https://shop.example/paid?transaction_id=T12345678.abc";
 * const call = { accountId: account.id, secret: "a-secret", method: "GET", url } as const;
 * const signature = "t=1767225600,v0-hmac-sha256=00";
 * dintero.readCallback({ ...call, signature, now: 1767225600 }); // throws invalid_signature /input/signature
 */
export function readCallback(input: DinteroCallbackInput): DinteroCallback;

/**
 * Verifies the header `event-signature` of a webhook and reads it (R7.4).
 *
 * @throws BillingError `invalid_signature`.
 * @example
 * const headers = { "event-signature": "00", event: "ping" };
 * dintero.readWebhook({ secret: "a-secret", headers, body: "{}" }); // throws invalid_signature /input/headers
 */
export function readWebhook(input: DinteroWebhookInput): DinteroWebhook;
