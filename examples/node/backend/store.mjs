// Where a backend keeps its subscriptions: rows of JSON by id. `update` is a transaction: what the change gives is stored whole, or
// nothing is. A database does this with SELECT … FOR UPDATE; a file serves one process.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** Without a file the rows are in memory. `point` is called where a process may die, for tests. */
export function createStore({ file = null, point = () => {} } = {}) {
  const rows = new Map(file && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : []);
  // An index, as a database has one.
  const wakes = new Map([...rows].map(([id, text]) => [id, JSON.parse(text).wake]));

  function commit(id, text, { wake }) {
    if (file) {
      // Written beside and renamed: the file is always whole.
      writeFileSync(`${file}.new`, JSON.stringify([...rows.entries(), [id, text]]));
      renameSync(`${file}.new`, file);
    }
    rows.set(id, text);
    wakes.set(id, wake);
  }

  return {
    ids: () => [...rows.keys()],
    wake: (id) => wakes.get(id),
    /** Those for which there may be something to do on a day. */
    due: (day) => [...wakes].filter(([, wake]) => wake !== null && wake <= day).map(([id]) => id),
    /** A copy of the row; undefined when there is none. */
    read: (id) => (rows.has(id) ? JSON.parse(rows.get(id)) : undefined),
    insert(id, row) {
      if (rows.has(id)) throw new Error(`${id} is there already`);
      commit(id, JSON.stringify(row), row);
    },
    /**
     * Stores what the change makes of the row, and gives it. A change that throws leaves the row as it was, and one that gives the
     * very row has nothing to store.
     */
    update(id, change) {
      const row = JSON.parse(rows.get(id));
      const next = change(row);
      if (next === row) return row;
      point("before it is stored");
      commit(id, JSON.stringify(next), next);
      point("after it is stored");
      return next;
    },
  };
}
