// Every example in the types, the README and the docs runs, and what its comments say is so.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import test, { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as billing from "billing-rules";
import { transformSync } from "esbuild";
import { checks } from "./check.mjs";
import { functions, given } from "./declared.mjs";
import { checked } from "./examples.mjs";
import { calls } from "./vectors.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(here("../../dist/examples-"));
after(() => rmSync(folder, { recursive: true }));

/** Runs a program, its values checked; gives how many were to be and how many were. */
async function run(name, program, around = (text) => text) {
  const { text, checks: wanted } = checked(program);
  const file = `${folder}/${name.replaceAll("/", "-")}.mjs`;
  const check = pathToFileURL(here("check.mjs"));
  // Examples of the types are TypeScript: here they run without their types.
  const { code } = transformSync(around(text), {
    loader: "ts",
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  });
  writeFileSync(file, `import { check } from "${check}";\n${code}\n`);
  const before = checks();
  await import(pathToFileURL(file));
  return { wanted, done: checks() - before };
}

const imports = `import { ${Object.keys(billing).join(", ")} } from "billing-rules";`;

/** An example of a function in what the types give, and its namespace. */
const among = (name) => (text) => {
  const before = [...given.types, ...(given[name.split(".")[0]] ?? [])];
  return `${imports}\n${before.map((example) => `{${example}\n`).join("")}{${text}\n}${"}".repeat(before.length)}`;
};

for (const { name, examples, documentation } of functions) {
  test(`${name} is explained, with an example`, async () => {
    assert.notEqual(documentation.trim(), "");
    assert.notEqual(examples.length, 0);
    for (const [index, example] of examples.entries()) {
      const { wanted, done } = await run(`${name}-${index}`, example, among(name));
      assert.ok(wanted > 0 && done === wanted, "an example says what comes of it");
    }
  });
}

test("the examples of the types are true", async () => {
  const { wanted, done } = await run("types", given.types.join("\n"), (text) => `${imports}\n${text}`);
  assert.equal(done, wanted);
});

/** The codes that the head of the types lists for every function. */
const [head] = readFileSync(here("../../types/index.d.ts"), "utf8").split("*/");
const codes = (text) => [...text.matchAll(/`([a-z_]+)`/g)].map(([, code]) => code);

test("every error that a vector knows stands with its function, or is one of every function", () => {
  const common = codes(head.split("Any function may")[1]);
  const told = Object.fromEntries(functions.map(({ name, throws }) => [name, [...common, ...codes(throws.join(" "))]]));
  const failures = calls.flatMap(({ name, fails = [] }) => fails.map(({ code }) => ({ name, code })));
  const silent = failures
    .filter(({ name, code }) => !told[name].includes(code))
    .map(({ name, code }) => `${name}: ${code}`);
  assert.deepEqual([...new Set(silent)], []);
});

const docs = readdirSync(here("../../../docs"), { recursive: true })
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`);
for (const name of ["README.md", ...docs]) {
  const blocks = readFileSync(here(`../../../${name}`), "utf8").matchAll(/^```js\n([^]*?)^```$/gm);
  for (const [index, [, block]] of [...blocks].entries()) {
    test(`${name}, block ${index + 1}`, async () => {
      const { wanted, done } = await run(`${name}-${index}`, block);
      assert.ok(done >= wanted, "what is said was looked at");
    });
  }
}
