// Every case of tests/vectors against the installed package, by import.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import * as billing from "billing-rules";

const folder = new URL("vectors/", import.meta.url);

/** Of an answer, the fields that a case states: for sources that do not know the rest. */
const part = (answer, stated) => Object.fromEntries(Object.keys(stated).map((key) => [key, answer[key]]));

/** The same at any depth: of objects the fields stated, of lists every item. */
function deepPart(answer, stated) {
  if (Array.isArray(answer) && Array.isArray(stated) && answer.length === stated.length) {
    return answer.map((item, index) => deepPart(item, stated[index]));
  }
  const objects = [answer, stated].every((value) => value !== null && typeof value === "object" && !Array.isArray(value));
  if (!objects) return answer;
  const known = Object.keys(stated).filter((key) => key in answer);
  return Object.fromEntries(known.map((key) => [key, deepPart(answer[key], stated[key])]));
}

/** A stored state with other values at some places, each told as a JSON Pointer. */
function changed(state, places) {
  const copy = structuredClone(state);
  for (const [place, value] of Object.entries(places)) {
    const path = place.split("/").slice(1);
    path.slice(0, -1).reduce((from, key) => from[key], copy)[path.at(-1)] = value;
  }
  return copy;
}

/**
 * The arguments of a vector's call: where it is of a `stored` state, that comes first, and where it is `of` a subscription,
 * that as it is `after` some steps.
 */
function argumentsOf({ of, after = [], args = [], stored, with: places = {} }, { subscriptions, stored: states }) {
  if (stored) return [changed(states[stored], places), ...args];
  if (!of) return args;
  let subscription = billing.createSubscription(typeof of === "string" ? subscriptions[of] : of);
  for (const step of after) {
    subscription = step.type ? billing.applyEvent(subscription, step) : billing.simulate(subscription, step).subscription;
  }
  return [subscription, ...args];
}

/** The outcome as a vector states it. */
function outcome(vector, file) {
  const { call, partial, gives } = vector;
  const target = call.split(".").reduce((from, name) => from[name], billing);
  const args = argumentsOf(vector, file);
  try {
    const answer = target(...args);
    if (!partial) return { gives: answer };
    return { gives: partial === true ? part(answer, gives) : deepPart(answer, gives) };
  } catch (error) {
    assert.ok(billing.isBillingError(error), `${error}`);
    return { fails: error.errors.map(({ code, path }) => ({ code, path })) };
  }
}

for (const file of readdirSync(folder)) {
  const content = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  const { cases, different = [] } = content;
  test(file, () => {
    for (const vector of [...cases, ...different.filter(({ call }) => call)]) {
      const { name, gives, fails } = vector;
      assert.deepEqual(outcome(vector, content), fails ? { fails } : { gives }, name);
    }
  });
}
