// What the types declare is what the package knows: every name, every field, whether it may be absent, every word.
// The package is asked: its errors list the fields and words that it knows, and name what is missing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import * as billing from "billing-rules";
import { problems } from "./call.mjs";
import { codes, files, functions, mistakes, ofJavaScript, providers, subpaths, values } from "./declared.mjs";
import { answered } from "./vectors.mjs";

const unknown = "not-a-name";

/** As a Temporal.PlainDate, which Node does not have yet. */
class Day {
  calendarId = "iso8601";
  year = 2025;
  month = 1;
  day = 31;
  toString() {
    return "2025-01-31";
  }
}
const sorted = (names) => [...new Set(names)].sort();
const without = (names, others) => names.filter((name) => !others.includes(name));

test("the types have no mistake", () => assert.deepEqual(mistakes, []));

test("every name is declared, and every declared name is there", () => {
  const members = (value) => (typeof value === "object" ? sorted(Object.keys(value)) : null);
  const found = Object.fromEntries(Object.entries(billing).map(([name, value]) => [name, members(value)]));
  const declared = Object.entries(values).map(([name, members]) => [name, members && sorted(members)]);
  assert.deepEqual(found, Object.fromEntries(declared.sort(([one], [other]) => (one < other ? -1 : 1))));
});

for (const provider of providers) {
  test(`billing-rules/${provider} has the functions of the namespace, and declares them`, async () => {
    const entry = await import(`billing-rules/${provider}`);
    assert.deepEqual({ ...entry }, billing[provider]);
    assert.deepEqual(sorted(Object.keys(entry)), sorted(subpaths[provider]));
    assert.deepEqual(sorted(subpaths[provider]), sorted(values[provider]));
  });
}

test("every object in an answer has a named type", () => {
  assert.deepEqual(
    functions.flatMap(({ name, unnamed }) => unnamed.map((path) => `${name}: ${path}`)),
    [],
  );
});

test("no file of types is longer than 400 lines", () => {
  assert.deepEqual(
    files.filter((file) => readFileSync(file, "utf8").split("\n").length > 400),
    [],
  );
});

