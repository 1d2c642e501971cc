/**
 * Rules for recurring payments: when the next payment is due, what a change of plan costs, who initiates a charge, and the
 * request that carries it to the provider.
 *
 * Everywhere:
 *  - every function is pure: no clock, no network, no randomness; the day is always an argument;
 *  - inputs are plain objects and are never changed; an unknown key, a wrong type, a Map, a class instance, NaN, a fraction of
 *    a minor unit or a number past 2^53 - 1 is an error that names its path, never a silent default;
 *  - an absent key and null mean the same on input: not given;
 *  - every function throws BillingError and nothing else. Where a function takes several arguments, the first token of
 *    `path` is the parameter's name (`/schedule/endDate`).
 *
 * Numbers such as R2.4 are those of docs/rules.md.
 */
type Opt<T> = T | null | undefined;

// Values

/** A calendar date, exactly "YYYY-MM-DD", 0001-01-01 to 9999-12-31. */
export type PlainDate = string;

/** The shape of a Temporal.PlainDate, which serves as a date on input. A JS Date is refused: its day depends on a zone. */
export interface PlainDateLike {
  readonly calendarId: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: never;
  toString(): string;
}
export type DateInput = PlainDate | PlainDateLike;

/** Whole minor units of an ISO 4217 currency: `{ amount: 1999, currency: "NOK" }` is 19.99 kroner. */
export interface Money {
  amount: number;
  currency: string;
}

/** Where a result between two whole units goes. Default `half_up`: to the nearest, ties away from zero. */
export type Rounding = "half_up" | "half_even" | "half_down" | "up" | "down" | "ceiling" | "floor";

export interface BillingErrorDetail {
  /** A stable reason, such as `unknown_field`: see docs/errors.md. */
  readonly code: string;
  /** A JSON Pointer to the place; empty for the input as a whole. */
  readonly path: string;
  readonly message: string;
}

/** `code` and `path` are the first problem's; `errors` lists every problem found in the input. */
export class BillingError extends Error {
  readonly name: "BillingError";
  readonly code: string;
  readonly path: string;
  readonly errors: readonly BillingErrorDetail[];
}

/** Whether a value is a BillingError, of this or of another copy of the package. */
export function isBillingError(value: unknown): value is BillingError;

// Schedule: when is a payment due? (R2)

/** 7 days, 14 days, 1, 3, 6 and 12 months. */
export type CycleName = "weekly" | "biweekly" | "monthly" | "quarterly" | "semiannually" | "yearly";

/** A named cycle, or any other by its length, `every` from 1 to 1000. */
export type Cycle = CycleName | { every: number; unit: "day" | "week" | "month" | "year" };

export interface Schedule<D extends DateInput = DateInput> {
  /** The due date of payment 1. */
  start: D;
  cycle: Cycle;
  /**
   * 1 to 31, for cycles of months and years; default the day of `start` (anniversary billing). 1 is calendar billing, 31 the
   * last day of the month: 29 to 31 fall on a short month's last day. Another day than that of `start` makes a short first
   * period.
   */
  anchorDay?: Opt<number>;
  /** The last day on which a payment may fall due, itself included. */
  endDate?: Opt<D>;
  /** How many payments in all, the initial one included. */
  paymentCount?: Opt<number>;
}

/** Payment `number` is due on `start` and pays for the days up to `end`, which is no longer part of it. */
export interface Period {
  number: number;
  start: PlainDate;
  end: PlainDate;
  /** The day before `end`, for people. */
  lastDay: PlainDate;
}

/** What ends a schedule; the payment count where both limits fall together. */
export type Bound = "end_date" | "payment_count";

/** A part of a schedule: from a day, through a day, at most so many from there on. */
export interface Window {
  from?: Opt<DateInput>;
  through?: Opt<DateInput>;
  limit?: Opt<number>;
}

/**
 * The first due date strictly after a day, or null when the schedule has ended by then.
 *
 * @example nextDueDate({ start: "2025-01-31", cycle: "monthly" }, "2025-01-31") // "2025-02-28"
 */
export function nextDueDate(schedule: Schedule, after: DateInput): PlainDate | null;

/**
 * The due dates in a window, at most 10 000.
 *
 * @throws BillingError `unbounded` when neither the schedule nor the window has an end, `too_many` past 10 000.
 * @example dueDates({ start: "2025-01-31", cycle: "monthly", paymentCount: 3 }) // ["2025-01-31", "2025-02-28", "2025-03-31"]
 */
export function dueDates(schedule: Schedule, window?: Opt<Window>): PlainDate[];

