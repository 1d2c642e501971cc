// Packs plain values as bytes, for one crossing. Values that are not plain are left to the library, which reports them.
//
// A value is a tag and its content. Bytes above 127 occur only in strings, so that the whole is one well-formed string.

const { getPrototypeOf, keys, prototype } = Object;
const DEEPEST = 60;
const encoder = new TextEncoder();

/** Thrown at a value that is not plain, which ends the walk. */
const NOT_PLAIN = {};

let bytes;
let at;

function room(more) {
  if (at + more <= bytes.length) return;
  const larger = new Uint8Array(Math.max(bytes.length * 2, at + more));
  larger.set(bytes.subarray(0, at));
  bytes = larger;
}

/** Writes an integer from 0, six bits per byte: all bytes except the last have 64 added. */
function count(number) {
  while (number > 63) {
    bytes[at++] = 64 + (number % 64);
    number = Math.floor(number / 64);
  }
  bytes[at++] = number;
}

/** Writes the length of a string in bytes, with `more` added, and its bytes. */
function text(value, more) {
  const { length } = value;
  room(length + 16);
  if (length < 48) {
    const before = at;
    count(length + more);
    let all = 0;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      all |= code;
      bytes[at++] = code;
    }
    if (all < 128) return;
    at = before;
  }
  // A lone surrogate would become a different string.
  if (/\p{Surrogate}/u.test(value)) throw NOT_PLAIN;
  const encoded = encoder.encode(value);
  room(encoded.length + 16);
  count(encoded.length + more);
  bytes.set(encoded, at);
  at += encoded.length;
}

function tag(letter) {
  room(16);
  bytes[at++] = letter;
}

function put(value, depth) {
  switch (typeof value) {
    case "string":
      tag(115); // s
      return text(value, 0);
    case "number":
      if (!Number.isSafeInteger(value)) throw NOT_PLAIN;
      tag(value < 0 ? 109 : 112); // m, p
      return count(Math.abs(value));
    case "boolean":
      return tag(value ? 116 : 102); // t, f
    case "undefined":
      return tag(110); // n
    case "object":
      if (value === null) return tag(110); // n
      if (depth > DEEPEST) throw NOT_PLAIN;
      return Array.isArray(value) ? list(value, depth + 1) : object(value, depth + 1);
    default:
      throw NOT_PLAIN;
  }
}

function list(value, depth) {
  const { length } = value;
  if (getPrototypeOf(value) !== Array.prototype || length > 10_000) throw NOT_PLAIN;
  // Indices come before other keys: if there are as many keys as items, the last key shows whether all of them are
  // indices.
  const names = keys(value);
  if (names.length !== length || (length > 0 && names[length - 1] !== `${length - 1}`)) throw NOT_PLAIN;
  tag(108); // l
  count(length);
  for (let i = 0; i < length; i++) put(value[i], depth);
}

/** Writes each key with its length plus 1, then its value; a 0 ends them. */
function object(value, depth) {
  const parent = getPrototypeOf(value);
  if (parent !== prototype && parent !== null) throw NOT_PLAIN;
  tag(111); // o
  for (const key in value) {
    text(key, 1);
    put(value[key], depth);
  }
  tag(0);
}

/**
 * Returns the arguments as bytes; undefined if one is not plain. The walk runs the caller's code, such as getters,
 * which may call this package again, so each walk has its own bytes.
 */
export function pack(args) {
  const outer = [bytes, at];
  try {
    // Inherited fields are ignored.
    for (const _ in prototype) return undefined;
    bytes = new Uint8Array(512);
    at = 0;
    tag(108); // l
    count(args.length);
    for (let i = 0; i < args.length; i++) put(args[i], 0);
    return bytes.subarray(0, at);
  } catch {
    // Also thrown by a getter or a proxy: the library reports where.
    return undefined;
  } finally {
    [bytes, at] = outer;
  }
}
