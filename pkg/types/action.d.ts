import type { Payment } from "./payment.js";
import type { Status } from "./subscription.js";
import type { Money, PlainDate } from "./values.js";

/** The cardholder has to be present: for a first payment, a verification, or a new card. */
export interface CheckoutAction {
  type: "checkout";
  reason: string;
  payment: Payment;
}

/** The merchant charges the stored card. */
export interface ChargeAction {
  type: "charge";
  payment: Payment;
}

/** The amount is 0: send nothing, apply `payment_succeeded`. */
export interface RecordAction {
  type: "record";
  payment: Payment;
}

/** An attempt is in flight: query the provider for its outcome. */
export interface ResolveAction {
  type: "resolve";
  payment: Payment;
}

/** Internal recurrence: the provider charges by its own schedule, and `provider_charge` reports it. */
export interface AwaitProviderAction {
  type: "await_provider";
  payment: Payment;
}

/** Nothing is due before `until`. */
export interface WaitAction {
  type: "wait";
  until: PlainDate;
}

/** The subscription is over: apply `finished` with this status. */
export interface FinishAction {
  type: "finish";
  status: "expired" | "cancelled";
  on: PlainDate;
  balance: Money;
}

/** Nothing is due until an event arrives: the subscription has ended, is paused, or has no schedule. */
export interface NoAction {
  type: "none";
  status: Status;
}

/** What has to happen next (R5). */
export type Action =
  | CheckoutAction
  | ChargeAction
  | RecordAction
  | ResolveAction
  | AwaitProviderAction
  | WaitAction
  | FinishAction
  | NoAction;
