// One API for all providers (R7)
import type { A55Account, A55Charge, A55Item } from "./a55/charge.js";
import type { DineroPayAccount, DineroPayRecurringCharge } from "./dineropay/requests.js";
import type { DinteroAccount, DinteroCharge, DinteroItem, DinteroOrder } from "./dintero/requests.js";
import type { Opt } from "./helpers.js";
import type { ChargeReply, HttpRequest, HttpResponse, StatusReply } from "./http.js";
import type { NexiAccount, NexiChargeSubscription, NexiItem, NexiOrder } from "./nexi/requests.js";
import type { Outcome, StoredCredential } from "./outcome.js";
import type { Payment } from "./payment.js";
import type { Schedule } from "./schedule.js";
import type { DateInput } from "./values.js";

/** The payment providers. */
export type Provider = "a55" | "dineropay" | "dintero" | "nexi";

/** A charge by A55. */
export interface A55ChargeInput extends Pick<
  A55Charge,
  | "account"
  | "payer"
  | "description"
  | "items"
  | "threedsAuthentication"
  | "threedsExternal"
  | "deviceInfo"
  | "webhookUrl"
  | "redirectUrl"
> {
  provider: "a55";
  /** Also a payment by the cardholder (C1): A55 accepts it from the merchant's own page. */
  payment: Payment;
  /** Without it, a payment by the cardholder opens a session for A55's checkout. */
  credential?: Opt<StoredCredential>;
  /** As the cardholder has just entered it. Never store it. */
  cvv?: Opt<string>;
  /** Of a network token, valid for one payment. */
  cryptogram?: Opt<string>;
  /** Under internal recurrence: the schedule that A55 runs, from this payment on. */
  schedule?: Opt<Schedule>;
}

/** A charge by DineroPay. */
export interface DineroPayChargeInput extends Pick<
  DineroPayRecurringCharge,
  "account" | "customer" | "customData" | "sendCurrency"
> {
  provider: "dineropay";
  payment: Payment;
  credential: StoredCredential;
  /** What the payer sees, 2 to 1024 letters, digits, spaces and signs. */
  description: string;
}

/** A charge by Dintero. */
export interface DinteroChargeInput
  extends
    Pick<DinteroCharge, "account" | "customer" | "callbackUrl">,
    Pick<DinteroOrder, "items" | "vatAmount" | "merchantReference2"> {
  provider: "dintero";
  payment: Payment;
  credential: StoredCredential;
}

/** A charge by Nexi. */
export interface NexiChargeInput
  extends Pick<NexiChargeSubscription, "account" | "webHooks" | "myReference">, Pick<NexiOrder, "rounding"> {
  provider: "nexi";
  /** At least one; their gross totals add up to the amount. Default those of `orderItems`. */
  items?: Opt<readonly NexiItem[]>;
  payment: Payment;
  credential: StoredCredential;
}

/**
 * A payment for the merchant to make; `provider` selects the shape. Amount, reference, indicator and due date are those of the
 * payment; the other fields are each provider's own.
 */
export type ChargeInput = A55ChargeInput | DineroPayChargeInput | DinteroChargeInput | NexiChargeInput;

/**
 * Builds the request that makes a payment. Record the attempt before you send it. Send it again only where the provider
 * deduplicates (see `capabilities`).
 *
 * @throws BillingError `checkout_required` for a payment that only the cardholder can make, on a page: the message
 * names its builder. `provider_managed` for one that the provider makes by itself. `out_of_range` for a payment of 0,
 * which needs no request. Also what the provider would reject, as far as it is documented: `unsupported_currency`,
 * `unsupported_cycle`, `amount_not_representable`, `total_mismatch`, `currency_mismatch`, `invalid_card_number`,
 * `card_expired`, `security_code_required`, `environment_mismatch`.
 * @example
 * const account: DinteroAccount = { id: "T12345678", environment: "test" };
 * const credential: DinteroCredential = { provider: "dintero", product: "payex.creditcard", recurrenceToken: "a-token" };
 * const request = chargeRequest({ provider: "dintero", payment, account, credential });
 * request.url; // "https://checkout.dintero.com/v1/sessions/pay"
 * // fetch(request.url, { ...request, headers: { ...request.headers, authorization } }), then readCharge for its response
 */
