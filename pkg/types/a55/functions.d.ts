/**
 * A55: card payments in Latin America. Every request but `tokenRequest` needs `Authorization: Bearer …`, which you add.
 *
 * Sources are A55's subscription guide, its API reference and other pages at docs.a55.tech, of three generations, and its client
 * code. Where they contradict each other, the guide and the client code win, then the older pages, then the later ones.
 *
 * @example
 * const account: A55Account = {
 *   walletUuid: "00000000-0000-0000-0000-000000000000",
 *   merchantId: "11111111-1111-1111-1111-111111111111",
 *   environment: "sandbox",
 * };
 * const address = { street: "Avenida Paulista", addressNumber: "1000", neighborhood: "Bela Vista", city: "São Paulo" };
 * const payer = {
 *   name: "Ana Souza",
 *   email: "ana@example.com",
 *   address: { ...address, state: "SP", postalCode: "01310200", country: "BR" },
 * };
 * const card = { type: "card", holder: "ANA SOUZA", number: "4111111111111111", expiryMonth: 12, expiryYear: 2030 } as const;
 */
import type { HttpRequest, HttpResponse } from "../http.js";
import type { Outcome } from "../outcome.js";
import type {
  A55Change,
  A55ChargeAnswer,
  A55ChargeList,
  A55Difference,
  A55Error,
  A55SubscriptionAnswer,
  A55TokenAnswer,
  A55WebhookEvent,
} from "./answers.js";
import type { A55Charge } from "./charge.js";
import type {
  A55ChargeChange,
  A55ChargeId,
  A55CompareSubscription,
  A55FindCharge,
  A55ListCharges,
  A55ReceivedAmounts,
  A55ReceivedCharge,
  A55ReceivedStatus,
  A55SubscriptionId,
  A55TokenRequest,
  A55Webhook,
} from "./operations.js";

/**
 * Builds the request for a bearer token. Sources agree on the form and contradict each other on the URL, hence
 * `environment` and `tokenUrl`.
 *
 * @example
 * const client = { clientId: "client-1", clientSecret: "a-secret" };
 * a55.tokenRequest({ ...client, tokenUrl: "https://auth.example/oauth2/token" }).url; // "https://auth.example/oauth2/token"
 */
export function tokenRequest(input: A55TokenRequest): HttpRequest;

/**
 * Builds the request that creates a charge and, under A55's own recurrence, a subscription with it. It contains the
 * complete card. Sources: two or more for the path, payer, card and recurrence; one for external recurrence, `capture`,
 * `threedsExternal`, `reference` and the form of the key.
 *
 * @throws BillingError `unsupported_currency`, `amount_not_representable`, `total_mismatch`, `currency_mismatch`,
 * `invalid_card_number`, `card_expired`, `security_code_required`, `unsupported_cycle`.
 * @example
 * const amount = { amount: 1990, currency: "BRL" };
 * const subscription = { recurrence: "external", indicator: "M1", dueDate: "2025-02-28" } as const;
 * const input = { account, payer, amount, description: "Plan", card, subscription, reference: "sub-1-2-0-1" };
 * a55.createCharge(input); // { method: "POST", url: "https://sandbox.api.a55.tech/api/v1/bank/wallet/charge/", … }
 * a55.createCharge({ ...input, card: { ...card, expiryYear: 2024 } }); // throws card_expired /input/card/expiryYear
 */
export function createCharge(input: A55Charge): HttpRequest;

/**
 * Builds the request for a charge. Sources: A55's API reference in two generations; another page has another path.
 *
 * @example
 * a55.getCharge({ account, chargeUuid: "51dcca6e-7310-4b73-a94c-90835408f2ff" }).method; // "GET"
 */
export function getCharge(input: A55ChargeId): HttpRequest;

/**
 * Builds the request for a page of charges, which `findCharge` searches for an attempt. One source.
 *
 * @throws BillingError `end_before_start` if the last day is before the first.
 * @example
 * a55.listCharges({ account, from: "2025-02-27", through: "2025-03-01" }).method; // "GET"
 */
