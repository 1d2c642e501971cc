// Every case of tests/vectors, and the columns over a book, on every host that the package is for, from the installed package: the same
// answers everywhere, to the byte, and those of the native library. `cargo xtask test` prepares what the variables name; words choose hosts by their names.
import assert from "node:assert/strict";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browsers, close, shownSchedule } from "./browsers.mjs";
import { edges } from "./edges.mjs";
import { programs } from "./programs.mjs";
import { project } from "./tools.mjs";

const words = process.argv.slice(2);
const hosts = [...programs, ...edges, ...browsers].filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
);
/** The lines, amounts and days in every language. */
const explained = readFileSync(new URL("explained.txt", import.meta.url), "utf8");
const native = readFileSync(process.env.BILLING_RULES_NATIVE, "utf8").trimEnd().split("\n");

/** Puts the programs and the vectors beside the installed package. */
function prepare() {
  const programs = new URL("project/", import.meta.url);
  for (const file of readdirSync(programs)) copyFileSync(new URL(file, programs), join(project, file));
  const folder = process.env.BILLING_RULES_VECTORS;
  const vectors = readdirSync(folder)
    .sort()
    .map((name) => {
      const content = JSON.parse(readFileSync(join(folder, name), "utf8"));
      return { name, content };
    });
  writeFileSync(join(project, "vectors.mjs"), `export default ${JSON.stringify(vectors)};\n`);
}

/** Holds what an entry answered against the native library; gives how many cases it has the functions for. */
function hold(host, { lines, failures }) {
  assert.deepEqual(failures, [], `${host}: not what the cases state`);
  assert.equal(lines.length, native.length, `${host}: another number of cases`);
  const other = lines.findIndex((line, index) => line !== null && line !== native[index]);
  assert.ok(other < 0, `${host}: another answer\n  ${lines[other]}\nthan the native library\n  ${native[other]}`);
  return lines.filter((line) => line !== null).length;
}

function print(name, version, ...figures) {
  console.log(name.padEnd(31), version.padEnd(15), ...figures.map((figure) => `${figure}`.padStart(8)));
}

prepare();
console.log(`\n${native.length} cases in the native library\n`);
print("host", "version", "full", "ms", "preview", "ms", "columns", "ms");
const previewed = new Set();
let ofBook;
for (const { name, version, run } of hosts) {
  const { full, preview, book, others, texts } = JSON.parse(await run());
  for (const text of texts)
    assert.equal(text, explained, `${name}: other lines, amounts or days than in explained.txt`);
  assert.deepEqual(others, [], `${name}: a provider's own entry has other functions than the default entry`);
  const [count, less] = [hold(name, full), hold(`${name}, preview`, preview)];
  assert.deepEqual(book.failures, [], `${name}: rows that the functions of one subscription answer otherwise`);
  ofBook ??= book.lines;
  const other = book.lines.findIndex((line, index) => line !== ofBook[index]);
  assert.ok(other < 0, `${name}: \`${book.lines[other]}\`, but \`${ofBook[other]}\` on ${hosts[0].name}`);
  assert.equal(book.lines.length, ofBook.length, `${name}: another number of rows`);
  const times = [full, preview, book].map(({ time }) => Math.round(time));
  print(name, version, count, times[0], less, times[1], book.lines.length, times[2]);
  assert.equal(count, native.length, `${name}: the default entry has not all functions`);
  previewed.add(less);
}
assert.equal(previewed.size, 1, "the preview entry has not the same functions everywhere");

const schedule = ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"];
assert.deepEqual(await shownSchedule(), schedule);
console.log("\nA page of one script shows its schedule.");
await close();