/** The period of payment `number` (from 1), or null when the schedule has fewer payments. */
export function period(schedule: Schedule, number: number): Period | null;

/** The period that contains a day, or null before the start and after the last period. */
export function periodOn(schedule: Schedule, date: DateInput): Period | null;

/** The periods whose due dates lie in a window, at most 10 000. Errors as `dueDates`. */
export function periods(schedule: Schedule, window?: Opt<Window>): Period[];

/** The last payment and what makes it the last, or null for an open-ended schedule. */
export function lastPayment(schedule: Schedule): { number: number; dueDate: PlainDate; bound: Bound } | null;

// Money (R1)

/**
 * Splits an amount by weights (whole numbers from 0) into parts that sum to it exactly: the units that rounding down leaves go
 * to the largest remainders, the earlier part first on ties. A weight of 0 gets nothing.
 *
 * @throws BillingError `no_weights` when there are none above 0.
 * @example allocate({ amount: 100, currency: "NOK" }, [1, 1, 1]) // 34, 33 and 33
 */
export function allocate(total: Money, weights: readonly number[]): Money[];

/**
 * Reads an amount in major units, exactly.
 *
 * @example parseDecimal("19.9", "NOK") // { amount: 1990, currency: "NOK" }; "19.999" is an error
 */
export function parseDecimal(text: string, currency: string): Money;

/**
 * The amount in major units with all decimals of its currency.
 *
 * @example formatDecimal({ amount: 1990, currency: "NOK" }) // "19.90"
 */
export function formatDecimal(money: Money): string;

/** How many decimals the minor unit of a currency has. */
export function currencyInfo(code: string): { code: string; exponent: number };

// Proration: what does a change of plan cost? (R3)

export interface PlanChange {
  /** The price of a full period after the change. */
  to: Money;
  /** The day of the change, in a period of the schedule. */
  at: DateInput;
  /** The cycle after the change. Another one than before restarts the schedule. */
  cycle?: Opt<Cycle>;
  /** Only with another cycle: the payments from the restart on. Needed when the schedule counts its payments. */
  paymentCount?: Opt<number>;
  /** When it takes force; default `at`, for a downgrade `period_end`. */
  effective?: Opt<"at" | "period_end">;
  /** When the difference is paid; default `now`. */
  settle?: Opt<"now" | "next_payment">;
  /** Whether the running period is prorated; default true. */
  prorate?: Opt<boolean>;
}

/** What a short first period, which an anchor day causes, costs; default `prorated`, its part of the price. */
export type FirstPeriod = "prorated" | "full" | "free";

export interface ProrateInput extends PlanChange {
  schedule: Schedule;
  /** The price of a full period before the change. */
  from: Money;
  firstPeriod?: Opt<FirstPeriod>;
  rounding?: Opt<Rounding>;
  /** Rounds to multiples of so many minor units, 1 to 1 000 000; default 1. */
  roundTo?: Opt<number>;
}

/** A whole period, a short first one, the unused part of the old price, the remaining part at the new one, a balance. */
export type LineKind = "period" | "stub" | "credit" | "charge" | "balance";

/** Explains a part of an amount: what for, for which days, which fraction of a full period. */
export interface Line {
  kind: LineKind;
  period: { start: PlainDate; end: PlainDate } | null;
  fraction: { left: number; of: number } | null;
  amount: Money;
  /** The same for people, in English. */
  note: string;
}

export interface Proration {
  direction: "upgrade" | "downgrade" | "same";
  /** The day on which the change takes force. */
  effective: PlainDate;
  settle: "now" | "next_payment" | "none";
  /** The unused part of the old price: zero or below. */
  credit: Money;
  /** The remaining part of the new price, or the whole of it where the schedule restarts: zero or above. */
  charge: Money;
  /** Credit and charge together. */
  net: Money;
  /** What is collected on the day of the change: zero or above. */
  dueNow: Money;
  /** What is carried into later payments; negative in the customer's favour. */
  balance: Money;
  nextPayment: { dueDate: PlainDate; amount: Money } | null;
  /** The schedule as it stands after the change. */
  schedule: Schedule<PlainDate>;
  /** The number of the payment that is due on the start of that schedule. */
  firstNumber: number;
  lines: Line[];
  /** The day for which this was computed. */
  computedFor: PlainDate;
  /** SHA-256 of all of it but the notes: a server that computes the change anew sees whether it is the same. */
  digest: string;
}

export interface PeriodPriceInput {
  schedule: Schedule;
  /** The price of a full period. */
  price: Money;
  /** The number of the period, from 1. */
  number: number;
  firstPeriod?: Opt<FirstPeriod>;
  rounding?: Opt<Rounding>;
  roundTo?: Opt<number>;
}

