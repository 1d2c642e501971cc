import type { Action } from "./action.js";
import type { SubscriptionEvent } from "./event.js";
import type { Given, Opt } from "./helpers.js";
import type { Decline } from "./outcome.js";
import type { Status, StoredSubscription, Subscription } from "./subscription.js";
import type { DateInput, PlainDate } from "./values.js";

/** A declined attempt. */
export interface SimulatedDecline {
  number: number;
  /** Default 0. */
  extra?: Opt<number>;
  /** From 1. */
  attempt: number;
  decline?: Opt<Given<Decline>>;
}

/** The days of a simulation, inclusive, and what happens on them. */
export interface SimulationScript {
  from: DateInput;
  through: DateInput;
  /** The declined attempts; all others succeed. */
  fail?: Opt<readonly SimulatedDecline[]>;
  /** Each is applied on its day, before anything else. */
  events?: Opt<readonly SubscriptionEvent[]>;
}

/** An action that was performed or an event that was applied, and the status after it. */
export interface SimulationStep {
  on: PlainDate;
  action: Action | null;
  event: SubscriptionEvent | null;
  status: Status;
}

/** The subscription after the last day, and what happened, in order. */
export interface Simulation {
  subscription: Subscription;
  timeline: SimulationStep[];
}

/**
 * Simulates a subscription and performs each action on its day. It declines the attempts of `fail` and applies `events`
 * on their days.
 *
 * @throws BillingError the errors of `applyEvent` for the given events, `too_many`.
 * @example
 * const { subscription: later, timeline } = simulate(subscription, {
 *   from: "2025-02-28",
 *   through: "2025-03-31",
 *   fail: [{ number: 2, attempt: 1 }],
 * });
 * later.payments; // 3
 * timeline[1]; // { on: "2025-02-28", event: { type: "payment_declined", … }, … }
 */
export function simulate(subscription: StoredSubscription, script: SimulationScript): Simulation;
