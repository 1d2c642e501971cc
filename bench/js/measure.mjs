// Measuring: everything that is compared takes turns, so that whatever else the machine does falls on all of it alike.

/** The value at a fraction of some sorted values. */
const at = (sorted, fraction) => sorted[Math.round(fraction * (sorted.length - 1))];

/** The median of some values, and the quartiles on both sides of it. */
export function summary(values) {
  const sorted = values.toSorted((one, other) => one - other);
  return { median: at(sorted, 0.5), low: at(sorted, 0.25), high: at(sorted, 0.75) };
}

/** A loop of its own for each function, so that the engine compiles each for itself. `run` takes the number of the call. */
const loop = () =>
  new Function("run", "count", "let last; for (let index = 0; index < count; index++) last = run(index); return last;");

/** Nanoseconds of `count` calls. */
function time({ looped, run }, count) {
  const begun = performance.now();
  looped(run, count);
  return (performance.now() - begun) * 1e6;
}

/** How many calls last `span` milliseconds, once the engine has compiled them. */
function calibrate(found, span) {
  let count = 1;
  for (let took = 0; took < span * 1e6; count *= 2) took = time(found, count);
  return Math.max(1, Math.round((count / 2) * ((span * 1e6) / time(found, count / 2))));
}

/** Nanoseconds of a call of each of some functions, by name. */
export function measure(functions, { rounds, span }) {
  const measured = Object.entries(functions).map(([name, run]) => ({ name, run, looped: loop(), times: [] }));
  for (const one of measured) one.count = calibrate(one, span);
  for (let round = 0; round < rounds; round++) {
    for (const one of measured) one.times.push(time(one, one.count) / one.count);
  }
  return Object.fromEntries(measured.map(({ name, times }) => [name, summary(times)]));
}
