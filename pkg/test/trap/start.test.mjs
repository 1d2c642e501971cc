// A wasm that cannot be started is a fault like any other, and the next call tries again.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { pathToFileURL } from "node:url";

const at = (path) => new URL(path, `${pathToFileURL(process.env.BILLING_RULES_PACKAGE)}/`);
const { createApi } = await import(at("src/api.js"));
const { createEngine } = await import(at("src/engine.js"));

test("a start that fails is reported, and tried again", () => {
  const sources = [new Uint8Array(8), new Uint8Array(0), readFileSync(at("dist/billing_rules.wasm"))];
  const { formatDecimal } = createApi(createEngine(() => sources.shift()));
  const format = () => formatDecimal({ amount: 1990, currency: "NOK" });
  assert.throws(format, { name: "BillingError", code: "internal" });
  assert.throws(format, { name: "BillingError", code: "internal" });
  assert.equal(format(), "19.90");
});
