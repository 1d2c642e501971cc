// A payment from its beginning to its outcome. An attempt is stored before its request leaves, so that a crash can be looked up and
// nothing is sent twice.
import { applyEvent, eventFromOutcome } from "billing-rules";
import type { Money, Outcome, Payment, PlainDate, SubscriptionEvent } from "billing-rules";
import { storeCredential } from "./credentials.ts";
import { type Transaction, lock, save, transaction } from "./database.ts";
import { queueOverpayments } from "./refunds.ts";
import type { Shop } from "./shop.ts";

/** A payment, and whose it is. */
export interface Attempt {
  subscription: string;
  payment: Payment;
}

const PAYMENTS = `
  INSERT INTO payments (reference, subscription, payment, started_at, succeeded_on)
  SELECT payment ->> 'reference', subscription, payment, $2, $3
  FROM jsonb_to_recordset($1::jsonb) AS attempt(subscription text, payment jsonb)
  ON CONFLICT (reference) DO UPDATE SET started_at = excluded.started_at`;

const OUTBOX = `
  INSERT INTO outbox (reference, subscription, sent_at)
  SELECT payment ->> 'reference', subscription, $2
  FROM jsonb_to_recordset($1::jsonb) AS attempt(subscription text, payment jsonb)`;

/** What an engine has decided gives way to what begins. */
const GIVE_WAY = "DELETE FROM outbox WHERE NOT started AND subscription = ANY($1)";

/** Puts attempts that begin into the outbox. `sentAt` is for those that you send yourself, immediately after the transaction. */
export async function begin(
  db: Transaction,
  attempts: Attempt[],
  now: Date,
  sentAt: Date | null = null,
): Promise<void> {
  if (attempts.length === 0) return;
  await db.query(PAYMENTS, [JSON.stringify(attempts), now, null]);
  await db.query(GIVE_WAY, [attempts.map(({ subscription }) => subscription)]);
  await db.query(OUTBOX, [JSON.stringify(attempts), sentAt]);
}

/** Writes down payments of 0, for which nothing is sent. */
export async function record(db: Transaction, attempts: Attempt[], now: Date, on: PlainDate): Promise<void> {
  if (attempts.length > 0) await db.query(PAYMENTS, [JSON.stringify(attempts), now, on]);
}

/** What else is known of an outcome. */
export interface Circumstances {
  /** The amount that the provider reports. Another one than that of the payment is an error. */
  amount?: Money | null;
  /** The digest of the webhook that reports it. */
  webhook?: Buffer;
  /** The day before which a payment that was not made is not made again. */
  notBefore?: PlainDate;
}

/** Applies an outcome to the subscription and to the row of the payment. While it is unknown, the attempt stays in the outbox. */
export async function settle(shop: Shop, attempt: Attempt, outcome: Outcome, known: Circumstances = {}): Promise<void> {
  const event = eventFromOutcome(attempt.payment, outcome, shop.today());
  if (!event) return;
  await transaction(shop.database, async (db) => {
    const before = await lock(db, attempt.subscription);
    if (known.webhook && !(await isNew(db, known.webhook))) return;
    const after = applyEvent(before, withAmount(event, known.amount));
    await note(db, event);
    if (event.type !== "payment_pending") await close(shop, db, attempt, outcome);
    await queueOverpayments(db, before, after);
    await save(db, [after], event.type === "payment_not_made" ? known.notBefore : undefined);
  });
}

const withAmount = (event: SubscriptionEvent, amount: Money | null | undefined): SubscriptionEvent =>
  event.type === "payment_succeeded" && amount ? { ...event, amount } : event;

async function isNew(db: Transaction, webhook: Buffer): Promise<boolean> {
  const { rowCount } = await db.query("INSERT INTO webhooks (digest) VALUES ($1) ON CONFLICT DO NOTHING", [webhook]);
  return rowCount === 1;
}

const SUCCEEDED = `
  UPDATE payments SET succeeded_on = $2, provider_reference = $3 WHERE reference = $1 AND succeeded_on IS NULL`;
const DECLINED = "UPDATE payments SET declined_on = $2, decline = $3 WHERE reference = $1 AND declined_on IS NULL";

async function note(db: Transaction, event: SubscriptionEvent): Promise<void> {
  if (event.type === "payment_succeeded")
    await db.query(SUCCEEDED, [event.reference, event.on, event.providerReference]);
  if (event.type === "payment_declined") await db.query(DECLINED, [event.reference, event.on, event.decline]);
}

/** Removes an attempt from the outbox, and stores its card. A late report of an older attempt, whose row is gone, has an older card. */
async function close(shop: Shop, db: Transaction, { subscription, payment }: Attempt, outcome: Outcome): Promise<void> {
  const { rows } = await db.query("DELETE FROM outbox WHERE reference = $1 RETURNING card", [payment.reference]);
  if (!rows[0] || outcome.status !== "succeeded") return;
  const card = outcome.credential ? shop.vault.encrypt(outcome.credential) : rows[0].card;
  if (card) await storeCredential(db, subscription, card);
}
