// Every place in what a function takes, with a call that reaches it and what is declared of it.
import { functions } from "./declared.mjs";
import { answered } from "./vectors.mjs";

const isObject = (value) => value !== null && typeof value === "object";

/** Frozen all through: nothing may be written to what is given. */
function frozen(value) {
  if (isObject(value)) for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}

/** A key as a JSON Pointer has it. */
export const pointer = (key) => String(key).replaceAll("~", "~0").replaceAll("/", "~1");

/** Which of the declared shapes an object is: those that have its words. */
export function alike(objects, value) {
  const fits = ([key, { words, text }]) =>
    text || words.length === 0 || typeof value[key] !== "string" || words.includes(value[key]);
  return objects.filter(({ fields }) => [...fields].every(fits));
}

/** What a shape that does not have a field says of it. */
const kept = { absent: true, words: [], numbers: [], lists: [], objects: [] };

/** What is declared of what lies under a key of a value. */
function declaredUnder(types, value, key) {
  if (Array.isArray(value)) return types.flatMap(({ lists }) => lists);
  const shapes = types.flatMap(({ objects }) => alike(objects, value));
  return shapes.map(({ fields, index }) => fields.get(key) ?? index ?? kept);
}

const wayOf = (value) => (Array.isArray(value) ? "list" : typeof value === "string" ? "text" : typeof value);

/** Which types of value may stand at a place; of a stored state, which has no declared type, only the one that does is known. */
function ways(types, value) {
  if (types.length === 0 || types.some(({ unknown }) => unknown)) return { [wayOf(value)]: true };
  const some = (way) => types.some(way);
  return {
    text: some(({ text, date, words }) => text || date || words.length > 0),
    number: some(({ number, numbers }) => number || numbers.length > 0),
    boolean: some(({ boolean }) => boolean),
    list: some(({ lists }) => lists.length > 0),
    object: some(({ objects }) => objects.length > 0),
  };
}

/**
 * A place: the keys that lead to it, its path in errors, its value, what holds it and how. `in`: the parameters, a list, an
 * object of a shape, or one whose names are the caller's.
 */
const placeAt = (args, keys, path, value, types, holder, within) => ({
  args,
  keys,
  path,
  value,
  types,
  holder,
  in: within,
  may: ways(types, value),
  needed: types.length > 0 && types.every(({ absent }) => !absent),
});

/** A place and all below it. */
function* from(place) {
  yield place;
  const { value, types } = place;
  if (!isObject(value)) return;
  const within = Array.isArray(value) ? "list" : names(place) ? "names" : "shape";
  for (const [name, inner] of Object.entries(value)) {
    const key = within === "list" ? Number(name) : name;
    const path = `${place.path}/${pointer(key)}`;
    yield* from(
      placeAt(place.args, [...place.keys, key], path, inner, declaredUnder(types, value, key), value, within),
    );
  }
}

/** Whether the value is an object whose names are the caller's. */
export const names = ({ types, keys }) =>
  types.some(({ objects }) => objects.some(({ index }) => index)) || keys.at(-1) === "quantities";

/** The places of a function, each once, in the first call that has it; parameters first. */
export function placesIn(name) {
  const { parameters } = functions.find((declared) => declared.name === name);
  const found = new Map();
  for (const { args } of answered[name]) {
    for (const [index, [parameter, type]] of [...parameters.entries()].slice(0, args.length)) {
      const path = `/${parameter}`;
      for (const place of from(placeAt(frozen(args), [index], path, args[index], [type], args, "parameters"))) {
        // A subscription is read by one reader: its state is looked at in all detail for one function.
        if (place.path.startsWith("/subscription/state/") && name !== "nextAction") continue;
        const same = place.keys.map((key, depth) => (depth > 0 && typeof key === "number" ? 0 : key)).join("/");
        if (!found.has(same)) found.set(same, place);
      }
    }
  }
  return [...found.values()];
}

/** The arguments of a place's call with what holds the place changed, in a copy. */
export function changed({ args, keys }, change) {
  const copy = (value) => (Array.isArray(value) ? [...value] : { ...value });
  const top = copy(args);
  let holder = top;
  for (const key of keys.slice(0, -1)) holder = holder[key] = copy(holder[key]);
  change(holder, keys.at(-1));
  return top;
}

/** The arguments with another value at the place. */
export const put = (place, value) => changed(place, (holder, key) => (holder[key] = value));
