/**
 * DineroPay. Its requests contain their signature, so send them unchanged. It never deduplicates: never send a request
 * twice, query its outcome with `getStatus`. It is Akurateco's platform under another name; where DineroPay's own pages
 * are silent, the platform's reference applies.
 *
 * @example
 * const account = { merchantKey: "a-key", password: "a-password" };
 * const order = { number: "sub-1-2-0-1", amount: { amount: 1990, currency: "SAR" }, description: "Plan" };
 * const credential: StoredCredential = { provider: "dineropay", initTransId: "a-transaction", token: "a-token" };
 */
import type { ChargeReply, HttpRequest, HttpResponse } from "../http.js";
import type { Outcome } from "../outcome.js";
import type {
  DineroPayCallback,
  DineroPayRefundAnswer,
  DineroPayReturn,
  DineroPayScheduleAnswer,
  DineroPaySessionAnswer,
  DineroPayStatusAnswer,
} from "./answers.js";
import type {
  DineroPayCallbackInput,
  DineroPayCapture,
  DineroPayDeschedule,
  DineroPayHashInput,
  DineroPayNewSchedule,
  DineroPayPaymentInput,
  DineroPayRecurringCharge,
  DineroPayRefund,
  DineroPayReturnInput,
  DineroPayScheduleInput,
  DineroPaySession,
  DineroPayStatusInput,
  DineroPayStatusReply,
} from "./requests.js";

/**
 * Builds `POST /api/v1/session`: the checkout page. Source: DineroPay's page and the platform's reference.
 *
 * @throws BillingError `currency_mismatch`.
 * @example
 * dineropay.createSession({ account, order, successUrl: "https://shop.example/paid", recurring: {} }).url;
 * // "https://checkout.dineropay.com/api/v1/session"
 */
export function createSession(input: DineroPaySession): HttpRequest;

/**
 * Builds `POST /api/v1/payment/recurring`: a payment by the merchant. Source: DineroPay's page, the platform's reference, client
 * code.
 *
 * @throws BillingError `currency_mismatch` for a currency other than that of the first payment.
 * @example
 * dineropay.chargeRecurring({ account, order, credential }).url; // "https://checkout.dineropay.com/api/v1/payment/recurring"
 */
export function chargeRecurring(input: DineroPayRecurringCharge): HttpRequest;

/**
 * Builds `POST /api/v1/payment/retry`, after a soft decline. A callback reports the outcome. Source: the platform's reference.
 *
 * @example
 * dineropay.retryCharge({ account, paymentId: "p-1" }).url; // "https://checkout.dineropay.com/api/v1/payment/retry"
 */
export function retryCharge(input: DineroPayPaymentInput): HttpRequest;

/**
 * Builds `POST /api/v1/payment/status`, which queries a payment or an order. Source: the platform's reference, client
 * code.
 *
 * @example
 * dineropay.getStatus({ account, orderNumber: "sub-1-2-0-1" }).url; // "https://checkout.dineropay.com/api/v1/payment/status"
 */
export function getStatus(input: DineroPayStatusInput): HttpRequest;

/**
 * Builds `POST /api/v1/payment/refund`. Without an amount it refunds everything; the hash of that is inferred. Source: DineroPay's
 * page.
 *
 * @example
 * dineropay.refund({ account, paymentId: "p-1", amount: { amount: 500, currency: "SAR" } }).url;
 * // "https://checkout.dineropay.com/api/v1/payment/refund"
 */
export function refund(input: DineroPayRefund): HttpRequest;

/**
 * Builds `POST /api/v1/payment/void`, for a settled payment on the same financial day. Source: the platform's
 * reference, client code.
 *
 * @example
 * dineropay.voidPayment({ account, paymentId: "p-1" }).url; // "https://checkout.dineropay.com/api/v1/payment/void"
 */
export function voidPayment(input: DineroPayPaymentInput): HttpRequest;

/**
 * Builds `POST /api/v1/payment/capture`, after an authorisation. Source: the platform's newer reference, client code.
 *
 * @example
 * dineropay.capture({ account, paymentId: "p-1", amount: order.amount }).url;
 * // "https://checkout.dineropay.com/api/v1/payment/capture"
 */
export function capture(input: DineroPayCapture): HttpRequest;

/**
 * Builds `CREATE_SCHEDULE`. Weeks are sent as 7 days, quarters as 3 months, years as 12, an end date as its count. Source:
 * DineroPay's pages, the platform's reference.
 *
 * @throws BillingError `unsupported_cycle` for a cycle that DineroPay cannot count.
 * @example
 * const schedule: Schedule = { start: "2025-01-31", cycle: "monthly", paymentCount: 12 };
 * dineropay.createSchedule({ account, name: "Monthly plan", schedule, encoding: "urlencoded" }).url;
 * // "https://api.dineropay.com/post"
 */
export function createSchedule(input: DineroPayNewSchedule): HttpRequest;

