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
  | { provider: "dineropay"; initTransId: string; token: string }
  /** Out of a transaction of Dintero's that was fetched with its tokens, at least one of the two. */
  | DinteroStored;

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

// Dintero: amounts are minor units up to 2 147 483 647, in any currency. Texts marked "kept" may hold words that are new.

export interface DinteroAccount {
  /** `T` (sandbox) or `P` (production) and eight digits. */
  id: string;
  /** Which of the two is meant: the other's account, session or transaction is `wrong_environment`. */
  environment: "test" | "live";
  /** Another host for all requests, such as that of a fake; default Dintero's. */
  baseUrl?: Opt<string>;
}

/** Swedbank Pay, Bambora, Dintero's own. */
export type DinteroProduct = "payex.creditcard" | "bambora.creditcard" | "dintero_psp.creditcard";

/** Swedbank Pay has both, the others `payment_token` alone. */
export type DinteroTokenType = "payment_token" | "recurrence_token";

export interface DinteroStored {
  provider: "dintero";
  /** A DinteroProduct; kept where a transaction was of another one, which cannot be charged. */
  product: string;
  /** For payments with the customer there, and for charges by the merchant. */
  paymentToken?: Opt<string>;
  /** For recurring charges by the merchant, at Swedbank Pay. */
  recurrenceToken?: Opt<string>;
}

export interface DinteroItem {
  id?: Opt<string>;
  /** Each of an order another. */
  lineId: string;
  description?: Opt<string>;
  quantity?: Opt<number>;
  /** Of the whole line, with VAT; below zero for a discount. */
  amount: Money;
  vatAmount?: Opt<Money>;
  /** Hundredths of a percent, 0 to 10000: 2500 is 25 %. */
  vatRate?: Opt<number>;
}

export interface DinteroOrder {
  /** From 1; the items, where given, add up to it. */
  amount: Money;
  /** For a subscription the payment's reference. */
  merchantReference: string;
  merchantReference2?: Opt<string>;
  vatAmount?: Opt<Money>;
  items?: Opt<readonly DinteroItem[]>;
}

export interface DinteroCustomer {
  customerId?: Opt<string>;
  email?: Opt<string>;
  /** With `+` and the country's code. */
  phoneNumber?: Opt<string>;
}

export interface DinteroUrls {
  /** Where the customer is sent afterwards. */
  returnUrl: string;
  /** Where Dintero reports, `https://…`. */
  callbackUrl?: Opt<string>;
  merchantTermsUrl?: Opt<string>;
}

export interface DinteroTokens {
  product: DinteroProduct;
  types: readonly DinteroTokenType[];
  /** `dintero_psp.creditcard` at `createSession` alone. With `opt_in` a token may not come back. */
  saveCardCheckbox?: Opt<"opt_in" | "opt_out">;
  /** `dintero_psp.creditcard` alone. */
  authMethods?: Opt<readonly ("PASSKEY" | "3DS")[]>;
}

export interface DinteroSession {
  account: DinteroAccount;
  order: DinteroOrder;
  customer?: Opt<DinteroCustomer>;
  urls: DinteroUrls;
  /** Default `default`. */
  profileId?: Opt<string>;
  /** The tokens that it is to give. */
  tokens?: Opt<DinteroTokens>;
  /** A stored card to be confirmed rather than typed. */
  stored?: Opt<StoredCredential>;
  /** When the money is taken; default `at_once`. */
  capture?: Opt<"at_once" | "later" | "by_profile">;
  /** On the cardholder's statement, at most 40 characters; `payex.creditcard` alone. */
  dynamicDescriptor?: Opt<string>;
}

export interface DinteroTokenSession {
  account: DinteroAccount;
  currency: string;
  merchantReference: string;
  customer?: Opt<DinteroCustomer>;
  urls: DinteroUrls;
  tokens: DinteroTokens;
}

