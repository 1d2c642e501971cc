// The night: what is due is decided, sent and applied. Any number of workers do this at the same time, as each skips what another has locked.
// One that is killed leaves attempts in the outbox, which are looked up an hour later.
import { addDays, applyEvent, nextAction } from "billing-rules";
import type { Action, Outcome, PlainDate, Subscription, SubscriptionEvent } from "billing-rules";
import { type Transaction, save, transaction } from "./database.ts";
import { ORDER, type OrderRow, orderOf } from "./orders.ts";
import { type Attempt, type Circumstances, begin, record, settle } from "./payments.ts";
import type { Order } from "./provider.ts";
import { sendRefunds } from "./refunds.ts";
import type { Shop } from "./shop.ts";

const BATCH = 50;

/** Works until nothing is left to do. */
export const night = (shop: Shop): Promise<void> => repeat(shop, decide);

/** Does the same with what an engine has put into the outbox, instead of searching for what is due. */
export const drain = (shop: Shop): Promise<void> => repeat(shop, startDecided);

async function repeat(shop: Shop, begin: (shop: Shop) => Promise<number>): Promise<void> {
  while ((await begin(shop)) + (await send(shop)) + (await lookUp(shop)) + (await sendRefunds(shop)) > 0);
}

export const DUE = `
  SELECT id, state FROM subscriptions WHERE next_action_on <= $1
  ORDER BY next_action_on LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;

interface Due {
  id: string;
  state: Subscription;
}

/** Decides what happens to some subscriptions that are due. Returns how many there were. */
async function decide(shop: Shop): Promise<number> {
  return transaction(shop.database, async (db) => {
    const { rows } = await db.query<Due>(DUE, [shop.today()]);
    await perform(shop, db, rows);
    return rows.length;
  });
}

const DECIDED = `
  SELECT reference, id, state, coalesce(next_action_on <= $1, false) AS due
  FROM outbox JOIN subscriptions ON id = subscription
  WHERE NOT started LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;

/** Decides some subscriptions again that an engine has decided, and drops what is not due any more. Returns how many there were. */
async function startDecided(shop: Shop): Promise<number> {
  return transaction(shop.database, async (db) => {
    const { rows } = await db.query<Due & { reference: string; due: boolean }>(DECIDED, [shop.today()]);
    await db.query("DELETE FROM outbox WHERE reference = ANY($1)", [rows.map(({ reference }) => reference)]);
    const due = new Map(rows.filter(({ due }) => due).map((row) => [row.id, row]));
    await perform(shop, db, [...due.values()]);
    return rows.length;
  });
}

/** Does what is due of subscriptions that are locked. */
async function perform(shop: Shop, db: Transaction, due: Due[]): Promise<void> {
  const [now, today] = [shop.now(), shop.today()];
  const [begun, recorded, changed]: [Attempt[], Attempt[], Subscription[]] = [[], [], []];
  const waiting: string[] = [];
  for (const { id, state } of due) {
    try {
      const action = nextAction(state, today);
      const event = eventOf(action, today);
      // Without an event the cardholder has to come: write to them here. The night looks again tomorrow.
      if (event) changed.push(applyEvent(state, event));
      else waiting.push(id);
      if (action.type === "charge") begun.push({ subscription: id, payment: action.payment });
      if (action.type === "record") recorded.push({ subscription: id, payment: action.payment });
    } catch (error) {
      // One that cannot be read is not in the way of the others.
      console.error(`${id}: ${error}`);
      waiting.push(id);
    }
  }
  await begin(db, begun, now);
  await record(db, recorded, now, today);
  await save(db, changed);
  await db.query("UPDATE subscriptions SET next_action_on = $2 WHERE id = ANY($1)", [waiting, addDays(today, 1)]);
}

/** Returns what happens without the cardholder. */
function eventOf(action: Action, on: PlainDate): SubscriptionEvent | null {
  switch (action.type) {
    case "charge":
      return { type: "attempt_started", reference: action.payment.reference, on };
    case "record":
      return { type: "payment_succeeded", reference: action.payment.reference, on };
    case "finish":
      return { type: "finished", status: action.status, on };
    default:
      return null;
  }
}

/** Claims attempts, so that no other worker does; in the same statement it reads what their requests need. */
const claim = (which: string) => `
  WITH claimed AS (
    SELECT reference FROM outbox WHERE ${which} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
  ), updated AS (
    UPDATE outbox SET sent_at = $1 FROM claimed WHERE outbox.reference = claimed.reference
  )
  ${ORDER} JOIN claimed USING (reference)`;

const UNSENT = claim("started AND sent_at IS NULL");
const UNANSWERED = claim("sent_at <= $1::timestamptz - interval '1 hour'");

/** Sends what is new. A request that the provider rejects is not made again tonight. */
const send = (shop: Shop) =>
  work(shop, UNSENT, (order) => shop.provider.charge(order), { notBefore: addDays(shop.today(), 1) });

/** Looks up what has no outcome. What a killed worker never sent is made again tonight. */
const lookUp = (shop: Shop) => work(shop, UNANSWERED, (order) => shop.provider.lookUp(order));

type Query = (order: Order) => Promise<Outcome>;

/** Claims some attempts, queries the provider and applies the outcomes. Returns how many there were. */
async function work(shop: Shop, claim: string, query: Query, known: Circumstances = {}): Promise<number> {
  const { rows } = await shop.database.query<OrderRow>(claim, [shop.now()]);
  const settled = async (row: OrderRow) => settle(shop, row, await query(orderOf(shop, row)), known);
  // What fails stays in the outbox, and is looked up in an hour.
  const failed = (row: OrderRow) => (error: unknown) => console.error(`${row.payment.reference}: ${error}`);
  await Promise.all(rows.map((row) => settled(row).catch(failed(row))));
  return rows.length;
}
