// A function called for many lines of JSON at once, in the entries of the full module.
import { invoke, invokeLines } from "./engine.js";

/** The most characters of a chunk that holds more than one line: longer ones are slower a line. */
const CHUNK = 300_000;

/** Half of a pair without the other half. */
const loneSurrogate = /\p{Surrogate}/u;

const refusal = (code, path, message) => ({ code, path, message });

export function callLines(name, lines) {
  // What is no text is refused as every other function refuses it.
  if (typeof name !== "string" || typeof lines !== "string") return invoke("callLines", [name, lines]);
  let answers = "";
  let from = 0;
  do {
    const to = chunkEnd(lines, from);
    answers += answersOf(name, lines.slice(from, to));
    from = to;
  } while (from < lines.length);
  return answers;
}

/** Where a chunk ends that begins at a place: after the last line that fits, or after its only one. */
function chunkEnd(lines, from) {
  if (lines.length - from <= CHUNK) return lines.length;
  const last = lines.lastIndexOf("\n", from + CHUNK);
  if (last >= from) return last + 1;
  const next = lines.indexOf("\n", from + CHUNK);
  return next < 0 ? lines.length : next + 1;
}

/** A text that is not well formed cannot cross: the lines that are not are refused here, by themselves. */
function answersOf(name, chunk) {
  if (!loneSurrogate.test(chunk)) return invokeLines(name, chunk);
  return chunk
    .match(/[^\n]*\n|[^\n]+/g)
    .map((line) => {
      if (!loneSurrogate.test(line)) return invokeLines(name, line);
      const errors = [refusal("invalid_json", "", "expected valid JSON")];
      return `!${JSON.stringify(errors)}${line.endsWith("\n") ? "\n" : ""}`;
    })
    .join("");
}
