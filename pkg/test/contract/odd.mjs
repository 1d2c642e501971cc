// What JavaScript can put at a place of a call that is well otherwise, and what has to come of it.
import { changed, names, pointer, put } from "./places.mjs";

const isList = ({ value }) => Array.isArray(value);
const isObject = ({ value }) => value !== null && typeof value === "object" && !Array.isArray(value);
const isShape = (place) => isObject(place) && !names(place);
const within = (...kinds) => (place) => kinds.includes(place.in);

/** A problem of this code at this place. */
const refused = (code, at = ({ path }) => path) => (place) => ({ code, path: at(place) });
const wrongType = refused("wrong_type");
/** Some problem at the place or below. */
const below = ({ path }) => ({ below: path });
/** The very outcome of another call. */
const as = (args) => (place) => ({ as: args(place) });
const unchanged = as(({ args }) => args);
/** An answer of which this is true. */
const answer = (right) => () => ({ answer: right });
/** Whatever the rules say: an answer, or problems. */
const any = () => ({});

const remade = (make) => (place) => put(place, make(place.value));
const inHolder = (change) => (place) => changed(place, change);

class Plan {}
class Items extends Array {}
const thrower = () => {
  throw new TypeError("thrown by the caller's own object");
};
/** Every trap of the proxy throws. */
const throwing = (target) => new Proxy(target, new Proxy({}, { get: () => thrower }));
/** Whoever writes is found out. */
const readOnly = { set: thrower, defineProperty: thrower, deleteProperty: thrower, setPrototypeOf: thrower, preventExtensions: thrower };
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

const otherTypes = { text: () => "2025-01-31", number: () => 1, boolean: () => true, list: (value) => [value], object: (value) => ({ value }) };

const inexact = { NaN, Infinity, "-Infinity": -Infinity, "a half": 0.5, "2^53": 2 ** 53, "-2^53": -(2 ** 53), "1e300": 1e300 };
const asNumber = (place) => {
  if (place.may.number === undefined) return below(place);
  return refused(place.may.number ? "not_an_integer" : "wrong_type")(place);
};

/** Keys that mean something to JavaScript or to a JSON Pointer. */
const keys = ["zz", "__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "a/b~c", ""];
const own = (object, key, value) => Object.defineProperty(object, key, { value, enumerable: true });
const withKey = (key, value) => remade((object) => own({ ...object }, key, value));

function deep(depth, around) {
  let value = 0;
  for (let level = 0; level < depth; level++) value = around(value);
  return value;
}
function cyclic(value, add) {
  add(value, value);
  return value;
}

/** Each kind: when it can be, the arguments that have it, and what comes of them. */
export const kinds = [
  ...Object.entries(foreign).map(([kind, make]) => ({ kind, args: remade(make), comes: wrongType })),
  { kind: "a class instance with the same fields", when: isObject, args: remade((value) => Object.assign(new Plan(), value)), comes: wrongType },
  { kind: "a Map of the same fields", when: isObject, args: remade((value) => new Map(Object.entries(value))), comes: wrongType },
  { kind: "an object that inherits its fields", when: isObject, args: remade((value) => Object.create(value)), comes: wrongType },

  ...Object.entries(otherTypes).map(([type, make]) => ({
    kind: `another type: ${type}`, when: ({ may }) => may[type] === false, args: remade(make), comes: wrongType,
  })),
  { kind: "an object with indexes", when: isList, args: remade((value) => ({ ...value, length: value.length })), comes: wrongType },

  ...Object.entries(inexact).map(([kind, value]) => ({ kind, args: remade(() => value), comes: asNumber })),
  { kind: "-0", args: remade(() => -0), comes: as(remade(() => 0)) },

  ...[null, undefined].flatMap((value) => [
    { kind: `${value} for a field`, when: within("shape"), args: remade(() => value), comes: as(inHolder((holder, key) => delete holder[key])) },
    { kind: `${value} for an item`, when: within("list", "names"), args: remade(() => value), comes: wrongType },
    {
      kind: `${value} for what has to be there`,
      when: (place) => place.needed && (place.in === "shape" || (place.in === "parameters" && place.path !== "")),
      args: remade(() => value),
      comes: refused("missing_field"),
    },
    { kind: `${value} for the only argument`, when: ({ path }) => path === "", args: remade(() => value), comes: wrongType },
  ]),

  ...keys.flatMap((key) =>
    [1, null, undefined].map((value) => ({
      kind: `the field ${JSON.stringify(key)} of ${value}`,
      when: isShape,
      args: withKey(key, value),
      comes: refused("unknown_field", ({ path }) => `${path}/${pointer(key)}`),
    })),
  ),
  { kind: "a prototype in JSON", when: isShape, args: withKey("__proto__", { polluted: true }), comes: below },
  { kind: "a prototype among names", when: names, args: withKey("__proto__", { polluted: true }), comes: any },
  { kind: "a header of any name", when: ({ path }) => path === "/headers", args: withKey("__proto__", "x"), comes: answer(({ headers }) => Object.hasOwn(headers, "__proto__")) },

  { kind: "an object without a prototype", when: isObject, args: remade((value) => Object.assign(Object.create(null), value)), comes: unchanged },
  { kind: "a proxy", when: (place) => isObject(place) || isList(place), args: remade((value) => new Proxy(value, readOnly)), comes: unchanged },
  { kind: "a getter", when: within("shape", "names"), args: (place) => changed(place, (holder, key) => Object.defineProperty(holder, key, { get: () => place.value })), comes: unchanged },
  { kind: "a getter that throws", when: within("shape", "names"), args: inHolder((holder, key) => Object.defineProperty(holder, key, { get: thrower })), comes: wrongType },
  // Whoever reads an item reads the list.
  { kind: "an item that throws", when: within("list"), args: inHolder((holder, key) => Object.defineProperty(holder, key, { get: thrower })), comes: refused("wrong_type", ({ path }) => path.slice(0, path.lastIndexOf("/"))) },

  { kind: "a list with a hole", when: within("list"), args: inHolder((holder, key) => delete holder[key]), comes: wrongType },
  { kind: "a list of a class of its own", when: isList, args: remade((value) => Items.from(value)), comes: wrongType },
  { kind: "a list with a field", when: isList, args: remade((value) => Object.assign([...value], { zz: 1 })), comes: refused("unknown_field", ({ path }) => `${path}/zz`) },
  { kind: "a list of 10 001", when: isList, args: remade(() => new Array(10_001).fill(0)), comes: refused("too_many") },

  { kind: "10 000 objects deep", args: remade(() => deep(10_000, (a) => ({ a }))), comes: below },
  { kind: "10 000 lists deep", args: remade(() => deep(10_000, (a) => [a])), comes: below },
  { kind: "an object in itself", args: remade(() => cyclic({}, (value, self) => (value.self = self))), comes: below },
  { kind: "a list in itself", args: remade(() => cyclic([], (value, self) => value.push(self))), comes: below },
  { kind: "itself in itself", when: isObject, args: remade((value) => cyclic({ ...value }, (copy, self) => (copy.self = self))), comes: below },

  { kind: "a text of 10 000", args: remade(() => "9".repeat(10_000)), comes: any },
  { kind: "control characters", args: remade(() => "\u0000\n\u001b[31m\u2028"), comes: any },
];
