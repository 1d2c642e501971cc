// A function called for many lines of JSON at once, in the entries of the full module.
import { invoke, invokeLines } from "./engine.js";

/** The most characters of a chunk with more than one line. A longer chunk costs more a line. */
const CHUNK = 300_000;

/** Without half of a surrogate pair, which cannot cross. */
const isWellFormed = (value) => typeof value === "string" && !/\p{Surrogate}/u.test(value);

export function callLines(name, lines) {
  // The general path rejects what is not a well-formed string.
  if (![name, lines].every(isWellFormed)) return invoke("callLines", [name, lines]);
  let answers = "";
  let from = 0;
  do {
    const to = chunkEnd(lines, from);
    answers += invokeLines(name, lines.slice(from, to));
    from = to;
  } while (from < lines.length);
  return answers;
}

/** Returns where a chunk ends: after the last line that fits, or after its only one. */
function chunkEnd(lines, from) {
  if (lines.length - from <= CHUNK) return lines.length;
  const last = lines.lastIndexOf("\n", from + CHUNK);
  if (last >= from) return last + 1;
  const next = lines.indexOf("\n", from + CHUNK);
  return next < 0 ? lines.length : next + 1;
}
