// Every case of tests/vectors against the installed package, by import.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import * as billing from "billing-rules";

const folder = new URL("vectors/", import.meta.url);

/** Of an answer, the fields that a case states: for sources that do not know the rest. */
const part = (answer, stated) => Object.fromEntries(Object.keys(stated).map((key) => [key, answer[key]]));

/** The outcome as a vector states it. */
function outcome({ call, args, partial, gives }) {
  const target = call.split(".").reduce((from, name) => from[name], billing);
  try {
    const answer = target(...args);
    return { gives: partial ? part(answer, gives) : answer };
  } catch (error) {
    assert.ok(billing.isBillingError(error), `${error}`);
    return { fails: error.errors.map(({ code, path }) => ({ code, path })) };
  }
}

for (const file of readdirSync(folder)) {
  const { cases, different = [] } = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  test(file, () => {
    for (const vector of [...cases, ...different.filter(({ call }) => call)]) {
      const { name, gives, fails } = vector;
      assert.deepEqual(outcome(vector), fails ? { fails } : { gives }, name);
    }
  });
}