export function chargeRequest(input: ChargeInput): HttpRequest;

/** An attempt at A55. Its query lists the days around the attempt. */
export interface A55Attempt {
  provider: "a55";
  account: A55Account;
  reference: string;
  on: DateInput;
  /** From 1. */
  page?: Opt<number>;
}

/** An attempt at DineroPay. */
export interface DineroPayAttempt {
  provider: "dineropay";
  account: DineroPayAccount;
  reference: string;
}

/** An attempt at Dintero. */
export interface DinteroAttempt {
  provider: "dintero";
  account: DinteroAccount;
  reference: string;
}

/** An attempt at Nexi: a charge of an agreement, or a payment by the cardholder, by Nexi's id of the payment. */
export type NexiAttempt = { provider: "nexi"; account: NexiAccount; reference: string } & (
  { credential: StoredCredential; paymentId?: null | undefined } | { credential?: null | undefined; paymentId: string }
);

/** An attempt to query; `provider` selects the shape. */
export type StatusInput = A55Attempt | DineroPayAttempt | DinteroAttempt | NexiAttempt;

/** The order rows of each provider that has them. */
export interface OrderItems {
  a55: A55Item[];
  dintero: DinteroItem[];
  nexi: NexiItem[];
}

/**
 * Returns the order rows of a payment as the provider accepts them. They sum to its amount exactly (R9.6): an item after its
 * discounts, with its share of the taxes. A payment with a credit or a balance is one row. A quantity stays where the amount divides
 * by it.
 *
 * `chargeRequest` builds them itself for Nexi, and elsewhere for a payment with items or taxes. The page of a checkout needs them.
 *
 * @throws BillingError `unknown_value` for a provider without rows.
 * @example
 * orderItems(payment, "nexi");
 * // [{ reference: "period", name: "period", quantity: "1", … }]
 */
export function orderItems<P extends keyof OrderItems>(payment: Payment, provider: P): OrderItems[P];

/**
 * Builds the request that queries the outcome of an attempt. `readStatus` reads its response.
 *
 * @example
 * const account: DinteroAccount = { id: "T12345678", environment: "test" };
 * statusRequest({ provider: "dintero", account, reference: payment.reference }).url;
 * // "https://checkout.dintero.com/v1/transactions?merchant_reference=sub-1-2-0-1&limit=100"
 */
export function statusRequest(input: StatusInput): HttpRequest;

/** The response to a request of `chargeRequest`, and the provider that sent it. */
export interface ReadChargeInput extends ChargeReply {
  provider: Provider;
}

/**
 * Reads the response to `chargeRequest`. With `resent`, a rejection is `unknown` rather than `not_made`.
 *
 * @example
 * readCharge({ provider: "dintero", status: 200, body: '{ "id": "T12345678.1", "status": "CAPTURED" }' }).status;
 * // "succeeded"
 * readCharge({ provider: "dintero", status: 0, body: "" }).status; // "unknown"
 */
export function readCharge(input: ReadChargeInput): Outcome;

/** The response to a request of `statusRequest`, the provider that sent it, and the reference of the attempt. */
export interface ReadStatusInput extends StatusReply {
  provider: Provider;
  reference: string;
  /** At A55, the pages before the last. */
  earlier?: Opt<readonly HttpResponse[]>;
}

/**
 * Reads the response to `statusRequest`. An attempt that the provider does not know is `unknown`. With `requestIsOver` it is
 * `not_made`, provided that the response covers the attempt.
 *
 * @example
 * const nothing = { provider: "dintero", reference: payment.reference, status: 200, body: "[]" } as const;
 * readStatus(nothing).status; // "unknown"
 * readStatus({ ...nothing, requestIsOver: true }).status; // "not_made"
 */
export function readStatus(input: ReadStatusInput): Outcome;
