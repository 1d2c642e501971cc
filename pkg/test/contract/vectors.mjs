// The calls of tests/vectors with their arguments as a function gets them.
import { readFileSync, readdirSync } from "node:fs";
import { outcome } from "./call.mjs";

const folder = new URL("../../../tests/vectors/", import.meta.url);

/** A stored state with other values at some places, each told as a JSON Pointer. */
function changed(state, places) {
  const copy = structuredClone(state);
  for (const [place, value] of Object.entries(places)) {
    const path = place.split("/").slice(1);
    path.slice(0, -1).reduce((from, key) => from[key], copy)[path.at(-1)] = value;
  }
  return copy;
}

/** A subscription as it is after some steps: events, or runs ahead. */
const lived = (subscription, step) =>
  step.type ? outcome("applyEvent", [subscription, step]).gives : outcome("simulate", [subscription, step]).gives.subscription;

function argumentsOf({ of, after = [], args = [], stored, with: places = {} }, file) {
  if (stored) return [changed(file.stored[stored], places), ...args];
  if (!of) return args;
  const begun = outcome("createSubscription", [typeof of === "string" ? file.subscriptions[of] : of]).gives;
  return [after.reduce(lived, begun), ...args];
}

/** Every call: its function, its name, its arguments and what comes of it. */
export const calls = readdirSync(folder).flatMap((name) => {
  const file = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  const cases = [...file.cases, ...(file.different ?? [])].filter(({ call }) => call);
  return cases.map((vector) => {
    const args = argumentsOf(vector, file);
    return { name: vector.call, about: `${name}: ${vector.name}`, args, ...outcome(vector.call, args) };
  });
});

/** Those that are answered, by function. */
export const answered = {};
for (const call of calls) if (!call.fails) (answered[call.name] ??= []).push(call);
