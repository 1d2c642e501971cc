// Every vector as TypeScript: what the package takes and answers fits the types, and what it refuses for its shape is a type
// error. The literals are checked whole, undeclared fields too.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";
import { calls } from "./vectors.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
mkdirSync(here("../../dist"), { recursive: true });
const folder = mkdtempSync(here("../../dist/typed-"));
after(() => rmSync(folder, { recursive: true }));

/** What TypeScript says of a program: the sentences, by the number of the line. */
function told(name, program) {
  const file = `${folder}/${name}.mts`;
  writeFileSync(file, program);
  const tsc = here("../../node_modules/typescript/bin/tsc");
  const options = "--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck false --types --target es2022 --module node20";
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...options.split(" "), file]);
  const found = new Map();
  for (const [, line, text] of `${stdout}`.matchAll(/\.mts\((\d+),\d+\): error (.*)/g)) found.set(Number(line), text);
  if (status !== 0 && found.size === 0) assert.fail(`${stdout}`);
  return found;
}

/** Of constants, each a line, those that TypeScript refuses: the numbers of the lines, with the first sentence. */
function refused(name, lines) {
  const found = told(name, ['import type * as billing from "billing-rules";', ...lines, "export {};"].join("\n"));
  return new Map([...found].map(([line, text]) => [line - 2, text]));
}

const constant = (type, value) => `{ const value: ${type} = ${JSON.stringify(value)}; }`;
const taken = ({ name, args }) => constant(`Parameters<typeof billing.${name}>`, args);
const given = ({ name, gives }) => constant(`ReturnType<typeof billing.${name}>`, gives);

test("what is taken and what is answered fits the types", () => {
  const answered = calls.filter(({ fails }) => !fails);
  const wrong = refused("answered", answered.flatMap((call) => [taken(call), given(call)]));
  const about = ([line, text]) => `${answered[line >> 1].about}: ${line % 2 ? "answer" : "arguments"}: ${text}`;
  assert.deepEqual([...wrong].map(about), []);
});

/** Whether the reader of a shape refuses it, rather than a rule that looks at several fields. A stored `state` has no type. */
const ofShape = ({ code, path, message }) =>
  ["unknown_field", "unknown_value", "missing_field", "wrong_type"].includes(code) &&
  /^(unknown (field|value) .*, expected one of |`\w+` is missing$|expected .*, found )/.test(message) &&
  !path.startsWith("/subscription/state");

/** What is missing only because of what other fields say, which a type does not tell. */
const byRule = [
  "nexi-bad-input.json: a scheduled agreement without an end",
  "unified.json: a55: a security code without a card",
  "unified.json: a55: a payment by the merchant without a card",
];

test("what is refused for its shape is a type error", () => {
  const failing = calls.filter(({ fails }) => fails?.some(ofShape));
  const wrong = refused("refused", failing.map(taken));
  assert.deepEqual(failing.filter((_, line) => !wrong.has(line)).map(({ about }) => about), byRule);
});

const docs = readdirSync(here("../../../docs")).map((name) => `docs/${name}`);
for (const name of ["README.md", ...docs]) {
  const blocks = readFileSync(here(`../../../${name}`), "utf8").matchAll(/^```ts\n([^]*?)^```$/gm);
  for (const [index, [, block]] of [...blocks].entries()) {
    test(`the TypeScript of ${name}, block ${index + 1}`, () => {
      assert.deepEqual([...told(`${name.replaceAll("/", "-")}-${index}`, block)], []);
    });
  }
}
