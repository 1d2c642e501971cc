// The slim entries: the caller brings the wasm.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import vm from "node:vm";

const require = createRequire(import.meta.url);
const bytesOf = (name) => readFileSync(require.resolve(`billing-rules/${name}`));
const full = bytesOf("billing_rules.wasm");
const preview = bytesOf("billing_rules_preview.wasm");

let copies = 0;
const fresh = (entry) => import(`${import.meta.resolve(`billing-rules/${entry}`)}?${copies++}`);

const ENTRIES = [
  ["slim", full],
  ["preview/slim", preview],
];
const elsewhere = (bytes) => vm.runInNewContext("new WebAssembly.Module(bytes)", { bytes });
const toBuffer = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);

for (const [entry, bytes] of ENTRIES) {
  test(`${entry}: a call before init says what to do`, async () => {
    const { BillingError, currencyInfo, init, ready } = await fresh(entry);
    const notYet = (error) => {
      assert.ok(error instanceof BillingError);
      assert.equal(error.code, "not_initialized");
      assert.match(error.message, /`init`/);
      return true;
    };
    assert.throws(() => currencyInfo("NOK"), notYet);
    await assert.rejects(ready, notYet);
    init(bytes);
    assert.equal(currencyInfo("NOK").exponent, 2);
    await ready();
  });

  test(`${entry}: a module, of whatever realm, or bytes, in whatever they lie`, async () => {
    const all = [bytes, new Uint8Array(bytes), toBuffer(bytes), new WebAssembly.Module(bytes), elsewhere(bytes)];
    for (const wasm of all) {
      const { currencyInfo, init } = await fresh(entry);
      init(wasm);
      init(wasm);
      assert.equal(currencyInfo("JPY").exponent, 0);
    }
  });

  test(`${entry}: what is no wasm is refused, and the right one may follow`, async () => {
    const { currencyInfo, init } = await fresh(entry);
    for (const wrong of [undefined, null, "billing_rules.wasm", {}, [], Promise.resolve(bytes)]) {
      assert.throws(() => init(wrong), { name: "BillingError", code: "wrong_type" });
    }
    const empty = [0, 97, 115, 109, 1, 0, 0, 0];
    assert.throws(() => init(Uint8Array.from(empty)), { name: "BillingError", code: "internal" });
    assert.throws(() => currencyInfo("NOK"), { code: "not_initialized" });
    init(bytes);
    assert.equal(currencyInfo("NOK").exponent, 2);
  });
}

test("by require as well", () => {
  for (const [entry, bytes] of ENTRIES) {
    const { currencyInfo, init } = require(`billing-rules/${entry}`);
    assert.throws(() => currencyInfo("NOK"), { code: "not_initialized" });
    init(bytes);
    assert.equal(currencyInfo("NOK").exponent, 2);
  }
});
