// What JavaScript can put at a place of a call that is well otherwise, and what has to come of it.
import vm from "node:vm";
import { changed, names, pointer, put } from "./places.mjs";

const isList = ({ value }) => Array.isArray(value);
const isObject = ({ value }) => value !== null && typeof value === "object" && !Array.isArray(value);
const isHolder = (place) => isObject(place) || isList(place);
const isShape = (place) => isObject(place) && !names(place);
const within =
  (...kinds) =>
  (place) =>
    kinds.includes(place.in);

/** A problem of this code at this place. */
const refused =
  (code, at = ({ path }) => path) =>
  (place) => ({ code, path: at(place) });
const wrongType = refused("wrong_type");
const wrongHolder = refused("wrong_type", ({ path }) => path.slice(0, path.lastIndexOf("/")));
const unknownField = (key) => refused("unknown_field", ({ path }) => `${path}/${pointer(key)}`);
/** Some problem at the place or below. */
const below = ({ path }) => ({ below: path });
/** The very outcome of another call. */
const as = (args) => (place) => ({ as: args(place) });
const unchanged = as(({ args }) => args);
/** Whatever the rules say: an answer, or problems. */
const any = () => ({});

/** The arguments with another value at the place, made of the one that is there; or with what holds the place changed. */
const value = (make) => (place) => put(place, make(place.value));
const holder = (change) => (place) => changed(place, change);
const getter = (get) => (place) =>
  changed(place, (from, key) => Object.defineProperty(from, key, { get: () => get(place.value) }));

class Plan {}
class Items extends Array {}
const thrower = () => {
  throw new TypeError("thrown by the caller's own object");
};
/** Every trap of the proxy throws. */
const throwing = (target) => new Proxy(target, new Proxy({}, { get: () => thrower }));
/** Whoever writes is found out. */
const readOnly = {
  set: thrower,
  defineProperty: thrower,
  deleteProperty: thrower,
  setPrototypeOf: thrower,
  preventExtensions: thrower,
};
const elsewhere = vm.runInNewContext("(text) => JSON.parse(text)");
function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** What JSON does not have: refused wherever it stands. */
const foreign = {
  "a symbol": () => Symbol("x"),
  "a function": () => () => "2025-01-31",
  "a class": () => Plan,
  "a bigint": () => 10n,
  "a JS Date": () => new Date(0),
  "a Map": () => new Map([["start", "2025-01-31"]]),
  "a Set": () => new Set(["2025-01-31"]),
  "a Promise": () => Promise.resolve({}),
  "a RegExp": () => /x/,
  "a boxed text": () => new String("2025-01-31"),
  "a boxed number": () => new Number(1),
  "a typed array": () => new Uint8Array(2),
  "an ArrayBuffer": () => new ArrayBuffer(2),
  "an Error": () => new Error("x"),
  "an instance of a class": () => Object.assign(new Plan(), { start: "2025-01-31" }),
  "an object that inherits": () => Object.create({ start: "2025-01-31" }),
  "the global object": () => globalThis,
  "a lone surrogate": () => "sub-\ud800",
  "a proxy that throws": () => throwing({}),
  "a proxy of a list that throws": () => throwing([]),
  "a revoked proxy": revoked,
};

const otherTypes = {
  text: () => "2025-01-31",
  number: () => 1,
  boolean: () => true,
  list: (found) => [found],
  object: (found) => ({ found }),
};

const inexact = {
  NaN,
  Infinity,
  "-Infinity": -Infinity,
  "a half": 0.5,
  "2^53": 2 ** 53,
  "-2^53": -(2 ** 53),
  "1e300": 1e300,
};
function noWholeNumber(place) {
  if (place.may.number === undefined) return below(place);
  return refused(place.may.number ? "not_an_integer" : "wrong_type")(place);
}

/** What has to be there and cannot be told from what is absent. */
const isNeeded = (place) => place.needed && (place.in === "shape" || (place.in === "parameters" && place.path !== ""));
const withoutField = holder((from, key) => delete from[key]);

/** Keys that mean something to JavaScript or to a JSON Pointer. */
const keys = ["zz", "__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "a/b~c", ""];
const withKey = (key, held) =>
  value((object) => Object.defineProperty({ ...object }, key, { value: held, enumerable: true }));
const unholdable = (place) => ({ code: "invalid_string", path: `${place.path}/__proto__` });
const numbered = (count) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, "x"]));

function deep(depth, around) {
  let found = 0;
  for (let level = 0; level < depth; level++) found = around(found);
  return found;
}
function cyclic(object, add) {
  add(object, object);
  return object;
}

