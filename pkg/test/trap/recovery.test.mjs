// A trap leaves a wasm instance unusable for good. The package reports it, starts afresh and goes on.
import assert from "node:assert/strict";
import test from "node:test";
import { pathToFileURL } from "node:url";

// A released package has no call that traps, so the module that has one is put to use by the export that is `armed`: that of plain
// arguments, the general one, which is called where the other refuses, or one that is called with numbers.
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
  const names = ["call", "callPacked", "nextDueDate"];
  return { exports: { ...exports, ...Object.fromEntries(names.map((name) => [name, trapping(name)])) } };
};

const at = (path) => new URL(path, `${pathToFileURL(process.env.BILLING_RULES_PACKAGE)}/`);

const calls = {
  callPacked: ({ currencyInfo }) => currencyInfo("NOK"),
  call: ({ currencyInfo }) => currencyInfo("none"),
  nextDueDate: ({ nextDueDate }) => nextDueDate({ start: "2025-01-31", cycle: "monthly" }, "2025-01-31"),
};

for (const [format, name] of ["index.js", "index.cjs"].flatMap((format) =>
  Object.keys(calls).map((name) => [format, name]),
)) {
  test(`after each of 2000 traps the next call works: ${format}, ${name}`, async () => {
    const billing = await import(at(`dist/${format}`));
    const next = () => calls.nextDueDate(billing);
    assert.equal(next(), "2025-02-28");
    instances = 0;
    for (let count = 0; count < 2000; count++) {
      armed = name;
      assert.throws(
        () => calls[name](billing),
        (error) => {
          assert.ok(billing.isBillingError(error));
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
