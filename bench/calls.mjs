// What a call costs once all is warm.
import * as billing from "billing-rules";
import * as luxonBig from "./jobs/luxon-big.mjs";
import * as ours from "./jobs/full.mjs";
import * as rruleDinero from "./jobs/rrule-dinero.mjs";
import { median, table } from "./statistics.mjs";

const ROUNDS = 15;
/** How long a measurement is at least, in milliseconds. */
const SPAN = 20;

const CALLS = {
  "nextDueDate, two years on": ({ nextDueDate }) => nextDueDate("2025-01-31", "2027-02-28"),
  "dueDates, 60": ({ dueDates }) => dueDates("2025-01-31", 60),
  prorate: ({ prorate }) => prorate("2025-04-01", "2025-04-11", 10000, 25000),
};

/** Nanoseconds of a call. */
function time(run) {
  let count = 0;
  const begun = performance.now();
  let took = 0;
  for (; took < SPAN; took = performance.now() - begun) {
    for (let index = 0; index < 20; index++) run();
    count += 20;
  }
  return (took * 1e6) / count;
}

/** The medians of some calls, which take turns. */
function measure(runs) {
  const measured = runs.map(() => []);
  for (let round = 0; round <= ROUNDS; round++) {
    runs.forEach((run, index) => {
      const took = time(run);
      if (round > 0) measured[index].push(took);
    });
  }
  return measured.map(median);
}

/** An attempt of a subscription in its second year, and its event. */
function attempt() {
  const terms = { price: { amount: 9900, currency: "NOK" }, schedule: { start: "2025-01-31", cycle: "monthly" } };
  const begun = billing.createSubscription({ id: "sub-1", terms, imported: { payments: 14, establishedBy: "payment" } });
  const action = billing.nextAction(begun, "2026-03-31");
  const { reference } = action.payment;
  return [begun, { type: "attempt_started", on: "2026-03-31", reference }];
}

export function calls() {
  const rows = Object.entries(CALLS).map(([name, call]) => {
    const [own, ...others] = measure([ours, luxonBig, rruleDinero].map((job) => () => call(job)));
    return [name, `${(own / 1000).toFixed(1)} µs`, ...others.map((other) => `${(other / own).toFixed(1)} times`)];
  });
  const [subscription, event] = attempt();
  const [own] = measure([() => billing.applyEvent(subscription, event)]);
  rows.push(["applyEvent", `${(own / 1000).toFixed(1)} µs`, "", ""]);
  console.log(`\nA call: median of ${ROUNDS}, taking turns\n`);
  console.log(table([["", "billing-rules", "luxon and big.js", "rrule and dinero.js"], ...rows]));
}