/**
 * What a period costs, as a line that explains it: its part of the price for a short first period, the price for any other.
 * Null when the schedule has fewer payments.
 *
 * @example
 * const schedule: Schedule = { start: "2025-01-22", cycle: "monthly", anchorDay: 1 };
 * periodPrice({ schedule, price: { amount: 3100, currency: "USD" }, number: 1 }) // 10.00: 10 of 31 days
 */
export function periodPrice(input: PeriodPriceInput): Line | null;

/**
 * What a change of plan costs, line by line, and what becomes of the schedule and of the next payment.
 *
 * @throws BillingError `outside_period`, `currency_mismatch`, `no_later_payment`; with another cycle `end_before_start`,
 * `payment_count_needed`, `settle_not_possible`.
 * @example
 * prorate({
 *   schedule: { start: "2025-04-01", cycle: "monthly" },
 *   from: { amount: 10000, currency: "BRL" },
 *   to: { amount: 25000, currency: "BRL" },
 *   at: "2025-04-11",
 * }).dueNow // { amount: 10000, currency: "BRL" }: 166.67 for 20 of 30 days, less 66.67 not used
 */
export function prorate(input: ProrateInput): Proration;

// Indicator: who initiates this payment? (R4)

/** C1: initiated by the cardholder, who is there. M1: by the merchant, on a stored credential. */
export type Indicator = "C1" | "M1";

export interface IndicatorInput {
  /** Who triggers later payments: the merchant, or the provider. */
  recurrence: "external" | "internal";
  /** What the cardholder has completed on this agreement and card; default `none`. */
  establishedBy?: Opt<"none" | "payment" | "verification">;
  cardholderPresent?: Opt<boolean>;
  amount?: Opt<"fixed" | "variable">;
  timing?: Opt<"scheduled" | "unscheduled">;
  /** Whether the same payment was declined before. */
  resubmission?: Opt<boolean>;
}

export type MastercardCode = "C101" | "C102" | "C103" | "M101" | "M102" | "M103" | "M208";

/** The indicator, the Mastercard code that it belongs to, and why. Null under internal recurrence. */
export function indicator(input: IndicatorInput): {
  indicator: Indicator | null;
  mastercard: MastercardCode | null;
  reason: string;
};

// Subscription: what has to happen next? (R5, R6)

/** When a declined payment is tried again, in days after the first decline (default 1, 3, 5, 7), and how it ends. */
export interface RetryPolicy {
  days: readonly number[];
  /** Default `expire`. With `keep_error` the payment is given up and the next one is offered on its due date. */
  onExhausted?: Opt<"expire" | "cancel" | "keep_error">;
}

export interface Terms<D extends DateInput = DateInput> {
  /** The price of a full period, 0 or more. */
  price: Money;
  schedule: Schedule<D>;
  /** Who triggers the payments after the first; default `external`, the merchant. */
  recurrence?: Opt<"external">;
  firstPeriod?: Opt<FirstPeriod>;
  rounding?: Opt<Rounding>;
  roundTo?: Opt<number>;
  retry?: Opt<RetryPolicy>;
}

export type Status = "pending" | "active" | "cancelled" | "error" | "expired";

/** Money that was taken and is not owed: refund it. */
export interface Surplus {
  reference: string;
  providerReference: string | null;
  amount: Money;
  on: PlainDate;
  reason: "paid_twice" | "paid_after_end";
}

/** Plain JSON: store it whole. What was tampered with is refused. `state` is the library's own. */
export interface Subscription {
  format: 1;
  id: string;
  /** As they were agreed. */
  terms: Terms<PlainDate>;
  status: Status;
  current: { price: Money; schedule: Schedule<PlainDate>; firstNumber: number };
  /** How many numbers of the schedule are settled: paid or given up. */
  payments: number;
  nextDueDate: PlainDate | null;
  /** Negative: in the customer's favour. */
  balance: Money;
  surplus: Surplus[];
  state: unknown;
}

/** One attempt at a payment. */
export interface Payment {
  number: number;
  extra: number;
  attempt: number;
  kind: "initial" | "recurring";
  /** The day on which it fell due; a later attempt does not move it. */
  dueDate: PlainDate;
  period: { start: PlainDate; end: PlainDate; lastDay: PlainDate } | null;
  amount: Money;
  amountKind: "fixed" | "variable";
  indicator: Indicator | null;
  mastercard: MastercardCode | null;
  /** `<id>-<number>-<extra>-<attempt>`: the same attempt always bears the same, a new attempt a new one. */
  reference: string;
  lines: Line[];
}

