// A process of its own: the first answers of a job. Prints how many milliseconds they took, from before it was loaded.
const begun = performance.now();

function first({ nextDueDate, lines }) {
  const answers = [nextDueDate("2025-01-31", "2025-02-28"), ...lines(10000, 25000, 20, 30)];
  const took = performance.now() - begun;
  if (answers.join() !== "2025-03-31,-6667,16667") throw new Error(`other answers: ${answers}`);
  process.stdout.write(`${took}`);
}

const [job] = process.argv.slice(2);
if (job.endsWith(".cjs")) first(require(job));
else import(job).then(({ billing, ...other }) => first(billing ? require("./ours.cjs").job(billing) : other));
