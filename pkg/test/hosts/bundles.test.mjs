// What bundlers make of the package.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { build as vite } from "vite";
import webpack from "webpack";
import { bundle, project } from "./tools.mjs";

const PROVIDERS = ["a55", "dineropay", "dintero", "nexi"].map((name) => `billing-rules/${name}`);
const ENTRIES = [
  "billing-rules",
  ...PROVIDERS,
  "billing-rules/preview",
  "billing-rules/columns",
  "billing-rules/slim",
  "billing-rules/preview/slim",
  "billing-rules/columns/slim",
];

/** The script with a module's base64, and how that base64 begins. */
const script = (name) => readFileSync(join(project, `node_modules/billing-rules/dist/base64/${name}.js`), "utf8");
const beginning = (name) => script(name).match(/= "([A-Za-z0-9+/]{60})/)[1];
const [FULL, PREVIEW] = ["billing_rules", "billing_rules_preview"].map(beginning);

/** What a runtime that compiles nothing by itself forbids, and may look for before it runs anything. */
const FORBIDDEN = ["WebAssembly.compile", "WebAssembly.instantiate", "new WebAssembly.Module", "eval(", "new Function"];

/** A program of the project's, of this text. */
function program(text) {
  writeFileSync(join(project, "entry.mjs"), text);
  return "entry.mjs";
}

const bundlers = {
  async esbuild(entry) {
    const { outputFiles } = await bundle(entry, { write: false, outfile: "out.js", minify: true });
    return outputFiles[0].text;
  },
  async vite(entry) {
    const lib = { entry: join(project, entry), formats: ["es"], fileName: "out" };
    const build = { lib, write: false, minify: false };
    const [{ output }] = await vite({ build, configFile: false, logLevel: "error", root: project });
    return output.map(({ code }) => code).join("");
  },
  async webpack(entry) {
    const path = join(project, "bundled/webpack-entry");
    const output = { path, filename: "out.js" };
    const compiler = webpack({ context: project, entry: `./${entry}`, mode: "production", output, performance: false });
    const stats = await new Promise((done, failed) =>
      compiler.run((error, found) => (error ? failed(error) : done(found))),
    );
    assert.equal(stats.hasErrors() || stats.hasWarnings(), false, stats.toString("errors-warnings"));
    return readFileSync(join(path, "out.js"), "utf8");
  },
};

for (const condition of ["workerd", "edge-light"]) {
  test(`nothing that is forbidden is within reach of ${condition}`, async () => {
    for (const entry of ENTRIES) {
      const { outputFiles } = await bundle(program(`export * from "${entry}";`), {
        conditions: [condition],
        external: ["*.wasm", "*.wasm?module"],
        outfile: "out.js",
        write: false,
      });
      const [{ text }] = outputFiles;
      assert.match(text, /new WebAssembly\.Instance/);
      assert.deepEqual(
        FORBIDDEN.filter((call) => text.includes(call)),
        [],
        entry,
      );
      assert.equal(text.includes(FULL) || text.includes(PREVIEW), false, entry);
      const wanted = entry.endsWith("slim") ? [] : [condition === "workerd" ? ".wasm" : ".wasm?module"];
      assert.deepEqual(
        [...text.matchAll(/from "[^"]*(\.wasm[^"]*)"/g)].map(([, suffix]) => suffix),
        wanted,
        entry,
      );
    }
  });
}

for (const [name, run] of Object.entries(bundlers)) {
  const count = (text) => [FULL, PREVIEW].map((base64) => text.split(base64).length - 1);

  test(`${name}: what is imported and not used leaves nothing of the library`, async () => {
    const text = await run(program(`import { nextDueDate } from "billing-rules";\nconsole.log("nothing");\n`));
    assert.equal(text.includes("WebAssembly"), false);
    assert.deepEqual(count(text), [0, 0]);
  });

  test(`${name}: a provider's own entry that is not used leaves nothing either`, async () => {
    const text = await run(program(`import { readCharge } from "billing-rules/nexi";\nconsole.log("nothing");\n`));
    assert.equal(text.includes("WebAssembly"), false);
    assert.deepEqual(count(text), [0, 0]);
  });

  test(`${name}: the default entry and those of providers share one wasm`, async () => {
    const imports = PROVIDERS.map((entry, index) => `import { readCharge as read${index} } from "${entry}";\n`).join(
      "",
    );
    const uses = PROVIDERS.map((_, index) => `read${index}`).join(", ");
    const text = await run(
      program(`import { nextAction } from "billing-rules";\n${imports}console.log(nextAction, ${uses});\n`),
    );
    assert.deepEqual(count(text), [1, 0]);
    assert.equal(text.split("new WebAssembly.Instance").length - 1, 1);
  });

  test(`${name}: a page that explains lines has no wasm, and one language`, async () => {
    const text = await run(
      program(
        `import { explain } from "billing-rules/explain";\nimport { nb } from "billing-rules/explain/nb";\nconsole.log(explain, nb);\n`,
      ),
    );
    assert.equal(text.includes("WebAssembly"), false);
    assert.deepEqual(count(text), [0, 0]);
    assert.deepEqual(
      ["Etableringsgebyr", "Setup fee", "Taxa de ades"].map((words) => text.includes(words)),
      [true, false, false],
    );
    assert.ok(text.length < 15_000, `${text.length} characters`);
  });

  test(`${name}: a page that uses preview has its wasm once, and not the other`, async () => {
    const text = await run(
      program(`import { nextDueDate } from "billing-rules/preview";\nconsole.log(nextDueDate);\n`),
    );
    assert.deepEqual(count(text), [0, 1]);
    assert.ok(text.length < script("billing_rules").length, `${text.length} bytes`);
  });
}
