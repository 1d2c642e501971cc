// How the default entry starts, and what becomes of a start that fails.
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const { Instance, Module, instantiate } = WebAssembly;

afterEach(() => Object.assign(WebAssembly, { Instance, Module, instantiate }));

const dist = new URL(".", import.meta.resolve("billing-rules"));

/** A copy of an entry that has not been started: that of Node, and that of hosts without files. */
let copies = 0;
const fresh = (entry) => import(`${new URL(entry, dist)}?${copies++}`);
const [NODE, INLINE] = ["node.js", "index.js"];

const refused = function () {
  throw new RangeError("not on this thread");
};

for (const entry of [NODE, INLINE]) {
  test(`${entry}: importing compiles nothing, the first call does, once`, async () => {
    let compiled = 0;
    WebAssembly.Module = function (bytes) {
      compiled += 1;
      return new Module(bytes);
    };
    const { currencyInfo } = await fresh(entry);
    assert.equal(compiled, 0);
    assert.equal(currencyInfo("NOK").code, "NOK");
    assert.equal(currencyInfo("JPY").code, "JPY");
    assert.equal(compiled, 1);
  });

  test(`${entry}: a start that fails is reported, and the next call tries again`, async () => {
    const { formatDecimal } = await fresh(entry);
    const format = () => formatDecimal({ amount: 1990, currency: "NOK" });
    WebAssembly.Instance = refused;
    assert.throws(format, { name: "BillingError", code: "internal" });
    assert.throws(format, (error) => error.cause instanceof RangeError);
    WebAssembly.Instance = Instance;
    assert.equal(format(), "19.90");
  });
}

test("ready serves where nothing can be compiled at once", async () => {
  WebAssembly.Module = refused;
  WebAssembly.Instance = refused;
  const { formatDecimal, ready } = await fresh(INLINE);
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
  const { formatDecimal, ready } = await fresh(INLINE);
  await Promise.all([ready(), ready()]);
  await ready();
  assert.equal(compiled, 1);
  formatDecimal({ amount: 1990, currency: "NOK" });

  const other = await fresh(INLINE);
  other.formatDecimal({ amount: 1990, currency: "NOK" });
  await other.ready();
  assert.equal(compiled, 1);
});

test("ready that fails is tried again", async () => {
  const { isBillingError, ready } = await fresh(INLINE);
  WebAssembly.instantiate = () => Promise.reject(new RangeError("no memory"));
  await assert.rejects(ready, (error) => isBillingError(error) && error.code === "internal");
  WebAssembly.instantiate = instantiate;
  await ready();
});

test("Node has its own entry, and bundlers for it the one without files", async () => {
  assert.equal(import.meta.resolve("billing-rules"), `${new URL(NODE, dist)}`);
  const [node, inline] = await Promise.all([NODE, INLINE].map(fresh));
  assert.deepEqual(Object.keys(node), Object.keys(inline));
});

for (const name of ["node.js", "node-require.cjs"]) {
  test(`${name} without its wasm says what to do`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "billing-rules-"));
    const script = join(folder, name);
    const copy = (file) => copyFileSync(fileURLToPath(new URL(file, dist)), join(folder, file));
    try {
      writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
      [name, "plain.js", "plain.cjs"].forEach(copy);
      const load = name.endsWith(".cjs") ? createRequire(import.meta.url) : (path) => import(pathToFileURL(path));
      const { BillingError, currencyInfo, ready } = await load(script);
      const notYet = (error) => {
        assert.ok(error instanceof BillingError);
        assert.equal(error.code, "not_initialized");
        assert.match(error.message, /`module`/);
        assert.equal(error.cause.code, "ENOENT");
        return true;
      };
      assert.throws(() => currencyInfo("NOK"), notYet);
      await assert.rejects(ready, notYet);
      copy("billing_rules.wasm");
      assert.equal(currencyInfo("NOK").exponent, 2);
      await ready();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
