// Events: what happened to a subscription (R5.4). `on` is the day on which you apply the event.
import type { Given, Opt } from "./helpers.js";
import type { Decline } from "./outcome.js";
import type { PlanChange } from "./pricing.js";
import type { DateInput, Money } from "./values.js";

/** An attempt is about to be sent: apply this, store the result, then send the request. */
export interface AttemptStartedEvent {
  type: "attempt_started";
  reference: string;
  on: DateInput;
}

/** The customer was charged. */
export interface PaymentSucceededEvent {
  type: "payment_succeeded";
  reference: string;
  on: DateInput;
  providerReference?: Opt<string>;
  /** The amount charged; default that of the payment. Any other is `amount_mismatch`. */
  amount?: Opt<Money>;
}

/** The provider has not decided on an attempt yet. */
export interface PaymentPendingEvent {
  type: "payment_pending";
  reference: string;
  on: DateInput;
}

/** An attempt was declined. */
export interface PaymentDeclinedEvent {
  type: "payment_declined";
  reference: string;
  on: DateInput;
  decline?: Opt<Given<Decline>>;
}

/** The provider rejected the request before any charge: the same attempt is made again. */
export interface PaymentNotMadeEvent {
  type: "payment_not_made";
  reference: string;
  on: DateInput;
}

/** Internal recurrence: the provider charged, or tried to. A second report changes nothing. */
export interface ProviderChargeEvent {
  type: "provider_charge";
  providerReference: string;
  status: "succeeded" | "declined";
  on: DateInput;
  amount?: Opt<Money>;
  decline?: Opt<Given<Decline>>;
}

/** The card has to be verified, from this day on. */
export interface VerificationRequestedEvent {
  type: "verification_requested";
  on: DateInput;
}

/** The customer changes the plan, as `quotePlanChange` returns it. */
export interface PlanChangedEvent extends PlanChange {
  type: "plan_changed";
  on: DateInput;
  /** Whether the cardholder is present to pay. */
  customerPresent?: Opt<boolean>;
  /** The digest of the quote shown; another one is `digest_mismatch`. */
  digest?: Opt<string>;
}

/** The last change that has not taken effect is withdrawn. */
export interface PlanChangeWithdrawnEvent {
  type: "plan_change_withdrawn";
  on: DateInput;
}

/** An unscheduled payment is due on the day: a top-up, usage. */
export interface UnscheduledChargeEvent {
  type: "unscheduled_charge";
  /** Your id, 1 to 64 characters. A known id changes nothing. */
  id: string;
  on: DateInput;
  amount: Money;
  note?: Opt<string>;
  customerPresent?: Opt<boolean>;
}

/** The customer has another card. `payment`: they enter it with the next payment, which is a checkout. */
export interface CardReplacedEvent {
  type: "card_replaced";
  on: DateInput;
  by: "verification" | "payment" | "updater";
}

/** Another provider charges from now on. A checkout there must come first. */
export interface ProviderChangedEvent {
  type: "provider_changed";
  on: DateInput;
}

/** Money of a payment went back to the customer (R5.12). It names the payment by one of the two references. */
export interface RefundedEvent {
  type: "refunded";
  /** Your id, 1 to 64 characters. A known id changes nothing. */
  id: string;
  /** Above 0, and at most what the payment charged and has not given back. */
  amount: Money;
  /** Default `refund`. `chargeback`: the cardholder's bank charged it back. */
  kind?: Opt<"refund" | "chargeback">;
  /** The reference of an attempt at the payment. */
  reference?: Opt<string>;
  /** The provider's reference of the charge; needed without `reference`. */
  providerReference?: Opt<string>;
  on: DateInput;
}

/** Money that had gone back came again: a refund failed, or a dispute was won. */
export interface RefundReversedEvent {
  type: "refund_reversed";
  /** Your id, 1 to 64 characters. A known id changes nothing. */
  id: string;
  /** The id of the `refunded` event. */
  of: string;
  /** Default all that has not been reversed. */
  amount?: Opt<Money>;
  on: DateInput;
}

/** You give the customer an amount: the balance gets lower. It is used first, and never paid out. */
export interface CreditedEvent {
  type: "credited";
  /** Your id, 1 to 64 characters. A known id changes nothing. */
  id: string;
  /** Above 0. */
  amount: Money;
  note?: Opt<string>;
  on: DateInput;
}