export function listCharges(input: A55ListCharges): HttpRequest;

/**
 * Builds the request that captures the money of an authorised charge. One source.
 *
 * @throws BillingError `currency_mismatch`, `unsupported_currency`, `amount_not_representable`.
 * @example
 * a55.captureCharge({ account, chargeUuid: "51dcca6e-7310-4b73-a94c-90835408f2ff" }).url;
 * // "https://sandbox.api.a55.tech/api/v1/bank/wallet/charge/capture/"
 */
export function captureCharge(input: A55ChargeChange): HttpRequest;

/**
 * Builds the request that cancels a charge before its settlement. One source.
 *
 * @example
 * a55.cancelCharge({ account, chargeUuid: "51dcca6e-7310-4b73-a94c-90835408f2ff" }).method; // "POST"
 */
export function cancelCharge(input: A55ChargeChange): HttpRequest;

/**
 * Builds the request that refunds a charge, in whole or in part. Two sources; the response is not documented.
 *
 * @throws BillingError `currency_mismatch`, `unsupported_currency`, `amount_not_representable`.
 * @example
 * const part = { amount: { amount: 500, currency: "BRL" }, remaining: { amount: 1990, currency: "BRL" } };
 * a55.refundCharge({ account, chargeUuid: "51dcca6e-7310-4b73-a94c-90835408f2ff", ...part }).body; // '{"amount":5.00}'
 */
export function refundCharge(input: A55ChargeChange): HttpRequest;

/**
 * Builds the request for a subscription that A55 runs. Two sources.
 *
 * @example
 * a55.getSubscription({ account, subscriptionUuid: "b13216d0-1054-4353-9c47-ef12824e262a" }).method; // "GET"
 */
export function getSubscription(input: A55SubscriptionId): HttpRequest;

/**
 * Builds the request that stops the later charges of a subscription that A55 runs. Two sources.
 *
 * @example
 * a55.cancelSubscription({ account, subscriptionUuid: "b13216d0-1054-4353-9c47-ef12824e262a" }).method; // "DELETE"
 */
export function cancelSubscription(input: A55SubscriptionId): HttpRequest;

/**
 * Returns the differences between a subscription at A55 and its schedule. A field that A55 omits is no difference.
 *
 * @example
 * const body = '{ "subscription_uuid": "b13216d0-1054-4353-9c47-ef12824e262a", "status": "active", "cycle": "weekly" }';
 * const found = a55.readSubscription({ status: 200, body }).subscription!;
 * const schedule: Schedule = { start: "2025-03-31", cycle: "monthly" };
 * const price = { amount: 1990, currency: "BRL" };
 * a55.compareSubscription({ found, schedule, price, on: "2025-03-01" }); // [{ kind: "cycle", found: "weekly", … }, …]
 */
export function compareSubscription(input: A55CompareSubscription): A55Difference[];

/**
 * Reads a webhook, and verifies its signature if you give the secret (R7.4). Sources contradict each other: an earlier
 * revision of A55's page has the signature, the later one says to query the charge.
 *
 * @throws BillingError `invalid_signature`, also for a webhook that was signed more than 300 seconds from now.
 * @example
 * const body = '{ "charge_uuid": "51dcca6e-7310-4b73-a94c-90835408f2ff", "status": "paid" }';
 * a55.readWebhook({ body }); // { verified: false, … }: query it with getCharge
 * const signed = { secret: "a-secret", signature: "00", timestamp: "1767225600" };
 * a55.readWebhook({ body, ...signed, now: 1767225600 }); // throws invalid_signature /input/signature
 */
export function readWebhook(input: A55Webhook): A55WebhookEvent;

/**
 * Reads the response to `tokenRequest`: the token, a secret, and its lifetime in seconds.
 *
 * @example
 * a55.readToken({ status: 200, body: '{ "access_token": "t", "expires_in": 3600 }' }).token;
 * // { accessToken: "t", expiresIn: 3600 }
 */
export function readToken(input: HttpResponse): A55TokenAnswer;

