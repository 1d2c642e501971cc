// The providers' own entries: the functions of the default entry, on its wasm.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";

/** How many modules and instances of wasm there have been. */
const made = { Module: 0, Instance: 0 };
for (const name of Object.keys(made)) {
  const Original = WebAssembly[name];
  WebAssembly[name] = function (...args) {
    made[name] += 1;
    return new Original(...args);
  };
}

const require = createRequire(import.meta.url);
const providers = ["a55", "dineropay", "dintero", "nexi"];
const failed = { status: 503, body: "" };

const hosts = {
  import: async (entry) => ({ ...(await import(`billing-rules${entry}`)) }),
  require: async (entry) => ({ ...require(`billing-rules${entry}`) }),
};

for (const [how, load] of Object.entries(hosts)) {
  test(`${how}: each provider's entry has the very functions of the namespace`, async () => {
    const billing = await load("");
    for (const provider of providers) {
      const functions = await load(`/${provider}`);
      assert.ok(Object.keys(functions).length > 20);
      assert.deepEqual(Object.keys(functions).sort(), Object.keys(billing[provider]).sort());
      for (const [name, run] of Object.entries(functions))
        assert.equal(run, billing[provider][name], `${provider}.${name}`);
    }
  });

  test(`${how}: the wasm is compiled and started once for all entries`, async () => {
    Object.assign(made, { Module: 0, Instance: 0 });
    for (const provider of providers) assert.equal((await load(`/${provider}`)).readCharge(failed).status, "unknown");
    const { currencyInfo } = await load("");
    assert.equal(currencyInfo("JPY").exponent, 0);
    assert.deepEqual(made, { Module: 1, Instance: 1 });
  });
}
