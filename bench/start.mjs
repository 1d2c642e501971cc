// How soon a fresh process has its first answers. The processes take turns, so that what else the machine does falls on all of them.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median, table } from "./statistics.mjs";

const ROUNDS = 41;

const JOBS = [
  ["nothing", "nothing.mjs"],
  ["billing-rules, import", "full.mjs"],
  ["billing-rules, require", "full.cjs"],
  ["billing-rules/preview, import", "preview.mjs"],
  ["billing-rules/preview, require", "preview.cjs"],
  ["luxon and big.js, import", "luxon-big.mjs"],
  ["rrule and dinero.js, import", "rrule-dinero.mjs"],
];

/** Milliseconds to the first answers, and of the process as a whole. */
function run(job) {
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL("cold.cjs", import.meta.url)), job]);
  const whole = performance.now() - begun;
  if (status !== 0) throw new Error(`${job}: ${stderr}`);
  return { answers: Number(stdout), whole };
}

export function start() {
  const measured = JOBS.map(() => []);
  // The first round only brings the files into memory.
  for (let round = 0; round <= ROUNDS; round++) {
    JOBS.forEach(([, file], index) => {
      const found = run(fileURLToPath(new URL(`jobs/${file}`, import.meta.url)));
      if (round > 0) measured[index].push(found);
    });
  }
  const of = (index, key) => median(measured[index].map((found) => found[key]));
  const least = of(0, "whole");
  const own = of(1, "answers");
  const rows = JOBS.map(([name], index) => {
    const answers = of(index, "answers");
    return [name, answers.toFixed(1), (answers / own).toFixed(2), (of(index, "whole") - least).toFixed(1)];
  });
  console.log(`\nA fresh process of Node ${process.version}, the median of ${ROUNDS} that took turns; one of nothing: ${least.toFixed(1)} ms\n`);
  console.log(table([["", "first answers, ms", "ratio", "process over nothing, ms"], ...rows]));
}
