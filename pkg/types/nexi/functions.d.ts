/**
 * Nexi Checkout. Every request needs the header `Authorization` with the secret key, which you add.
 *
 * Sources are its Payment API v1 reference and guides, Nets' PHP SDK, SolidNetsEasy and Krokedil's plugin. A statement
 * with only one source is marked "one source".
 *
 * @example
 * const account: NexiAccount = { environment: "test" };
 * const amount = { amount: 9900, currency: "NOK" };
 * const order = { amount, items: [{ reference: "plan", name: "Plan", gross: amount, taxRate: 2500 }] };
 * const agreement = { kind: "unscheduled", id: "921430519e7840afa01f245ccdcd9c03" } as const;
 */
import type { ChargeReply, HttpRequest, HttpResponse, StatusReply } from "../http.js";
import type { Outcome } from "../outcome.js";
import type { Terms } from "../terms.js";
import type {
  NexiAgreementAdvice,
  NexiBulkPage,
  NexiCreated,
  NexiError,
  NexiPayment,
  NexiReceipt,
  NexiSubscription,
  NexiWebhook,
} from "./answers.js";
import type {
  NexiBulkBatch,
  NexiBulkCharge,
  NexiBulkReply,
  NexiBulkVerification,
  NexiCancelPayment,
  NexiChargePayment,
  NexiChargeStatus,
  NexiChargeSubscription,
  NexiCreatePayment,
  NexiLookup,
  NexiRefund,
  NexiRetrieveBulk,
  NexiRetrieveSubscription,
  NexiWebhookInput,
} from "./requests.js";

/**
 * Returns which agreement fits some terms: scheduled for a fixed amount at a fixed interval, unscheduled for anything
 * else.
 *
 * @example
 * nexi.recommendAgreement(terms); // { kind: "scheduled", longestInterval: 21, neededUntil: null, … }
 */
export function recommendAgreement(terms: Terms): NexiAgreementAdvice;

/**
 * Builds `POST /v1/payments`: a payment by the cardholder that creates an agreement or replaces its card.
 *
 * @throws BillingError `total_mismatch`, `unsupported_currency`, `currency_mismatch`; `out_of_range` also for a low amount
 * that would only register a card: the schemes fine that.
 * @example
 * const checkout: NexiCheckout = { integration: "hosted", returnUrl: "https://shop.example/paid", termsUrl: "https://shop.example/terms" };
 * nexi.createPayment({ account, reference: "sub-1-1-0-1", order, agreement: { kind: "unscheduled" }, checkout }).url;
 * // "https://test.api.dibspayment.eu/v1/payments"
 */
export function createPayment(input: NexiCreatePayment): HttpRequest;

/**
 * Builds `GET /v1/payments/{id}`, which Nexi allows 30 times per hour. Its response contains the agreement's id; the
 * response to its creation does not.
 *
 * @example
 * nexi.retrievePayment({ account, id: "025400006091b1ef6937598058c4e487" }).url;
 * // "https://test.api.dibspayment.eu/v1/payments/025400006091b1ef6937598058c4e487"
 */
export function retrievePayment(input: NexiLookup): HttpRequest;

/**
 * Builds the request that closes an unpaid checkout. Send it before you offer another one.
 *
 * @example
 * nexi.terminatePayment({ account, id: "025400006091b1ef6937598058c4e487" }).method; // "PUT"
 */
export function terminatePayment(input: NexiLookup): HttpRequest;

/**
 * Builds the request for an agreement and its card; for an imported one also by its external reference.
 *
 * @example
 * nexi.retrieveSubscription({ account, agreement: { kind: "unscheduled", externalReference: "old-1" } }).url;
 * // "https://test.api.dibspayment.eu/v1/unscheduledsubscriptions?externalReference=old-1"
 */
export function retrieveSubscription(input: NexiRetrieveSubscription): HttpRequest;

/**
 * Builds the request that charges an agreement immediately. Nexi makes it once under the reference, however often you send it.
 *
 * @throws BillingError `total_mismatch`, `unsupported_currency`, `currency_mismatch`, `amount_not_representable`,
 * `invalid_decimal`.
 * @example
 * nexi.chargeSubscription({ account, agreement, reference: "sub-1-2-0-1", order }).headers["Idempotency-Key"];
 * // "sub-1-2-0-1"
 */
