// What a page loads: each job in one file, minified, and the wasm beside it where it is a file of its own.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const [esbuild] = process.argv.slice(2);

const JOBS = {
  "billing-rules, the wasm beside it": ["full-slim.mjs", "billing_rules.wasm"],
  "billing-rules, in one file": ["full.mjs"],
  "billing-rules/preview, the wasm beside it": ["preview-slim.mjs", "billing_rules_preview.wasm"],
  "billing-rules/preview, in one file": ["preview.mjs"],
  "date-fns and big.js": ["date-fns-big.mjs"],
  "dayjs and big.js": ["dayjs-big.mjs"],
  "rrule and dinero.js": ["rrule-dinero.mjs"],
  "temporal-polyfill and big.js": ["temporal-big.mjs"],
  "luxon and big.js": ["luxon-big.mjs"],
};

const path = (name) => fileURLToPath(new URL(`start/${name}`, import.meta.url));

function bundle(job) {
  const options = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"];
  const { status, stdout, stderr } = spawnSync(esbuild, [path(job), ...options], { maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${job}: ${stderr}`);
  return stdout;
}

const weigh = (files) => ({
  raw: files.reduce((sum, file) => sum + file.length, 0),
  gzip: files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0),
  brotli: files.reduce((sum, file) => sum + brotliCompressSync(file).length, 0),
});

const wasm = (name) => readFileSync(fileURLToPath(import.meta.resolve(`billing-rules/${name}`)));
const rows = Object.entries(JOBS).map(([name, [job, module]]) => [
  name,
  weigh([bundle(job), ...(module ? [wasm(module)] : [])]),
]);
const modules = ["billing_rules.wasm", "billing_rules_preview.wasm"].map((name) => [name, weigh([wasm(name)])]);
console.log(JSON.stringify({ bundles: Object.fromEntries(rows), modules: Object.fromEntries(modules) }));
