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
  /**
   * Out of DineroPay's first callback: `recurring_init_trans_id` and `recurring_token`, and the currency of that payment, which
   * all later ones have.
   */
  { provider: "dineropay"; initTransId: string; token: string; currency?: Opt<string> };

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

/** A provider's answer as it came: `{ status: response.status, body: await response.text() }`. */
export interface HttpResponse {
  status: number;
  body: string;
}

// DineroPay

export interface DineropayAccount {
  /** As the dashboard shows it, up to 255 characters; with the test key every payment is a test. */
  merchantKey: string;
  /** Goes into the hashes and nowhere else: no request carries it. */
  password: string;
  /** The digest inside the hashes, as the dashboard has it set; default `md5`. */
  hashAlgorithm?: Opt<"md5" | "sha256">;
  /** The host of the checkout protocol; default `https://checkout.dineropay.com`. */
  checkoutUrl?: Opt<string>;
  /** The host of the form protocol; default `https://api.dineropay.com`. */
  apiUrl?: Opt<string>;
}

export interface DineropayOrder {
  /** 1 to 255 letters, digits and hyphens, new for each attempt: a payment's `reference`. */
  number: string;
  /** Above zero. */
  amount: Money;
  /** 2 to 1024 letters without accents (Arabic is taken), digits, blanks and `!"#$%&'()*+,-./:;@`. */
  description: string;
}

export interface DineropayCustomer {
  /** 2 to 32 Latin letters. */
  name: string;
  email: string;
  birthDate?: Opt<DateInput>;
}

export interface DineropayBillingAddress {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** 2 to 32 characters; two capital letters in US, CA, AU, JP and IN. */
  state?: Opt<string>;
  /** 2 to 40 characters. */
  city?: Opt<string>;
  /** 2 to 32 characters. */
  district?: Opt<string>;
  /** 2 to 32 characters. */
  address?: Opt<string>;
  /** 1 to 9 characters. */
  houseNumber?: Opt<string>;
  /** 2 to 10 characters. */
  zip?: Opt<string>;
  /** 1 to 32 digits, blanks and `+()-`. */
  phone?: Opt<string>;
}

export interface DineropaySession {
  account: DineropayAccount;
  order: DineropayOrder;
  /** Addresses have up to 1024 characters. Where callbacks go is set in the dashboard. */
  successUrl: string;
  cancelUrl?: Opt<string>;
  expiryUrl?: Opt<string>;
  errorUrl?: Opt<string>;
  urlTarget?: Opt<"_self" | "_parent" | "_top" | "_blank">;
  /** That the payment begins a recurrence; `{}` where the merchant makes the later payments. */
  recurring?: Opt<{
    /** The schedule by which DineroPay makes the later payments. */
    scheduleId?: Opt<string>;
    /** Its first payment, for a trial. This and the next two need a schedule and a newer installation of the platform. */
    scheduleStartDate?: Opt<DateInput>;
    /** The amount of its payments, where it is another than the first. */
    paymentScheduleAmount?: Opt<Money>;
    /** A box on the page in which the payer agrees to the later payments. */
    consentRequired?: Opt<boolean>;
  }>;
  /** What is not given, DineroPay's page asks for. */
  customer?: Opt<DineropayCustomer>;
  billingAddress?: Opt<DineropayBillingAddress>;
  /** Such as `card`; default DineroPay's routing. */
  methods?: Opt<readonly string[]>;
  /** What single methods ask for besides, by method and name. */
  parameters?: Opt<Record<string, Record<string, string>>>;
  /** Up to 16 characters. */
  channelId?: Opt<string>;
  /** Minutes, 1 to 720; default 60. */
  sessionExpiry?: Opt<number>;
  /** 64 characters each. */
  cardTokens?: Opt<readonly string[]>;
  requestToken?: Opt<boolean>;
  vatCalc?: Opt<boolean>;
  /** Comes back with the callback. */
  customData?: Opt<Record<string, string>>;
}

export interface DineropayRecurringCharge {
  account: DineropayAccount;
  /** The number has to be new; the amount need not be that of the first payment. */
  order: DineropayOrder;
  /** What the first callback brought. */
  credential: StoredCredential;
  scheduleId?: Opt<string>;
  customer?: Opt<DineropayCustomer>;
  customData?: Opt<Record<string, string>>;
  /** Whether the currency goes with the order; default not: the first payment has fixed it. */
  sendCurrency?: Opt<boolean>;
}

