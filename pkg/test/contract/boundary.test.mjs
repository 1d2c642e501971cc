// The strictness of every function: what is put at each place of a call that is well otherwise, and what comes of it. Never
// another exception than BillingError, never an answer to what is not allowed, and nothing is written to the input.
import assert from "node:assert/strict";
import test from "node:test";
import { isDeepStrictEqual } from "node:util";
import { outcome } from "./call.mjs";
import { functions } from "./declared.mjs";
import { kinds } from "./odd.mjs";
import { placesIn, put } from "./places.mjs";
import { answered } from "./vectors.mjs";

/** What of the package's own is not right yet, by kind, with the reason; a kind that has come right must leave. */
const known = {};

/** Whether an outcome is what was to come. */
function isRight({ gives, fails }, { code, path, below, as }, name) {
  if (fails?.some((problem) => problem.code === "internal" || problem.message.length > 1000)) return false;
  if (as) return isDeepStrictEqual({ gives, fails }, { gives: undefined, fails: undefined, ...outcome(name, as) });
  if (code) return fails?.some((problem) => problem.code === code && problem.path === path) ?? false;
  return below === undefined || (fails?.some((problem) => problem.path.startsWith(below)) ?? false);
}

const told = ({ gives, fails }) =>
  fails?.map(({ code, path }) => `${code} ${path}`).join(", ") ?? `${JSON.stringify(gives)}`.slice(0, 100);

/** What is wrong when something of a kind stands at a place; undefined where all is right. */
function fault(name, place, { args, comes }) {
  try {
    const found = outcome(name, args(place));
    return isRight(found, comes(place), name) ? undefined : told(found);
  } catch (error) {
    return `threw ${error}`;
  }
}

const stillWrong = new Set();
const names = functions.map(({ name }) => name).filter((name) => name in answered);

for (const name of names) {
  test(name, () => {
    const places = placesIn(name);
    const before = places.map(({ args }) => outcome(name, args));
    const faults = [];
    for (const place of places) {
      for (const odd of kinds.filter(({ when }) => when(place))) {
        const wrong = fault(name, place, odd);
        if (wrong && odd.kind in known) stillWrong.add(odd.kind);
        else if (wrong) faults.push(`${odd.kind} at ${place.path}: ${wrong}`);
      }
    }
    assert.deepEqual(faults, []);
    assert.deepEqual(
      places.map(({ args }) => outcome(name, args)),
      before,
      "a call that is well has the same answer as before",
    );
    assert.equal({}.polluted, undefined, "the prototype of all objects is as before");
  });
}

test("what is known to be wrong is", () => assert.deepEqual([...stillWrong].sort(), Object.keys(known).sort()));

test("ten million characters are refused or read, and are in no message", () => {
  const long = "9".repeat(10_000_000);
  const texts = names.flatMap((name) =>
    placesIn(name)
      .filter(({ may }) => may.text)
      .slice(0, 1)
      .map((place) => ({ name, place })),
  );
  // Of the fields of a name, one: they are read alike.
  for (const { name, place } of new Map(texts.map((text) => [text.place.keys.at(-1), text])).values()) {
    const { fails = [] } = outcome(name, put(place, long));
    const loud = fails.filter(({ code, message }) => code === "internal" || message.length > 1000);
    assert.deepEqual(
      loud.map(({ code }) => code),
      [],
      `${name} ${place.path}`,
    );
  }
});
