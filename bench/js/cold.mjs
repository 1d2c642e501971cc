// How soon a fresh process has its first answers.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { summary } from "./measure.mjs";

const [mode] = process.argv.slice(2);
const ROUNDS = mode === "quick" ? 1 : 41;

const JOBS = {
  nothing: "nothing.mjs",
  "plain JS": "plain.mjs",
  "billing-rules, its wasm compiled": "compiled.mjs",
  "billing-rules, import": "full.mjs",
  "billing-rules, require": "full.cjs",
  "billing-rules/preview, import": "preview.mjs",
  "billing-rules/preview, require": "preview.cjs",
  "dayjs and big.js": "dayjs-big.mjs",
  "temporal-polyfill and big.js": "temporal-big.mjs",
  "luxon and big.js": "luxon-big.mjs",
  "rrule and dinero.js": "rrule-dinero.mjs",
  "date-fns and big.js": "date-fns-big.mjs",
};

const path = (name) => fileURLToPath(new URL(`start/${name}`, import.meta.url));

/** Milliseconds until a new process has its first answers, and until it has ended. */
function run(job) {
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [path("first.cjs"), path(job)]);
  const ended = performance.now() - begun;
  if (status !== 0) throw new Error(`${job}: ${stderr}`);
  return { answers: Number(stdout), ended };
}

const measured = Object.entries(JOBS).map(([name, job]) => ({ name, job, found: [] }));
// The first round only reads the files into memory.
for (let round = 0; round <= ROUNDS; round++) {
  for (const { job, found } of measured) {
    const one = run(job);
    if (round > 0) found.push(one);
  }
}
const of = (found, key) => summary(found.map((one) => one[key]));
const rows = measured.map(({ name, found }) => [name, { answers: of(found, "answers"), ended: of(found, "ended") }]);
console.log(JSON.stringify(Object.fromEntries(rows)));