export function chargeSubscription(input: NexiChargeSubscription): HttpRequest;

/**
 * Builds the request that queries a charge, for instance after a timeout. One source.
 *
 * @example
 * nexi.chargeStatus({ account, agreement, reference: "sub-1-2-0-1" }).method; // "GET"
 */
export function chargeStatus(input: NexiChargeStatus): HttpRequest;

/**
 * Builds the requests that charge many agreements, in batches that depend only on the payments.
 *
 * @throws BillingError `duplicate_entry` for a payment or an agreement that occurs twice, `payment_in_flight` for a payment
 * that is unresolved; for each order what `chargeSubscription` throws.
 * @example
 * const [batch] = nexi.bulkCharge({ account, charges: [{ agreement, reference: "sub-1-2-0-1", order }], batchSize: 100 });
 * batch.payments.map(({ reference }) => reference); // ["sub-1-2-0-1"]
 */
export function bulkCharge(input: NexiBulkCharge): NexiBulkBatch[];

/**
 * Builds the request that verifies the cards of agreements, all of one kind, without a charge.
 *
 * @example
 * nexi.verifyAgreements({ account, agreements: [agreement], externalBulkVerificationId: "2026-01" }).url;
 * // "https://test.api.dibspayment.eu/v1/unscheduledsubscriptions/verifications"
 */
export function verifyAgreements(input: NexiBulkVerification): HttpRequest;

/**
 * Builds the request for a page of a batch's results.
 *
 * @example
 * nexi.retrieveBulk({ account, bulk: "charges", kind: "unscheduled", bulkId: "d9049e943b0d44a6a00212cc12115bcc" }).url;
 * // "https://test.api.dibspayment.eu/v1/unscheduledsubscriptions/charges/d9049e943b0d44a6a00212cc12115bcc"
 */
export function retrieveBulk(input: NexiRetrieveBulk): HttpRequest;

/**
 * Builds the request that charges a reservation, once per reference.
 *
 * @throws BillingError `total_mismatch`, `unsupported_currency`, `currency_mismatch`, `amount_not_representable`,
 * `invalid_decimal`.
 * @example
 * const reserved = { paymentId: "025400006091b1ef6937598058c4e487", reference: "sub-1-1-0-1-charge" };
 * nexi.chargePayment({ account, ...reserved, amount }).body; // '{"amount":9900}'
 */
export function chargePayment(input: NexiChargePayment): HttpRequest;

/**
 * Builds the request that refunds a charge or a payment, once per reference.
 *
 * @throws BillingError `total_mismatch`, `unsupported_currency`, `currency_mismatch`, `amount_not_representable`,
 * `invalid_decimal`.
 * @example
 * const part = { amount: { amount: 500, currency: "NOK" } };
 * nexi.refund({ account, chargeId: "024400006091b1ef6937598058c4e487", reference: "refund-1", ...part }).body;
 * // '{"amount":500}'
 */
export function refund(input: NexiRefund): HttpRequest;

/**
 * Builds the request that cancels a reservation, in whole or in part.
 *
 * @throws BillingError `total_mismatch`, `unsupported_currency`, `currency_mismatch`, `amount_not_representable`,
 * `invalid_decimal`.
 * @example
 * nexi.cancelPayment({ account, paymentId: "025400006091b1ef6937598058c4e487", amount: order.amount }).method; // "POST"
 */
export function cancelPayment(input: NexiCancelPayment): HttpRequest;

/**
 * Builds the request for a charge.
 *
 * @example
 * nexi.retrieveCharge({ account, id: "024400006091b1ef6937598058c4e487" }).url;
 * // "https://test.api.dibspayment.eu/v1/charges/024400006091b1ef6937598058c4e487"
 */
export function retrieveCharge(input: NexiLookup): HttpRequest;

/**
 * Builds the request that stops a pending refund.
 *
 * @example
 * nexi.cancelPendingRefund({ account, id: "024400006091b1ef6937598058c4e487" }).method; // "POST"
 */
export function cancelPendingRefund(input: NexiLookup): HttpRequest;

/**
 * Reads the response to `createPayment`: where the cardholder pays.
 *
 * @example
 * nexi.readCreated({ status: 201, body: '{ "paymentId": "025400006091b1ef6937598058c4e487" }' }).status; // "pending"
 */
export function readCreated(input: HttpResponse): NexiCreated;

