// The cardholder comes to pay, or to enter a card: after the sign-up, after a decline, or for a change of plan.
import { applyEvent, nextAction } from "billing-rules";
import type { A55Card, Subscription } from "billing-rules";
import { type Transaction, lock, read, save, transaction } from "./database.ts";
import { ORDER, type OrderRow, orderOf } from "./orders.ts";
import { type Attempt, begin, settle } from "./payments.ts";
import type { Page } from "./provider.ts";
import { storedCard } from "./providers/a55.ts";
import type { Shop } from "./shop.ts";

/** Where the cardholder goes; null if nothing is to be paid on a page. */
export interface CheckoutAnswer {
  url: string | null;
}

/** Opens the provider's page. Somebody who left it and comes back within the hour is sent to the same one. */
export async function openCheckout(shop: Shop, id: string, card: A55Card | null = null): Promise<CheckoutAnswer> {
  const open = await transaction(shop.database, async (db) => {
    const subscription = await lock(db, id);
    const action = nextAction(subscription, shop.today());
    if (action.type === "resolve") return openPage(db, action.payment.reference);
    if (action.type !== "checkout") return null;
    const { payment } = action;
    const { reference } = payment;
    const now = shop.now();
    await begin(db, [{ subscription: id, payment }], now, now);
    if (card) {
      const encrypted = shop.vault.encrypt(storedCard(card));
      await db.query("UPDATE outbox SET card = $2 WHERE reference = $1", [reference, encrypted]);
    }
    await save(db, [applyEvent(subscription, { type: "attempt_started", reference, on: shop.today() })]);
    return { subscription: id, payment };
  });
  if (!open) return { url: null };
  return "url" in open ? { url: open.url } : { url: await checkout(shop, open, card) };
}

async function openPage(db: Transaction, reference: string): Promise<Page | null> {
  const { rows } = await db.query("SELECT page FROM outbox WHERE reference = $1", [reference]);
  return rows[0]?.page ?? null;
}

async function checkout(shop: Shop, attempt: Attempt, card: A55Card | null): Promise<string | null> {
  const { reference } = attempt.payment;
  const { rows } = await shop.database.query<OrderRow>(`${ORDER} WHERE outbox.reference = $1`, [reference]);
  if (!rows[0]) return null;
  const answer = await shop.provider.checkout(orderOf(shop, rows[0]), card);
  if ("outcome" in answer) {
    await settle(shop, attempt, answer.outcome);
    return null;
  }
  // The page is stored before anybody gets its address.
  await shop.database.query("UPDATE outbox SET page = $2 WHERE reference = $1", [reference, answer.page]);
  return answer.page.url;
}

/** Looks up what a cardholder did who has come back from the page. Not every provider has a webhook for it, and theirs may be late. */
export async function returned(shop: Shop, id: string): Promise<Subscription> {
  const open = `${ORDER} WHERE outbox.subscription = $1 AND page IS NOT NULL`;
  const { rows } = await shop.database.query<OrderRow>(open, [id]);
  for (const row of rows) await settle(shop, row, await shop.provider.lookUp(orderOf(shop, row)));
  return read(shop.database, id);
}