/** Each kind: its name, the arguments that have it, what comes of them, and where it can be. */
const kind = (name, args, comes, when = () => true) => ({ kind: name, args, comes, when });

export const kinds = [
  ...Object.entries(foreign).map(([name, make]) => kind(name, value(make), wrongType)),
  kind(
    "a class instance with the same fields",
    value((found) => Object.assign(new Plan(), found)),
    wrongType,
    isObject,
  ),
  kind(
    "a Map of the same fields",
    value((found) => new Map(Object.entries(found))),
    wrongType,
    isObject,
  ),
  kind(
    "an object that inherits its fields",
    value((found) => Object.create(found)),
    wrongType,
    isObject,
  ),
  kind(
    "an object with indexes",
    value((found) => ({ ...found, length: found.length })),
    wrongType,
    isList,
  ),
  ...Object.entries(otherTypes).map(([type, make]) =>
    kind(`another type: ${type}`, value(make), wrongType, ({ may }) => may[type] === false),
  ),

  ...Object.entries(inexact).map(([name, number]) =>
    kind(
      name,
      value(() => number),
      noWholeNumber,
    ),
  ),
  kind(
    "-0",
    value(() => -0),
    as(value(() => 0)),
  ),

  ...[null, undefined].flatMap((nothing) => [
    kind(
      `${nothing} for a field`,
      value(() => nothing),
      as(withoutField),
      within("shape"),
    ),
    kind(
      `${nothing} for an item`,
      value(() => nothing),
      wrongType,
      within("list", "names"),
    ),
    kind(
      `${nothing} for what has to be there`,
      value(() => nothing),
      refused("missing_field"),
      isNeeded,
    ),
    kind(
      `${nothing} for the only argument`,
      value(() => nothing),
      wrongType,
      ({ path }) => path === "",
    ),
  ]),

  ...keys.flatMap((key) =>
    [1, null, undefined].map((held) =>
      kind(`the field ${JSON.stringify(key)} of ${held}`, withKey(key, held), unknownField(key), isShape),
    ),
  ),
  kind("a prototype in JSON", withKey("__proto__", { polluted: true }), below, isShape),
  kind("a prototype among names", withKey("__proto__", "x"), unholdable, names),
  kind(
    "a thousand and one names",
    value(() => numbered(1001)),
    refused("too_many"),
    names,
  ),

  kind(
    "without a prototype",
    value((found) => Object.assign(Object.create(null), found)),
    unchanged,
    isObject,
  ),
  kind(
    "a proxy",
    value((found) => new Proxy(found, readOnly)),
    unchanged,
    isHolder,
  ),
  kind(
    "of another realm",
    value((found) => elsewhere(JSON.stringify(found))),
    unchanged,
    isHolder,
  ),
  kind(
    "a getter",
    getter((found) => found),
    unchanged,
    within("shape", "names"),
  ),
  kind("a getter that throws", getter(thrower), wrongType, within("shape", "names")),
  // Whoever reads an item reads the list.
  kind("an item that throws", getter(thrower), wrongHolder, within("list")),

  kind("a list with a hole", withoutField, wrongType, within("list")),
  kind(
    "a list of a class of its own",
    value((found) => Items.from(found)),
    wrongType,
    isList,
  ),
  kind(
    "a list with a field",
    value((found) => Object.assign([...found], { zz: 1 })),
    wrongType,
    isList,
  ),
  kind(
    "a list of a hundred million",
    value(() => new Array(1e8)),
    refused("too_many"),
    isList,
  ),
  kind(
    "a list of 10 001",
    value(() => new Array(10_001).fill(0)),
    refused("too_many"),
    isList,
  ),

  kind(
    "10 000 objects deep",
    value(() => deep(10_000, (a) => ({ a }))),
    below,
  ),
  kind(
    "10 000 lists deep",
    value(() => deep(10_000, (a) => [a])),
    below,
  ),
  kind(
    "an object in itself",
    value(() => cyclic({}, (object, self) => (object.self = self))),
    below,
  ),
  kind(
    "a list in itself",
    value(() => cyclic([], (list, self) => list.push(self))),
    below,
  ),
  kind(
    "itself in itself",
    value((found) => cyclic({ ...found }, (copy, self) => (copy.self = self))),
    below,
    isObject,
  ),

  kind(
    "a text of 10 000",
    value(() => "9".repeat(10_000)),
    any,
  ),
  kind(
    "control characters",
    value(() => "\u0000\n\u001b[31m\u2028"),
    any,
  ),
];
