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
 * Any function may find fault with what it is given: `missing_field`, `unknown_field`, `wrong_type`, `not_an_integer`,
 * `out_of_range`, `invalid_date`, `invalid_string`, `unknown_value`, `unknown_currency`, `too_many`; `end_before_start` and
 * `anchor_day_on_day_cycle` of a schedule, `no_schedule` of terms, `inconsistent_state` of a stored subscription, and `internal`
 * for a fault of the library. What a function refuses besides stands with it.
 *
 * The examples are run: what stands after `//` is what comes of them. They build on those of the types before them.
 *
 * Numbers such as R2.4 are those of docs/rules.md.
 */
// With this, what does not say `export` is not exported.
export {};

type Opt<T> = T | null | undefined;

/** An answer as an input: what would be null in it may be left out. */
type Given<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: T[K] | undefined;
};

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

/** A stable reason: docs/errors.md says what each means. New ones may come. */
export type ErrorCode =
  | "missing_field"
  | "unknown_field"
  | "wrong_type"
  | "not_an_integer"
  | "out_of_range"
  | "invalid_date"
  | "invalid_decimal"
  | "invalid_string"
  | "unknown_value"
  | "unknown_currency"
  | "currency_mismatch"
  | "end_before_start"
  | "anchor_day_on_day_cycle"
  | "anchor_day_not_allowed"
  | "unbounded"
  | "too_many"
  | "outside_period"
  | "no_next_payment"
  | "payment_count_required"
  | "payment_count_not_allowed"
  | "settle_not_allowed"
  | "event_out_of_order"
  | "unknown_reference"
  | "not_due"
  | "payment_in_flight"
  | "payment_overdue"
  | "amount_mismatch"
  | "digest_mismatch"
  | "subscription_ended"
  | "cancellation_pending"
  | "subscription_paused"
  | "subscription_not_paused"
  | "nothing_to_withdraw"
  | "no_schedule"
  | "provider_managed"
  | "not_ended"
  | "inconsistent_state"
  | "all_weights_zero"
  | "amount_not_representable"
  | "amount_off_grid"
  | "unsupported_currency"
  | "unsupported_cycle"
  | "invalid_card_number"
  | "card_expired"
  | "security_code_required"
  | "checkout_required"
  | "total_mismatch"
  | "invalid_signature"
  | "environment_mismatch"
  | "id_reused"
  | "duplicate_entry"
  | "not_initialized"
  | "internal";

export interface BillingErrorDetail {
  readonly code: ErrorCode;
  /** A JSON Pointer to the place; empty for the input as a whole. */
  readonly path: string;
  readonly message: string;
}

/** `code` and `path` are the first problem's; `errors` lists every problem found in the input. */
export class BillingError extends Error {
  readonly name: "BillingError";
  readonly code: ErrorCode;
  readonly path: string;
  readonly errors: readonly BillingErrorDetail[];
}

/**
 * Whether a value is a BillingError, of this or of another copy of the package. Safer than `instanceof`, which knows one copy.
 *
 * @example
 * isBillingError(new Error("another")); // false
 */
export function isBillingError(value: unknown): value is BillingError;

/**
 * Compiles the wasm ahead of the first call, without blocking. Nobody has to: the first call does it otherwise. It is for
 * browsers that compile no wasm of this size on the page's own thread (Chrome before 114), where it comes before every other
 * call.
 *
 * @example
 * await ready();
 * currencyInfo("NOK").exponent; // 2
 */
export function ready(): Promise<void>;

// Schedule: when is a payment due? (R2)

/** 7 days, 14 days, 1, 3, 6 and 12 months. */
export type CycleName = "weekly" | "biweekly" | "monthly" | "quarterly" | "semiannually" | "yearly";

/** A named cycle, or any other by its length, `every` from 1 to 1000. */
export type Cycle = CycleName | { every: number; unit: "day" | "week" | "month" | "year" };

/**
 * When payments fall due.
 *
 * @example
 * const schedule: Schedule = { start: "2025-01-31", cycle: "monthly" };
 */
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
export interface DateRange {
  from?: Opt<DateInput>;
  through?: Opt<DateInput>;
  limit?: Opt<number>;
}

/**
 * The first due date strictly after a day, or null when the schedule has ended by then (R2.2).
 *
 * @example
 * nextDueDate({ start: "2025-01-31", cycle: "monthly" }, "2025-01-31"); // "2025-02-28"
 */
export function nextDueDate(schedule: Schedule, after: DateInput): PlainDate | null;

/**
 * The due dates in a window, or of the whole schedule, at most 10 000 (R2.2 to R2.6).
 *
 * @throws BillingError `unbounded` when neither the schedule nor the window has an end, `too_many` past 10 000.
 * @example
 * dueDates({ start: "2025-01-31", cycle: "monthly", paymentCount: 3 }); // ["2025-01-31", "2025-02-28", "2025-03-31"]
 * dueDates({ start: "2025-01-01", cycle: { every: 10, unit: "day" } }, { from: "2025-02-01", limit: 2 });
 * // ["2025-02-10", "2025-02-20"]
 */
export function dueDates(schedule: Schedule, range?: Opt<DateRange>): PlainDate[];

/**
 * The period of payment `number`, counted from 1, or null when the schedule has fewer payments (R2.7).
 *
 * @example
 * period({ start: "2025-01-31", cycle: "monthly" }, 2);
 * // { number: 2, start: "2025-02-28", end: "2025-03-31", lastDay: "2025-03-30" }
 */
export function period(schedule: Schedule, number: number): Period | null;

/**
 * The period that contains a day, or null before the start and after the last period (R2.7).
 *
 * @example
 * periodOn({ start: "2025-01-31", cycle: "monthly" }, "2025-03-01");
 * // { number: 2, start: "2025-02-28", end: "2025-03-31", lastDay: "2025-03-30" }
 */
export function periodOn(schedule: Schedule, date: DateInput): Period | null;

/**
 * The periods whose due dates lie in a window, at most 10 000 (R2.7).
 *
 * @throws BillingError `unbounded`, `too_many`, as `dueDates`.
 * @example
 * periods({ start: "2025-01-01", cycle: "yearly" }, { limit: 1 });
 * // [{ number: 1, start: "2025-01-01", end: "2026-01-01", lastDay: "2025-12-31" }]
 */
export function periods(schedule: Schedule, range?: Opt<DateRange>): Period[];

/**
 * The last payment and what makes it the last, or null for an open-ended schedule (R2.6).
 *
 * @example
 * lastPayment({ start: "2025-01-31", cycle: "monthly", endDate: "2025-12-31", paymentCount: 4 });
 * // { number: 4, dueDate: "2025-04-30", bound: "payment_count" }
 */
export function lastPayment(schedule: Schedule): { number: number; dueDate: PlainDate; bound: Bound } | null;

// Money (R1)

/**
 * Splits an amount by weights, whole numbers from 0, into parts that sum to it exactly (R1.5): each is its share rounded down,
 * and the units left go to the largest remainders, the earlier part first on ties. A weight of 0 gets nothing.
 *
 * @throws BillingError `all_weights_zero` when there are none above 0.
 * @example
 * allocate({ amount: 100, currency: "NOK" }, [1, 1, 1]).map(({ amount }) => amount); // [34, 33, 33]
 */
export function allocate(total: Money, weights: readonly number[]): Money[];

/**
 * Reads an amount in major units, exactly (R1.2): more decimals than the currency has are an error.
 *
 * @throws BillingError `invalid_decimal`.
 * @example
 * parseDecimal("19.9", "NOK"); // { amount: 1990, currency: "NOK" }
 * parseDecimal("19.999", "NOK"); // throws invalid_decimal /text
 */
export function parseDecimal(text: string, currency: string): Money;

/**
 * The amount in major units with all decimals of its currency, for a request or a form rather than for people (R1.2).
 *
 * @example
 * formatDecimal({ amount: 1990, currency: "NOK" }); // "19.90"
 */
export function formatDecimal(money: Money): string;

/**
 * How many decimals the minor unit of a currency has, by its ISO 4217 code in capital letters (R1.3).
 *
 * @example
 * currencyInfo("JPY"); // { code: "JPY", exponent: 0 }
 */
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
  /** Only with another cycle of months or years: the anchor day from the restart on, 1 to 31. The first payment is then a stub (R3.6). */
  anchorDay?: Opt<number>;
  /** When it takes force: on `at`, or on the first due date on or after it. Default `on_date`, for a downgrade `period_end` (R3.5). */
  effective?: Opt<"on_date" | "period_end">;
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
  /** Rounds to multiples of so many minor units, 1 to 1 000 000; default 1. Prices have to be such multiples. */
  roundTo?: Opt<number>;
}

/** A whole period, a short first one, the unused part of the old price, the remaining part at the new one, a balance. */
export type LineKind = "period" | "stub" | "credit" | "charge" | "balance" | "unscheduled" | "verification";

/** The rule of docs/rules.md by which a line has its amount. New ones may come. */
export type LineRule = "R2.7" | "R3.2" | "R3.6" | "R3.7" | "R3.8" | "R3.11" | "R4.2" | "R5.11";

