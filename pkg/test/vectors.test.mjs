// Every case of tests/vectors against the installed package, by import.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import * as billing from "billing-rules";

const folder = new URL("vectors/", import.meta.url);

/** The outcome as a vector states it. */
function outcome(call, args) {
  const target = call.split(".").reduce((from, name) => from[name], billing);
  try {
    return { gives: target(...args) };
  } catch (error) {
    assert.ok(billing.isBillingError(error), `${error}`);
    return { fails: error.errors.map(({ code, path }) => ({ code, path })) };
  }
}

for (const file of readdirSync(folder)) {
  const { cases, different = [] } = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  test(file, () => {
    for (const { name, call, args, gives, fails } of [...cases, ...different.filter(({ call }) => call)]) {
      assert.deepEqual(outcome(call, args), fails ? { fails } : { gives }, name);
    }
  });
}