/**
 * Reads the outcome of an attempt from the response to `createCharge`. `confirmed` and `paid` are `succeeded`. A decline has
 * HTTP 200. HTTP 409, 5xx and a response that is not understood are `unknown`: query the charge.
 *
 * @example
 * a55.readCharge({ status: 200, body: '{ "charge_uuid": "c-1", "status": "confirmed" }' }).status; // "succeeded"
 * a55.readCharge({ status: 503, body: "" }).status; // "unknown"
 */
export function readCharge(input: A55ReceivedCharge): Outcome;

/**
 * Reads the outcome of an attempt from the response to `getCharge`. The status of a charge is final; any other response is
 * `unknown`.
 *
 * @example
 * a55.readChargeStatus({ status: 200, body: '{ "charge_uuid": "c-1", "status": "paid" }' }).status; // "succeeded"
 * a55.readChargeStatus({ status: 404, body: "" }).status; // "unknown"
 */
export function readChargeStatus(input: A55ReceivedStatus): Outcome;

/**
 * Reads everything in a response about a charge, such as the URL for 3-D Secure. An amount without a currency needs
 * `currency`.
 *
 * @example
 * const body = '{ "charge_uuid": "c-1", "status": "pending", "url_3ds": "https://3ds.example" }';
 * a55.readChargeDetails({ status: 200, body }).charge; // { status: "pending", outcome: "pending", … }
 */
export function readChargeDetails(input: A55ReceivedAmounts): A55ChargeAnswer;

/**
 * Reads the response to `listCharges`. Its shape is inferred.
 *
 * @example
 * a55.readCharges({ status: 200, body: "[]" }); // { charges: [], hasMore: false, error: null }
 */
export function readCharges(input: A55ReceivedAmounts): A55ChargeList;

/**
 * Finds an attempt, by its reference, in the response to `listCharges`, and reads its outcome.
 *
 * @example
 * const body = '[{ "charge_uuid": "c-1", "status": "paid", "reference_external_id": "sub-1-2-0-1" }]';
 * a55.findCharge({ status: 200, body, reference: "sub-1-2-0-1" }).status; // "succeeded"
 * a55.findCharge({ status: 200, body, reference: "sub-1-3-0-1", requestIsOver: true }).status; // "not_made"
 */
export function findCharge(input: A55FindCharge): Outcome;

/**
 * Reads the response to `captureCharge`.
 *
 * @example
 * a55.readCapture({ status: 200, body: '{ "status": "confirmed" }' }).result; // "done"
 */
export function readCapture(input: HttpResponse): A55Change;

/**
 * Reads the response to `cancelCharge`.
 *
 * @example
 * a55.readCancelCharge({ status: 200, body: '{ "status": "canceled" }' }).result; // "done"
 */
export function readCancelCharge(input: HttpResponse): A55Change;

/**
 * Reads the response to `refundCharge`.
 *
 * @example
 * a55.readRefund({ status: 200, body: '{ "status": "refunded" }' }).result; // "done"
 */
export function readRefund(input: HttpResponse): A55Change;

/**
 * Reads the response to `getSubscription`, and the subscription in the response to `createCharge`.
 *
 * @example
 * const body = '{ "subscription_uuid": "s-1", "status": "active", "cycle": "monthly" }';
 * a55.readSubscription({ status: 200, body }).subscription; // { status: "active", cycle: "monthly", payments: 0, … }
 */
export function readSubscription(input: A55ReceivedAmounts): A55SubscriptionAnswer;

/**
 * Reads the response to `cancelSubscription`. A subscription that was already cancelled is `done`.
 *
 * @example
 * a55.readCancelSubscription({ status: 400, body: '{ "error": "Subscription is already cancelled" }' }).result; // "done"
 */
export function readCancelSubscription(input: HttpResponse): A55Change;

/**
 * Reads the error that a response reports, in any of A55's four shapes; null if it reports none.
 *
 * @example
 * a55.readError({ status: 429, body: "" }); // { kind: "rate_limited", messages: [], requestId: null }
 */
export function readError(input: HttpResponse): A55Error | null;
