// Every vector as TypeScript: what the package takes and answers fits the types, and what it refuses for its shape is a type
// error. The literals are checked whole, undeclared fields too.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";
import * as billing from "billing-rules";
import { functions, given, types } from "./declared.mjs";
import { calls } from "./vectors.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
mkdirSync(here("../../dist"), { recursive: true });
const folder = mkdtempSync(here("../../dist/typed-"));
after(() => rmSync(folder, { recursive: true }));

/** What TypeScript says of programs, each with its name: of each the sentences, by the number of the line. */
function compiled(programs, { types = "", script = false } = {}) {
  const extension = script ? "mjs" : "mts";
  const files = programs.map(([name]) => `${folder}/${name}.${extension}`);
  for (const [index, [, program]] of programs.entries()) writeFileSync(files[index], program);
  const tsc = here("../../node_modules/typescript/bin/tsc");
  const strict = "--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck false --target es2022 --module node20";
  // A script has no place for the type of a parameter.
  const options = `${strict}${script ? " --allowJs --checkJs --noImplicitAny false" : ""} --types`;
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...options.split(" "), types, ...files], {
    cwd: here("../.."),
    maxBuffer: 1 << 28,
  });
  const found = programs.map(() => new Map());
  const all = [...`${stdout}`.matchAll(/([^/\n]+)\.m[jt]s\((\d+),\d+\): error (.*)/g)];
  for (const [, name, line, text] of all)
    found[programs.findIndex(([other]) => other === name)].set(Number(line), text);
  if (status !== 0 && all.length === 0) assert.fail(`${stdout}`);
  return found;
}

/** Of constants, each a line, those that TypeScript refuses: the numbers of the lines, with the first sentence. */
function refused(name, lines) {
  const [found] = compiled([
    [name, ['import type * as billing from "billing-rules";', ...lines, "export {};"].join("\n")],
  ]);
  return new Map([...found].map(([line, text]) => [line - 2, text]));
}

const constant = (type, value) => `{ const value: ${type} = ${JSON.stringify(value)}; }`;
const taken = ({ name, args }) => constant(`Parameters<typeof billing.${name}>`, args);
const answeredAs = ({ name, gives }) => constant(`ReturnType<typeof billing.${name}>`, gives);

test("what is taken and what is answered fits the types", () => {
  const answered = calls.filter(({ fails }) => !fails);
  const wrong = refused(
    "answered",
    answered.flatMap((call) => [taken(call), answeredAs(call)]),
  );
  const about = ([line, text]) => `${answered[line >> 1].about}: ${line % 2 ? "answer" : "arguments"}: ${text}`;
  assert.deepEqual([...wrong].map(about), []);
});

/** Whether the reader of a shape refuses it, rather than a rule that looks at several fields. A stored `state` has no type. */
const ofShape = ({ code, path, message }) =>
  ["unknown_field", "unknown_value", "missing_field", "wrong_type"].includes(code) &&
  /^(unknown (field|value) .*, expected one of |expected `\w+`$|expected .*, got )/.test(message) &&
  !path.startsWith("/subscription/state");

/** What is missing only because of what other fields say, which a type does not tell. */
const byRule = [
  "nexi-bad-input.json: a scheduled agreement without an end",
  "prices.json: a change to nothing",
  "prices.json: the quantity of an item that the price does not have",
  "prices.json: the path of an item's id is escaped",
  "prices.json: the quantity of an item of one amount",
  "prices.json: seats of an item that no price has",
  "prices.json: a change to nothing, in a life",
  "unified.json: a55: a security code without a card",
  "unified.json: a55: a payment by the merchant without a card",
];

test("what is refused for its shape is a type error", () => {
  const failing = calls.filter(({ fails }) => fails?.some(ofShape));
  const wrong = refused("refused", failing.map(taken));
  assert.deepEqual(
    failing.filter((_, line) => !wrong.has(line)).map(({ about }) => about),
    byRule,
  );
});

// Every example as a program of TypeScript: those of the types, each after what it builds on, and those of the README and the docs.

const names = [...Object.keys(billing), ...types.map((name) => `type ${name}`)];
const imports = `import { ${names.join(", ")} } from "billing-rules";`;

/** An example of a function in what the types give, and its namespace, each in a block of its own. */
function among(name, example) {
  const before = [...given.types, ...(given[name.split(".")[0]] ?? [])];
  return `${imports}\n${before.map((text) => `{${text}\n`).join("")}{${example}\n}${"}".repeat(before.length)}\nexport {};`;
}

const ofTypes = [
  ["the types", `${imports}\n${given.types.join("\n")}\nexport {};`],
  ...functions.flatMap(({ name, examples }) => examples.map((example) => [name, among(name, example)])),
];

// Of examples/postgres a page shows parts, which tests/postgres compares with the files and checks there.
const docs = readdirSync(here("../../../docs"), { recursive: true })
  .filter((name) => name.endsWith(".md") && name !== join("how-to", "postgresql.md"))
  .sort();
const pages = ["README.md", ...docs.map((name) => `docs/${name}`)];

/** The blocks of a language on the pages. */
const blocksOf = (language) =>
  pages.flatMap((page) => {
    const text = readFileSync(here(`../../../${page}`), "utf8");
    const blocks = text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"));
    return [...blocks].map(([, block], index) => [`${page}, ${language} block ${index + 1}`, `${block}\nexport {};`]);
  });

/** Whether a statement is there to be refused for its shape: the comment beside it says so, or it is tried. */
function isRefused(program, line) {
  const lines = program.split("\n");
  const statement = lines.slice(line - 1);
  const end = statement.findIndex((text) => /;(?: *\/\/.*)?$/.test(text));
  const said = statement.slice(0, end + 2).join("\n");
  return (
    /\/\/ throws (unknown_field|unknown_value|missing_field|wrong_type)\b/.test(said) ||
    /^try \{$/.test(lines[line - 2])
  );
}

/** What is wrong with examples, by their names. */
function mistakes(examples, options) {
  const found = compiled(
    examples.map(([, program], index) => [`example-${index}`, program]),
    { types: "node", ...options },
  );
  const about = ([name, program], [line, text]) => `${name}: ${program.split("\n")[line - 1].trim()}: ${text}`;
  return examples.flatMap((example, index) =>
    [...found[index]].filter(([line]) => !isRefused(example[1], line)).map((mistake) => about(example, mistake)),
  );
}

test("every example of the types and of the pages is TypeScript", () => {
  assert.deepEqual(mistakes([...ofTypes, ...blocksOf("ts")]), []);
});

test("every example in JavaScript passes the compiler's checks", () => {
  assert.deepEqual(mistakes(blocksOf("js"), { script: true }), []);
});