/**
 * Builds `PAUSE_SCHEDULE`. Source for this and the next four: the platform's reference.
 *
 * @example
 * dineropay.pauseSchedule({ account, scheduleId: "s-1" }).method; // "POST"
 */
export function pauseSchedule(input: DineroPayScheduleInput): HttpRequest;

/**
 * Builds `RUN_SCHEDULE`, after a pause. DineroPay then plans the payments again.
 *
 * @example
 * dineropay.runSchedule({ account, scheduleId: "s-1" }).method; // "POST"
 */
export function runSchedule(input: DineroPayScheduleInput): HttpRequest;

/**
 * Builds `DELETE_SCHEDULE`.
 *
 * @example
 * dineropay.deleteSchedule({ account, scheduleId: "s-1" }).method; // "POST"
 */
export function deleteSchedule(input: DineroPayScheduleInput): HttpRequest;

/**
 * Builds `SCHEDULE_INFO`.
 *
 * @example
 * dineropay.scheduleInfo({ account, scheduleId: "s-1" }).method; // "POST"
 */
export function scheduleInfo(input: DineroPayScheduleInput): HttpRequest;

/**
 * Builds `DESCHEDULE`, which removes one subscription from its schedule.
 *
 * @example
 * dineropay.deschedule({ account, scheduleId: "s-1", credential }).method; // "POST"
 */
export function deschedule(input: DineroPayDeschedule): HttpRequest;

/**
 * Returns a hash in hex, for requests that have no builder here.
 *
 * @example
 * dineropay.hash({ formula: "create_schedule", password: account.password }); // "f6478b8c8bebc3feb99caee71fd03976"
 */
export function hash(input: DineroPayHashInput): string;

/**
 * Verifies and reads a callback (R7.4). The hash covers only id, number, amount, currency and description, and a payer
 * may see it in the return URL: query the payment with `getStatus` before you deliver anything.
 *
 * @throws BillingError `invalid_signature`.
 * @example
 * const fields = "id=1&order_number=sub-1-2-0-1&order_amount=19.90&order_currency=SAR&order_description=Plan";
 * const body = `${fields}&type=recurring&status=success&hash=00`;
 * dineropay.readCallback({ body, password: account.password }); // throws invalid_signature /input/body
 */
export function readCallback(input: DineroPayCallbackInput): DineroPayCallback;

/**
 * Verifies the query with which a payer returns, given the order as the merchant recorded it (R7.4). It identifies the payment, not
 * its outcome.
 *
 * @throws BillingError `invalid_signature`.
 * @example
 * const query = "payment_id=1&order_id=sub-1-2-0-1&hash=00";
 * const { amount, description } = order;
 * dineropay.readReturn({ query, password: account.password, amount, description }); // throws invalid_signature /input/query
 */
export function readReturn(input: DineroPayReturnInput): DineroPayReturn;

/**
 * Reads the response to `createSession`: where to send the payer.
 *
 * @example
 * dineropay.readSession({ status: 200, body: '{ "redirect_url": "https://checkout.dineropay.com/auth/x" }' }).redirectUrl;
 * // "https://checkout.dineropay.com/auth/x"
 */
export function readSession(input: HttpResponse): DineroPaySessionAnswer;

/**
 * Reads the response to `chargeRecurring`, `retryCharge` and `capture`.
 *
 * @example
 * dineropay.readCharge({ status: 200, body: '{ "payment_id": "1", "status": "settled" }' }).status; // "succeeded"
 */
export function readCharge(input: ChargeReply): Outcome;

/**
 * Reads the response to `getStatus`: one payment or several, of which only payments of the order count. One without an
 * order number counts by `paymentId`. A payment that DineroPay does not know is `not_made` once the request is over.
 *
 * @example
 * const order = '"order": { "number": "sub-1-2-0-1" }';
 * const answer = { status: 200, body: `{ "payment_id": "1", "status": "settled", ${order} }` };
 * dineropay.readStatus({ ...answer, orderNumber: "sub-1-2-0-1" }).outcome.status; // "succeeded"
 * dineropay.readStatus({ ...answer, orderNumber: "sub-1-3-0-1" }).outcome.status; // "unknown"
 */
export function readStatus(input: DineroPayStatusReply): DineroPayStatusAnswer;

/**
 * Reads the response to `refund`.
 *
 * @example
 * dineropay.readRefund({ status: 0, body: "" }).status; // "unknown"
 */
export function readRefund(input: HttpResponse): DineroPayRefundAnswer;

/**
 * Reads the response to `voidPayment`.
 *
 * @example
 * dineropay.readVoid({ status: 200, body: '{ "payment_id": "1", "status": "VOID" }' }).status; // "done"
 */
export function readVoid(input: HttpResponse): DineroPayRefundAnswer;

/**
 * Reads the response to every form about schedules.
 *
 * @example
 * dineropay.readSchedule({ status: 200, body: '{ "action": "RUN_SCHEDULE", "result": "SUCCESS" }' }).status; // "done"
 */
export function readSchedule(input: HttpResponse): DineroPayScheduleAnswer;
