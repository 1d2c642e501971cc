// The subscriptions in PostgreSQL. A change locks the row first, decides on what the row has then, and saves it.
import type { PlainDate, Subscription } from "billing-rules";
import pg from "pg";

// A day stays a day: pg would make it a moment in the time zone of the machine.
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);

export type Database = pg.Pool;
export type Transaction = pg.PoolClient;

export const openDatabase = (connectionString: string): Database => new pg.Pool({ connectionString });

/** A request that cannot be granted: what it names is missing, or has changed since the page showed it. */
export class Refused extends Error {
  readonly status: 404 | 409 | 422;
  /** What the page has to show instead, such as the offer as it is now. */
  readonly details: object;

  constructor(status: 404 | 409 | 422, message: string, details: object = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

/** Runs `work` in a transaction: all that it writes is stored, or nothing is. */
export async function transaction<T>(database: Database, work: (db: Transaction) => Promise<T>): Promise<T> {
  const db = await database.connect();
  try {
    await db.query("BEGIN");
    const result = await work(db);
    await db.query("COMMIT");
    db.release();
    return result;
  } catch (error) {
    await db.query("ROLLBACK").then(
      () => db.release(),
      (broken) => db.release(broken),
    );
    throw error;
  }
}

export async function read(db: Database | Transaction, id: string): Promise<Subscription> {
  const { rows } = await db.query("SELECT state FROM subscriptions WHERE id = $1", [id]);
  if (!rows[0]) throw new Refused(404, "no such subscription");
  return rows[0].state;
}

/** Reads a subscription that nobody else may change before the transaction ends. */
export async function lock(db: Transaction, id: string): Promise<Subscription> {
  const { rows } = await db.query("SELECT state FROM subscriptions WHERE id = $1 FOR UPDATE", [id]);
  if (!rows[0]) throw new Refused(404, "no such subscription");
  return rows[0].state;
}

const SAVE = `
  UPDATE subscriptions SET
    state = changed.state,
    version = version + 1,
    next_action_on = CASE
      WHEN EXISTS (SELECT FROM outbox WHERE outbox.subscription = subscriptions.id AND started) THEN NULL
      ELSE greatest((changed.state ->> 'nextActionOn')::date, $2::date)
    END
  FROM jsonb_array_elements($1::jsonb) AS changed(state)
  WHERE subscriptions.id = changed.state ->> 'id'`;

/** Saves subscriptions that are locked. The night looks at them on their next day, but not before `notBefore`. */
export async function save(db: Transaction, changed: Subscription[], notBefore?: PlainDate): Promise<void> {
  if (changed.length > 0) await db.query(SAVE, [JSON.stringify(changed), notBefore]);
}
