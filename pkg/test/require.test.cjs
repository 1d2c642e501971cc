// The same package by require, with no await and no flag.
const assert = require("node:assert/strict");
const test = require("node:test");
const billing = require("billing-rules");

test("require gives the functions at once", () => {
  const schedule = { start: "2024-02-29", cycle: "yearly" };
  assert.equal(billing.nextDueDate(schedule, "2024-02-29"), "2025-02-28");
  assert.throws(() => billing.nextDueDate(schedule, "2024-02-30"), { name: "BillingError", path: "/after" });
});

test("require and import have the same names", async () => {
  const names = (of) => Object.keys(of).sort();
  assert.deepEqual(names(billing), names(await import("billing-rules")));
});

test("the wasm and package.json can be found", () => {
  assert.ok(require.resolve("billing-rules/billing_rules.wasm"));
  assert.equal(require("billing-rules/package.json").name, "billing-rules");
});
