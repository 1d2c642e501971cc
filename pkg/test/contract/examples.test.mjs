// Every example in the types, the README and the docs runs, and what its comments say is so.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import test, { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as billing from "billing-rules";
import { checks } from "./check.mjs";
import { functions } from "./declared.mjs";
import { checked } from "./examples.mjs";
import * as given from "./given.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(here("../../dist/examples-"));
after(() => rmSync(folder, { recursive: true }));

/** Runs a program, its values checked. */
async function run(name, program, imports = "") {
  const { text, checks: wanted } = checked(program);
  const file = `${folder}/${name.replaceAll("/", "-")}.mjs`;
  const check = JSON.stringify(pathToFileURL(here("check.mjs")));
  writeFileSync(file, `import { check } from ${check};\n${imports}\n${imports ? `{\n${text}\n}` : text}\n`);
  const sofar = checks();
  await import(pathToFileURL(file));
  return { wanted, done: checks() - sofar };
}

const names = (module) => Object.keys(module).join(", ");
const imports = [
  `import { ${names(billing)} } from "billing-rules";`,
  `import { ${names(given)} } from ${JSON.stringify(pathToFileURL(here("given.mjs")))};`,
].join("\n");

for (const { name, examples, documentation } of functions) {
  test(`${name} is explained, with an example`, async () => {
    assert.notEqual(documentation.trim(), "");
    assert.notEqual(examples.length, 0);
    for (const [index, example] of examples.entries()) {
      const { wanted, done } = await run(`${name}-${index}`, example, imports);
      assert.ok(wanted > 0 && done === wanted, "an example says what comes of it");
    }
  });
}

const docs = readdirSync(here("../../../docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`);
for (const name of ["README.md", ...docs]) {
  const blocks = readFileSync(here(`../../../${name}`), "utf8").matchAll(/^```js\n([^]*?)^```$/gm);
  for (const [index, [, block]] of [...blocks].entries()) {
    test(`${name}, block ${index + 1}`, async () => {
      const { wanted, done } = await run(`${name}-${index}`, block);
      assert.ok(done >= wanted, "what is said was looked at");
    });
  }
}