export interface DineropayPaymentInput {
  account: DineropayAccount;
  /** `providerReference` of the payment's outcome. */
  paymentId: string;
}

export type DineropayStatusInput =
  | { account: DineropayAccount; paymentId: string }
  /** `size`: how many of the order's payments to list, 1 to 100; newer installations of the platform. */
  | { account: DineropayAccount; orderNumber: string; size?: Opt<number> };

export interface DineropayNewSchedule {
  account: DineropayAccount;
  /** 1 to 100 characters. */
  name: string;
  /** The initial payment, by a session, is the one on `start`. */
  schedule: Schedule;
  /** What DineroPay counts; default the initial payment as well. */
  counting?: Opt<"includes_initial" | "scheduled_only">;
  /** That a schedule without an end is meant: the number of payments is left out. */
  openEnded?: Opt<boolean>;
  /** How many intervals pass before DineroPay's first payment; default none. */
  delays?: Opt<number>;
  /** Default `multipart`. */
  encoding?: Opt<"multipart" | "urlencoded">;
}

export interface DineropayScheduleInput {
  account: DineropayAccount;
  scheduleId: string;
  /** Default `multipart`. */
  encoding?: Opt<"multipart" | "urlencoded">;
}

export interface DineropayHashInput {
  /** The checkout protocol's, or formulas 1 to 8 of the form protocol in this order. */
  formula:
    | "checkout"
    | "sale"
    | "transaction"
    | "create_schedule"
    | "schedule"
    | "credit"
    | "credit_status"
    | "order"
    | "wallet";
  password: string;
  hashAlgorithm?: Opt<"md5" | "sha256">;
  /** For `checkout`; default `unicode`. */
  upperCase?: Opt<"unicode" | "ascii">;
  /** For `checkout`: in their order, each exactly as it is sent. */
  fields?: Opt<readonly string[]>;
  email?: Opt<string>;
  /** The first six and the last four digits count; the rest may be asterisks. */
  cardNumber?: Opt<string>;
  cardToken?: Opt<string>;
  /** `trans_id`, `schedule_id` or `order_id`, as the formula says. */
  id?: Opt<string>;
}

/** Something that DineroPay found wrong with a request. */
export interface DineropayProblem {
  code: string | null;
  message: string;
}

