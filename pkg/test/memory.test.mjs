// However often the functions are called, the wasm's memory stays as large as it is.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

const CALLS = 20_000;

/** The memory of the instance that the package starts. */
let memory;
const { Instance } = WebAssembly;
WebAssembly.Instance = function (module, imports) {
  const instance = new Instance(module, imports);
  ({ memory } = instance.exports);
  return instance;
};
const billing = await import("billing-rules");

const read = (name) => JSON.parse(readFileSync(new URL(`vectors/${name}`, import.meta.url), "utf8"));
const vectors = readdirSync(new URL("vectors/", import.meta.url))
  .map(read)
  .flatMap(({ cases, subscriptions }) =>
    cases.filter(({ after, stored }) => !after && !stored).map((vector) => ({ ...vector, subscriptions })),
  );

/** The arguments of a function's shortest cases, of those that it accepts or refuses. */
function shortest(name, fails) {
  const found = vectors.filter((vector) => vector.call === name && Boolean(vector.fails) === fails);
  const args = found.map(({ of, args = [], subscriptions }) => {
    if (!of) return args;
    return [billing.createSubscription(typeof of === "string" ? subscriptions[of] : of), ...args];
  });
  const length = (value) => JSON.stringify(value).length;
  return args.sort((one, other) => length(one) - length(other)).slice(0, 4);
}

const names = Object.entries(billing).flatMap(([name, value]) =>
  typeof value === "object" ? Object.keys(value).map((operation) => `${name}.${operation}`) : [name],
);

/** The calls of a function: every other one with input that it refuses. */
function caller(name) {
  const run = name.split(".").reduce((from, key) => from[key], billing);
  const [good, bad] = [shortest(name, false), shortest(name, true)];
  assert.ok(good.length > 0, `no case of ${name}`);
  if (bad.length === 0) bad.push([null], [{ unknown: [1, "two", {}] }], ["\ud800"], []);
  const refused = (args) => {
    try {
      run(...args);
    } catch (error) {
      return billing.isBillingError(error) && error.code !== "internal";
    }
    return false;
  };
  for (const args of bad) assert.ok(refused(args), `${name} takes ${JSON.stringify(args)}`);
  return (count) => {
    for (let index = 0; index < count; index += 2) {
      run(...good[(index >> 1) % good.length]);
      refused(bad[(index >> 1) % bad.length]);
    }
  };
}

test(`${CALLS} calls of each function, half of them refused`, () => {
  const ofJavaScript = ["BillingError", "dayIn", "explain", "formatMoney", "isBillingError", "ready"];
  const callers = names.filter((name) => !ofJavaScript.includes(name)).map(caller);
  for (const call of callers) call(200);
  const before = memory.buffer.byteLength;
  for (const call of callers) call(CALLS);
  assert.equal(memory.buffer.byteLength, before);
});