/** Explains a part of an amount: what for, for which days, which fraction of a full period. */
export interface Line {
  kind: LineKind;
  /** The item of the price that the line is for; null where the price is an amount. */
  item: string | null;
  /** The quantity of that item. */
  quantity: number | null;
  /** The price of a full period that the line is a part of; null where it is no part of a price. */
  price: Money | null;
  period: { start: PlainDate; end: PlainDate } | null;
  fraction: { days: number; periodDays: number } | null;
  amount: Money;
  rule: LineRule;
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
  asOf: PlainDate;
  /** The digest of what is agreed to (R8.3): a server that computes the change anew sees whether it is the same. */
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
 * What a period costs, as a line that explains it (R3.8): its part of the price for a short first period, the price for any
 * other. Null when the schedule has fewer payments.
 *
 * @throws BillingError `amount_off_grid` for a price that is not a multiple of `roundTo`.
 * @example
 * const fromTheFirst: Schedule = { start: "2025-01-22", cycle: "monthly", anchorDay: 1 };
 * periodPrice({ schedule: fromTheFirst, price: { amount: 3100, currency: "USD" }, number: 1 })?.fraction;
 * // { days: 10, periodDays: 31 }
 * periodPrice({ schedule: fromTheFirst, price: { amount: 3100, currency: "USD" }, number: 1 })?.amount;
 * // { amount: 1000, currency: "USD" }
 */
export function periodPrice(input: PeriodPriceInput): Line | null;

/**
 * What a change of plan costs, line by line, and what becomes of the schedule and of the next payment (R3.1 to R3.6). It knows
 * a schedule and two prices; for a subscription, with its balance and its earlier changes, there is `quotePlanChange`.
 *
 * @throws BillingError `outside_period`, `currency_mismatch`, `amount_off_grid`, `no_next_payment`, `payment_count_not_allowed`, `anchor_day_not_allowed`; with
 * another cycle `end_before_start`, `payment_count_required`, `settle_not_allowed`, `anchor_day_on_day_cycle`.
 * @example
 * prorate({
 *   schedule: { start: "2025-04-01", cycle: "monthly" },
 *   from: { amount: 10000, currency: "BRL" },
 *   to: { amount: 25000, currency: "BRL" },
 *   at: "2025-04-11",
 * }).dueNow; // { amount: 10000, currency: "BRL" }: 166.67 for 20 of 30 days, less 66.67 not used
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

/**
 * Who initiates a payment, the Mastercard code that it belongs to, and why (R4). Null under internal recurrence, where the
 * provider initiates it.
 *
 * @example
 * selectIndicator({ recurrence: "external", establishedBy: "payment" }); // { indicator: "M1", mastercardCode: "M103", … }
 */
export function selectIndicator(input: IndicatorInput): {
  indicator: Indicator | null;
  mastercardCode: MastercardCode | null;
  reason: string;
};

// Subscription: what has to happen next? (R5, R6)

/** When a declined payment is tried again, in days after the first decline (default 1, 3, 5, 7), and how it ends. */
export interface RetryPolicy {
  days: readonly number[];
  /** Default `expire`. With `skip_payment` the payment is given up and the next one is offered on its due date. */
  onExhausted?: Opt<"expire" | "cancel" | "skip_payment">;
}

/**
 * What was agreed.
 *
 * @example
 * const terms: Terms = { price: { amount: 9900, currency: "NOK" }, schedule };
 */
export interface Terms<D extends DateInput = DateInput> {
  /** The price of a full period, 0 or more. */
  price: Money;
  /** Absent: no payment falls due by itself, each is an `unscheduled_charge`. */
  schedule?: Opt<Schedule<D>>;
  /** Who triggers the payments after the first; default `external`, the merchant. */
  recurrence?: Opt<"external" | "internal">;
  /** The first day of a trial, before `schedule.start`: the card is verified then. */
  trialStart?: Opt<D>;
  firstPeriod?: Opt<FirstPeriod>;
  rounding?: Opt<Rounding>;
  roundTo?: Opt<number>;
  retry?: Opt<RetryPolicy>;
  /** Payments missed while nobody asked: each is due (default), or the latest, and the older ones are skipped. */
  missedPayments?: Opt<"all" | "latest">;
}

export type Status = "pending" | "active" | "cancelled" | "error" | "expired";

/** Money that was taken and is not owed: refund it. */
export interface Overpayment {
  /** Null for a charge that the provider made by its own schedule. */
  reference: string | null;
  providerReference: string | null;
  amount: Money;
  on: PlainDate;
  reason: "paid_twice" | "paid_after_end" | "dropped";
}

/**
 * Plain JSON: store it whole. What was tampered with is refused. `state` is the library's own.
 *
 * @example
 * // One payment was made elsewhere, before.
 * const imported = { payments: 1, establishedBy: "payment" } as const;
 * const subscription = createSubscription({ id: "sub-1", terms, imported });
 */
export interface Subscription {
  format: 1;
  id: string;
  /** As they were agreed. */
  terms: Terms<PlainDate>;
  status: Status;
  /** As changes of plan and pauses have left them. */
  current: { price: Money; schedule: Schedule<PlainDate> | null; firstNumber: number };
  /** How many numbers of the schedule are settled: paid, of zero, skipped or given up. */
  payments: number;
  /** Null when no payment of the schedule follows. */
  nextDueDate: PlainDate | null;
  /** Negative: in the customer's favour. */
  balance: Money;
  overpayments: Overpayment[];
  state: unknown;
}

/**
 * One attempt at a payment.
 *
 * @example
 * const action = nextAction(subscription, "2025-02-28"); // { type: "charge", … }
 * if (action.type !== "charge") throw new Error(action.type);
 * const { payment } = action;
 */
export interface Payment {
  number: number;
  extra: number;
  attempt: number;
  /** `final`: what is owed at the end. */
  kind: "verification" | "initial" | "recurring" | "plan_change" | "unscheduled" | "final";
  /** The day on which it fell due; a later attempt does not move it. */
  dueDate: PlainDate;
  period: { start: PlainDate; end: PlainDate; lastDay: PlainDate } | null;
  amount: Money;
  amountKind: "fixed" | "variable";
  indicator: Indicator | null;
  mastercardCode: MastercardCode | null;
  /** `<id>-<number>-<extra>-<attempt>`: the same attempt always bears the same, a new attempt a new one. */
  reference: string;
  lines: Line[];
}

export type Action =
  /** The cardholder has to be there: a first payment, a verification, or a new card. */
  | { type: "checkout"; reason: string; payment: Payment }
  /** The merchant charges the stored card. */
  | { type: "charge"; payment: Payment }
  /** An amount of 0: nothing is sent, apply its success. */
  | { type: "record"; payment: Payment }
  /** An attempt is out: ask the provider what became of it. */
  | { type: "resolve"; payment: Payment }
  /** Internal recurrence: the provider charges by its own schedule, and `provider_charge` will tell. */
  | { type: "await_provider"; payment: Payment }
  | { type: "wait"; until: PlainDate }
  /** It is over: apply `finished` with this status. */
  | { type: "finish"; status: "expired" | "cancelled"; on: PlainDate; balance: Money }
  /** Nothing until an event comes: it has ended, is paused, or has no schedule. */
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

/** A request for a change of plan. */
export type PlanChangedEvent = {
  type: "plan_changed";
  on: DateInput;
  customerPresent?: Opt<boolean>;
  digest?: Opt<string>;
} & PlanChange;

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
  | { type: "payment_declined"; reference: string; on: DateInput; decline?: Opt<Given<Decline>> }
  /** Refused before any charge: the same attempt is made again. */
  | { type: "payment_not_made"; reference: string; on: DateInput }
  /** Internal recurrence: the provider has charged, or tried to. Told twice it changes nothing. */
  | {
      type: "provider_charge";
      providerReference: string;
      status: "succeeded" | "declined";
      on: DateInput;
      amount?: Opt<Money>;
      decline?: Opt<Given<Decline>>;
    }
  /** The card is to be verified, from this day on. */
  | { type: "verification_requested"; on: DateInput }
  /** As `quotePlanChange` answers it; say in `customerPresent` whether the cardholder is there to pay. */
  | PlanChangedEvent
  /** The last change that has not taken force is not wanted any more. */
  | { type: "plan_change_withdrawn"; on: DateInput }
  /** A payment of its own amount, due on the day: a top-up, usage. `id` is yours, 1 to 64 characters: a known one changes nothing. */
  | { type: "unscheduled_charge"; id: string; on: DateInput; amount: Money; note?: Opt<string>; customerPresent?: Opt<boolean> }
  /** `payment`: the cardholder brings the new card with the next payment, which is a checkout. */
  | { type: "card_replaced"; on: DateInput; by: "verification" | "payment" | "updater" }
  /** Another provider charges from now on: a checkout there comes first. */
  | { type: "provider_changed"; on: DateInput }
  /** Nothing falls due until `resumed`. */
  | { type: "paused"; on: DateInput }
  /**
   * `keep`: what fell due during the pause is skipped. `shift`: the schedule moves by the days of the pause; `anchorDay` then sets another
   * anchor day.
   */
  | { type: "resumed"; on: DateInput; schedule: "keep" | "shift"; anchorDay?: Opt<number> }
  /**
   * `final`: whether what is owed at the end is collected (default), or forgiven with all that is open. `digest`: that of the
   * quote shown; another one is refused.
   */
  | {
      type: "cancelled";
      on: DateInput;
      when?: Opt<"now" | "period_end">;
      final?: Opt<"collect" | "waive">;
      digest?: Opt<string>;
    }
  | { type: "cancellation_withdrawn"; on: DateInput }
  /** The answer to the action `finish`; under internal recurrence also the provider's word that it is over. */
  | { type: "finished"; on: DateInput; status: "expired" | "cancelled" };

/** What became of an attempt, as far as the provider's answer tells. `unknown`: it may have been charged, ask. */
export interface Outcome {
  status: "succeeded" | "pending" | "declined" | "not_made" | "unknown";
  providerReference: string | null;
  decline: Decline | null;
  /** What has to be kept to charge again, where the answer brings it. Secret: store it apart, encrypted. */
  credential?: StoredCredential | null;
  /** After how many seconds to ask or to send again, where the provider says so and the outcome is `unknown` or `not_made`. */
  retryAfterSeconds?: Opt<number>;
}

/** What a provider gave to charge the same customer again. */
export type StoredCredential =
  /** A55 keeps nothing for the merchant's own recurrence: the card itself, without its security code and its cryptogram. */
  | { provider: "a55"; card: A55StoredCard }
  /**
   * Out of DineroPay's first callback: `recurring_init_trans_id` and `recurring_token`, and the currency of that payment, which
   * all later ones have.
   */
  | { provider: "dineropay"; initTransId: string; token: string; currency?: Opt<string> }
  /** Out of a transaction of Dintero's that was fetched with its tokens, at least one of the two. */
  | DinteroCredential
  /** Nexi's `subscriptionId` (scheduled) or `unscheduledSubscriptionId`, out of the payment that made the agreement. */
  | { provider: "nexi"; kind: "scheduled" | "unscheduled"; id: string };

/**
 * Begins a subscription, or imports one that has run elsewhere: `payments` are those of the schedule that were made there (R5).
 *
 * @throws BillingError `invalid_string` for an id that is not 1 to 40 letters, digits and hyphens, `amount_off_grid` for a price,
 * `no_schedule` for an imported one without.
 * @example
 * createSubscription({ id: "sub-2", terms }); // { id: "sub-2", status: "pending", payments: 0, nextDueDate: "2025-01-31", … }
 */
export function createSubscription(input: {
  id: string;
  terms: Terms;
  imported?: Opt<{ payments: number; establishedBy: "none" | "payment" | "verification" }>;
}): Subscription;

/**
 * What has to happen next, on a day (R5). It changes nothing: ask as often as you like, on any day.
 *
 * @throws BillingError `event_out_of_order`.
 * @example
 * nextAction(subscription, "2025-02-27"); // { type: "wait", until: "2025-02-28" }
 * nextAction(subscription, "2025-02-28").type; // "charge"
 */
export function nextAction(subscription: Subscription, today: DateInput): Action;

/**
 * The subscription after an event (R5.4). What was recorded already changes nothing, and an error leaves everything as it was.
 *
 * @throws BillingError `unknown_reference`, `not_due`, `payment_in_flight`, `payment_overdue`, `amount_mismatch`,
 * `event_out_of_order`, `not_ended`, `subscription_ended`, `subscription_paused`, `subscription_not_paused`, `nothing_to_withdraw`, `provider_managed`,
 * `currency_mismatch`; for `plan_changed` what `quotePlanChange` throws, such as `no_next_payment` and `amount_off_grid`, and `digest_mismatch`, as for `cancelled`;
 * for `unscheduled_charge` `invalid_string` and `id_reused`; for `resumed` `anchor_day_not_allowed` and `anchor_day_on_day_cycle`.
 * @example
 * const sent = applyEvent(subscription, { type: "attempt_started", reference: payment.reference, on: "2025-02-28" });
 * nextAction(sent, "2025-02-28").type; // "resolve": nothing else is sent until it is known what became of it
 * const paid = applyEvent(sent, { type: "payment_succeeded", reference: payment.reference, on: "2025-02-28" });
 * nextAction(paid, "2025-02-28"); // { type: "wait", until: "2025-03-31" }
 */
export function applyEvent(subscription: Subscription, event: SubscriptionEvent): Subscription;

/** A pending change of plan, as it was requested, its defaults resolved (R3.5). */
export interface PendingChange {
  to: Money;
  at: PlainDate;
  cycle: Cycle | null;
  paymentCount: number | null;
  anchorDay: number | null;
  effective: "on_date" | "period_end" | null;
  settle: "now" | "next_payment" | null;
  prorate: boolean | null;
  /** The day on which it takes force. */
  on: PlainDate;
  /** The reference of the payment that it waits for; null before its day. */
  reference: string | null;
}

/** What a change of plan costs a subscription, and the event that carries it out (R3.5). */
export interface PlanChangeQuote {
  /** `dueNow` is what the payment takes that the change makes or reprices, `nextPayment` the one after it. */
  proration: Proration;
  /** The pending changes for the same day, and all where the change takes force on the day of its request. */
  replaces: PendingChange[];
  /** The pending changes for later days whose amounts this one alters, or that are left without a due date. */
  alters: PendingChange[];
  /** Apply it; its digest covers the amounts and both arrays. */
  event: PlanChangedEvent;
}

/**
 * Quotes a change of plan on a day, with the event that carries it out (R3). A change for a later day is computed as if every payment
 * until then were made, with the pending changes before it in force.
 *
 * @throws BillingError `payment_in_flight`, `payment_overdue`, `subscription_ended`, `cancellation_pending`, `subscription_paused`, `no_schedule`,
 * `provider_managed`, `event_out_of_order`, `no_next_payment`, `currency_mismatch`, `amount_off_grid`, `outside_period`,
 * `payment_count_not_allowed`, `anchor_day_not_allowed`; with another cycle `end_before_start`, `payment_count_required`,
 * `settle_not_allowed`, `anchor_day_on_day_cycle`.
 * @example
 * const change = { to: { amount: 19900, currency: "NOK" }, at: "2025-02-14" };
 * const { proration, event } = quotePlanChange(subscription, change, "2025-02-14");
 * proration.dueNow; // { amount: 5000, currency: "NOK" }: show it, and once the customer agrees
 * nextAction(applyEvent(subscription, { ...event, customerPresent: true }), "2025-02-14").type; // "checkout"
 */
export function quotePlanChange(subscription: Subscription, change: PlanChange, on: DateInput): PlanChangeQuote;

/** What a cancellation leaves unused, gives back and collects (R5.9). */
export interface CancellationQuote {
  /** The first day without service. */
  effective: PlainDate;
  /** The part of what was paid that is for days to come. */
  unused: Money;
  /** Negative: in the customer's favour. */
  balance: Money;
  /** What is the customer's: unused and balance together, where that is above 0. Nothing is refunded by itself. */
  refund: Money;
  /** What is owed: the balance less what is unused, where that is above 0. It is collected as a payment of kind `final`. */
  owed: Money;
  lines: Line[];
  /** Unscheduled charges that are open. They are no part of `owed`, and are collected all the same. */
  openCharges: Payment[];
  /** The day for which this was computed. */
  asOf: PlainDate;
  /** The digest of what is agreed to (R8.3). */
  digest: string;
}

/**
 * Quotes a cancellation on a day, at once or with the last paid period (R5.9). After the end the quote is as of its day.
 *
 * @throws BillingError `event_out_of_order`.
 * @example
 * const begun = createSubscription({ id: "sub-3", terms });
 * const { subscription: running } = simulate(begun, { from: "2025-01-31", through: "2025-01-31" });
 * quoteCancellation(running, "2025-02-14").refund; // { amount: 4950, currency: "NOK" }
 * quoteCancellation(running, "2025-02-14", { when: "period_end" }).effective; // "2025-02-28"
 */
export function quoteCancellation(
  subscription: Subscription,
  on: DateInput,
  options?: Opt<{ when?: Opt<"now" | "period_end"> }>,
): CancellationQuote;

/** A payment to come: it has no reference yet. */
export interface PreviewedPayment extends Omit<Payment, "reference"> {
  /** The last day on which a cancellation still prevents it; null where that lies before the day of the preview. */
  cancelBy: PlainDate | null;
}

/** What some terms come to, if every payment succeeds. */
export interface Preview {
  /** What is paid on the day itself. */
  dueNow: Money;
  /** Those that the subscription will make, to the minor unit. */
  payments: PreviewedPayment[];
  /** Whether payments follow after the last one listed. */
  hasMore: boolean;
  /** The first payment above zero after the day itself. */
  nextCharge: { dueDate: PlainDate; amount: Money } | null;
  /** Null when it is over on the day. `end`: the first day that is no longer part of it. `convertsTo`: the price afterwards. */
  trial: { start: PlainDate; end: PlainDate; convertsTo: Money } | null;
  end: { bound: Bound | "never"; lastDueDate: PlainDate | null; payments: number | null };
  /** All payments together; null when it goes on until it is cancelled. */
  total: Money | null;
  /** Null without a schedule, as the two that follow. */
  perPeriod: Money | null;
  /** Exactly for cycles of months, else over a mean month of 365.2425 / 12 days. */
  perMonth: Money | null;
  perYear: Money | null;
  asOf: PlainDate;
  /** The digest of what is agreed to (R8.3): a server that computes it from its own price list sees whether it is the same. */
  digest: string;
}

export interface PreviewOptions {
  /** The day on which the customer would agree. */
  on: DateInput;
  /** At most so many payments, 1 to 1000; default 12. */
  payments?: Opt<number>;
  /** None that is made after this day. */
  through?: Opt<DateInput>;
}

/**
 * What a checkout page shows, computed by running the very subscription ahead (R8.1).
 *
 * @throws BillingError what is wrong with the terms, such as `no_schedule` for a trial before none.
 * @example
 * const quarterly: Terms = { price: { amount: 60000, currency: "NOK" }, schedule: { start: "2025-01-31", cycle: "quarterly" } };
 * const { perMonth, nextCharge } = preview(quarterly, { on: "2025-01-31" });
 * perMonth; // { amount: 20000, currency: "NOK" }
 * nextCharge; // { dueDate: "2025-04-30", amount: { amount: 60000, currency: "NOK" } }
 */
export function preview(terms: Terms, options: PreviewOptions): Preview;

/** Days for a reminder, both included. */
export interface ReminderDays {
  earliest: PlainDate;
  latest: PlainDate;
}

/** A payment of which the schemes want the customer to be reminded. */
export interface SchemeReminder {
  dueDate: PlainDate;
  kind: "trial_end" | "long_cycle";
  /** Null where the scheme asks for nothing, or where no day is left. */
  mastercard: ReminderDays | null;
  visa: ReminderDays | null;
  /** The days on which one reminder serves both; null where two are needed, or just one is asked for. */
  both: ReminderDays | null;
}

/**
 * The reminders that the card schemes ask for, for the payments due after a day (R8.4).
 *
 * @example
 * const yearly: Terms = { price: { amount: 99000, currency: "NOK" }, schedule: { start: "2025-01-31", cycle: "yearly" } };
 * schemeReminders(yearly, { on: "2025-01-31", payments: 2 }); // [{ dueDate: "2026-01-31", kind: "long_cycle", … }, …]
 */
export function schemeReminders(terms: Terms, options: PreviewOptions): SchemeReminder[];

/**
 * The event that an outcome is, for `applyEvent`; null while it is not known what became of the attempt, which therefore stays
 * out (R5.5).
 *
 * @example
 * eventFromOutcome(payment, { status: "succeeded", providerReference: "ch-1" }, "2025-02-28")?.type; // "payment_succeeded"
 * eventFromOutcome(payment, { status: "unknown" }, "2025-02-28"); // null
 */
export function eventFromOutcome(payment: Payment, outcome: Given<Outcome>, on: DateInput): SubscriptionEvent | null;

export type Provider = "a55" | "dineropay" | "dintero" | "nexi";

export interface RetryAttempt {
  on: DateInput;
  amount: Money;
  decline: Given<Decline>;
}

/**
 * Plans the next attempt at a payment that was declined: when, or why not, by the policy and the schemes' rules (R6).
 * `attempts` are all declined ones, in their order.
 *
 * @throws BillingError `currency_mismatch`.
 * @example
 * const decline: RetryAttempt["decline"] = { code: "51", scheme: "visa", retry: "allowed", reason: "insufficient funds" };
 * const attempts: RetryAttempt[] = [{ on: "2025-02-28", amount: { amount: 9900, currency: "NOK" }, decline }];
 * planRetry({ attempts, today: "2025-02-28" }); // { decision: "retry", earliest: "2025-03-01", … }
 * planRetry({ attempts: [{ ...attempts[0], decline: { ...decline, code: "04" } }], today: "2025-02-28" }).decision;
 * // "checkout"
 */
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

/**
 * Runs a subscription ahead from a day through another, doing at once whatever is due; `fail` names the attempts that are
 * declined, and `events` are applied on their days.
 *
 * @throws BillingError what the events that are given make `applyEvent` throw, `too_many`.
 * @example
 * const { subscription: later, timeline } = simulate(subscription, {
 *   from: "2025-02-28",
 *   through: "2025-03-31",
 *   fail: [{ number: 2, attempt: 1 }],
 * });
 * later.payments; // 3
 * timeline[1]; // { on: "2025-02-28", event: { type: "payment_declined", … }, … }
 */
export function simulate(
  subscription: Subscription,
  script: {
    from: DateInput;
    through: DateInput;
    fail?: Opt<readonly { number: number; extra?: Opt<number>; attempt: number; decline?: Opt<Given<Decline>> }[]>;
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

/** What a provider answered: `{ status: response.status, body: await response.text() }`; status 0 where no answer came. */
export interface HttpResponse {
  status: number;
  body: string;
  /** `response.headers.get("retry-after")`. Seconds are answered as `retryAfterSeconds`; of a date nothing is known without a clock. */
  retryAfter?: Opt<string>;
}

/** What a provider answered to a request that makes a payment. */
export interface ChargeReply extends HttpResponse {
  /**
   * The same request had been sent before and its answer was lost: a refusal then tells nothing of the first one, and is `unknown` rather than
   * `not_made`.
   */
  resent?: Opt<boolean>;
}

/** What a provider answered to a question about an attempt. */
export interface StatusReply extends HttpResponse {
  /** The request that was asked about is surely over: what could still come then does not come any more. */
  requestIsOver?: Opt<boolean>;
}

/**
 * A copy that can be logged of a request that was built here: secret fields, and whatever authorises it, are masked (R7.3).
 *
 * @example
 * const headers = { "Content-Type": "application/json", Authorization: "Bearer a-token" };
 * const request: HttpRequest = { method: "POST", url: "https://api.example/charge", headers, body: '{"amount":"19.90","card_cvv":"123"}' };
 * redact(request).body; // '{"amount":"19.90","card_cvv":"***"}'
 * redact(request).headers.Authorization; // "***"
 */
export function redact(request: HttpRequest): HttpRequest;

// One API over all providers

/**
 * A payment to be made by the merchant, told apart by `provider`. Amount, reference, indicator and due date are the payment's;
 * the rest is each provider's own.
 */
export type ChargeInput = A55ChargeInput | DineroPayChargeInput | DinteroChargeInput | NexiChargeInput;

export interface A55ChargeInput
  extends Pick<
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
  /** One by the cardholder (C1) too: A55 takes it from the merchant's own page. */
  payment: Payment;
  /** Without it, a payment by the cardholder gets a session for A55's checkout. */
  credential?: Opt<StoredCredential>;
  /** As the cardholder has just given it. It must never be stored. */
  cvv?: Opt<string>;
  /** Of a network token, good for one payment. */
  cryptogram?: Opt<string>;
  /** Under internal recurrence: what A55 is to run, from this payment on. */
  schedule?: Opt<Schedule>;
}

export interface DineroPayChargeInput extends Pick<DineroPayRecurringCharge, "account" | "customer" | "customData" | "sendCurrency"> {
  provider: "dineropay";
  payment: Payment;
  credential: StoredCredential;
  /** What the payer sees, 2 to 1024 letters, digits, blanks and signs. */
  description: string;
}

export interface DinteroChargeInput
  extends Pick<DinteroCharge, "account" | "customer" | "callbackUrl">,
    Pick<DinteroOrder, "items" | "vatAmount" | "merchantReference2"> {
  provider: "dintero";
  payment: Payment;
  credential: StoredCredential;
}

export interface NexiChargeInput
  extends Pick<NexiChargeSubscription, "account" | "webHooks" | "myReference">,
    Pick<NexiOrder, "items" | "rounding"> {
  provider: "nexi";
  payment: Payment;
  credential: StoredCredential;
}

/**
 * Builds the request that makes a payment. Record the attempt before it leaves; send it again only where the provider
 * deduplicates (see `capabilities`).
 *
 * @throws BillingError `checkout_required` for a payment that only the cardholder can make, on a page: the message names its
 * builder. `provider_managed` for one that the provider makes by itself. `out_of_range` for a payment of 0: nothing is sent.
 * Besides, all that the provider would refuse as far as it is documented: `unsupported_currency`, `unsupported_cycle`,
 * `amount_not_representable`, `total_mismatch`, `currency_mismatch`, `invalid_card_number`, `card_expired`,
 * `security_code_required`, `environment_mismatch`.
 * @example
 * const account: DinteroAccount = { id: "T12345678", environment: "test" };
 * const credential: DinteroCredential = { provider: "dintero", product: "payex.creditcard", recurrenceToken: "a-token" };
 * const request = chargeRequest({ provider: "dintero", payment, account, credential });
 * request.url; // "https://checkout.dintero.com/v1/sessions/pay"
 * // fetch(request.url, { ...request, headers: { ...request.headers, authorization } }), whose answer goes to readCharge
 */
export function chargeRequest(input: ChargeInput): HttpRequest;

/** An attempt to be asked about, told apart by `provider`. */
export type StatusInput =
  /** A list of the days around the attempt; `page` from 1. */
  | { provider: "a55"; account: A55Account; reference: string; on: DateInput; page?: Opt<number> }
  | { provider: "dineropay"; account: DineroPayAccount; reference: string }
  | { provider: "dintero"; account: DinteroAccount; reference: string }
  | { provider: "nexi"; account: NexiAccount; reference: string; credential: StoredCredential; paymentId?: null | undefined }
  /** One by the cardholder, by Nexi's id of the payment. */
  | { provider: "nexi"; account: NexiAccount; reference: string; credential?: null | undefined; paymentId: string };

/**
 * Builds the request that asks what became of an attempt. Its answer is read by `readStatus`.
 *
 * @example
 * const account: DinteroAccount = { id: "T12345678", environment: "test" };
 * statusRequest({ provider: "dintero", account, reference: payment.reference }).url;
 * // "https://checkout.dintero.com/v1/transactions?merchant_reference=sub-1-2-0-1&limit=100"
 */
export function statusRequest(input: StatusInput): HttpRequest;

/**
 * Reads the answer to `chargeRequest`. `resent`: the same request had been sent before and its answer was lost; a refusal then
 * tells nothing of the first one, and is `unknown` rather than `not_made`.
 *
 * @example
 * readCharge({ provider: "dintero", status: 200, body: '{ "id": "T12345678.1", "status": "CAPTURED" }' }).status;
 * // "succeeded"
 * readCharge({ provider: "dintero", status: 0, body: "" }).status; // "unknown"
 */
export function readCharge(input: ChargeReply & { provider: Provider }): Outcome;

/**
 * Reads the answer to `statusRequest`. `requestIsOver`: the request is surely over and the answer covers it, so that what the provider
 * does not know was `not_made`; otherwise it is `unknown`. `earlier`: at A55, the pages before the last.
 *
 * @example
 * const nothing = { provider: "dintero", reference: payment.reference, status: 200, body: "[]" } as const;
 * readStatus(nothing).status; // "unknown"
 * readStatus({ ...nothing, requestIsOver: true }).status; // "not_made"
 */
export function readStatus(
  input: StatusReply & { provider: Provider; reference: string; earlier?: Opt<readonly HttpResponse[]> },
): Outcome;

/** What a provider can do. The README shows it as a table; the sources stand beside the data, in each provider's folder. */
export interface Capabilities {
  provider: Provider;
  /** Who can trigger the payments after the first. */
  recurrence: ("external" | "internal")[];
  /** What its own schedules can do, where it has any. */
  internal: {
    /** Null where any number of days, weeks, months or years will do. */
    cycles: Cycle[] | null;
    /** `anchor_day`: the second payment then falls in the month that is a cycle after that of the first. */
    countsFrom: "first_payment" | "anchor_day";
    /** How a limit goes: a count as the last day that it means, or the reverse. */
    limit: "end_date" | "payment_count";
    openEnded: boolean;
  } | null;
  keptAs: "card" | "token" | "agreement";
  checkout: "page" | "page_or_request";
  /** How a charge tells who initiates it. */
  indicator: "field" | "request" | "operation" | "agreement";
  /** Whether it can tell the finer Mastercard code; where not, it is lost. */
  mastercardCode: boolean;
  /** How a card is verified without money: for a trial, or another card. */
  verification: "none" | "no_amount" | "zero_amount";
  /** By what a charge that is sent twice is made once. */
  deduplication: "none" | "idempotency_key" | "reference";
  /** Null where it is not documented, or where there is none. */
  deduplicationHours: number | null;
  /** How to ask what became of a charge. */
  status: "list" | "reference" | "credential";
  bulk: boolean;
  /** Who tries again after a decline. */
  retries: "merchant" | "merchant_or_provider";
  /** Null where there is no documented list. */
  currencies: string[] | null;
  amounts: "decimal_number" | "decimal_text" | "minor_units";
  /** In minor units; null where none is documented. */
  largestAmount: number | null;
  /** Currencies with minor units whose amounts have to be whole all the same. */
  wholeUnits: string[];
}

/**
 * What a provider can do, as far as it is documented.
 *
 * @example
 * capabilities("dintero"); // { provider: "dintero", recurrence: ["external"], keptAs: "token", … }
 */
export function capabilities(provider: Provider): Capabilities;

/** Something of the terms that a provider cannot carry. */
export interface TermsFinding {
  code:
    | "unsupported_currency"
    | "amount_not_representable"
    | "rounding_not_representable"
    | "no_internal_recurrence"
    | "unsupported_cycle"
    | "unsupported_anchor_day"
    | "limit_required"
    | "price_required"
    | "first_price_differs"
    | "no_verification"
    | "provider_retries"
    | "provider_missed_payments";
  /** Where in the terms, as a JSON Pointer. */
  path: string;
  message: string;
  /** What to do; null where nothing but another provider helps. */
  instead: string | null;
}

/**
 * Lists what of the terms a provider cannot carry; an empty list where it carries all. What goes over in another form without a
 * loss is no finding.
 *
 * @example
 * checkTerms(terms, "dintero"); // []
 * checkTerms({ ...terms, recurrence: "internal" }, "dintero"); // [{ code: "no_internal_recurrence", … }]
 */
export function checkTerms(terms: Terms, provider: Provider): TermsFinding[];

// A55

/** A55's documented hosts: core-manager.a55.tech (default), api.a55.tech, sandbox.api.a55.tech. A55 says which one is yours. */
export type A55Environment = "core_manager" | "production" | "sandbox";

export interface A55Account {
  /** The wallet that receives the money, a UUID. */
  walletUuid: string;
  /** The merchant, a UUID. */
  merchantId: string;
  environment?: Opt<A55Environment>;
  /** Another host, with a path at most; goes before the environment. */
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

/** What may be kept of a card to charge it again. */
export interface A55StoredCard {
  /** Whether `number` is that of the card or that of a network token (DPAN). */
  type: "card" | "network_token";
  holder: string;
  number: string;
  expiryMonth: number;
  expiryYear: number;
}

export interface A55Card extends A55StoredCard {
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

/** The cardholder's browser, for 3-D Secure. Source: A55's client code and API reference; none is said to be required. */
export interface A55DeviceInfo {
  deviceId?: Opt<string>;
  ipAddress?: Opt<string>;
  /** Of A55's device script; empty where there is none. */
  sessionId?: Opt<string>;
  userAgent?: Opt<string>;
  /** The Accept header of the page. */
  acceptContent?: Opt<string>;
  language?: Opt<string>;
  javaEnabled?: Opt<boolean>;
  javascriptEnabled?: Opt<boolean>;
  colorDepth?: Opt<number>;
  screenHeight?: Opt<number>;
  screenWidth?: Opt<number>;
  /** Minutes from local time to UTC, as `getTimezoneOffset()` gives them: -840 to 840. */
  timeDifference?: Opt<number>;
  /** The Accept header of the browser. */
  acceptBrowserValue?: Opt<string>;
}

/** A 3-D Secure authentication made elsewhere. Source: A55's API reference, by name alone. */
export interface A55ThreedsExternal {
  /** One or two digits. */
  eci: string;
  cavv: string;
  xid?: Opt<string>;
  version?: Opt<string>;
}

export interface A55Charge {
  account: A55Account;
  payer: A55Payer;
  /** Quantity times unit amount of all add up to `amount`. */
  items?: Opt<readonly A55Item[]>;
  /** Above zero, in BRL, MXN, CLP, COP, PEN, ARS, USD or EUR. */
  amount: Money;
  /** 1, and sent only where it is given. */
  installments?: Opt<1>;
  description: string;
  /** Without one, the answer has a session for A55's checkout, where the payer enters it; not on M1. */
  card?: Opt<A55Card>;
  /** Without one, the payment is a single one and `dueDate` says when. */
  subscription?: Opt<A55Subscription>;
  dueDate?: Opt<DateInput>;
  /** False only authorises; default is to take the money at once. */
  capture?: Opt<boolean>;
  /** True asks for 3-D Secure; otherwise A55 decides. */
  threedsAuthentication?: Opt<boolean>;
  threedsExternal?: Opt<A55ThreedsExternal>;
  deviceInfo?: Opt<A55DeviceInfo>;
  webhookUrl?: Opt<string>;
  redirectUrl?: Opt<string>;
  /** The payment's reference, sent as `reference_external_id`: a list of charges is searched by it. */
  reference?: Opt<string>;
  /** 16 to 128 characters; A55 makes the same request only once in 24 hours. Default the reference, in a form that fits. */
  idempotencyKey?: Opt<string>;
}

export interface A55TokenRequest {
  clientId: string;
  clientSecret: string;
  /** Such as "api/readwrite"; only A55's later pages have one. */
  scope?: Opt<string>;
  environment?: Opt<A55Environment>;
  /** Another address to ask; goes before the environment. */
  tokenUrl?: Opt<string>;
}

export interface A55ChargeId {
  account: A55Account;
  chargeUuid: string;
}

export interface A55ListCharges {
  account: A55Account;
  /** The first day. A55's time zone is not documented: to find an attempt, ask from the day before it to the day after. */
  from?: Opt<DateInput>;
  through?: Opt<DateInput>;
  /** From 1. */
  page?: Opt<number>;
  /** 1 to 100; default 100. */
  limit?: Opt<number>;
  /** Such as "status:confirmed". */
  filter?: Opt<string>;
  /** Such as "created:desc". */
  sort?: Opt<string>;
}

export interface A55ChargeChange extends A55ChargeId {
  /** Default all of it, or all that remains. Not with a cancellation. */
  amount?: Opt<Money>;
  /** How much there is, where it is known: the amount may not be above it. */
  remaining?: Opt<Money>;
  /** Not with a capture. */
  reason?: Opt<string>;
  /** A refund that is sent again without one may be made twice. */
  idempotencyKey?: Opt<string>;
}

export interface A55SubscriptionId {
  account: A55Account;
  subscriptionUuid: string;
}

export interface A55ReceivedCharge extends ChargeReply {
  /** False where the charge was only to be authorised: `confirmed` is then not yet the money. */
  capture?: Opt<boolean>;
}

export interface A55ReceivedStatus extends StatusReply {
  /** False where the charge was only to be authorised. */
  capture?: Opt<boolean>;
}

export interface A55ReceivedAmounts extends HttpResponse {
  /** The currency of amounts that A55 writes without one; without it they are left out. */
  currency?: Opt<string>;
}

/** The last page of a list of charges, and those before it. */
export interface A55FindCharge extends HttpResponse {
  earlier?: Opt<readonly HttpResponse[]>;
  reference: string;
  /** How many charges the page could have; default 100. A full page may have another after it. */
  limit?: Opt<number>;
  /** True where the request is surely over and the list covers the attempt: what it does not have was then `not_made`. */
  requestIsOver?: Opt<boolean>;
  capture?: Opt<boolean>;
}

/** A message of A55's. `code` is a word of A55's or the acquirer's, `source` whose it is or the field that is meant. */
export interface A55Message {
  code: string | null;
  source: string | null;
  description: string | null;
}

export interface A55Error {
  /** By the HTTP status; `failed` is an HTTP 200 that tells an error. */
  kind:
    | "invalid"
    | "unauthorized"
    | "forbidden"
    | "not_found"
    | "conflict"
    | "rate_limited"
    | "unavailable"
    | "failed"
    | "unreadable"
    | "other";
  messages: A55Message[];
  /** For A55's support. */
  requestId: string | null;
}

/** A charge as A55 tells it: null is what the answer does not have. */
export interface A55ChargeDetails {
  chargeUuid: string | null;
  /** A55's word, in lower case. */
  status: string | null;
  /** What it means for an attempt that was to be captured at once. */
  outcome: Outcome["status"];
  amount: Money | null;
  amountRemaining: Money | null;
  reference: string | null;
  /** Where the payer goes for 3-D Secure. */
  actionUrl: string | null;
  /** For A55's checkout. */
  sessionId: string | null;
  subscriptionUuid: string | null;
  nextChargeDate: PlainDate | null;
  schemeTransactionId: string | null;
  createdAt: string | null;
  messages: A55Message[];
}

/** `accepted`: taken on, and not said to be done; ask. `unknown`: it may have been done; ask. */
export interface A55Change {
  result: "done" | "accepted" | "refused" | "unknown";
  status: string | null;
  providerReference: string | null;
  /** When a subscription was cancelled, as A55 writes it. */
  at: string | null;
  error: A55Error | null;
  /** After how many seconds to ask or to send again, where A55 says so and nothing is done. */
  retryAfterSeconds?: number;
}

/** A subscription that A55 runs, in our words. */
export interface A55ProviderSubscription {
  subscriptionUuid: string | null;
  /** Null for a word that is not known. */
  status: Status | null;
  statusText: string | null;
  cycle: string | null;
  endDate: PlainDate | null;
  nextDueDate: PlainDate | null;
  description: string | null;
  charges: A55ChargeDetails[];
  /** How many of them took money. */
  payments: number;
}

export interface A55CompareSubscription {
  found: A55ProviderSubscription;
  /** The schedule that was given to A55. */
  schedule: Schedule;
  price: Money;
  /** The day of A55's answer. */
  on: DateInput;
  /** Where our own subscription stands; default what the schedule says of the day. */
  status?: Opt<Status>;
}

export interface A55Difference {
  kind: "status" | "cycle" | "end_date" | "next_due_date" | "charge_missing" | "charge_unexpected" | "amount";
  expected: string | null;
  found: string | null;
  chargeUuid: string | null;
}

export interface A55Webhook {
  /** Byte for byte as it came. */
  body: string;
  capture?: Opt<boolean>;
  currency?: Opt<string>;
  /** With it, a signature that is wrong, stale or missing is an error. */
  secret?: Opt<string>;
  /** The header X-Webhook-Signature. */
  signature?: Opt<string>;
  /** The header X-Webhook-Timestamp. */
  timestamp?: Opt<string>;
  /** The time now, in Unix seconds; needed with the secret. */
  now?: Opt<number>;
}

export interface A55WebhookEvent {
  /** Where it is false anybody may have sent it: ask for the charge before it counts. */
  verified: boolean;
  outcome: Outcome;
  charge: A55ChargeDetails | null;
  paymentLinkUuid: string | null;
  refundAmount: Money | null;
  chargebackReason: string | null;
  /** The same for each delivery of the same change. */
  deliveryKey: string | null;
}

/**
 * A55: card payments in Latin America. Every request but the one for a token needs `Authorization: Bearer …`, which is yours to
 * add.
 *
 * Sources are A55's subscription guide, its API reference and other pages at docs.a55.tech, of three generations, and its client
 * code. Where they contradict each other, the guide and the client code are followed, then the older pages, then the later ones.
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
export const a55: {
  /**
   * The request for a bearer token. Sources agree on the form; where to ask is contradicted, hence `environment` and
   * `tokenUrl`.
   *
   * @example
   * const client = { clientId: "client-1", clientSecret: "a-secret" };
   * a55.tokenRequest({ ...client, tokenUrl: "https://auth.example/oauth2/token" }).url; // "https://auth.example/oauth2/token"
   */
  tokenRequest(input: A55TokenRequest): HttpRequest;
  /**
   * The request that creates a charge, and with it a subscription under A55's own recurrence. The card goes whole with each
   * charge. Sources: two or more for the path, payer, card and recurrence; one for external recurrence, `capture`,
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
  createCharge(input: A55Charge): HttpRequest;
  /**
   * The request for a charge as it stands. Sources: A55's API reference in two generations; another page has another path.
   *
   * @example
   * a55.getCharge({ account, chargeUuid: "51dcca6e-7310-4b73-a94c-90835408f2ff" }).method; // "GET"
   */
  getCharge(input: A55ChargeId): HttpRequest;
  /**
   * The request for a list of charges, in which `findCharge` looks for an attempt. One source.
   *
   * @throws BillingError `end_before_start` where the last day is before the first.
   * @example
   * a55.listCharges({ account, from: "2025-02-27", through: "2025-03-01" }).method; // "GET"
   */
  listCharges(input: A55ListCharges): HttpRequest;
  /**
   * The request that takes the money of a charge which was only authorised. One source.
   *
   * @throws BillingError `currency_mismatch`, `unsupported_currency`, `amount_not_representable`.
   * @example
   * a55.captureCharge({ account, chargeUuid: "51dcca6e-7310-4b73-a94c-90835408f2ff" }).url;
   * // "https://sandbox.api.a55.tech/api/v1/bank/wallet/charge/capture/"
   */
  captureCharge(input: A55ChargeChange): HttpRequest;
  /**
   * The request that cancels a charge which is not settled. One source.
   *
   * @example
   * a55.cancelCharge({ account, chargeUuid: "51dcca6e-7310-4b73-a94c-90835408f2ff" }).method; // "POST"
   */
  cancelCharge(input: A55ChargeChange): HttpRequest;
  /**
   * The request that pays a charge back, whole or in part. Two sources; the answer is not documented.
   *
   * @throws BillingError `currency_mismatch`, `unsupported_currency`, `amount_not_representable`.
   * @example
   * const part = { amount: { amount: 500, currency: "BRL" }, remaining: { amount: 1990, currency: "BRL" } };
   * a55.refundCharge({ account, chargeUuid: "51dcca6e-7310-4b73-a94c-90835408f2ff", ...part }).body; // '{"amount":5.00}'
   */
  refundCharge(input: A55ChargeChange): HttpRequest;
  /**
   * The request for a subscription that A55 runs. Two sources.
   *
   * @example
   * a55.getSubscription({ account, subscriptionUuid: "b13216d0-1054-4353-9c47-ef12824e262a" }).method; // "GET"
   */
  getSubscription(input: A55SubscriptionId): HttpRequest;
  /**
   * The request that stops the later charges of a subscription that A55 runs. Two sources.
   *
   * @example
   * a55.cancelSubscription({ account, subscriptionUuid: "b13216d0-1054-4353-9c47-ef12824e262a" }).method; // "DELETE"
   */
  cancelSubscription(input: A55SubscriptionId): HttpRequest;
  /**
   * In what a subscription at A55 differs from what its schedule predicts; what A55 does not tell is no difference.
   *
   * @example
   * const body = '{ "subscription_uuid": "b13216d0-1054-4353-9c47-ef12824e262a", "status": "active", "cycle": "weekly" }';
   * const found = a55.readSubscription({ status: 200, body }).subscription!;
   * const schedule: Schedule = { start: "2025-03-31", cycle: "monthly" };
   * const price = { amount: 1990, currency: "BRL" };
   * a55.compareSubscription({ found, schedule, price, on: "2025-03-01" }); // [{ kind: "cycle", found: "weekly", … }, …]
   */
  compareSubscription(input: A55CompareSubscription): A55Difference[];
  /**
   * Reads a webhook, and verifies its signature where the secret is given (R7.4). The signature is contradicted: an earlier
   * revision of A55's page has it, the later one says to ask for the charge.
   *
   * @throws BillingError `invalid_signature`; `out_of_range` for one signed more than 300 seconds from now.
   * @example
   * const body = '{ "charge_uuid": "51dcca6e-7310-4b73-a94c-90835408f2ff", "status": "paid" }';
   * a55.readWebhook({ body }); // { verified: false, … }: a reason to ask with getCharge
   * const signed = { secret: "a-secret", signature: "00", timestamp: "1767225600" };
   * a55.readWebhook({ body, ...signed, now: 1767225600 }); // throws invalid_signature /input/signature
   */
  readWebhook(input: A55Webhook): A55WebhookEvent;
  /**
   * The answer to `tokenRequest`: the token, secret, and how many seconds it holds.
   *
   * @example
   * a55.readToken({ status: 200, body: '{ "access_token": "t", "expires_in": 3600 }' }).token;
   * // { accessToken: "t", expiresIn: 3600 }
   */
  readToken(input: HttpResponse): { token: { accessToken: string; expiresIn: number | null } | null; error: A55Error | null };
  /**
   * What the answer to `createCharge` says became of the attempt. `confirmed` and `paid` are `succeeded`; a decline comes with
   * HTTP 200; HTTP 409, 5xx, and what is not understood are `unknown`: ask.
   *
   * @example
   * a55.readCharge({ status: 200, body: '{ "charge_uuid": "c-1", "status": "confirmed" }' }).status; // "succeeded"
   * a55.readCharge({ status: 503, body: "" }).status; // "unknown"
   */
  readCharge(input: A55ReceivedCharge): Outcome;
  /**
   * The same of the answer to `getCharge`: what the charge says is final, any other answer is `unknown`.
   *
   * @example
   * a55.readChargeStatus({ status: 200, body: '{ "charge_uuid": "c-1", "status": "paid" }' }).status; // "succeeded"
   * a55.readChargeStatus({ status: 404, body: "" }).status; // "unknown"
   */
  readChargeStatus(input: A55ReceivedStatus): Outcome;
  /**
   * All that an answer tells of a charge, such as the address for 3-D Secure. An amount without a currency needs `currency`.
   *
   * @example
   * const body = '{ "charge_uuid": "c-1", "status": "pending", "url_3ds": "https://3ds.example" }';
   * a55.readChargeDetails({ status: 200, body }).charge; // { status: "pending", outcome: "pending", … }
   */
  readChargeDetails(input: A55ReceivedAmounts): { charge: A55ChargeDetails | null; error: A55Error | null };
  /**
   * The answer to `listCharges`; its shape is inferred. `more`: another page follows.
   *
   * @example
   * a55.readCharges({ status: 200, body: "[]" }); // { charges: [], hasMore: false, error: null }
   */
  readCharges(input: A55ReceivedAmounts): { charges: A55ChargeDetails[]; hasMore: boolean; error: A55Error | null };
  /**
   * Looks for an attempt, by its reference, in the answer to `listCharges`.
   *
   * @example
   * const body = '[{ "charge_uuid": "c-1", "status": "paid", "reference_external_id": "sub-1-2-0-1" }]';
   * a55.findCharge({ status: 200, body, reference: "sub-1-2-0-1" }).status; // "succeeded"
   * a55.findCharge({ status: 200, body, reference: "sub-1-3-0-1", requestIsOver: true }).status; // "not_made"
   */
  findCharge(input: A55FindCharge): Outcome;
  /**
   * The answer to `captureCharge`.
   *
   * @example
   * a55.readCapture({ status: 200, body: '{ "status": "confirmed" }' }).result; // "done"
   */
  readCapture(input: HttpResponse): A55Change;
  /**
   * The answer to `cancelCharge`.
   *
   * @example
   * a55.readCancelCharge({ status: 200, body: '{ "status": "canceled" }' }).result; // "done"
   */
  readCancelCharge(input: HttpResponse): A55Change;
  /**
   * The answer to `refundCharge`.
   *
   * @example
   * a55.readRefund({ status: 200, body: '{ "status": "refunded" }' }).result; // "done"
   */
  readRefund(input: HttpResponse): A55Change;
  /**
   * The answer to `getSubscription`, and the subscription in the answer to `createCharge`.
   *
   * @example
   * const body = '{ "subscription_uuid": "s-1", "status": "active", "cycle": "monthly" }';
   * a55.readSubscription({ status: 200, body }).subscription; // { status: "active", cycle: "monthly", payments: 0, … }
   */
  readSubscription(input: A55ReceivedAmounts): { subscription: A55ProviderSubscription | null; error: A55Error | null };
  /**
   * The answer to `cancelSubscription`. One that is cancelled already is `done`.
   *
   * @example
   * a55.readCancelSubscription({ status: 400, body: '{ "error": "Subscription is already cancelled" }' }).result; // "done"
   */
  readCancelSubscription(input: HttpResponse): A55Change;
  /**
   * The error that an answer reports, in whichever of A55's four shapes; null where it reports none.
   *
   * @example
   * a55.readError({ status: 429, body: "" }); // { kind: "rate_limited", messages: [], requestId: null }
   */
  readError(input: HttpResponse): A55Error | null;
};

// DineroPay

export interface DineroPayAccount {
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

export interface DineroPayOrder {
  /** 1 to 255 letters without accents, digits and signs, no blanks, new for each attempt: a payment's `reference`. */
  number: string;
  /** Above zero. */
  amount: Money;
  /** 2 to 1024 letters without accents (Arabic is taken), digits, blanks and signs. */
  description: string;
}

export interface DineroPayCustomer {
  /** 2 to 32 characters. */
  name: string;
  email: string;
  birthDate?: Opt<DateInput>;
}

export interface DineroPayBillingAddress {
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

export interface DineroPaySession {
  account: DineroPayAccount;
  order: DineroPayOrder;
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
  customer?: Opt<DineroPayCustomer>;
  billingAddress?: Opt<DineroPayBillingAddress>;
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

export interface DineroPayRecurringCharge {
  account: DineroPayAccount;
  /** The number has to be new; the amount need not be that of the first payment. */
  order: DineroPayOrder;
  /** What the first callback brought. */
  credential: StoredCredential;
  scheduleId?: Opt<string>;
  customer?: Opt<DineroPayCustomer>;
  customData?: Opt<Record<string, string>>;
  /** Whether the currency goes with the order; default not: the first payment has fixed it. */
  sendCurrency?: Opt<boolean>;
}

export interface DineroPayPaymentInput {
  account: DineroPayAccount;
  /** `providerReference` of the payment's outcome. */
  paymentId: string;
}

export type DineroPayStatusInput =
  | { account: DineroPayAccount; paymentId: string }
  /** `size`: how many of the order's payments to list, 1 to 100; newer installations of the platform. */
  | { account: DineroPayAccount; orderNumber: string; size?: Opt<number> };

export interface DineroPayNewSchedule {
  account: DineroPayAccount;
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

export interface DineroPayScheduleInput {
  account: DineroPayAccount;
  scheduleId: string;
  /** Default `multipart`. */
  encoding?: Opt<"multipart" | "urlencoded">;
}

export interface DineroPayHashInput {
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
export interface DineroPayError {
  code: string | null;
  message: string;
}

export interface DineroPayCallback {
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

export interface DineroPayStatusAnswer {
  /** A success where one payment of the order succeeded; a decline only where every one was declined. */
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
  errors: DineroPayError[];
}

export interface DineroPayRefundAnswer {
  /** `accepted`: what becomes of it comes by callback. */
  status: "done" | "accepted" | "refused" | "unknown";
  paymentId: string | null;
  paymentStatus: string | null;
  reason: string | null;
  errors: DineroPayError[];
  retryAfterSeconds?: number;
}

export interface DineroPayScheduleAnswer {
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
  errors: DineroPayError[];
  retryAfterSeconds?: number;
}

/**
 * DineroPay. It signs what is sent, so these requests are ready as they are. It never deduplicates: what was sent is never
 * sent again, but asked about with `getStatus`. It is Akurateco's platform under another name; where DineroPay's own pages are
 * silent, the platform's reference is followed.
 *
 * @example
 * const account = { merchantKey: "a-key", password: "a-password" };
 * const order = { number: "sub-1-2-0-1", amount: { amount: 1990, currency: "SAR" }, description: "Plan" };
 * const credential: StoredCredential = { provider: "dineropay", initTransId: "a-transaction", token: "a-token" };
 */
export const dineropay: {
  /**
   * `POST /api/v1/session`: the checkout page. Source: DineroPay's page and the platform's reference.
   *
   * @throws BillingError `currency_mismatch`.
   * @example
   * dineropay.createSession({ account, order, successUrl: "https://shop.example/paid", recurring: {} }).url;
   * // "https://checkout.dineropay.com/api/v1/session"
   */
  createSession(input: DineroPaySession): HttpRequest;
  /**
   * `POST /api/v1/payment/recurring`: a payment by the merchant. Source: DineroPay's page, the platform's reference, client
   * code.
   *
   * @throws BillingError `currency_mismatch` for another currency than that of the first payment.
   * @example
   * dineropay.chargeRecurring({ account, order, credential }).url; // "https://checkout.dineropay.com/api/v1/payment/recurring"
   */
  chargeRecurring(input: DineroPayRecurringCharge): HttpRequest;
  /**
   * `POST /api/v1/payment/retry`, after a soft decline; the outcome comes by callback. Source: the platform's reference.
   *
   * @example
   * dineropay.retryCharge({ account, paymentId: "p-1" }).url; // "https://checkout.dineropay.com/api/v1/payment/retry"
   */
  retryCharge(input: DineroPayPaymentInput): HttpRequest;
  /**
   * `POST /api/v1/payment/status`. Source: the platform's reference, client code.
   *
   * @example
   * dineropay.getStatus({ account, orderNumber: "sub-1-2-0-1" }).url; // "https://checkout.dineropay.com/api/v1/payment/status"
   */
  getStatus(input: DineroPayStatusInput): HttpRequest;
  /**
   * `POST /api/v1/payment/refund`; without an amount all of it, whose hash is inferred. Source: DineroPay's page.
   *
   * @example
   * dineropay.refund({ account, paymentId: "p-1", amount: { amount: 500, currency: "SAR" } }).url;
   * // "https://checkout.dineropay.com/api/v1/payment/refund"
   */
  refund(input: DineroPayPaymentInput & { amount?: Opt<Money> }): HttpRequest;
  /**
   * `POST /api/v1/payment/void`: of a settled payment, on its financial day. Source: the platform's reference, client code.
   *
   * @example
   * dineropay.voidPayment({ account, paymentId: "p-1" }).url; // "https://checkout.dineropay.com/api/v1/payment/void"
   */
  voidPayment(input: DineroPayPaymentInput): HttpRequest;
  /**
   * `POST /api/v1/payment/capture`, after an authorisation. Source: the platform's newer reference, client code.
   *
   * @example
   * dineropay.capture({ account, paymentId: "p-1", amount: order.amount }).url;
   * // "https://checkout.dineropay.com/api/v1/payment/capture"
   */
  capture(input: DineroPayPaymentInput & { amount: Money }): HttpRequest;
  /**
   * `CREATE_SCHEDULE`. Weeks go as 7 days, quarters as 3 months, years as 12, an end date as the count that it means. Source:
   * DineroPay's pages, the platform's reference.
   *
   * @throws BillingError `unsupported_cycle` for a cycle that DineroPay cannot count.
   * @example
   * const schedule: Schedule = { start: "2025-01-31", cycle: "monthly", paymentCount: 12 };
   * dineropay.createSchedule({ account, name: "Monthly plan", schedule, encoding: "urlencoded" }).url;
   * // "https://api.dineropay.com/post"
   */
  createSchedule(input: DineroPayNewSchedule): HttpRequest;
  /**
   * `PAUSE_SCHEDULE`. Source for this and the next four: the platform's reference.
   *
   * @example
   * dineropay.pauseSchedule({ account, scheduleId: "s-1" }).method; // "POST"
   */
  pauseSchedule(input: DineroPayScheduleInput): HttpRequest;
  /**
   * `RUN_SCHEDULE`, after a pause; payments are planned anew.
   *
   * @example
   * dineropay.runSchedule({ account, scheduleId: "s-1" }).method; // "POST"
   */
  runSchedule(input: DineroPayScheduleInput): HttpRequest;
  /**
   * `DELETE_SCHEDULE`.
   *
   * @example
   * dineropay.deleteSchedule({ account, scheduleId: "s-1" }).method; // "POST"
   */
  deleteSchedule(input: DineroPayScheduleInput): HttpRequest;
  /**
   * `SCHEDULE_INFO`.
   *
   * @example
   * dineropay.scheduleInfo({ account, scheduleId: "s-1" }).method; // "POST"
   */
  scheduleInfo(input: DineroPayScheduleInput): HttpRequest;
  /**
   * `DESCHEDULE`: takes one subscription off its schedule.
   *
   * @example
   * dineropay.deschedule({ account, scheduleId: "s-1", credential }).method; // "POST"
   */
  deschedule(input: DineroPayScheduleInput & { credential: StoredCredential }): HttpRequest;
  /**
   * A hash by itself, in hex, for requests that have no builder here.
   *
   * @example
   * dineropay.hash({ formula: "create_schedule", password: account.password }); // "f6478b8c8bebc3feb99caee71fd03976"
   */
  hash(input: DineroPayHashInput): string;
  /**
   * Verifies and reads a callback, given its raw body (R7.4). The hash covers id, number, amount, currency and description
   * alone, and a payer may see it in the return address: ask with `getStatus` before anything is handed over.
   *
   * @throws BillingError `invalid_signature`.
   * @example
   * const told = "id=1&order_number=sub-1-2-0-1&order_amount=19.90&order_currency=SAR&order_description=Plan";
   * const body = `${told}&type=recurring&status=success&hash=00`;
   * dineropay.readCallback({ body, password: account.password }); // throws invalid_signature /input/body
   */
  readCallback(input: { body: string; password: string; hashAlgorithm?: Opt<"md5" | "sha256"> }): DineroPayCallback;
  /**
   * Verifies what a payer brings back, given the query and what the merchant has on record (R7.4). It tells which payment, not
   * what became of it.
   *
   * @throws BillingError `invalid_signature`.
   * @example
   * const query = "payment_id=1&order_id=sub-1-2-0-1&hash=00";
   * const { amount, description } = order;
   * dineropay.readReturn({ query, password: account.password, amount, description }); // throws invalid_signature /input/query
   */
  readReturn(input: {
    query: string;
    password: string;
    hashAlgorithm?: Opt<"md5" | "sha256">;
    amount: Money;
    description: string;
  }): { paymentId: string; orderNumber: string; transId: string | null };
  /**
   * The answer to `createSession`: where to send the payer.
   *
   * @example
   * dineropay.readSession({ status: 200, body: '{ "redirect_url": "https://checkout.dineropay.com/auth/x" }' }).redirectUrl;
   * // "https://checkout.dineropay.com/auth/x"
   */
  readSession(input: HttpResponse): {
    status: "done" | "accepted" | "refused" | "unknown";
    redirectUrl: string | null;
    errors: DineroPayError[];
    retryAfterSeconds?: number;
  };
  /**
   * The answer to `chargeRecurring`, `retryCharge` and `capture`.
   *
   * @example
   * dineropay.readCharge({ status: 200, body: '{ "payment_id": "1", "status": "settled" }' }).status; // "succeeded"
   */
  readCharge(input: ChargeReply): Outcome;
  /**
   * The answer to `getStatus`: one payment or a list, of which only payments of the order count. One that names no order counts by
   * `paymentId`. What DineroPay does not know is `not_made` once the request is over.
   *
   * @example
   * const order = '"order": { "number": "sub-1-2-0-1" }';
   * const answer = { status: 200, body: `{ "payment_id": "1", "status": "settled", ${order} }` };
   * dineropay.readStatus({ ...answer, orderNumber: "sub-1-2-0-1" }).outcome.status; // "succeeded"
   * dineropay.readStatus({ ...answer, orderNumber: "sub-1-3-0-1" }).outcome.status; // "unknown"
   */
  readStatus(input: StatusReply & { orderNumber: string; paymentId?: Opt<string> }): DineroPayStatusAnswer;
  /**
   * The answer to `refund`.
   *
   * @example
   * dineropay.readRefund({ status: 0, body: "" }).status; // "unknown"
   */
  readRefund(input: HttpResponse): DineroPayRefundAnswer;
  /**
   * The answer to `voidPayment`.
   *
   * @example
   * dineropay.readVoid({ status: 200, body: '{ "payment_id": "1", "status": "VOID" }' }).status; // "done"
   */
  readVoid(input: HttpResponse): DineroPayRefundAnswer;
  /**
   * The answer to every form about schedules.
   *
   * @example
   * dineropay.readSchedule({ status: 200, body: '{ "action": "RUN_SCHEDULE", "result": "SUCCESS" }' }).status; // "done"
   */
  readSchedule(input: HttpResponse): DineroPayScheduleAnswer;
};

// Dintero: amounts are minor units up to 2 147 483 647, in any currency. Texts marked "kept" may hold words that are new.

export interface DinteroAccount {
  /** `T` (sandbox) or `P` (production) and eight digits. */
  id: string;
  /** Which of the two is meant: the other's account, session or transaction is `environment_mismatch`. */
  environment: "test" | "live";
  /** Another host for all requests, such as that of a fake; default Dintero's. */
  baseUrl?: Opt<string>;
}

/** Swedbank Pay, Bambora, Dintero's own. */
export type DinteroProduct = "payex.creditcard" | "bambora.creditcard" | "dintero_psp.creditcard";

/** Swedbank Pay has both, the others `payment_token` alone. */
export type DinteroTokenType = "payment_token" | "recurrence_token";

export interface DinteroCredential {
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
  /** Hundredths of a percent: 2500 is 25 %. */
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
  credential?: Opt<StoredCredential>;
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
  credential: StoredCredential;
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

/** What became of a change: a capture, a refund, a void, a cancelled session, a deleted token. */
export interface DinteroChange {
  /** `accepted`: still being done. `unknown`: fetch what was to be changed. */
  result: "done" | "accepted" | "refused" | "unknown";
  /** Of the transaction, the session or the token. */
  id: string | null;
  /** Its status in capital letters; kept. */
  status: string | null;
  /** Why it did not come off. */
  failure: DinteroEvent["error"];
  error: DinteroError | null;
  retryAfterSeconds?: number;
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
  /** What it means for the attempt; `credential` has the tokens. */
  outcome: Outcome;
  error: DinteroError | null;
}

/** Secret, by `credential`. */
export interface DinteroCardToken {
  id: string | null;
  /** `ACTIVE`, `INACTIVE`, `SUSPENDED`, `CANCELLED`, `DELETED`; kept. */
  status: string | null;
  brand: string | null;
  maskedPan: string | null;
  expiry: string | null;
  customerId: string | null;
  transactionId: string | null;
  credential: StoredCredential | null;
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

/**
 * Dintero Checkout. Every request but the one for a token needs `Authorization: Bearer …`, which is yours to add.
 *
 * @example
 * const account: DinteroAccount = { id: "T12345678", environment: "test" };
 * const order = { amount: { amount: 9900, currency: "NOK" }, merchantReference: "sub-1-2-0-1" };
 * const credential: DinteroCredential = { provider: "dintero", product: "payex.creditcard", recurrenceToken: "a-token" };
 */
export const dintero: {
  /**
   * The request for an access token, which goes as `Authorization: Bearer …` with every other request.
   *
   * @example
   * dintero.authToken({ account, clientId: "client-1", clientSecret: "a-secret" }).url;
   * // "https://api.dintero.com/v1/accounts/T12345678/auth/token"
   */
  authToken(input: { account: DinteroAccount; clientId: string; clientSecret: string }): HttpRequest;
  /**
   * The request for a session where the customer pays; with `tokens` it stores the card, with `credential` it uses a stored one.
   *
   * @throws BillingError `environment_mismatch`, `total_mismatch`, `currency_mismatch`.
   * @example
   * const tokens: DinteroTokens = { product: "payex.creditcard", types: ["payment_token", "recurrence_token"] };
   * dintero.createSession({ account, order, urls: { returnUrl: "https://shop.example/paid" }, tokens }).url;
   * // "https://checkout.dintero.com/v1/sessions-profile"
   */
  createSession(input: DinteroSession): HttpRequest;
  /**
   * The request for a session where the customer stores a card and nothing is charged.
   *
   * @example
   * const tokens: DinteroTokens = { product: "payex.creditcard", types: ["recurrence_token"] };
   * const urls = { returnUrl: "https://shop.example/stored" };
   * dintero.createTokenSession({ account, currency: "NOK", merchantReference: "sub-1-0-0-1", urls, tokens }).url;
   * // "https://checkout.dintero.com/v1/sessions/payment-token"
   */
  createTokenSession(input: DinteroTokenSession): HttpRequest;
  /**
   * The request that ends a session that nobody has paid.
   *
   * @throws BillingError `environment_mismatch` for a session of the other environment, as its id tells.
   * @example
   * dintero.cancelSession({ account, sessionId: "T12345678.abc" }).url;
   * // "https://checkout.dintero.com/v1/sessions/T12345678.abc/cancel"
   * dintero.cancelSession({ account, sessionId: "P12345678.abc" }); // throws environment_mismatch /input/sessionId
   */
  cancelSession(input: { account: DinteroAccount; sessionId: string }): HttpRequest;
  /**
   * The request that charges a stored card without the customer.
   *
   * @throws BillingError `environment_mismatch`, `currency_mismatch`, `total_mismatch`.
   * @example
   * dintero.chargeToken({ account, order, credential }).url; // "https://checkout.dintero.com/v1/sessions/pay"
   */
  chargeToken(input: DinteroCharge): HttpRequest;
  /**
   * The request for a transaction, with those tokens that its session was told to make.
   *
   * @throws BillingError `environment_mismatch`.
   * @example
   * dintero.getTransaction({ account, transactionId: "T12345678.abc", tokens: ["recurrence_token"] }).url;
   * // "https://checkout.dintero.com/v1/transactions/T12345678.abc?includes=card.recurrence_token"
   */
  getTransaction(input: {
    account: DinteroAccount;
    transactionId: string;
    tokens?: Opt<readonly DinteroTokenType[]>;
  }): HttpRequest;
  /**
   * The request for the transactions of a reference: what became of a charge whose answer did not come.
   *
   * @example
   * dintero.findTransactions({ account, merchantReference: "sub-1-2-0-1" }).url;
   * // "https://checkout.dintero.com/v1/transactions?merchant_reference=sub-1-2-0-1&limit=100"
   */
  findTransactions(input: { account: DinteroAccount; merchantReference: string }): HttpRequest;
  /**
   * The request that takes the money of an authorisation. Dintero deduplicates neither captures nor refunds.
   *
   * @throws BillingError `environment_mismatch`, `currency_mismatch`, `total_mismatch`.
   * @example
   * dintero.captureTransaction({ account, transactionId: "T12345678.abc", amount: order.amount }).body; // '{"amount":9900}'
   */
  captureTransaction(input: DinteroTransactionChange): HttpRequest;
  /**
   * The request that gives money back.
   *
   * @throws BillingError `environment_mismatch`, `currency_mismatch`, `total_mismatch`.
   * @example
   * const amount = { amount: 500, currency: "NOK" };
   * dintero.refundTransaction({ account, transactionId: "T12345678.abc", amount, reason: "a day less" }).url;
   * // "https://checkout.dintero.com/v1/transactions/T12345678.abc/refund"
   */
  refundTransaction(input: DinteroTransactionChange): HttpRequest;
  /**
   * The request that gives up an authorisation.
   *
   * @throws BillingError `environment_mismatch`.
   * @example
   * dintero.voidTransaction({ account, transactionId: "T12345678.abc" }).method; // "POST"
   */
  voidTransaction(input: { account: DinteroAccount; transactionId: string }): HttpRequest;
  /**
   * The upgrade as Dintero documents it: the new plan paid in full, then the rest of the old one, by days, refunded.
   *
   * @throws BillingError `outside_period`, `end_before_start`, `environment_mismatch`, `currency_mismatch`, `total_mismatch`.
   * @example
   * const april = { start: "2025-04-01", end: "2025-05-01" };
   * const paid = { transactionId: "T12345678.abc", amount: { amount: 3000, currency: "NOK" }, ...april };
   * const session = { account, order, urls: { returnUrl: "https://shop.example/paid" } };
   * const [charge, refund] = dintero.upgradePlan({ session, paid, on: "2025-04-11" });
   * [charge.amount.amount, refund.amount.amount, refund.after]; // [9900, 2000, "charge"]
   */
  upgradePlan(input: DinteroUpgrade): DinteroPlannedRequest[];
  /**
   * The request for a page of 100 stored cards.
   *
   * @example
   * dintero.listCardTokens({ account, customerId: "customer-1" }).url;
   * // "https://checkout.dintero.com/v1/card-tokens?customer_id=customer-1&limit=100"
   */
  listCardTokens(input: {
    account: DinteroAccount;
    customerId?: Opt<string>;
    startingAfter?: Opt<string>;
  }): HttpRequest;
  /**
   * The request that deletes a stored card, by the token's id.
   *
   * @example
   * dintero.deleteCardToken({ account, tokenId: "tok-1", byCardholder: true }).method; // "DELETE"
   */
  deleteCardToken(input: {
    account: DinteroAccount;
    tokenId: string;
    reason?: Opt<string>;
    byCardholder?: Opt<boolean>;
  }): HttpRequest;
  /**
   * The answer to `authToken`. The token is a secret; `expiresIn` is in seconds.
   *
   * @example
   * const body = '{ "access_token": "t", "token_type": "Bearer", "expires_in": 14400 }';
   * dintero.readAuthToken({ status: 200, body }).expiresIn; // 14400
   */
  readAuthToken(input: HttpResponse): {
    accessToken: string | null;
    tokenType: string | null;
    expiresIn: number | null;
    error: DinteroError | null;
  };
  /**
   * The answer to `createSession` and `createTokenSession`. A session without a `url` cannot be paid: the attempt was not made.
   *
   * @example
   * const body = '{ "id": "T12345678.abc", "url": "https://checkout.dintero.com/v1/view/T12345678.abc" }';
   * dintero.readSession({ status: 200, body }).id; // "T12345678.abc"
   */
  readSession(input: HttpResponse): {
    id: string | null;
    url: string | null;
    error: DinteroError | null;
    retryAfterSeconds?: number;
  };
  /**
   * What became of a charge. A decline comes with HTTP 200; errors other than 401 and 403 are `unknown`.
   *
   * @example
   * dintero.readCharge({ status: 200, body: '{ "id": "T12345678.abc", "status": "CAPTURED" }' }).status; // "succeeded"
   * dintero.readCharge({ status: 403, body: "" }).status; // "not_made"
   * dintero.readCharge({ status: 403, body: "", resent: true }).status; // "unknown"
   */
  readCharge(input: ChargeReply): Outcome;
  /**
   * The answer to `getTransaction`: all that it tells, what it means for the attempt, and the tokens to be stored. `requestIsOver`
   * changes nothing: what has an id was begun.
   *
   * @example
   * dintero.readTransaction({ status: 200, body: '{ "id": "T12345678.abc", "status": "AUTHORIZED" }' }).outcome.status;
   * // "pending"
   */
  readTransaction(input: StatusReply): DinteroTransaction;
  /**
   * The answer to `captureTransaction`, by the event of its `reference` or the last one of a capture.
   *
   * @example
   * const body = '{ "id": "T12345678.abc", "status": "CAPTURED", "events": [{ "event": "CAPTURE", "success": true }] }';
   * dintero.readCapture({ status: 200, body }).result; // "done"
   */
  readCapture(input: HttpResponse & { reference?: Opt<string> }): DinteroChange;
  /**
   * The answer to `refundTransaction`, by the event of its `reference` or the last one of a refund. The status of the transaction is
   * that of the payment: `CAPTURED` after a refund that failed.
   *
   * @example
   * const body = '{ "id": "T12345678.abc", "status": "CAPTURED", "events": [{ "event": "REFUND", "success": false }] }';
   * dintero.readRefund({ status: 200, body }).result; // "refused"
   * dintero.readTransaction({ status: 200, body }).outcome.status; // "succeeded"
   */
  readRefund(input: HttpResponse & { reference?: Opt<string> }): DinteroChange;
  /**
   * The answer to `voidTransaction`.
   *
   * @example
   * dintero.readVoid({ status: 202, body: "" }).result; // "accepted"
   */
  readVoid(input: HttpResponse): DinteroChange;
  /**
   * The answer to `cancelSession`.
   *
   * @example
   * const body = '{ "id": "T12345678.abc", "cancelled_at": "2026-01-31T10:00:00Z" }';
   * dintero.readCancelledSession({ status: 200, body }).result; // "done"
   */
  readCancelledSession(input: HttpResponse): DinteroChange;
  /**
   * The answer to `deleteCardToken`.
   *
   * @example
   * dintero.readDeletedToken({ status: 200, body: '{ "id": "tok-1", "status": "DELETED" }' }).result; // "done"
   */
  readDeletedToken(input: HttpResponse): DinteroChange;
  /**
   * The answer to `findTransactions`. No transaction at all is `not_made` once the request that had no answer is surely over. A list in
   * which a transaction bears another reference is not filtered by it, and proves no absence.
   *
   * @example
   * const nothing = { status: 200, body: "[]", merchantReference: "sub-1-2-0-1" };
   * dintero.readTransactions(nothing).outcome.status; // "unknown"
   * dintero.readTransactions({ ...nothing, requestIsOver: true }).outcome.status; // "not_made"
   */
  readTransactions(input: StatusReply & { merchantReference: string }): {
    transactions: DinteroTransaction[];
    outcome: Outcome;
    error: DinteroError | null;
  };
  /**
   * The answer to `listCardTokens`.
   *
   * @example
   * dintero.readCardTokens({ status: 200, body: "[]" }); // { cards: [], error: null }
   */
  readCardTokens(input: HttpResponse): { cards: DinteroCardToken[]; error: DinteroError | null };
  /**
   * A callback, its signature verified (R7.4). Its body is not signed: fetch the transaction. `now` is in seconds since 1970.
   *
   * @throws BillingError `invalid_signature`, also for one that was made more than 300 seconds from now.
   * @example
   * const url = "https://shop.example/paid?transaction_id=T12345678.abc";
   * const call = { accountId: account.id, secret: "a-secret", method: "GET", url } as const;
   * const signature = "t=1767225600,v0-hmac-sha256=00";
   * dintero.readCallback({ ...call, signature, now: 1767225600 }); // throws invalid_signature /input/signature
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
   * A webhook, its header `event-signature` verified (R7.4), given all its headers by their names in any letter case: the event and the
   * delivery are there too.
   *
   * @throws BillingError `invalid_signature`.
   * @example
   * const headers = { "event-signature": "00", event: "ping" };
   * dintero.readWebhook({ secret: "a-secret", headers, body: "{}" }); // throws invalid_signature /input/headers
   */
  readWebhook(input: { secret: string; headers: Record<string, string>; body: string }): DinteroWebhook;
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
  | "payment.charge.created"
  | "payment.charge.created.v2"
  | "payment.charge.failed.v2"
  | "payment.charge.failed"
  | "payment.refund.initiated"
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
  /** The payment's reference: the order's and, where longer than 63 characters as a hash, the idempotency key. */
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
  /** 63 digits of the SHA-256 of the sorted references: the same batch again is made once. */
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
  retryAfterSeconds?: number;
}

export interface NexiReceipt {
  status: Outcome["status"];
  /** Of the refund, or of the batch. */
  id: string | null;
  error: NexiError | null;
  retryAfterSeconds?: number;
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
  /** `credential` has the agreement once there is one. */
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
  credential: StoredCredential;
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
  hasMore: boolean;
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
 *
 * @example
 * const account: NexiAccount = { environment: "test" };
 * const amount = { amount: 9900, currency: "NOK" };
 * const order = { amount, items: [{ reference: "plan", name: "Plan", gross: amount, taxRate: 2500 }] };
 * const agreement = { kind: "unscheduled", id: "921430519e7840afa01f245ccdcd9c03" } as const;
 */
export const nexi: {
  /**
   * Which agreement suits: scheduled for a fixed amount at a fixed interval, unscheduled for anything else.
   *
   * @example
   * nexi.recommendAgreement(terms); // { kind: "scheduled", longestInterval: 21, neededUntil: null, … }
   */
  recommendAgreement(terms: Terms): NexiAgreementAdvice;
  /**
   * The payment that the cardholder makes, and with it the agreement, or another card for one: POST /v1/payments.
   *
   * @throws BillingError `total_mismatch`, `unsupported_currency`, `currency_mismatch`; `out_of_range` also for a low amount
   * that would only register a card: the schemes fine that.
   * @example
   * const checkout: NexiCheckout = { integration: "hosted", returnUrl: "https://shop.example/paid", termsUrl: "https://shop.example/terms" };
   * nexi.createPayment({ account, reference: "sub-1-1-0-1", order, agreement: { kind: "unscheduled" }, checkout }).url;
   * // "https://test.api.dibspayment.eu/v1/payments"
   */
  createPayment(input: NexiCreatePayment): HttpRequest;
  /**
   * GET /v1/payments/{id}, 30 times an hour at most. The agreement's id is in its answer, not in that of its creation.
   *
   * @example
   * nexi.retrievePayment({ account, id: "025400006091b1ef6937598058c4e487" }).url;
   * // "https://test.api.dibspayment.eu/v1/payments/025400006091b1ef6937598058c4e487"
   */
  retrievePayment(input: NexiLookup): HttpRequest;
  /**
   * Closes a checkout at which nobody has paid, before another is offered.
   *
   * @example
   * nexi.terminatePayment({ account, id: "025400006091b1ef6937598058c4e487" }).method; // "PUT"
   */
  terminatePayment(input: NexiLookup): HttpRequest;
  /**
   * An agreement and its card; an imported one also by its external reference.
   *
   * @example
   * nexi.retrieveSubscription({ account, agreement: { kind: "unscheduled", externalReference: "old-1" } }).url;
   * // "https://test.api.dibspayment.eu/v1/unscheduledsubscriptions?externalReference=old-1"
   */
  retrieveSubscription(input: { account: NexiAccount; agreement: NexiAgreement }): HttpRequest;
  /**
   * Charges an agreement at once. Nexi makes it once under the reference, however often it is sent.
   *
   * @throws BillingError `total_mismatch`, `unsupported_currency`, `currency_mismatch`, `amount_not_representable`,
   * `invalid_decimal`.
   * @example
   * nexi.chargeSubscription({ account, agreement, reference: "sub-1-2-0-1", order }).headers["Idempotency-Key"];
   * // "sub-1-2-0-1"
   */
  chargeSubscription(input: NexiChargeSubscription): HttpRequest;
  /**
   * Asks what became of a charge, after a timeout for instance. One source.
   *
   * @example
   * nexi.chargeStatus({ account, agreement, reference: "sub-1-2-0-1" }).method; // "GET"
   */
  chargeStatus(input: { account: NexiAccount; agreement: NexiAgreement; reference: string }): HttpRequest;
  /**
   * Charges many agreements, in batches that follow from the payments alone.
   *
   * @throws BillingError `duplicate_entry` for a payment or an agreement that stands twice, `payment_in_flight` for a payment
   * that is unresolved; for each order what `chargeSubscription` throws.
   * @example
   * const [batch] = nexi.bulkCharge({ account, charges: [{ agreement, reference: "sub-1-2-0-1", order }], batchSize: 100 });
   * batch.payments.map(({ reference }) => reference); // ["sub-1-2-0-1"]
   */
  bulkCharge(input: NexiBulkCharge): NexiBulkBatch[];
  /**
   * Verifies the cards of agreements, all of one kind, without charging them.
   *
   * @example
   * nexi.verifyAgreements({ account, agreements: [agreement], externalBulkVerificationId: "2026-01" }).url;
   * // "https://test.api.dibspayment.eu/v1/unscheduledsubscriptions/verifications"
   */
  verifyAgreements(input: {
    account: NexiAccount;
    agreements: readonly NexiAgreement[];
    externalBulkVerificationId?: Opt<string>;
  }): HttpRequest;
  /**
   * A page of a batch's results. `bulkId` comes from `readBulk`.
   *
   * @example
   * nexi.retrieveBulk({ account, bulk: "charges", kind: "unscheduled", bulkId: "d9049e943b0d44a6a00212cc12115bcc" }).url;
   * // "https://test.api.dibspayment.eu/v1/unscheduledsubscriptions/charges/d9049e943b0d44a6a00212cc12115bcc"
   */
  retrieveBulk(input: {
    account: NexiAccount;
    bulk: "charges" | "verifications";
    kind: NexiAgreementKind;
    bulkId: string;
    skip?: Opt<number>;
    take?: Opt<number>;
  }): HttpRequest;
  /**
   * Charges what is reserved, once under the reference.
   *
   * @throws BillingError `total_mismatch`, `unsupported_currency`, `currency_mismatch`, `amount_not_representable`,
   * `invalid_decimal`.
   * @example
   * const reserved = { paymentId: "025400006091b1ef6937598058c4e487", reference: "sub-1-1-0-1-charge" };
   * nexi.chargePayment({ account, ...reserved, amount }).body; // '{"amount":9900}'
   */
  chargePayment(
    input: NexiSettlement & { paymentId: string; reference: string; myReference?: Opt<string>; finalCharge?: Opt<boolean> },
  ): HttpRequest;
  /**
   * Gives money back, once under the reference: of a charge, or of a payment, which some methods do not know.
   *
   * @throws BillingError `total_mismatch`, `unsupported_currency`, `currency_mismatch`, `amount_not_representable`,
   * `invalid_decimal`.
   * @example
   * const part = { amount: { amount: 500, currency: "NOK" } };
   * nexi.refund({ account, chargeId: "024400006091b1ef6937598058c4e487", reference: "refund-1", ...part }).body;
   * // '{"amount":500}'
   */
  refund(
    input: NexiSettlement & { reference: string; myReference?: Opt<string> } & (
        | { chargeId: string; paymentId?: null | undefined }
        | { paymentId: string; chargeId?: null | undefined }
      ),
  ): HttpRequest;
  /**
   * Lets go of a reservation, or of a part.
   *
   * @throws BillingError `total_mismatch`, `unsupported_currency`, `currency_mismatch`, `amount_not_representable`,
   * `invalid_decimal`.
   * @example
   * nexi.cancelPayment({ account, paymentId: "025400006091b1ef6937598058c4e487", amount: order.amount }).method; // "POST"
   */
  cancelPayment(input: NexiSettlement & { paymentId: string }): HttpRequest;
  /**
   * The request for a charge.
   *
   * @example
   * nexi.retrieveCharge({ account, id: "024400006091b1ef6937598058c4e487" }).url;
   * // "https://test.api.dibspayment.eu/v1/charges/024400006091b1ef6937598058c4e487"
   */
  retrieveCharge(input: NexiLookup): HttpRequest;
  /**
   * The request that withdraws a refund which is still pending.
   *
   * @example
   * nexi.cancelPendingRefund({ account, id: "024400006091b1ef6937598058c4e487" }).method; // "POST"
   */
  cancelPendingRefund(input: NexiLookup): HttpRequest;

  /**
   * The answer to `createPayment`: where the cardholder pays.
   *
   * @example
   * nexi.readCreated({ status: 201, body: '{ "paymentId": "025400006091b1ef6937598058c4e487" }' }).status; // "pending"
   */
  readCreated(input: HttpResponse): NexiCreated;
  /**
   * The answer to a charge, of an agreement or of a reservation. `not_made` is about this request: after a timeout of an
   * earlier one the same reference can be sent again, and is made once.
   *
   * @example
   * nexi.readCharge({ status: 201, body: '{ "paymentId": "p", "chargeId": "c" }' }).status; // "succeeded"
   */
  readCharge(input: ChargeReply): Outcome;
  /**
   * The answer to `chargeStatus`. HTTP 404 is `unknown`, also with `requestIsOver`: Nexi answers so of a charge that it never saw, and
   * of one that was declined. docs/nexi.md says what to do, by outcome.
   *
   * @example
   * nexi.readChargeStatus({ status: 200, body: '{ "chargeId": "c", "completed": true }' }).status; // "succeeded"
   */
  readChargeStatus(input: StatusReply): Outcome;
  /**
   * The answer to `refund`. `pending` until Nexi reports it completed, by webhook and in `refunds` of the payment.
   *
   * @example
   * nexi.readRefund({ status: 201, body: '{ "refundId": "r" }' }); // { status: "pending", id: "r", error: null }
   */
  readRefund(input: HttpResponse): NexiReceipt;
  /**
   * The answer to `cancelPayment` and `cancelPendingRefund`.
   *
   * @example
   * nexi.readCancel({ status: 204, body: "" }).status; // "succeeded"
   */
  readCancel(input: HttpResponse): NexiReceipt;
  /**
   * The answer to a batch. Unknown: send the very same batch again.
   *
   * @example
   * nexi.readBulk({ status: 202, body: '{ "bulkId": "d9049e943b0d44a6a00212cc12115bcc" }' }).id;
   * // "d9049e943b0d44a6a00212cc12115bcc"
   */
  readBulk(input: HttpResponse): NexiReceipt;
  /**
   * The answer to `retrievePayment`. Null where it is no payment: then nothing is known. `not_made` is said of this payment
   * alone: its reference may have another one by now. One of which nothing was reserved is `unknown` once the request is over: a
   * charge that was declined looks so for ever.
   *
   * @example
   * const order = '"orderDetails": { "amount": 9900, "currency": "NOK" }';
   * const body = `{ "payment": { "paymentId": "p", "summary": { "chargedAmount": 9900 }, ${order} } }`;
   * nexi.readPayment({ status: 200, body })?.state; // "charged"
   */
  readPayment(input: StatusReply): NexiPayment | null;
  /**
   * The answer to `retrieveSubscription`. Null where it is no agreement.
   *
   * @example
   * const body = '{ "unscheduledSubscriptionId": "921430519e7840afa01f245ccdcd9c03" }';
   * nexi.readSubscription({ status: 200, body })?.credential; // { provider: "nexi", kind: "unscheduled", … }
   */
  readSubscription(input: HttpResponse): NexiSubscription | null;
  /**
   * What Nexi says when it refuses; null where it says nothing.
   *
   * @example
   * nexi.readError({ status: 400, body: '{ "errors": { "order.amount": ["is required"] } }' })?.fields;
   * // [{ field: "order.amount", message: "is required" }]
   */
  readError(input: HttpResponse): NexiError | null;
  /**
   * A page of a batch's results, the answer to `retrieveBulk`; `payments` of the batch give them their references. Null where
   * it is none.
   *
   * @example
   * nexi.readBulkPage({ status: 200, body: '{ "page": [], "more": false, "status": "Done" }' });
   * // { done: true, hasMore: false, items: [] }
   */
  readBulkPage(input: HttpResponse & { payments?: Opt<readonly NexiBulkPayment[]> }): NexiBulkPage | null;
  /**
   * A report, once its header `Authorization` is the one expected (R7.4). Null where the body is no report. Nexi signs nothing:
   * treat a report as a reason to ask. A failed reservation is a decline only where the merchant made the payment.
   *
   * @throws BillingError `invalid_signature`.
   * @example
   * const body = '{ "event": "payment.charge.created.v2", "data": { "paymentId": "p", "chargeId": "c" } }';
   * const expected = "0123456789abcdef";
   * nexi.readWebhook({ body, authorization: "0123456789abcdef", expected })?.event; // "payment.charge.created.v2"
   * nexi.readWebhook({ body, authorization: "another", expected }); // throws invalid_signature /input/authorization
   */
  readWebhook(input: {
    body: string;
    authorization?: Opt<string>;
    expected: string;
    merchantInitiated?: Opt<boolean>;
  }): NexiWebhook | null;
};