export type Action =
  /** The cardholder has to be there: a first payment, or a new card. */
  | { type: "checkout"; reason: string; payment: Payment }
  /** The merchant charges the stored card. */
  | { type: "charge"; payment: Payment }
  /** An amount of 0: nothing is sent, apply its success. */
  | { type: "record"; payment: Payment }
  /** An attempt is out: ask the provider what became of it. */
  | { type: "resolve"; payment: Payment }
  | { type: "wait"; until: PlainDate }
  /** It is over: apply `finished` with this status. */
  | { type: "finish"; status: "expired" | "cancelled"; on: PlainDate; balance: Money }
  | { type: "none"; status: Status };

/** A decline, as the reader of the provider's answer understood it. */
export interface Decline {
  /** The issuer's response code. */
  code: string | null;
  scheme: string | null;
  /** The scheme's advice beside the code. */
  advice: string | null;
  retry: "allowed" | "not_before" | "never" | "needs_customer";
  notBefore: PlainDate | null;
  reason: string;
}

/** `on` is the day on which the event is applied. */
export type SubscriptionEvent =
  /** Before the request leaves: apply it, store the result, then send. */
  | { type: "attempt_started"; reference: string; on: DateInput }
  | {
      type: "payment_succeeded";
      reference: string;
      on: DateInput;
      providerReference?: Opt<string>;
      amount?: Opt<Money>;
    }
  | { type: "payment_pending"; reference: string; on: DateInput }
  | { type: "payment_declined"; reference: string; on: DateInput; decline?: Opt<Decline> }
  /** Refused before any charge: the same attempt is made again. */
  | { type: "payment_not_made"; reference: string; on: DateInput }
  | { type: "cancelled"; on: DateInput; when?: Opt<"now" | "period_end"> }
  /** The answer to the action `finish`. */
  | { type: "finished"; on: DateInput; status: "expired" | "cancelled" };

/** What became of an attempt, as far as the provider's answer tells. `unknown`: it may have been charged, ask. */
export interface Outcome {
  status: "succeeded" | "pending" | "declined" | "not_made" | "unknown";
  providerReference: string | null;
  decline: Decline | null;
  /** What has to be kept to charge again, where the answer brings it. Secret: store it apart, encrypted. */
  stored?: StoredCredential | null;
}

/** What a provider gave to charge the same customer again. */
export type StoredCredential =
  /** Out of DineroPay's first callback: `recurring_init_trans_id` and `recurring_token`. */
  { provider: "dineropay"; initTransId: string; token: string }
  /** Nexi's `subscriptionId` (scheduled) or `unscheduledSubscriptionId`, out of the payment that made the agreement. */
  | { provider: "nexi"; kind: "scheduled" | "unscheduled"; id: string };

/**
 * Begins a subscription, or adopts one that has run elsewhere.
 *
 * @throws BillingError `invalid_text` for an id that is not 1 to 40 letters, digits and hyphens.
 */
export function createSubscription(input: {
  id: string;
  terms: Terms;
  adopted?: Opt<{ payments: number; establishedBy: "none" | "payment" | "verification" }>;
}): Subscription;

/** What has to happen next, on a day. */
export function nextAction(subscription: Subscription, today: DateInput): Action;

/**
 * Applies an event. What was recorded already changes nothing, and an error leaves everything as it was.
 *
 * @throws BillingError `unknown_reference`, `not_due`, `payment_in_flight`, `day_before_last_event`, `not_finished`, `ended`.
 */
export function applyEvent(subscription: Subscription, event: SubscriptionEvent): Subscription;

/** The event that an outcome is; null while it is not known what became of the attempt, which therefore stays out. */
export function outcomeEvent(payment: Payment, outcome: Outcome, on: DateInput): SubscriptionEvent | null;

export type Provider = "a55" | "dineropay" | "dintero" | "nexi";

export interface RetryAttempt {
  on: DateInput;
  amount: Money;
  decline: Decline;
}

/** Plans the next attempt at a payment that was declined: when, or why not, by the policy and the schemes' rules. */
export function planRetry(input: {
  attempts: readonly RetryAttempt[];
  policy?: Opt<RetryPolicy>;
  provider?: Opt<Provider>;
  today: DateInput;
}): {
  decision: "retry" | "checkout" | "stop";
  earliest: PlainDate | null;
  latest: PlainDate | null;
  attemptsLeft: number;
  /** The rule that decides, a stable word such as `policy` or `visa_category_1`. */
  rule: string;
  reason: string;
};

