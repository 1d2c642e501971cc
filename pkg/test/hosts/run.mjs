// Every case of tests/vectors on every host that the package is for, from the installed package: the same answers everywhere, to
// the byte, and those of the native library. `cargo xtask` prepares what the variables name.
import assert from "node:assert/strict";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browsers, close, shownSchedule } from "./browsers.mjs";
import { edges } from "./edges.mjs";
import { programs } from "./programs.mjs";
import { project } from "./tools.mjs";

const native = readFileSync(process.env.BILLING_RULES_NATIVE, "utf8").trimEnd().split("\n");
const chosen = process.argv.slice(2);

function prepare() {
  const here = new URL("project/", import.meta.url);
  for (const file of readdirSync(here)) copyFileSync(new URL(file, here), join(project, file));
  const vectors = new URL(`file://${process.env.BILLING_RULES_VECTORS}/`);
  const files = readdirSync(vectors).sort();
  const content = files.map((name) => `{ "name": ${JSON.stringify(name)}, "content": ${readFileSync(new URL(name, vectors), "utf8")} }`);
  writeFileSync(join(project, "vectors.mjs"), `export default [${content.join(",\n")}];\n`);
}

/** Holds what an entry answered against the native library; gives how many cases it has the functions for. */
function hold(host, entry, { lines, failures }) {
  assert.deepEqual(failures, [], `${host}, ${entry}: not what the cases state`);
  assert.equal(lines.length, native.length, `${host}, ${entry}: another number of cases`);
  const other = lines.findIndex((line, index) => line !== null && line !== native[index]);
  assert.ok(other < 0, `${host}, ${entry}: another answer\n  ${lines[other]}\nthan the native library\n  ${native[other]}`);
  return lines.filter((line) => line !== null).length;
}

const row = (...cells) => console.log(cells.map((cell, index) => `${cell}`[index < 2 ? "padEnd" : "padStart"]([32, 18, 8, 8, 9, 9][index])).join(""));

prepare();
console.log(`\n${native.length} cases in the native library\n`);
row("host", "version", "full", "ms", "preview", "ms");
const counts = new Set();
for (const { name, version, run } of [...programs, ...edges, ...browsers]) {
  if (chosen.length > 0 && !chosen.some((part) => name.includes(part))) continue;
  const { full, preview } = JSON.parse(await run());
  const count = [hold(name, "full", full), hold(name, "preview", preview)];
  // A host's clock may stand still while a program runs.
  const time = ({ time }) => (time > 0 ? Math.round(time) : "–");
  row(name, version, count[0], time(full), count[1], time(preview));
  assert.equal(count[0], native.length, `${name}: the full entry has not all functions`);
  counts.add(count[1]);
}
assert.equal(counts.size, 1, "the preview entry has not the same functions everywhere");

assert.deepEqual(await shownSchedule(), ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"]);
console.log("\na page of one script shows its schedule");
await close();
