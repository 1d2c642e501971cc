// How the default entry starts, and what becomes of a start that fails.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

const { Instance, Module, instantiate } = WebAssembly;

afterEach(() => Object.assign(WebAssembly, { Instance, Module, instantiate }));

/** A copy of the package that has not been started. */
let copies = 0;
const fresh = () => import(`${import.meta.resolve("billing-rules")}?${copies++}`);

const refused = function () {
  throw new RangeError("not on this thread");
};

test("importing compiles nothing, the first call does, once", async () => {
  let compiled = 0;
  WebAssembly.Module = function (bytes) {
    compiled += 1;
    return new Module(bytes);
  };
  const { currencyInfo } = await fresh();
  assert.equal(compiled, 0);
  assert.equal(currencyInfo("NOK").code, "NOK");
  assert.equal(currencyInfo("JPY").code, "JPY");
  assert.equal(compiled, 1);
});

test("a start that fails is reported, and the next call tries again", async () => {
  const { formatDecimal } = await fresh();
  const format = () => formatDecimal({ amount: 1990, currency: "NOK" });
  WebAssembly.Instance = refused;
  assert.throws(format, { name: "BillingError", code: "internal" });
  assert.throws(format, (error) => error.cause instanceof RangeError);
  WebAssembly.Instance = Instance;
  assert.equal(format(), "19.90");
});

test("ready serves where nothing can be compiled at once", async () => {
  WebAssembly.Module = refused;
  WebAssembly.Instance = refused;
  const { formatDecimal, ready } = await fresh();
  const format = () => formatDecimal({ amount: 1990, currency: "NOK" });
  assert.throws(format, { name: "BillingError", code: "internal" });
  assert.equal(await ready(), undefined);
  assert.equal(format(), "19.90");
});

test("ready compiles once, however often it is called", async () => {
  let compiled = 0;
  WebAssembly.instantiate = (...args) => {
    compiled += 1;
    return instantiate(...args);
  };
  const { formatDecimal, ready } = await fresh();
  await Promise.all([ready(), ready()]);
  await ready();
  assert.equal(compiled, 1);
  formatDecimal({ amount: 1990, currency: "NOK" });

  const other = await fresh();
  other.formatDecimal({ amount: 1990, currency: "NOK" });
  await other.ready();
  assert.equal(compiled, 1);
});

test("ready that fails is tried again", async () => {
  const { isBillingError, ready } = await fresh();
  WebAssembly.instantiate = () => Promise.reject(new RangeError("no memory"));
  await assert.rejects(ready, (error) => isBillingError(error) && error.code === "internal");
  WebAssembly.instantiate = instantiate;
  await ready();
});