/** Runs a subscription ahead, doing at once whatever is due; `fail` names the attempts that are declined. */
export function simulate(
  subscription: Subscription,
  script: {
    from: DateInput;
    through: DateInput;
    fail?: Opt<readonly { number: number; extra?: Opt<number>; attempt: number; decline?: Opt<Decline> }[]>;
    events?: Opt<readonly SubscriptionEvent[]>;
  },
): {
  subscription: Subscription;
  timeline: { on: PlainDate; action: Action | null; event: SubscriptionEvent | null; status: Status }[];
};

// Providers: what is sent (R7)

/** Ready for `fetch(request.url, request)`. Transport credentials (a bearer token) are the caller's to add. */
export interface HttpRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: string;
  headers: Record<string, string>;
  /** Holds secrets: log `redact(request)`, never this. */
  body?: string;
}

/** What a provider answered: the status (0 where there was no answer) and the text of the body. */
export interface HttpResponse {
  status: number;
  body: string;
}

/** A copy that can be logged: secret fields, and whatever authorises the request, are masked. */
export function redact(request: HttpRequest): HttpRequest;

export interface A55Account {
  /** The wallet that receives the money, a UUID. */
  walletUuid: string;
  /** The merchant, a UUID. */
  merchantId: string;
  /** The host; default A55's documented one. */
  baseUrl?: Opt<string>;
}

export interface A55Payer {
  name: string;
  /** CPF, CNPJ, RFC, … */
  taxId?: Opt<string>;
  email: string;
  /** With the country code, "+55…". */
  cellPhone?: Opt<string>;
  address: {
    street: string;
    addressNumber: string;
    complement?: Opt<string>;
    neighborhood: string;
    city: string;
    state: string;
    postalCode: string;
    /** ISO 3166-1 alpha-2. */
    country: string;
  };
}

export interface A55Item {
  name: string;
  description?: Opt<string>;
  quantity: number;
  /** The price of one. */
  unitAmount: Money;
  sku?: Opt<string>;
  code?: Opt<string>;
}

export interface A55Card {
  /** Whether `number` is that of the card or that of a network token (DPAN). */
  type: "card" | "network_token";
  holder: string;
  number: string;
  expiryMonth: number;
  expiryYear: number;
  /** As the cardholder has just given it; never to be stored. Not needed on M1. */
  cvv?: Opt<string>;
  /** Of a network token, for this payment alone. Not needed on M1. */
  cryptogram?: Opt<string>;
}

export type A55Subscription =
  /** The merchant triggers each payment. */
  | { recurrence: "external"; indicator: Indicator; dueDate: DateInput }
  /** A55 triggers the payments after the first: the six named cycles; a payment count goes as the end date it means. */
  | { recurrence: "internal"; schedule: Schedule };

export interface A55Charge {
  account: A55Account;
  payer: A55Payer;
  /** Quantity times unit amount of all add up to `amount`. */
  items?: Opt<readonly A55Item[]>;
  /** Above zero, in BRL, MXN, CLP, COP, PEN, ARS, USD or EUR. */
  amount: Money;
  description: string;
  card: A55Card;
  subscription: A55Subscription;
  webhookUrl?: Opt<string>;
  redirectUrl?: Opt<string>;
  /** 16 to 128 characters; A55 makes the same request only once in 24 hours. */
  idempotencyKey?: Opt<string>;
}

export const a55: {
  /** The request that creates a charge, and with it a subscription under A55's own recurrence. */
  createCharge(input: A55Charge): HttpRequest;
};

// Nexi Checkout. Add the header `Authorization` with the secret key to each request.

export interface NexiAccount {
  environment: "test" | "live";
  /** Only for partners, who act for several merchants. */
  merchantNumber?: Opt<string>;
  /** Another host than Nexi's own. */
  baseUrl?: Opt<string>;
}

/** Scheduled: a fixed amount at a fixed interval. Unscheduled: amounts and days as they come. */
export type NexiAgreementKind = "scheduled" | "unscheduled";

/** By Nexi's id (32 hex digits, with or without hyphens) or by the reference from which it was imported: one of the two. */
export type NexiAgreement =
  | { kind: NexiAgreementKind; id: string; externalReference?: null | undefined }
  | { kind: NexiAgreementKind; id?: null | undefined; externalReference: string };

export interface NexiItem {
  /** 1 to 128 characters, none of `< > \`; so is `name`. */
  reference: string;
  name: string;
  /** Whole, or a fraction as text: "0.5". Default 1. */
  quantity?: Opt<number | string>;
  /** Default "pcs". */
  unit?: Opt<string>;
  /** What the line costs with tax; negative for a discount. */
  gross: Money;
  /** In hundredths of a percent, 0 to 99999: 2500 is 25 %. Default 0. */
  taxRate?: Opt<number>;
  /** Without tax. Default: gross less its tax, rounded once. */
  net?: Opt<Money>;
  /** Default: gross less net. */
  tax?: Opt<Money>;
  /** Of one, without tax. Default: net by the quantity, rounded once. */
  unitPrice?: Opt<Money>;
}

