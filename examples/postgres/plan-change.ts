// A customer changes the plan: the page shows a quote, and the order has its digest.
import { applyEvent, quotePlanChange } from "billing-rules";
import type { PlanChangeQuote, Subscription } from "billing-rules";
import { Refused, lock, read, save, transaction } from "./database.ts";
import { planOf } from "./plans.ts";
import type { Shop } from "./shop.ts";

function quote(shop: Shop, subscription: Subscription, plan: string): PlanChangeQuote {
  const { price } = planOf(shop.plans, plan);
  return quotePlanChange(subscription, { to: price, at: shop.today() }, shop.today());
}

/** Returns what a change costs today. It changes nothing. */
export async function quoteChange(shop: Shop, id: string, plan: string): Promise<PlanChangeQuote> {
  return quote(shop, await read(shop.database, id), plan);
}

/**
 * Changes the plan as it was quoted. What is due now is a payment of its own: a checkout if the customer is present to pay, or else a charge
 * of the stored card.
 */
export async function changePlan(
  shop: Shop,
  id: string,
  { plan, digest, customerPresent }: { plan: string; digest: string; customerPresent: boolean },
): Promise<Subscription> {
  return transaction(shop.database, async (db) => {
    const subscription = await lock(db, id);
    const now = quote(shop, subscription, plan);
    if (now.event.digest !== digest) throw new Refused(409, "the quote has changed since it was shown", { quote: now });
    const changed = applyEvent(subscription, { ...now.event, customerPresent });
    await save(db, [changed]);
    return changed;
  });
}