export interface DinteroCharge {
  account: DinteroAccount;
  order: DinteroOrder;
  stored: StoredCredential;
  /** Default `recurring_purchase`; at Swedbank Pay with a payment token alone `unscheduled_purchase`. */
  operation?: Opt<"recurring_purchase" | "unscheduled_purchase">;
  customer?: Opt<DinteroCustomer>;
  callbackUrl?: Opt<string>;
  /** When the money is taken; default `at_once`. */
  capture?: Opt<"at_once" | "later">;
  /** What Dintero does with a reference that was paid before, or charged before; default `refuse_paid`. */
  duplicates?: Opt<"refuse_paid" | "refuse_all" | "allow">;
}

export interface DinteroTransactionChange {
  account: DinteroAccount;
  transactionId: string;
  amount: Money;
  /** The merchant's reference of the capture or refund. */
  reference?: Opt<string>;
  /** Of a refund alone. */
  reason?: Opt<string>;
  items?: Opt<readonly DinteroItem[]>;
}

export interface DinteroUpgrade {
  /** The payment of the new plan in full. */
  session: DinteroSession;
  /** What was paid for the old plan: `end` is the first day that it no longer paid for. */
  paid: { transactionId: string; amount: Money; start: DateInput; end: DateInput };
  on: DateInput;
  refundReference?: Opt<string>;
}

export interface DinteroPlannedRequest {
  name: "charge" | "refund";
  amount: Money;
  /** What has to have succeeded, its money taken, before this is sent. */
  after: "charge" | null;
  request: HttpRequest;
}

/** An answer as it came: the HTTP status and the body's text. */
export interface DinteroAnswer {
  status: number;
  body: string;
}

/** What Dintero says of a request that it refused. */
export interface DinteroError {
  code: string | null;
  message: string | null;
  errors: string[];
}

export interface DinteroEvent {
  /** `INITIALIZE`, `AUTHORIZE`, `CAPTURE`, `REFUND`, `VOID`, …; kept. */
  event: string | null;
  success: boolean | null;
  amount: Money | null;
  reference: string | null;
  createdAt: string | null;
  error: {
    code: string | null;
    message: string | null;
    types: string[];
    resultCode: string | null;
    retryCodes: string[];
    retryAfter: string | null;
  } | null;
}

export interface DinteroTransaction {
  id: string | null;
  /** `INITIATED`, `AUTHORIZED`, `CAPTURED`, `FAILED`, …; kept, in capital letters. */
  status: string | null;
  amount: Money | null;
  product: string | null;
  operation: string | null;
  merchantReference: string | null;
  merchantReference2: string | null;
  sessionId: string | null;
  card: {
    brand: string | null;
    maskedPan: string | null;
    /** `MM/YYYY`. */
    expiry: string | null;
    paymentTokenId: string | null;
    recurrenceTokenId: string | null;
  } | null;
  events: DinteroEvent[];
  /** What it means for the attempt; `stored` has the tokens. */
  outcome: Outcome;
  error: DinteroError | null;
}

/** Secret, by `stored`. */
export interface DinteroCardToken {
  id: string | null;
  /** `ACTIVE`, `INACTIVE`, `SUSPENDED`, `CANCELLED`, `DELETED`; kept. */
  status: string | null;
  brand: string | null;
  maskedPan: string | null;
  expiry: string | null;
  customerId: string | null;
  transactionId: string | null;
  stored: StoredCredential | null;
}

export interface DinteroCallback {
  transactionId: string | null;
  sessionId: string | null;
  merchantReference: string | null;
  event: string | null;
  eventId: string | null;
  time: string | null;
  /** `cancelled`, `authorization`, `failed`; kept. */
  error: string | null;
}

export interface DinteroWebhook {
  event: string | null;
  accountId: string | null;
  /** The same webhook may come more than once. */
  eventDelivery: string | null;
  merchantReference: string | null;
  sessionId: string | null;
  transactionId: string | null;
  error: string | null;
  transaction: DinteroTransaction | null;
  token: DinteroCardToken | null;
}