export interface NexiOrder {
  /** With tax, in DKK, EUR, GBP, NOK, SEK, USD, PLN or CHF, at most 2147483647 minor units. */
  amount: Money;
  /** At least one; their gross totals add up to the amount. */
  items: readonly NexiItem[];
  /** Of net, tax and unit price; default `half_up`. */
  rounding?: Opt<Rounding>;
}

export interface NexiAddress {
  addressLine1: string;
  addressLine2?: Opt<string>;
  /** 4 digits in Norway and Denmark, 5 in Sweden, elsewhere 1 to 12 characters. */
  postalCode: string;
  city: string;
  /** ISO 3166-1 alpha-3: "NOR". */
  country: string;
}

export interface NexiConsumer {
  reference?: Opt<string>;
  email?: Opt<string>;
  shippingAddress?: Opt<NexiAddress>;
  billingAddress?: Opt<NexiAddress>;
  phoneNumber?: Opt<{ prefix: string; number: string }>;
  /** A person or a company. */
  privatePerson?: Opt<{ firstName: string; lastName: string }>;
  company?: Opt<{ name: string; contact?: Opt<{ firstName: string; lastName: string }> }>;
}

/** The page on which the cardholder pays: Nexi's, from which they come back to `returnUrl`, or a frame in `url`. */
export type NexiCheckout = (
  | { integration: "hosted"; returnUrl: string; url?: null | undefined }
  | { integration: "embedded"; url: string; returnUrl?: null | undefined }
) & {
  cancelUrl?: Opt<string>;
  termsUrl: string;
  merchantTermsUrl?: Opt<string>;
  consumer?: Opt<NexiConsumer>;
  /** Whether the page leaves asking for the customer's data to the merchant. */
  merchantHandlesConsumerData?: Opt<boolean>;
  /** Who may buy, the usual kind first. */
  consumerTypes?: Opt<readonly ("B2C" | "B2B")[]>;
  countryCode?: Opt<string>;
  button?: Opt<"pay" | "purchase" | "order" | "book" | "reserve" | "signup" | "subscribe" | "accept">;
};

export type NexiEvent =
  | "payment.created"
  | "payment.reservation.created"
  | "payment.reservation.created.v2"
  | "payment.reservation.failed"
  | "payment.checkout.completed"
  | "payment.charge.created.v2"
  | "payment.charge.failed"
  | "payment.refund.initiated.v2"
  | "payment.refund.failed"
  | "payment.refund.completed"
  | "payment.cancel.created"
  | "payment.cancel.failed";

export interface NexiWebHook {
  eventName: NexiEvent;
  url: string;
  /** What the report bears as its header `Authorization`: 8 to 64 letters and digits. Secret. */
  authorization: string;
}

/** A new agreement, or another card for the one of the `id`. */
export type NexiNewAgreement =
  | { kind: "unscheduled"; id?: Opt<string> }
  | {
      kind: "scheduled";
      id?: Opt<string>;
      /** The last day on which it may be charged, after `today`; needed for a new one. */
      endDate?: Opt<DateInput>;
      today?: Opt<DateInput>;
      /**
       * The fewest days between charges, counted by Nexi from the latest one. Default 0: any. Any other needs the terms, which
       * it must not come in the way of, and `planChanges: false`.
       */
      interval?: Opt<number>;
      terms?: Opt<Terms>;
      planChanges?: Opt<boolean>;
    };

export interface NexiCreatePayment {
  account: NexiAccount;
  /** The payment's reference, which becomes the order's. */
  reference: string;
  order: NexiOrder;
  /**
   * `payment` (default): taken at once. `reservation`: charged or cancelled later, more than one major unit. `verification`:
   * of amount 0. `one_minor_unit`: for issuers that refuse 0; cancel it afterwards.
   */
  purpose?: Opt<"payment" | "reservation" | "verification" | "one_minor_unit">;
  agreement: NexiNewAgreement;
  checkout: NexiCheckout;
  /** By Nexi's names; default all that the merchant has. */
  paymentMethods?: Opt<readonly string[]>;
  /** At most 32. */
  webHooks?: Opt<readonly NexiWebHook[]>;
  /** Up to 36 characters. */
  myReference?: Opt<string>;
}

