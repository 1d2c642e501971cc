// A trap leaves a wasm instance unusable for good. The package reports it, starts afresh and goes on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { pathToFileURL } from "node:url";

const at = (path) => new URL(path, `${pathToFileURL(process.env.BILLING_RULES_PACKAGE)}/`);
const { createApi } = await import(at("src/api.js"));
const { createEngine } = await import(at("src/engine.js"));
const { trap } = await import(at("dist/glue.js"));
const bytes = readFileSync(at("dist/billing_rules.wasm"));

// A released package has no call that traps, so one is put in the place of another.
const engine = createEngine(() => bytes);
const trapping = { ...engine, call: (name, args) => (name === "currencyInfo" ? trap() : engine.call(name, args)) };
const { currencyInfo, isBillingError, nextDueDate } = createApi(trapping);
const next = () => nextDueDate({ start: "2025-01-31", cycle: "monthly" }, "2025-01-31");

test("after each of 2000 traps the next call works", () => {
  assert.equal(next(), "2025-02-28");
  for (let count = 0; count < 2000; count++) {
    assert.throws(() => currencyInfo("NOK"), (error) => {
      assert.ok(isBillingError(error));
      assert.equal(error.code, "internal");
      return error.cause instanceof WebAssembly.RuntimeError;
    });
    assert.equal(next(), "2025-02-28");
  }
});