export const dintero: {
  /** The request for an access token, which goes as `Authorization: Bearer …` with every other request. */
  authToken(input: { account: DinteroAccount; clientId: string; clientSecret: string }): HttpRequest;
  /** The request for a session where the customer pays; with `tokens` it stores the card, with `stored` it uses a stored one. */
  createSession(input: DinteroSession): HttpRequest;
  /** The request for a session where the customer stores a card and nothing is charged. */
  createTokenSession(input: DinteroTokenSession): HttpRequest;
  /** The request that ends a session that nobody has paid. */
  cancelSession(input: { account: DinteroAccount; sessionId: string }): HttpRequest;
  /** The request that charges a stored card without the customer. */
  chargeToken(input: DinteroCharge): HttpRequest;
  /** The request for a transaction, with those tokens that its session was told to make. */
  getTransaction(input: {
    account: DinteroAccount;
    transactionId: string;
    tokens?: Opt<readonly DinteroTokenType[]>;
  }): HttpRequest;
  /** The request for the transactions of a reference: what became of a charge whose answer did not come. */
  findTransactions(input: { account: DinteroAccount; merchantReference: string }): HttpRequest;
  /** The request that takes the money of an authorisation. Dintero deduplicates neither captures nor refunds. */
  captureTransaction(input: DinteroTransactionChange): HttpRequest;
  /** The request that gives money back. */
  refundTransaction(input: DinteroTransactionChange): HttpRequest;
  /** The request that gives up an authorisation. */
  voidTransaction(input: { account: DinteroAccount; transactionId: string }): HttpRequest;
  /** The upgrade as Dintero documents it: the new plan paid in full, then the rest of the old one, by days, refunded. */
  upgradePlan(input: DinteroUpgrade): DinteroPlannedRequest[];
  /** The request for a page of 100 stored cards. */
  listCardTokens(input: {
    account: DinteroAccount;
    customerId?: Opt<string>;
    startingAfter?: Opt<string>;
  }): HttpRequest;
  /** The request that deletes a stored card, by the token's id. */
  deleteCardToken(input: {
    account: DinteroAccount;
    tokenId: string;
    reason?: Opt<string>;
    byCardholder?: Opt<boolean>;
  }): HttpRequest;
  /** The token is a secret; `expiresIn` is in seconds. */
  readAuthToken(input: DinteroAnswer): {
    accessToken: string | null;
    tokenType: string | null;
    expiresIn: number | null;
    error: DinteroError | null;
  };
  /** A session without a `url` cannot be paid: the attempt was not made. */
  readSession(input: DinteroAnswer): { id: string | null; url: string | null; error: DinteroError | null };
  /** What became of a charge. A decline comes with HTTP 200; errors other than 401 and 403 are `unknown`. */
  readCharge(input: DinteroAnswer): Outcome;
  readTransaction(input: DinteroAnswer): DinteroTransaction;
  /** No transaction at all is `not_made`: ask when the request that had no answer is surely over. */
  readTransactions(input: DinteroAnswer & { merchantReference: string }): {
    transactions: DinteroTransaction[];
    outcome: Outcome;
    error: DinteroError | null;
  };
  readCardTokens(input: DinteroAnswer): { cards: DinteroCardToken[]; error: DinteroError | null };
  /**
   * A callback, its signature verified. Its body is not signed: fetch the transaction. `now` is in seconds since 1970.
   *
   * @throws BillingError `wrong_signature`, also for one that is five minutes old.
   */
  readCallback(input: {
    accountId: string;
    secret: string;
    signature: string;
    method: HttpRequest["method"];
    url: string;
    now: number;
  }): DinteroCallback;
  /**
   * A webhook, its header `event-signature` verified.
   *
   * @throws BillingError `wrong_signature`.
   */
  readWebhook(input: { secret: string; signature: string; body: string }): DinteroWebhook;
};
