// What the entries have, and what the package holds.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import test from "node:test";
import { inflateRawSync } from "node:zlib";
import * as glue from "./glue/billing_rules_preview.js";

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve("billing-rules/package.json"));
const importing = async (entry) => Object.keys(await import(`billing-rules${entry}`)).sort();
const requiring = (entry) => Object.keys(require(`billing-rules${entry}`)).sort();

const [full, slim, preview, previewSlim] = await Promise.all(["", "/slim", "/preview", "/preview/slim"].map(importing));
const without = (names, ...others) => names.filter((name) => !others.includes(name));

/** What is JavaScript alone. */
const ofJavaScript = ["BillingError", "dayIn", "explain", "formatMoney", "isBillingError", "ready"];

/** The values that a file of types exports from another. */
const typed = (file) => {
  const text = readFileSync(join(folder, file), "utf8");
  const [, list] = text.match(/^export \{([^}]*)\} from "\.\/index\.cjs";$/m);
  const own = [...text.matchAll(/^export (?:declare )?function (\w+)/gm)].map(([, name]) => name);
  return [...list.split(",").map((name) => name.trim()), ...own].filter(Boolean).sort();
};

test("require has the names of import", () => {
  assert.deepEqual(requiring(""), full);
  assert.deepEqual(requiring("/slim"), slim);
  assert.deepEqual(requiring("/preview"), preview);
  assert.deepEqual(requiring("/preview/slim"), previewSlim);
});

test("slim has `init` besides", () => {
  assert.deepEqual(without(slim, "init"), full);
  assert.deepEqual(without(previewSlim, "init"), preview);
});

test("preview has what its types name, all of it of the default entry", () => {
  assert.deepEqual(preview, typed("dist/types/preview.d.cts"));
  assert.deepEqual(without(preview, ...full), []);
});

test("the functions of explain are those of the other entries, without a wasm", async () => {
  const explain = await importing("/explain");
  assert.deepEqual(requiring("/explain"), explain);
  assert.deepEqual(explain, ["BillingError", "explain", "formatMoney", "isBillingError"]);
  assert.deepEqual(without(explain, ...preview), []);
  for (const language of ["ar", "en", "nb", "pt"]) {
    assert.deepEqual(await importing(`/explain/${language}`), [language]);
    assert.deepEqual(requiring(`/explain/${language}`), [language]);
  }
  const scripts = files(join(folder, "dist")).filter((file) => /dist.(explain|plain).*js$/.test(file));
  assert.equal(scripts.length, 12);
  for (const file of scripts) assert.doesNotMatch(readFileSync(file, "utf8"), /WebAssembly|base64/);
});

test("the wasm of preview has the functions of its entry and no others", async () => {
  const wasm = readFileSync(require.resolve("billing-rules/billing_rules_preview.wasm"));
  glue.start(new WebAssembly.Instance(new WebAssembly.Module(wasm), glue.imports()));
  const knows = (name) => {
    try {
      glue.call(name, []);
    } catch (problems) {
      return problems[0].code !== "unknown_function";
    }
    return assert.fail(`${name} takes nothing`);
  };
  const billing = await import("billing-rules");
  const functions = without(full, ...ofJavaScript).flatMap((name) =>
    typeof billing[name] === "function"
      ? [name]
      : Object.keys(billing[name]).map((operation) => `${name}.${operation}`),
  );
  assert.deepEqual(functions.filter(knows), without(preview, ...ofJavaScript));
});

test("the wasm of preview says nothing of providers", () => {
  const words = /dintero|dineropay|nexi|a55|cvv|cryptogram/i;
  const wasm = readFileSync(require.resolve("billing-rules/billing_rules_preview.wasm"), "latin1");
  // Texts lie in long runs; shorter ones are code that happens to look like a word.
  const texts = wasm.match(/[\x20-\x7e]{8,}/g);
  assert.ok(texts.some((text) => text.includes("nextDueDate")));
  assert.deepEqual(
    texts.filter((text) => words.test(text)).map((text) => text.match(words)[0]),
    [],
  );
});

/** All files of the installed package. */
function files(at = folder) {
  const below = readdirSync(at).map((name) => join(at, name));
  return below.flatMap((path) => (statSync(path).isDirectory() ? files(path) : [path]));
}

test("each wasm is in the package once as it is and once as base64", async () => {
  const modules = files().filter((file) => extname(file) === ".wasm");
  assert.equal(modules.length, 3);
  const contents = files().map((file) => readFileSync(file, "latin1"));
  const count = (text) => contents.reduce((sum, content) => sum + content.split(text).length - 1, 0);
  assert.equal(count("\0asm\x01\0\0\0"), 3);
  // As base64 it is deflated; long runs of it stand nowhere else.
  const long = contents.flatMap((content) => content.match(/[A-Za-z0-9+/]{10000,}=*/g) ?? []);
  const unpacked = long.map((text) => inflateRawSync(Buffer.from(text, "base64")).toString("latin1"));
  assert.deepEqual(unpacked.sort(), modules.map((file) => readFileSync(file, "latin1")).sort());
});
