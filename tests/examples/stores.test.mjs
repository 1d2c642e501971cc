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

for (const [name, begin] of Object.entries(stores)) {
  test(`of all who write in place of one version, one does: ${name}`, async () => {
    const { store, stop } = await begin();
    try {
      assert.equal((await store.read("a")) ?? null, null);
      assert.equal(await store.write("a", "first", null), true);
      assert.equal(await store.write("a", "another", null), false);
      const first = await store.read("a");
      assert.equal(first.text, "first");

      assert.equal(await store.write("a", "second", first.version), true);
      assert.equal(await store.write("a", "another", first.version), false);
      const second = await store.read("a");
      assert.equal(second.text, "second");

      const texts = Array.from({ length: 20 }, (_, number) => `third, ${number}`);
      const won = await Promise.all(texts.map((text) => store.write("a", text, second.version)));
      assert.equal(won.filter(Boolean).length, 1);
      assert.equal((await store.read("a")).text, texts[won.indexOf(true)]);
      assert.equal(await store.write("a", "another", first.version), false);
    } finally {
      await stop();
    }
  });
}
