// A trap leaves a wasm instance unusable for good. The package reports it, starts afresh and goes on.
import assert from "node:assert/strict";
import test from "node:test";
import { pathToFileURL } from "node:url";

// A released package has no call that traps, so the module that has one is put to use whenever `armed`.
const { Instance } = WebAssembly;
let armed = false;
let instances = 0;
WebAssembly.Instance = function (module, imports) {
  const { exports } = new Instance(module, imports);
  instances += 1;
  return { exports: { ...exports, call: (...args) => (armed ? exports.trap() : exports.call(...args)) } };
};

const at = (path) => new URL(path, `${pathToFileURL(process.env.BILLING_RULES_PACKAGE)}/`);

for (const format of ["index.js", "index.cjs"]) {
  test(`after each of 2000 traps the next call works: ${format}`, async () => {
    const { currencyInfo, isBillingError, nextDueDate } = await import(at(`dist/${format}`));
    const next = () => nextDueDate({ start: "2025-01-31", cycle: "monthly" }, "2025-01-31");
    instances = 0;
    assert.equal(next(), "2025-02-28");
    for (let count = 0; count < 2000; count++) {
      armed = true;
      assert.throws(() => currencyInfo("NOK"), (error) => {
        assert.ok(isBillingError(error));
        assert.equal(error.code, "internal");
        return error.cause instanceof WebAssembly.RuntimeError;
      });
      armed = false;
      assert.equal(next(), "2025-02-28");
    }
    assert.equal(instances, 2001);
  });
}