export interface NexiChargeSubscription {
  account: NexiAccount;
  /** By its id. */
  agreement: NexiAgreement;
  /** The payment's reference: the order's and, where longer than 64 characters as a hash, the idempotency key. */
  reference: string;
  /** Above 0. */
  order: NexiOrder;
  webHooks?: Opt<readonly NexiWebHook[]>;
  myReference?: Opt<string>;
}

export interface NexiBulkCharge {
  account: NexiAccount;
  /** Each payment and each agreement once. */
  charges: readonly { agreement: NexiAgreement; reference: string; order: NexiOrder; myReference?: Opt<string> }[];
  /** How many go in a batch. Nexi documents no most. */
  batchSize: number;
  /** The references of payments in batches whose result is not known yet. */
  unresolved?: Opt<readonly string[]>;
  webHooks?: Opt<readonly NexiWebHook[]>;
}

export interface NexiBulkPayment {
  reference: string;
  agreement: NexiAgreement;
}

/** Store it before its request leaves, until its result is known. */
export interface NexiBulkBatch {
  /** SHA-256 of the sorted references: the same batch again is made once. */
  externalBulkChargeId: string;
  kind: NexiAgreementKind;
  payments: NexiBulkPayment[];
  request: HttpRequest;
}

export interface NexiSettlement {
  account: NexiAccount;
  amount: Money;
  /** Needed where the amount is a part. */
  items?: Opt<readonly NexiItem[]>;
  rounding?: Opt<Rounding>;
}

export interface NexiLookup {
  account: NexiAccount;
  id: string;
}

export interface NexiAgreementAdvice {
  kind: NexiAgreementKind;
  interval: number;
  /** The shortest time between due dates less the last retry day: no longer one leaves every payment possible. */
  longestInterval: number;
  /** The last due date with its retries; null for an open-ended schedule. */
  neededUntil: PlainDate | null;
  reason: string;
}

export interface NexiError {
  /** The issuer's code, or the API's of four digits, or one of the platform's. */
  code: string | null;
  /** Of an API code, such as "HardDecline". */
  name: string | null;
  /** "Issuer", "Internal", … */
  source: string | null;
  message: string | null;
  fields: { field: string; message: string }[];
}

export interface NexiCreated {
  /** `pending`: the cardholder has it. */
  status: "pending" | "not_made" | "unknown";
  paymentId: string | null;
  hostedPaymentPageUrl: string | null;
  expiresAt: string | null;
  error: NexiError | null;
}

export interface NexiReceipt {
  status: Outcome["status"];
  /** Of the refund, or of the batch. */
  id: string | null;
  error: NexiError | null;
}

export interface NexiPaidWith {
  /** "CARD", "INVOICE", "A2A", "INSTALLMENT", "WALLET", "PREPAID-INVOICE", … */
  paymentType: string | null;
  paymentMethod: string | null;
  maskedPan: string | null;
  expiryMonth: number | null;
  expiryYear: number | null;
}

export interface NexiPayment {
  paymentId: string;
  /** It follows from the sums: Nexi has no field for it. */
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
  /** `stored` has the agreement once there is one. */
  outcome: Outcome;
  reference: string | null;
  myReference: string | null;
  amount: Money | null;
  reserved: Money | null;
  charged: Money | null;
  refunded: Money | null;
  cancelled: Money | null;
  charges: { chargeId: string; amount: Money | null }[];
  refunds: { refundId: string; amount: Money | null; state: string | null }[];
  agreement: NexiAgreement | null;
  paidWith: NexiPaidWith | null;
  created: string | null;
}

export interface NexiSubscription {
  agreement: NexiAgreement;
  stored: StoredCredential;
  interval: number | null;
  endDate: PlainDate | null;
  paidWith: NexiPaidWith | null;
  importError: NexiError | null;
}

export interface NexiBulkItem {
  /** Where `payments` were given and the agreement is one of theirs. */
  reference: string | null;
  agreement: NexiAgreement | null;
  paymentId: string | null;
  outcome: Outcome;
  error: NexiError | null;
}

export interface NexiBulkPage {
  /** Whether Nexi has done the whole batch. */
  done: boolean;
  more: boolean;
  items: NexiBulkItem[];
}

