// A customer signs up: the page shows an offer, and the order has its digest.
import { createSubscription, preview } from "billing-rules";
import type { A55Payer, Preview, Subscription } from "billing-rules";
import { Refused } from "./database.ts";
import { planOf, termsOf } from "./plans.ts";
import type { Shop } from "./shop.ts";

/** Returns what a plan costs somebody who begins today. */
export function offer(shop: Shop, plan: string): Preview {
  return preview(termsOf(planOf(shop.plans, plan), shop.today(), shop.provider), { on: shop.today() });
}

export interface SignUp {
  id: string;
  plan: string;
  /** Of the offer that the customer has agreed to. */
  digest: string;
  customer?: A55Payer | null;
}

const INSERT = `
  INSERT INTO subscriptions (id, state, next_action_on, customer) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`;

/** Stores a new subscription. A checkout follows, immediately or at the end of the trial. */
export async function signUp(shop: Shop, { id, plan, digest, customer = null }: SignUp): Promise<Subscription> {
  const now = offer(shop, plan);
  if (now.digest !== digest) throw new Refused(409, "the offer has changed since it was shown", { offer: now });
  const terms = termsOf(planOf(shop.plans, plan), shop.today(), shop.provider);
  const subscription = createSubscription({ id, terms });
  const values = [id, subscription, subscription.nextActionOn, customer];
  const { rowCount } = await shop.database.query(INSERT, values);
  if (rowCount === 0) throw new Refused(409, "there is a subscription of this id");
  return subscription;
}
