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

/** Nothing is due until `resumed`. */
export interface PausedEvent {
  type: "paused";
  on: DateInput;
}

/** The pause is over. */
export interface ResumedEvent {
  type: "resumed";
  on: DateInput;
  /** `keep`: payments due during the pause are skipped. `shift`: the schedule moves by the days of the pause. */
  schedule: "keep" | "shift";
  /** Only with `shift`: another anchor day, 1 to 31. */
  anchorDay?: Opt<number>;
}

/** The customer cancels. */
export interface CancelledEvent {
  type: "cancelled";
  on: DateInput;
  /** Default `now`. */
  when?: Opt<"now" | "period_end">;
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
  | PausedEvent
  | ResumedEvent
  | CancelledEvent
  | CancellationWithdrawnEvent
  | FinishedEvent;