export interface NexiWebhook {
  /** The same when Nexi reports the same again. */
  id: string | null;
  /** In lower case; also one that is new. */
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

/**
 * Nexi Checkout. Sources: its Payment API v1 reference and guides, Nets' PHP SDK, SolidNetsEasy, Krokedil's plugin; what is
 * known from one source alone says so.
 */
export const nexi: {
  /** Which agreement suits: scheduled for a fixed amount at a fixed interval, unscheduled for anything else. */
  recommendAgreement(terms: Terms): NexiAgreementAdvice;
  /**
   * The payment that the cardholder makes, and with it the agreement, or another card for one: POST /v1/payments.
   *
   * @throws BillingError `out_of_range` also for a low amount that would only register a card: the schemes fine that.
   */
  createPayment(input: NexiCreatePayment): HttpRequest;
  /** GET /v1/payments/{id}, 30 times an hour at most. The agreement's id is in its answer, not in that of its creation. */
  retrievePayment(input: NexiLookup): HttpRequest;
  /** Closes a checkout at which nobody has paid, before another is offered. */
  terminatePayment(input: NexiLookup): HttpRequest;
  /** An agreement and its card; an imported one also by its external reference. */
  retrieveSubscription(input: { account: NexiAccount; agreement: NexiAgreement }): HttpRequest;
  /** Charges an agreement at once. Nexi makes it once under the reference, however often it is sent. */
  chargeSubscription(input: NexiChargeSubscription): HttpRequest;
  /** Asks what became of a charge, after a timeout for instance. One source. */
  chargeStatus(input: { account: NexiAccount; agreement: NexiAgreement; reference: string }): HttpRequest;
  /**
   * Charges many agreements, in batches that follow from the payments alone.
   *
   * @throws BillingError `duplicate_entry` for a payment or an agreement that stands twice, `payment_in_flight` for a payment
   * that is unresolved.
   */
  bulkCharge(input: NexiBulkCharge): NexiBulkBatch[];
  /** Verifies the cards of agreements, all of one kind, without charging them. */
  verifyAgreements(input: {
    account: NexiAccount;
    agreements: readonly NexiAgreement[];
    externalBulkVerificationId?: Opt<string>;
  }): HttpRequest;
  /** A page of a batch's results. `bulkId` comes from `readBulk`. */
  retrieveBulk(input: {
    account: NexiAccount;
    bulk: "charges" | "verifications";
    kind: NexiAgreementKind;
    bulkId: string;
    skip?: Opt<number>;
    take?: Opt<number>;
  }): HttpRequest;
  /** Charges what is reserved, once under the reference. */
  chargePayment(
    input: NexiSettlement & { paymentId: string; reference: string; myReference?: Opt<string>; finalCharge?: Opt<boolean> },
  ): HttpRequest;
  /** Gives money back, once under the reference: of a charge, or of a payment, which some methods do not know. */
  refund(
    input: NexiSettlement & { reference: string; myReference?: Opt<string> } & (
        | { chargeId: string; paymentId?: null | undefined }
        | { paymentId: string; chargeId?: null | undefined }
      ),
  ): HttpRequest;
  /** Lets go of a reservation, or of a part. */
  cancelPayment(input: NexiSettlement & { paymentId: string }): HttpRequest;
  retrieveCharge(input: NexiLookup): HttpRequest;
  retrieveRefund(input: NexiLookup): HttpRequest;
  cancelPendingRefund(input: NexiLookup): HttpRequest;

  readCreated(response: HttpResponse): NexiCreated;
  /**
   * The answer to a charge, of an agreement or of a reservation. `not_made` is about this request: after a timeout of an
   * earlier one the same reference can be sent again, and is made once.
   */
  readCharge(response: HttpResponse): Outcome;
  /** The answer to `chargeStatus`. Unknown: send the charge again under its reference. */
  readChargeStatus(response: HttpResponse): Outcome;
  /** `pending` until Nexi reports it completed. */
  readRefund(response: HttpResponse): NexiReceipt;
  readCancel(response: HttpResponse): NexiReceipt;
  /** The answer to a batch. Unknown: send the very same batch again. */
  readBulk(response: HttpResponse): NexiReceipt;
  /** Null where the answer is no payment: then nothing is known. */
  readPayment(response: HttpResponse): NexiPayment | null;
  readSubscription(response: HttpResponse): NexiSubscription | null;
  /** What Nexi says when it refuses; null where it says nothing. */
  readError(response: HttpResponse): NexiError | null;
  /** Of a batch's results; `payments` of the batch give them their references. */
  readBulkPage(input: HttpResponse & { payments?: Opt<readonly NexiBulkPayment[]> }): NexiBulkPage | null;
  /**
   * A report, once its header `Authorization` is the one expected. Null where the body is no report. Nexi signs nothing: treat
   * a report as a reason to ask. A failed reservation is a decline only where the merchant made the payment.
   *
   * @throws BillingError `wrong_signature`.
   */
  readWebhook(input: {
    body: string;
    authorization?: Opt<string>;
    expected: string;
    merchantInitiated?: Opt<boolean>;
  }): NexiWebhook | null;
};
