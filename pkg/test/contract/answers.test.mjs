// What the types say that an answer may have, some vector has: each word, and each field with something in it. That answers
// have nothing else is for typed.test.mjs.
import assert from "node:assert/strict";
import test from "node:test";
import { functions } from "./declared.mjs";
import { alike } from "./places.mjs";
import { answered } from "./vectors.mjs";

/** Each shape by its fields and each set of words, with what has been seen of it. */
const seen = new Map();
const note = (names, found) => {
  const key = [...names].sort().join(" ");
  if (!seen.has(key)) seen.set(key, { names, found: new Set() });
  for (const name of found) seen.get(key).found.add(name);
};

/** Notes what a value has of the types that it may be of. */
function look(types, value) {
  for (const { words } of types) if (words.length > 0) note(words, typeof value === "string" ? [value] : []);
  if (Array.isArray(value)) {
    for (const item of value)
      look(
        types.flatMap(({ lists }) => lists),
        item,
      );
  } else if (value !== null && typeof value === "object") {
    for (const { fields, index } of types.flatMap(({ objects }) => alike(objects, value))) {
      if (!index)
        note(
          [...fields.keys()],
          Object.keys(value).filter((key) => value[key] !== null),
        );
      for (const [key, inner] of Object.entries(value)) look([fields.get(key) ?? index].filter(Boolean), inner);
    }
  }
}

for (const { name, answer } of functions) for (const { gives } of answered[name] ?? []) look([answer], gives);

/** What a caller gives and gets back: its words and fields are asked of the package in declared.test.mjs. */
const given = new Set();
(function collect(types) {
  for (const { words, lists, objects } of types) {
    if (words.length > 0) given.add([...words].sort().join(" "));
    collect(lists);
    for (const { fields, index } of objects) {
      given.add([...fields.keys()].sort().join(" "));
      collect([...fields.values(), index].filter(Boolean));
    }
  }
})(functions.flatMap(({ parameters }) => parameters.map(([, type]) => type)));

test("every word and every field of an answer is in some answer", () => {
  const told = [...seen].filter(([key]) => !given.has(key)).map(([, noted]) => noted);
  assert.deepEqual(
    told.flatMap(({ names, found }) => names.filter((name) => !found.has(name))),
    [],
  );
});