export interface DineropayCallback {
  event: "charge" | "refund" | "void" | "chargeback" | "other";
  /** Null where the callback is not about a charge. */
  outcome: Outcome | null;
  paymentId: string;
  /** The payment's `reference`. */
  orderNumber: string;
  /** Compare it with the payment's before the outcome is applied. */
  amount: Money | null;
  description: string;
  /** DineroPay's own words, in lower case. */
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

export interface DineropayStatusAnswer {
  /** A success where one payment succeeded; a decline only where every one was declined. */
  outcome: Outcome;
  payments: {
    paymentId: string | null;
    orderNumber: string | null;
    amount: Money | null;
    /** `settled`, `refund`, …: after `refund`, `reversal`, `void` and `chargeback` the money has gone back. */
    status: string;
    date: PlainDate | null;
    scheduleId: string | null;
    /** Secret. With the id of the first payment of a recurrence it makes the credential, should the callback be lost. */
    recurringToken: string | null;
    outcome: Outcome;
  }[];
  /** DineroPay knows no such payment. No proof while a request is under way; later, apply `payment_not_made`. */
  notFound: boolean;
  problems: DineropayProblem[];
}

export interface DineropayRefundAnswer {
  /** `accepted`: what becomes of it comes by callback. */
  status: "done" | "accepted" | "refused" | "unknown";
  paymentId: string | null;
  paymentStatus: string | null;
  reason: string | null;
  problems: DineropayProblem[];
}

export interface DineropayScheduleAnswer {
  status: "done" | "accepted" | "refused" | "unknown";
  /** Of a new schedule: what sessions name from now on. */
  scheduleId: string | null;
  schedule: {
    name: string | null;
    cycle: Cycle | null;
    dayOfMonth: number | null;
    /** In DineroPay's counting. */
    paymentsCount: number | null;
    delays: number | null;
    paused: boolean | null;
  } | null;
  problems: DineropayProblem[];
}

/**
 * DineroPay. It signs what is sent, so these requests are ready as they are. It never deduplicates: what was sent is never
 * sent again, but asked about with `getStatus`. It is Akurateco's platform under another name; where DineroPay's own pages are
 * silent, the platform's reference is followed.
 */
export const dineropay: {
  /** `POST /api/v1/session`: the checkout page. Source: DineroPay's page and the platform's reference. */
  createSession(input: DineropaySession): HttpRequest;
  /** `POST /api/v1/payment/recurring`: a payment by the merchant. Source: DineroPay's page, the platform's reference, client code. */
  chargeRecurring(input: DineropayRecurringCharge): HttpRequest;
  /** `POST /api/v1/payment/retry`, after a soft decline; the outcome comes by callback. Source: the platform's reference. */
  retryCharge(input: DineropayPaymentInput): HttpRequest;
  /** `POST /api/v1/payment/status`. Source: the platform's reference, client code. */
  getStatus(input: DineropayStatusInput): HttpRequest;
  /** `POST /api/v1/payment/refund`; without an amount all of it, whose hash is inferred. Source: DineroPay's page. */
  refund(input: DineropayPaymentInput & { amount?: Opt<Money> }): HttpRequest;
  /** `POST /api/v1/payment/void`: of a settled payment, on its financial day. Source: the platform's reference, client code. */
  voidPayment(input: DineropayPaymentInput): HttpRequest;
  /** `POST /api/v1/payment/capture`, after an authorisation. Source: the platform's newer reference, client code. */
  capture(input: DineropayPaymentInput & { amount: Money }): HttpRequest;
  /**
   * `CREATE_SCHEDULE`. Weeks go as 7 days, quarters as 3 months, years as 12, an end date as the count that it means. Source:
   * DineroPay's pages, the platform's reference.
   */
  createSchedule(input: DineropayNewSchedule): HttpRequest;
  /** `PAUSE_SCHEDULE`. Source for this and the next four: the platform's reference. */
  pauseSchedule(input: DineropayScheduleInput): HttpRequest;
  /** `RUN_SCHEDULE`, after a pause; payments are planned anew. */
  runSchedule(input: DineropayScheduleInput): HttpRequest;
  /** `DELETE_SCHEDULE`. */
  deleteSchedule(input: DineropayScheduleInput): HttpRequest;
  /** `SCHEDULE_INFO`. */
  scheduleInfo(input: DineropayScheduleInput): HttpRequest;
  /** `DESCHEDULE`: takes one subscription off its schedule. */
  deschedule(input: DineropayScheduleInput & { credential: StoredCredential }): HttpRequest;
  /** A hash by itself, for requests that have no builder here. */
  hash(input: DineropayHashInput): string;
  /**
   * Verifies and reads a callback, given its raw body. The hash covers id, number, amount, currency and description alone, and
   * a payer may see it in the return address: ask with `getStatus` before anything is handed over.
   *
   * @throws BillingError `wrong_signature`.
   */
  readCallback(input: { body: string; password: string; hashAlgorithm?: Opt<"md5" | "sha256"> }): DineropayCallback;
  /**
   * Verifies what a payer brings back, given the query and what the merchant has on record. It tells which payment, not what
   * became of it.
   *
   * @throws BillingError `wrong_signature`.
   */
  readReturn(input: {
    query: string;
    password: string;
    hashAlgorithm?: Opt<"md5" | "sha256">;
    amount: Money;
    description: string;
  }): { paymentId: string; orderNumber: string; transId: string | null };
  /** The answer to `createSession`: where to send the payer. */
  readSession(response: HttpResponse): {
    status: "done" | "accepted" | "refused" | "unknown";
    redirectUrl: string | null;
    problems: DineropayProblem[];
  };
  /** The answer to `chargeRecurring`, `retryCharge` and `capture`. */
  readCharge(response: HttpResponse): Outcome;
  /** The answer to `getStatus`: one payment or a list. */
  readStatus(response: HttpResponse): DineropayStatusAnswer;
  /** The answer to `refund`. */
  readRefund(response: HttpResponse): DineropayRefundAnswer;
  /** The answer to `voidPayment`. */
  readVoid(response: HttpResponse): DineropayRefundAnswer;
  /** The answer to every form about schedules. */
  readSchedule(response: HttpResponse): DineropayScheduleAnswer;
};