test("every code is declared that JavaScript can see", () => {
  const docs = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");
  const documented = [...docs.matchAll(/^### `([a-z_]+)`$/gm)].map(([, code]) => code);
  // And that of an entry without its wasm.
  assert.deepEqual(sorted(codes), sorted([...documented, "not_initialized"]));
});

/** The names that a problem lists as those expected. */
const expected = (problem) =>
  sorted([...(problem?.message.split("expected one of ")[1] ?? "").matchAll(/`([^`]*)`/g)].map(([, name]) => name));

/** A place in the arguments of a function, by its keys there and by its path in errors. */
class Place {
  constructor(name, keys, path, argumentsWith) {
    Object.assign(this, { name, keys, path, argumentsWith });
  }

  at(key, around) {
    return new Place(this.name, [...this.keys, key], `${this.path}/${key}`, (value) =>
      this.argumentsWith(around(value)),
    );
  }

  /** The problems of a call with a value here and nothing else, those at this place or below. */
  problems(value) {
    const found = problems(this.name, this.argumentsWith(value));
    return found.filter(({ path }) => path === this.path || path.startsWith(`${this.path}/`));
  }

  problem(value, code) {
    return this.problems(value).find((problem) => problem.path === this.path && problem.code === code);
  }

  /**
   * The problem here of a call that has none until what holds this place is changed: some rules are looked at only where
   * all else is well. `like` are fields that what holds it has.
   */
  problemInACall(like, change) {
    for (const { args } of answered[this.name]) {
      const copy = structuredClone(args);
      const holder = this.keys.slice(0, -1).reduce((from, key) => from?.[key], copy);
      if (holder && Object.entries(like).every(([key, value]) => holder[key] === value)) {
        change(holder, this.keys.at(-1));
        return problems(this.name, copy).find(({ path }) => path === this.path);
      }
    }
    return assert.fail(`no vector of ${this.name} has something at ${this.path}`);
  }
}

/** The field whose word tells which of several shapes an object has. */
function tagOf(objects) {
  if (objects.length < 2) return undefined;
  return [...objects[0].fields.keys()].find((key) =>
    objects.every(({ fields }) => fields.get(key)?.words.length === 1),
  );
}

/** A value that a field of this name has in some vector. */
function sample(
  key,
  value = Object.values(answered)
    .flat()
    .map(({ args }) => args),
) {
  if (value === null || typeof value !== "object") return undefined;
  if (!Array.isArray(value) && value[key] !== undefined && value[key] !== null) return value[key];
  for (const inner of Object.values(value)) {
    const found = sample(key, inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Holds a declared type against what the package says of the place, and goes on with all that is in it. */
function compare(type, place, like = {}) {
  const is = (found, declared, what) => assert.deepEqual(found, declared, `${place.name} ${place.path}: ${what}`);
  if (type.unknown) return;

  const isText = type.text || type.date || type.words.length > 0;
  const may = { text: unknown, boolean: true, number: 1, list: [], object: {} };
  const found = Object.keys(may).filter((kind) => !place.problem(may[kind], "wrong_type"));
  const declared = { text: isText, boolean: type.boolean, number: type.number || type.numbers.length > 0 };
  Object.assign(declared, { list: type.lists.length > 0, object: type.objects.length > 0 });
  is(
    found,
    Object.keys(may).filter((kind) => declared[kind]),
    "types of value",
  );

  words(type, place, like, is);
  if (type.date) {
    is(place.problem(unknown, "invalid_date")?.code, "invalid_date", "a date");
    is(place.problem(new Day(), "wrong_type"), undefined, "a date of Temporal's");
  }
  for (const number of type.numbers) is(place.problems(number), [], `the number ${number}`);
  for (const item of type.lists)
    compare(
      item,
      place.at(0, (value) => [value]),
    );
  objects(type.objects, place, is);
}

function words(type, place, like, is) {
  const declared = sorted(type.words);
  let known = expected(place.problem(unknown, "unknown_value"));
  const put = (word) => place.problemInACall(like, (holder, key) => (holder[key] = word));
  if (declared.length > 0 && known.length === 0) known = expected(put(unknown));
  is(without(declared, known), [], "words that are not known");
  for (const word of without(known, declared))
    is(put(word)?.path, place.path, `the word ${word}, which is not declared`);
}

/** The field whose number some of several shapes have, and the others do not know. */
function numberOf(objects) {
  const keys = objects.flatMap(({ fields }) => [...fields.keys()]);
  return keys.find((key) => {
    const types = objects.map(({ fields }) => fields.get(key));
    return types.some((type) => !type) && types.every((type) => !type || type.numbers.length === 1);
  });
}

/** The fields whose presence alone selects one of several shapes. */
const marks = { items: [], tiers: [], reference: "sub-1-1-0-1" };
const has = (key) => (shape) => shape.fields.has(key) && !shape.fields.get(key).never;
/** A shape without the fields that it declares to keep them out. */
const possible = (shape) => ({ ...shape, fields: new Map([...shape.fields].filter(([, type]) => !type.never)) });

function objects(shapes, place, is) {
  const number = numberOf(shapes);
  if (number) {
    const has = ({ fields }) => fields.has(number);
    const [marked, plain] = [shapes.filter(has), shapes.filter((shape) => !has(shape))];
    objects(plain, place, is);
    return fields(marked, place, { [number]: marked[0].fields.get(number).numbers[0] }, is);
  }
  const tag = tagOf(shapes);
  const byWord = new Map();
  for (const shape of shapes) {
    const word = shape.fields.get(tag)?.words[0];
    byWord.set(word, [...(byWord.get(word) ?? []), shape]);
  }
  if (tag) {
    const known = expected(place.at(tag, (word) => ({ [tag]: word })).problem(unknown, "unknown_value"));
    is(known, sorted(byWord.keys()), `words of ${tag}`);
  }
  for (const [word, alike] of byWord) present(alike, place, tag ? { [tag]: word } : {}, is);
  return undefined;
}

/** Of shapes that the presence of a field tells apart, those with it and those without. */
function present(shapes, place, like, is) {
  const mark = Object.keys(marks).find((key) => shapes.some(has(key)) && !shapes.every(has(key)));
  const isByReference = mark === "reference" && shapes.every(({ fields }) => fields.has(mark));
  if (!mark || isByReference) return fields(shapes, place, like, is);
  const marked = shapes.filter(has(mark)).map(possible);
  compare(
    marked[0].fields.get(mark),
    place.at(mark, (value) => ({ ...like, [mark]: value })),
  );
  fields(marked, place, { ...like, [mark]: marks[mark] }, is);
  const plain = shapes.filter((shape) => !has(mark)(shape));
  return fields(
    plain.map((shape) => keptOut(possible(shape), mark)),
    place,
    like,
    is,
  );
}

/** A shape that knows a field, so that it is null like one that is absent. */
const keptOut = (shape, key) => ({ ...shape, fields: new Map([...shape.fields, [key, nothing]]) });
const nothing = { absent: true, never: true };

/** Of shapes that are told apart by none of the fields, but by which are there. */
function fields(shapes, place, like, is) {
  const at = (key) => place.at(key, (value) => ({ ...like, [key]: value }));
  if (shapes[0].index) return compare(shapes[0].index, at("name"));

  const found = place.problems({ ...like, [unknown]: 1 });
  const declared = sorted(shapes.flatMap(({ fields }) => [...fields.keys()]));
  const known = expected(found.find(({ code, path }) => code === "unknown_field" && path === at(unknown).path));
  is(without(declared, known), [], "fields that are not known");
  for (const key of without(known, declared)) {
    const undeclared = at(key).problemInACall(like, (holder) => (holder[key] = sample(key)));
    is(undeclared?.code, "unknown_field", `the field ${key}, which is not declared`);
  }

  const missing = found
    .filter(({ code }) => code === "missing_field")
    .map(({ path }) => path.slice(place.path.length + 1));
  const needed = declared.filter((key) => shapes.every(({ fields }) => fields.get(key) && !fields.get(key).absent));
  const neededBySome = declared.filter((key) => shapes.some(({ fields }) => fields.get(key)?.absent === false));
  is(without(missing, neededBySome), [], "fields that may not be absent");
  for (const key of without(needed, [...missing, ...Object.keys(like)])) {
    is(
      at(key).problemInACall(like, (holder) => delete holder[key])?.code,
      "missing_field",
      `${key}, when it is absent`,
    );
  }

  for (const shape of shapes) {
    for (const [key, type] of shape.fields) if (!(key in like) && !type.never) compare(type, at(key), like);
  }
  return undefined;
}

for (const { name, parameters } of functions.filter(({ name }) => name in answered)) {
  for (const [index, [parameter, type]] of parameters.entries()) {
    test(`${name}: ${parameter}`, () => {
      const path = `/${parameter}`;
      compare(
        type,
        new Place(name, [index], path, (value) => parameters.map((_, at) => (at === index ? value : null))),
      );
    });
  }
}

test("every function has been asked", () => {
  const all = functions.map(({ name }) => name);
  assert.deepEqual(sorted(Object.keys(answered)), sorted(without(all, ofJavaScript)));
});