/** An amount of the balance was paid out to the customer. */
export interface BalancePaidOutEvent {
  type: "balance_paid_out";
  /** Your id, 1 to 64 characters. A known id changes nothing. */
  id: string;
  /** Above 0, and at most the balance in the customer's favour that was paid for. */
  amount: Money;
  on: DateInput;
}

/** An overpayment was refunded. It is named by one of the two references. */
export interface OverpaymentRefundedEvent {
  type: "overpayment_refunded";
  /** Your id, 1 to 64 characters. A known id changes nothing. */
  id: string;
  /** The reference of the overpayment. */
  reference?: Opt<string>;
  /** The provider's reference of the overpayment; needed without `reference`. */
  providerReference?: Opt<string>;
  on: DateInput;
}

/** The open payment that waits for its retry is made now. */
export interface PaymentRequestedEvent {
  type: "payment_requested";
  on: DateInput;
  /** Whether the cardholder is present to pay: the payment is then a checkout on this day. */
  customerPresent?: Opt<boolean>;
}

/** The next payments of the schedule are skipped, without service. */
export interface PaymentsSkippedEvent {
  type: "payments_skipped";
  /** Your id, 1 to 64 characters. A known id changes nothing. */
  id: string;
  /** 1 to 10 000. */
  payments: number;
  on: DateInput;
}

/** The next due date moves to another day, and the schedule with it. */
export interface RescheduledEvent {
  type: "rescheduled";
  /** The new due date, on or after the day of the event. */
  next: DateInput;
  on: DateInput;
  /** Another anchor day, 1 to 31. */
  anchorDay?: Opt<number>;
  /** Only for a later day: what the days in between cost. Default `prorated`, before the start `free`. */
  between?: Opt<"prorated" | "free">;
}

/** No due date from `from` to the day before `until` counts. */
export interface PausedEvent {
  type: "paused";
  on: DateInput;
  /** The first day of the pause; default the day of the event. */
  from?: Opt<DateInput>;
  /** The first day after the pause; default until `resumed`. */
  until?: Opt<DateInput>;
  /** What happens to the schedule at the end of the pause; default `keep`. */
  schedule?: Opt<"keep" | "shift">;
}

/** The pause is over. Before its first day it is withdrawn. */
export interface ResumedEvent {
  type: "resumed";
  on: DateInput;
  /**
   * `keep`: payments due during the pause are skipped. `shift`: the schedule moves by the days of the pause. Default as
   * the pause has it.
   */
  schedule?: Opt<"keep" | "shift">;
  /** Only with `shift`: another anchor day, 1 to 31. */
  anchorDay?: Opt<number>;
}

/** A day on which a cancellation takes effect. */
export interface CancellationDay {
  /** The first day without service. */
  on: DateInput;
}

/** The customer cancels. */
export interface CancelledEvent {
  type: "cancelled";
  on: DateInput;
  /** Default `now`. A day is the first without service. `earliest` is the first day that the minimum term allows. */
  when?: Opt<"now" | "period_end" | "earliest" | CancellationDay>;
  /** Whether it may take effect before the minimum term is over, as for a right of withdrawal; default false (R10.4). */
  early?: Opt<boolean>;
  /** Whether the amount owed at the end is collected (default), or waived together with every open payment. */
  final?: Opt<"collect" | "waive">;
  /** The digest of the quote shown; another one is `digest_mismatch`. */
  digest?: Opt<string>;
}

/** A cancellation that has not taken effect is withdrawn. */
export interface CancellationWithdrawnEvent {
  type: "cancellation_withdrawn";
  on: DateInput;
}

/** The subscription is over: the response to the action `finish`, or under internal recurrence the provider's report. */
export interface FinishedEvent {
  type: "finished";
  on: DateInput;
  status: "expired" | "cancelled";
}

/** Something that happened to a subscription. */
export type SubscriptionEvent =
  | AttemptStartedEvent
  | PaymentSucceededEvent
  | PaymentPendingEvent
  | PaymentDeclinedEvent
  | PaymentNotMadeEvent
  | ProviderChargeEvent
  | VerificationRequestedEvent
  | PlanChangedEvent
  | PlanChangeWithdrawnEvent
  | UnscheduledChargeEvent
  | CardReplacedEvent
  | ProviderChangedEvent
  | RefundedEvent
  | RefundReversedEvent
  | CreditedEvent
  | BalancePaidOutEvent
  | OverpaymentRefundedEvent
  | PaymentRequestedEvent
  | PaymentsSkippedEvent
  | RescheduledEvent
  | PausedEvent
  | ResumedEvent
  | CancelledEvent
  | CancellationWithdrawnEvent
  | FinishedEvent;
