// Packs plain values as bytes, for one crossing. Values that are not plain are left to the library, which reports them.
//
// A value is a tag and its content. Bytes above 127 occur only in strings, so that the whole is one well-formed string.

const { getPrototypeOf, keys, prototype } = Object;
const DEEPEST = 60;
const encoder = new TextEncoder();

/** Thrown at a value that is not plain, which ends the walk. */
const NOT_PLAIN = {};

/** The bytes of the walk that runs, and how many of them are written. */
let bytes;
let at;

/** Bytes for the next walk, from the one before; none while a walk has them. */
let spare;
const LARGEST_KEPT = 65_536;

/** Room beside texts: a tag and the longest number. */
const MARGIN = 16;

function room(more) {
  if (at + more + MARGIN <= bytes.length) return;
  const larger = new Uint8Array(Math.max(bytes.length * 2, at + more + MARGIN));
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

/** Writes the length of a string in bytes, with `more` added, and its bytes. Leaves room for a tag and a number. */
function text(value, more) {
  const { length } = value;
  room(length + MARGIN);
  if (length < 100) {
    const before = at;
    count(length + more);
    // In variables of its own, which the engine keeps in registers.
    const buffer = bytes;
    let end = at;
    let all = 0;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      all |= code;
      buffer[end++] = code;
    }
    at = end;
    if (all < 128) return;
    at = before;
  }
  // A lone surrogate would become a different string.
  if (/\p{Surrogate}/u.test(value)) throw NOT_PLAIN;
  const encoded = encoder.encode(value);
  room(encoded.length + MARGIN);
  count(encoded.length + more);
  bytes.set(encoded, at);
  at += encoded.length;
}

/** A tag. What writes one has made room. */
function tag(letter) {
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
  for (let i = 0; i < length; i++) {
    room(0);
    put(value[i], depth);
  }
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
  room(0);
  tag(0);
}

/**
 * Returns the arguments as bytes, which hold until the next call; undefined if one is not plain. The walk runs the caller's
 * code, such as getters, which may call this package again, so each walk has its own bytes.
 */
export function pack(args) {
  const outer = bytes;
  const outerAt = at;
  bytes = spare ?? new Uint8Array(1024);
  spare = undefined;
  at = 0;
  try {
    // Inherited fields are ignored.
    for (const _ in prototype) return undefined;
    tag(108); // l
    count(args.length);
    for (let i = 0; i < args.length; i++) {
      room(0);
      put(args[i], 0);
    }
    return bytes.subarray(0, at);
  } catch {
    // Also thrown by a getter or a proxy: the library reports where.
    return undefined;
  } finally {
    if (bytes.length <= LARGEST_KEPT) spare = bytes;
    bytes = outer;
    at = outerAt;
  }
}
