// Subscriptions in D1, whose statements run one after the other: of two writers of one version the second finds it replaced. (Workers KV
// would not do: it has no way to write only what nobody else has written.)
const INSERT = "INSERT INTO subscriptions (id, text, version) VALUES (?, ?, 1) ON CONFLICT DO NOTHING";
const UPDATE = "UPDATE subscriptions SET text = ?, version = version + 1 WHERE id = ? AND version = ?";
// Before the version is replaced, and only if it will be.
const PAYMENT = `
  INSERT INTO payments (reference, subscription, payment, succeeded, declined)
  SELECT ?, id, ?, ?, ? FROM subscriptions WHERE id = ? AND version = ?
  ON CONFLICT (reference) DO UPDATE SET
    payment = coalesce(excluded.payment, payment),
    succeeded = coalesce(succeeded, excluded.succeeded),
    declined = coalesce(declined, excluded.declined)`;

const textOf = (value) => value && JSON.stringify(value);

export const createDatabaseStore = (database) => ({
  read: (id) => database.prepare("SELECT text, version FROM subscriptions WHERE id = ?").bind(id).first(),

  async payments(id) {
    const all = "SELECT reference, payment, succeeded, declined FROM payments WHERE subscription = ? ORDER BY rowid";
    const { results } = await database.prepare(all).bind(id).all();
    return results.map(({ reference, payment, succeeded, declined }) => ({
      reference,
      payment: JSON.parse(payment),
      succeeded: JSON.parse(succeeded),
      declined: JSON.parse(declined),
    }));
  },

  /** The subscriptions for which there is something to do by a day: all that a nightly run has to read. */
  async due(day) {
    const due = "SELECT id FROM subscriptions WHERE next_action_on <= ? ORDER BY next_action_on, id";
    const { results } = await database.prepare(due).bind(day).all();
    return results.map(({ id }) => id);
  },

  async write(id, text, version, payment) {
    const row = ({ reference, payment, succeeded, declined }) =>
      database.prepare(PAYMENT).bind(reference, textOf(payment), textOf(succeeded), textOf(declined), id, version);
    const state =
      version === null ? database.prepare(INSERT).bind(id, text) : database.prepare(UPDATE).bind(text, id, version);
    // A batch is a transaction.
    const results = await database.batch(payment ? [row(payment), state] : [state]);
    return results.at(-1).meta.changes === 1;
  },
});
