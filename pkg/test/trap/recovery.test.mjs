// A trap leaves a wasm instance unusable for good. The package reports it, starts afresh and goes on.
import assert from "node:assert/strict";
import test from "node:test";
import { pathToFileURL } from "node:url";

// A released package has no call that traps, so the module that has one is put to use by the export that is `armed`: that of plain
// arguments, or the general one, which is called where the other refuses.
const { Instance } = WebAssembly;
let armed;
let instances = 0;
WebAssembly.Instance = function (module, imports) {
  const { exports } = new Instance(module, imports);
  instances += 1;
  const trapping =
    (name) =>
    (...args) =>
      armed === name ? exports.trap() : exports[name](...args);
  return { exports: { ...exports, call: trapping("call"), callPacked: trapping("callPacked") } };
};

const at = (path) => new URL(path, `${pathToFileURL(process.env.BILLING_RULES_PACKAGE)}/`);

for (const [format, name, argument] of [
  ["index.js", "callPacked", "NOK"],
  ["index.js", "call", "none"],
  ["index.cjs", "callPacked", "NOK"],
  ["index.cjs", "call", "none"],
]) {
  test(`after each of 2000 traps the next call works: ${format}, ${name}`, async () => {
    const { currencyInfo, isBillingError, nextDueDate } = await import(at(`dist/${format}`));
    const next = () => nextDueDate({ start: "2025-01-31", cycle: "monthly" }, "2025-01-31");
    assert.equal(next(), "2025-02-28");
    instances = 0;
    for (let count = 0; count < 2000; count++) {
      armed = name;
      assert.throws(
        () => currencyInfo(argument),
        (error) => {
          assert.ok(isBillingError(error));
          assert.equal(error.code, "internal");
          return error.cause instanceof WebAssembly.RuntimeError;
        },
      );
      armed = undefined;
      assert.equal(next(), "2025-02-28");
    }
    assert.equal(instances, 2000);
  });
}
