// Where a backend keeps its subscriptions: rows of JSON by id, with the day of the next action as an index, and a table of payments beside
// them. `update` is a transaction: what the change gives is stored whole, or nothing is. A database does this with SELECT … FOR UPDATE; a
// file serves one process.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** Without a file the tables are in memory. `point` is called where a process may die, for tests. */
export function createStore({ file = null, point = () => {} } = {}) {
  const stored = file && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { rows: [], payments: [] };
  const rows = new Map(stored.rows);
  // By reference; what the provider charged by itself by the provider's.
  const payments = new Map();
  // Two indexes, as a database has them.
  const keys = new Map();
  const nextActionOf = (text) => JSON.parse(text).subscription.nextActionOn;
  const nextActions = new Map([...rows].map(([id, text]) => [id, nextActionOf(text)]));

  function commit(id, text, written = []) {
    if (file) {
      const next = { rows: [...new Map([...rows, [id, text]])], payments: [...new Map([...payments, ...written])] };
      // Written beside and renamed: the file is always whole.
      writeFileSync(`${file}.new`, JSON.stringify(next));
      renameSync(`${file}.new`, file);
    }
    rows.set(id, text);
    nextActions.set(id, nextActionOf(text));
    for (const [key, text] of written) index(key, text);
  }

  function index(key, text) {
    const { subscription } = JSON.parse(text);
    payments.set(key, text);
    if (!keys.has(subscription)) keys.set(subscription, new Set());
    keys.get(subscription).add(key);
  }
  for (const [key, text] of stored.payments) index(key, text);

  const payment = (key) => (payments.has(key) ? JSON.parse(payments.get(key)) : undefined);
  const all = (id) => [...(keys.get(id) ?? [])].map(payment);

  return {
    ids: () => [...rows.keys()],
    nextActionOn: (id) => nextActions.get(id),
    /** Those for which there is something to do on a day. */
    due: (day) => [...nextActions].filter(([, on]) => on !== null && on <= day).map(([id]) => id),
    /** A copy of the row; undefined when there is none. */
    read: (id) => (rows.has(id) ? JSON.parse(rows.get(id)) : undefined),
    payment,
    /** The payments of a subscription, in the order in which they began. */
    payments: all,
    insert(id, row) {
      if (rows.has(id)) throw new Error(`${id} is there already`);
      commit(id, JSON.stringify(row));
    },
    /**
     * Stores what the change makes of the row, with the payments that it puts, and gives the row. A change that throws leaves all as it
     * was, and one that gives the very row and puts nothing has nothing to store.
     */
    update(id, change) {
      const row = JSON.parse(rows.get(id));
      const written = new Map();
      const next = change(row, {
        get: (key) => (written.has(key) ? JSON.parse(written.get(key)) : payment(key)),
        put: (key, entry) => written.set(key, JSON.stringify({ ...entry, subscription: id })),
        ofCharge: (providerReference) =>
          all(id).find(({ taken }) => taken.some((money) => money.providerReference === providerReference)),
      });
      if (next === row && written.size === 0) return row;
      point("before it is stored");
      commit(id, JSON.stringify(next), written);
      point("after it is stored");
      return next;
    },
  };
}
