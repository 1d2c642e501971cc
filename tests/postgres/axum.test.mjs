// The service in Rust over the tables of examples/postgres: it answers what it does over files, and what the night of the shop stores it reads.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newFolder, overFiles, removeFolder } from "../examples/hosts.mjs";
import { DAY_HEADER, order, run } from "../examples/script.mjs";
import { DUE, newDatabase } from "./shop.mjs";

const folder = newFolder();
let database, overDatabase, overFolder;

before(async () => {
  database = await newDatabase();
  overDatabase = await overFiles.axum(folder, { DATABASE_URL: database.address });
  overFolder = await overFiles.axum(folder);
});

after(async () => {
  await Promise.all([overDatabase?.stop(), overFolder?.stop()]);
  await database.remove();
  removeFolder(folder);
});

// PostgreSQL sorts the keys of what it stores as jsonb, so a payment has the same values in another order.
const values = ({ body, ...answer }) => ({ ...answer, body: JSON.parse(body) });

test("over a database the service answers and stores what it does over files", async () => {
  const answers = await run(() => overDatabase);
  const expected = await run(() => overFolder);
  for (const [number, answer] of answers.entries()) assert.deepEqual(values(answer), values(expected[number]));

  const rows = await database.query("SELECT id, state, next_action_on FROM subscriptions ORDER BY id");
  const stored = Object.entries(await overFolder.stored());
  assert.deepEqual(
    rows.map(({ id, state }) => [id, state]),
    stored.map(([id, text]) => [id, JSON.parse(text)]),
  );
  for (const { state, next_action_on: on } of rows) assert.equal(on, state.nextActionOn);
});

test("a row of a payment comes with its version, or not at all", async () => {
  const post = (path, body) =>
    fetch(new URL(path, overDatabase.url), {
      method: "POST",
      headers: { [DAY_HEADER]: "2025-01-10" },
      body: body && JSON.stringify(body),
    });
  const statuses = async (requests) => (await Promise.all(requests)).map(({ status }) => status).sort();
  const signUps = Array.from({ length: 4 }, () => post("/subscriptions", order("race", "monthly", "2025-01-10")));
  assert.deepEqual(await statuses(signUps), [201, 409, 409, 409]);
  const attempts = Array.from({ length: 8 }, () => post("/subscriptions/race/attempts"));
  assert.deepEqual(await statuses(attempts), [201, ...Array(7).fill(409)]);
  const rows = await database.query("SELECT reference FROM payments WHERE subscription = 'race'");
  assert.deepEqual(rows, [{ reference: "race-1-0-1" }]);
  const [{ version }] = await database.query("SELECT version FROM subscriptions WHERE id = 'race'");
  assert.equal(version, 2);
});

test("the night of the shop sees what the service has stored", async () => {
  const due = await database.query(DUE, ["2025-01-10"]);
  assert.ok(due.some(({ state }) => state.id === "race"));
});
