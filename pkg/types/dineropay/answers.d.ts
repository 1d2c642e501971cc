// DineroPay: what the readers return
import type { RequestResult, RetryAfter } from "../http.js";
import type { Outcome } from "../outcome.js";
import type { Cycle } from "../schedule.js";
import type { Money, PlainDate } from "../values.js";

/** An error that DineroPay reports in a request. */
export interface DineroPayError {
  code: string | null;
  message: string;
}

/** A callback, verified and parsed. */
export interface DineroPayCallback {
  event: "charge" | "refund" | "void" | "chargeback" | "other";
  /** Null if the callback is not about a charge. */
  outcome: Outcome | null;
  paymentId: string;
  /** The payment's `reference`. */
  orderNumber: string;
  /** Compare it with the payment's before you apply the outcome. */
  amount: Money | null;
  description: string;
  /** DineroPay's own value, in lower case, like the next two. */
  type: string | null;
  status: string | null;
  orderStatus: string | null;
  /** Whether a refund was of all that was left. */
  fullRefund: boolean | null;
  reason: string | null;
  scheduleId: string | null;
  /** The first six and the last four digits. */
  card: string | null;
  cardExpirationDate: string | null;
  /** Secret. */
  cardToken: string | null;
  date: PlainDate | null;
  consentState: string | null;
}

/** The payment of a payer who returned. */
export interface DineroPayReturn {
  paymentId: string;
  orderNumber: string;
  transId: string | null;
}

/** A session: where to send the payer. */
export interface DineroPaySessionAnswer extends RetryAfter {
  status: RequestResult;
  redirectUrl: string | null;
  errors: DineroPayError[];
}

/** One payment of an order. */
export interface DineroPayPaymentStatus {
  paymentId: string | null;
  orderNumber: string | null;
  amount: Money | null;
  /** `settled`, `refund`, …: after `refund`, `reversal`, `void` and `chargeback` the money has been returned. */
  status: string;
  date: PlainDate | null;
  scheduleId: string | null;
  /** Secret. Together with the id of a recurrence's first payment it makes the credential, if the callback was lost. */
  recurringToken: string | null;
  outcome: Outcome;
}

/** The payments of an order, and their outcome. */
export interface DineroPayStatusAnswer {
  /** A success if one payment of the order succeeded; a decline only if every one was declined. */
  outcome: Outcome;
  payments: DineroPayPaymentStatus[];
  /** DineroPay knows no such payment. While a request is in flight this proves nothing; later, apply `payment_not_made`. */
  notFound: boolean;
  errors: DineroPayError[];
}

/** The result of a refund or a void. */
export interface DineroPayRefundAnswer extends RetryAfter {
  /** `accepted`: a callback reports its result. */
  status: RequestResult;
  paymentId: string | null;
  paymentStatus: string | null;
  reason: string | null;
  errors: DineroPayError[];
}

/** A schedule at DineroPay. */
export interface DineroPayScheduleDetails {
  name: string | null;
  cycle: Cycle | null;
  dayOfMonth: number | null;
  /** As DineroPay counts. */
  paymentsCount: number | null;
  delays: number | null;
  paused: boolean | null;
}

/** The result of a form about schedules. */
export interface DineroPayScheduleAnswer extends RetryAfter {
  status: RequestResult;
  /** Of a new schedule: sessions then refer to it. */
  scheduleId: string | null;
  schedule: DineroPayScheduleDetails | null;
  errors: DineroPayError[];
}
