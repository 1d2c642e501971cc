// Money back: a refund is stored, sent once and reported to the subscription, so that no quote credits the same days again.
import { applyEvent, refundPlan } from "billing-rules";
import type { Money, PlainDate, RequestResult, Subscription, SubscriptionEvent } from "billing-rules";
import { Refused, type Transaction, lock, save, transaction } from "./database.ts";
import type { Shop } from "./shop.ts";

export interface Refund {
  id: string;
  subscription: string;
  reference: string | null;
  provider_reference: string | null;
  amount: Money;
  overpayment: boolean;
}

const QUEUE = `
  INSERT INTO refunds (id, subscription, reference, provider_reference, amount, overpayment)
  VALUES ($1, $2, $3, coalesce($4, (SELECT provider_reference FROM payments WHERE reference = $3)), $5, $6)
  ON CONFLICT (id) DO NOTHING`;

const queue = (db: Transaction, { id, subscription, reference, provider_reference, amount, overpayment }: Refund) =>
  db.query(QUEUE, [id, subscription, reference, provider_reference, amount, overpayment]);

/** An amount to give back. Another request with the same id changes nothing. */
export interface RefundRequest {
  id: string;
  amount: Money;
}

/** Queues a refund on request of your support. */
export async function requestRefund(shop: Shop, id: string, request: RefundRequest): Promise<RefundRequest> {
  await transaction(shop.database, async (db) => queueRefund(db, await lock(db, id), request));
  return request;
}

/** Queues a refund of an amount, part by part, from the newest payments. The subscription is locked. */
export async function queueRefund(db: Transaction, from: Subscription, { id, amount }: RefundRequest): Promise<void> {
  const known = await db.query("SELECT FROM refunds WHERE starts_with(id, $1)", [`${id}/`]);
  if (known.rowCount !== 0) return;
  // What is on its way is not deducted from the payments yet.
  const open = await db.query("SELECT FROM refunds WHERE subscription = $1 AND result IS NULL", [from.id]);
  if (open.rowCount !== 0) throw new Refused(409, "another refund is on its way");
  for (const [index, part] of refundPlan(from, amount).entries()) {
    const { reference, providerReference, amount } = part;
    const refund = { id: `${id}/${index + 1}`, subscription: from.id, reference, amount, overpayment: false };
    await queue(db, { ...refund, provider_reference: providerReference });
  }
}

/** Queues what was charged but is not owed, such as a payment that was made twice. */
export async function queueOverpayments(db: Transaction, before: Subscription, after: Subscription): Promise<void> {
  for (const { reference, providerReference, amount } of after.overpayments.slice(before.overpayments.length)) {
    const id = `overpayment/${providerReference ?? reference}`;
    const refund = { id, subscription: after.id, reference, provider_reference: providerReference, amount };
    await queue(db, { ...refund, overpayment: true });
  }
}

const CLAIM = `
  UPDATE refunds SET sent_at = $1 FROM (
    SELECT id FROM refunds WHERE sent_at IS NULL AND provider_reference IS NOT NULL LIMIT 50 FOR UPDATE SKIP LOCKED
  ) AS claimed WHERE refunds.id = claimed.id RETURNING refunds.*`;

/** Sends what is queued. Returns how many refunds there were. */
export async function sendRefunds(shop: Shop): Promise<number> {
  const { rows } = await shop.database.query<Refund>(CLAIM, [shop.now()]);
  for (const refund of rows) {
    const { id, provider_reference: providerReference, amount } = refund;
    if (!providerReference) continue;
    const result = await shop.provider.refund({ id, providerReference, amount });
    // Nobody knows whether it was made, and not every provider deduplicates: somebody looks, and sets `result`.
    if (result === "unknown") console.error(`refund ${id}: no response, look it up at the provider`);
    else await finish(shop, refund, result);
  }
  return rows.length;
}

async function finish(shop: Shop, refund: Refund, result: RequestResult): Promise<void> {
  await transaction(shop.database, async (db) => {
    const subscription = await lock(db, refund.subscription);
    const done = result !== "refused";
    if (done) await save(db, [applyEvent(subscription, eventOf(refund, shop.today()))]);
    await db.query("UPDATE refunds SET result = $2 WHERE id = $1", [refund.id, done ? "done" : "refused"]);
  });
}

function eventOf({ id, reference, provider_reference, amount, overpayment }: Refund, on: PlainDate): SubscriptionEvent {
  if (overpayment) return { type: "overpayment_refunded", id, providerReference: provider_reference, on };
  return { type: "refunded", id, reference, amount, on };
}
