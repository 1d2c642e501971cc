// The price list. The price is the server's own: an order names a plan, and the digest of what the page showed.
import { capabilities, checkTerms, withTrial } from "billing-rules";
import type { Money, PlainDate, Schedule, Terms } from "billing-rules";
import { Refused } from "./database.ts";
import type { PaymentProvider } from "./provider.ts";

export interface Plan {
  price: Money;
  cycle: Schedule["cycle"];
  trialDays?: number;
}

export type Plans = Record<string, Plan>;

/** Returns a plan of the price list. */
export function planOf(plans: Plans, name: string): Plan {
  const plan = Object.hasOwn(plans, name) ? plans[name] : undefined;
  if (!plan) throw new Refused(422, "no such plan");
  return plan;
}

/**
 * Returns the terms for somebody who begins today. In a trial the card is verified. Where a provider cannot do so, nobody enters one before
 * the first payment, which is a checkout at the end of the trial.
 */
export function termsOf({ price, cycle, trialDays = 0 }: Plan, today: PlainDate, { name }: PaymentProvider): Terms {
  const terms = { price, schedule: { start: today, cycle } };
  if (trialDays === 0) return terms;
  const trial = withTrial(terms, today, trialDays);
  return capabilities(name).verification === "none" ? { ...trial, trialStart: null } : trial;
}

/** Fails when the provider cannot do what a plan needs. Call it when you start. */
export function checkPlans(plans: Plans, today: PlainDate, provider: PaymentProvider): void {
  for (const [name, plan] of Object.entries(plans)) {
    const [finding] = checkTerms(termsOf(plan, today, provider), provider.name);
    if (finding) throw new Error(`the plan ${name}, ${finding.path}: ${finding.message}`);
  }
}
