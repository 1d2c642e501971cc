// A customer leaves: the page shows what they get back, and the order has its digest.
import { applyEvent, quoteCancellation } from "billing-rules";
import type { CancellationQuote, Subscription } from "billing-rules";
import { Refused, lock, read, save, transaction } from "./database.ts";
import { queueRefund } from "./refunds.ts";
import type { Shop } from "./shop.ts";

/** Returns what a cancellation today gives back, and what is still owed. It changes nothing. */
export async function quoteCancel(shop: Shop, id: string): Promise<CancellationQuote> {
  return quoteCancellation(await read(shop.database, id), shop.today());
}

/** Cancels as it was quoted, and queues the refund in the same transaction. */
export async function cancel(shop: Shop, id: string, digest: string): Promise<Subscription> {
  return transaction(shop.database, async (db) => {
    const subscription = await lock(db, id);
    const now = quoteCancellation(subscription, shop.today());
    if (now.digest !== digest) throw new Refused(409, "the quote has changed since it was shown", { quote: now });
    const cancelled = applyEvent(subscription, { type: "cancelled", on: shop.today(), digest });
    if (now.refund.amount > 0) await queueRefund(db, cancelled, { id: `cancellation-of-${id}`, amount: now.refund });
    await save(db, [cancelled]);
    return cancelled;
  });
}
