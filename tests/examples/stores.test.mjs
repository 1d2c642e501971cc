// What the service asks of a store, of each that the examples have.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startObjects } from "./edge.mjs";
import { newFolder, removeFolder } from "./hosts.mjs";
import { example } from "./tools.mjs";
import { startWorker } from "./worker.mjs";

const { createFileStore } = await import(example("service/files.mjs"));
const { createDatabaseStore } = await import(example("worker/database.mjs"));
const { createObjectStore } = await import(example("edge/objects.mjs"));

/** Each with what it stores in, and what ends that. */
const stores = {
  files: () => {
    const folder = newFolder();
    return { store: createFileStore(folder), stop: () => removeFolder(folder) };
  },
  database: async () => {
    const { database, stop } = await startWorker();
    return { store: createDatabaseStore(database), stop };
  },
  objects: async () => {
    const { url, stop } = await startObjects();
    return { store: createObjectStore(url), stop };
  },
};

/** A row of a payment, with what it says of it. */
const row = (reference, said) => ({ reference, payment: null, succeeded: null, declined: null, ...said });
const text = (nextActionOn) => JSON.stringify({ nextActionOn });

for (const [name, begin] of Object.entries(stores)) {
  test(`of all who write in place of one version, one does: ${name}`, async () => {
    const { store, stop } = await begin();
    try {
      assert.equal((await store.read("a")) ?? null, null);
      assert.equal(await store.write("a", '"first"', null), true);
      assert.equal(await store.write("a", '"another"', null), false);
      const first = await store.read("a");
      assert.equal(first.text, '"first"');

      assert.equal(await store.write("a", '"second"', first.version), true);
      assert.equal(await store.write("a", '"another"', first.version), false);
      const second = await store.read("a");
      assert.equal(second.text, '"second"');

      const texts = Array.from({ length: 20 }, (_, number) => `"third, ${number}"`);
      const won = await Promise.all(texts.map((text) => store.write("a", text, second.version)));
      assert.equal(won.filter(Boolean).length, 1);
      assert.equal((await store.read("a")).text, texts[won.indexOf(true)]);
      assert.equal(await store.write("a", '"another"', first.version), false);
    } finally {
      await stop();
    }
  });
}

for (const [name, begin] of Object.entries(stores)) {
  test(`the row of a payment is stored with the version that it came with, or not at all: ${name}`, async () => {
    const { store, stop } = await begin();
    const write = async (version, payment) => {
      const stored = await store.read("a");
      return store.write("a", text(version), stored.version, payment);
    };
    try {
      await store.write("a", text("1"), null);
      assert.deepEqual(await store.payments("a"), []);
      const { version } = await store.read("a");
      assert.equal(await write("2", row("a-1", { payment: { lines: ["one\ntwo"] } })), true);
      assert.equal(await store.write("a", text("3"), version, row("a-2", { payment: { lines: [] } })), false);
      assert.equal(await write("3", row("a-2", { payment: { lines: ["old"] } })), true);
      assert.equal(await write("4"), true);
      assert.equal(await write("5", row("a-2", { payment: { lines: ["new"] } })), true);
      assert.equal(await write("6", row("a-1", { declined: { on: "6" } })), true);
      assert.equal(await write("7", row("a-1", { succeeded: { on: "7" } })), true);
      assert.equal(await write("8", row("a-1", { declined: { on: "8" } })), true);
      assert.deepEqual(await store.payments("a"), [
        row("a-1", { payment: { lines: ["one\ntwo"] }, succeeded: { on: "7" }, declined: { on: "6" } }),
        row("a-2", { payment: { lines: ["new"] } }),
      ]);
      assert.deepEqual(await store.payments("b"), []);

      const { version: last } = await store.read("a");
      const rows = Array.from({ length: 10 }, (_, number) => row(`a-3-${number}`, { payment: { lines: [] } }));
      const won = await Promise.all(
        rows.map((payment, number) => store.write("a", text(`9, ${number}`), last, payment)),
      );
      assert.equal(won.filter(Boolean).length, 1);
      assert.deepEqual((await store.payments("a")).slice(2), [rows[won.indexOf(true)]]);
    } finally {
      await stop();
    }
  });
}

test("a nightly run reads by an index those for which there is something to do", async () => {
  const { database, stop } = await startWorker();
  const store = createDatabaseStore(database);
  try {
    await store.write("later", text("2025-02-01"), null);
    await store.write("over", text(null), null);
    await store.write("today", text("2025-01-31"), null);
    await store.write("paid", text("2025-01-01"), null);
    await store.write("paid", text("2025-03-01"), (await store.read("paid")).version);
    await store.write("missed", text("2025-01-01"), null);
    assert.deepEqual(await store.due("2025-01-31"), ["missed", "today"]);
    assert.deepEqual(await store.due("2025-03-01"), ["missed", "today", "later", "paid"]);
    const plan =
      "EXPLAIN QUERY PLAN SELECT id FROM subscriptions WHERE next_action_on <= ? ORDER BY next_action_on, id";
    const { results } = await database.prepare(plan).bind("2025-01-31").all();
    assert.match(results[0].detail, /USING INDEX due/);
  } finally {
    await stop();
  }
});