/**
 * Reads the response to a charge, of an agreement or of a reservation. `not_made` is about this request: after a timeout you can
 * send the same reference again, and Nexi makes it once.
 *
 * @example
 * nexi.readCharge({ status: 201, body: '{ "paymentId": "p", "chargeId": "c" }' }).status; // "succeeded"
 */
export function readCharge(input: ChargeReply): Outcome;

/**
 * Reads the response to `chargeStatus`. HTTP 404 is `unknown`, also with `requestIsOver`: Nexi returns it for a charge
 * that it never received, and for a declined one. docs/nexi.md explains what to do, by outcome.
 *
 * @example
 * nexi.readChargeStatus({ status: 200, body: '{ "chargeId": "c", "completed": true }' }).status; // "succeeded"
 */
export function readChargeStatus(input: StatusReply): Outcome;

/**
 * Reads the response to `refund`. It is `pending` until Nexi reports it completed, by webhook and in `refunds` of the payment.
 *
 * @example
 * nexi.readRefund({ status: 201, body: '{ "refundId": "r" }' }); // { status: "pending", id: "r", error: null }
 */
export function readRefund(input: HttpResponse): NexiReceipt;

/**
 * Reads the response to `cancelPayment` and `cancelPendingRefund`.
 *
 * @example
 * nexi.readCancel({ status: 204, body: "" }).status; // "succeeded"
 */
export function readCancel(input: HttpResponse): NexiReceipt;

/**
 * Reads the response to a batch. If it is unknown, send exactly the same batch again.
 *
 * @example
 * nexi.readBulk({ status: 202, body: '{ "bulkId": "d9049e943b0d44a6a00212cc12115bcc" }' }).id;
 * // "d9049e943b0d44a6a00212cc12115bcc"
 */
export function readBulk(input: HttpResponse): NexiReceipt;

/**
 * Reads the response to `retrievePayment`. Null if it is not a payment: nothing is known then. `not_made` is about this
 * payment only; its reference may have another one by now. A payment without a reservation is `unknown` once the
 * request is over: a declined charge looks the same forever.
 *
 * @example
 * const order = '"orderDetails": { "amount": 9900, "currency": "NOK" }';
 * const body = `{ "payment": { "paymentId": "p", "summary": { "chargedAmount": 9900 }, ${order} } }`;
 * nexi.readPayment({ status: 200, body })?.state; // "charged"
 */
export function readPayment(input: StatusReply): NexiPayment | null;

/**
 * Reads the response to `retrieveSubscription`. Null if it is not an agreement.
 *
 * @example
 * const body = '{ "unscheduledSubscriptionId": "921430519e7840afa01f245ccdcd9c03" }';
 * nexi.readSubscription({ status: 200, body })?.credential; // { provider: "nexi", kind: "unscheduled", … }
 */
export function readSubscription(input: HttpResponse): NexiSubscription | null;

/**
 * Reads the error with which Nexi rejects a request; null if it reports none.
 *
 * @example
 * nexi.readError({ status: 400, body: '{ "errors": { "order.amount": ["is required"] } }' })?.fields;
 * // [{ field: "order.amount", message: "is required" }]
 */
export function readError(input: HttpResponse): NexiError | null;

/**
 * Reads the response to `retrieveBulk`: a page of a batch's results. Null if it is not one.
 *
 * @example
 * nexi.readBulkPage({ status: 200, body: '{ "page": [], "more": false, "status": "Done" }' });
 * // { done: true, hasMore: false, items: [] }
 */
export function readBulkPage(input: NexiBulkReply): NexiBulkPage | null;

/**
 * Reads a webhook, once its header `Authorization` is the expected one (R7.4). Null if the body is not a webhook. Nexi
 * signs nothing: use a webhook as a reason to query the payment.
 *
 * @throws BillingError `invalid_signature`.
 * @example
 * const body = '{ "event": "payment.charge.created.v2", "data": { "paymentId": "p", "chargeId": "c" } }';
 * const expected = "0123456789abcdef";
 * nexi.readWebhook({ body, authorization: "0123456789abcdef", expected })?.event; // "payment.charge.created.v2"
 * nexi.readWebhook({ body, authorization: "another", expected }); // throws invalid_signature /input/authorization
 */
export function readWebhook(input: NexiWebhookInput): NexiWebhook | null;
