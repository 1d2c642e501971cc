// Subscriptions that several services work on, in whatever language: the same files as of one alone.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { newFolder, overFiles, removeFolder, startAll } from "./hosts.mjs";
import { DAY_HEADER, order, run } from "./script.mjs";
import { example, rules } from "./tools.mjs";

const together = newFolder();
const alone = { Node: newFolder(), axum: newFolder() };
let hosts = [];

before(async () => {
  hosts = await startAll(Object.values(overFiles).map((start) => () => start(together)));
});

after(async () => {
  await Promise.all(hosts.map((host) => host.stop()));
  [together, ...Object.values(alone)].forEach(removeFolder);
});

/** All files, every version of every subscription. */
const files = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.includes("."))
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), "utf8")]);

test("each request goes to another service, and the files are those of one alone", async () => {
  const answers = await run((number) => hosts[number % hosts.length]);
  for (const [name, folder] of Object.entries(alone)) {
    const host = await overFiles[name](folder);
    try {
      assert.deepEqual(await run(() => host), answers);
    } finally {
      await host.stop();
    }
    assert.deepEqual(files(folder), files(together));
  }
});

test("the services contend for one subscription, and one of them begins each payment", async () => {
  const ask = ({ url }, path, on, body) =>
    fetch(new URL(path, url), { method: "POST", headers: { [DAY_HEADER]: on }, body: body && JSON.stringify(body) });
  const days = ["2025-01-10", "2025-01-17", "2025-01-24"];
  assert.equal((await ask(hosts[0], "/subscriptions", days[0], order("race", "course", days[0]))).status, 201);
  for (const day of days) {
    const answers = await Promise.all(
      [...hosts, ...hosts].map((host) => ask(host, "/subscriptions/race/attempts", day)),
    );
    const begun = answers.filter(({ status }) => status === 201);
    assert.equal(begun.length, 1);
    const { payment } = await begun[0].json();
    const paid = { type: "payment_succeeded", reference: payment.reference };
    const told = hosts.map((host) => ask(host, "/subscriptions/race/events", day, paid));
    for (const { status } of await Promise.all(told)) assert.equal(status, 200);
  }
  const stored = files(join(together, "race"));
  assert.equal(stored.length, 1 + 2 * days.length, "a version for every change, and none for what was known");
  assert.deepEqual(
    stored.map(([name]) => name).sort(),
    ["1", "2", "3", "4", "5", "6", "7"].map((version) => `${version}.json`),
  );
});

test("who finds the subscription changed decides again, on what is stored by then", async () => {
  const { createService } = await import(example("service/service.mjs"));
  const on = "2025-01-10";
  const terms = { price: { amount: 9990, currency: "BRL" }, schedule: { start: on, cycle: "monthly" } };
  const versions = [rules.createSubscription({ id: "sub-1", terms })];
  versions.push(rules.applyEvent(versions[0], { type: "attempt_started", reference: "sub-1-1-0-1", on }));
  const written = [];
  const store = {
    // The first look comes before the other's write, this one's write after it.
    read: async () => ({ text: JSON.stringify(versions[Math.min(reads, 1)]), version: 1 + Math.min(reads++, 1) }),
    write: async (id, text, version) => written.push(version) && version === 2,
  };
  let reads = 0;
  const service = createService({ store, plans: {}, today: () => on });
  const response = await service(new Request("http://localhost/subscriptions/sub-1/attempts", { method: "POST" }));
  assert.equal(response.status, 409);
  assert.equal((await response.json()).type, "resolve");
  assert.deepEqual(written, [1]);
});

test("a stored subscription that is damaged is a fault of the service, not of who asks", async (t) => {
  const said = t.mock.method(console, "error", () => {});
  const { createService } = await import(example("service/service.mjs"));
  const store = {
    read: async () => ({ text: '{"format":1}', version: 1 }),
    write: async () => assert.fail("it is stored"),
  };
  const service = createService({ store, plans: {}, today: () => "2025-01-10" });
  for (const part of ["attempts", "events"]) {
    const response = await service(
      new Request(`http://localhost/subscriptions/a/${part}`, { method: "POST", body: '{"type":"paused"}' }),
    );
    assert.equal(response.status, 500);
  }
  assert.equal(said.mock.callCount(), 2);
});
