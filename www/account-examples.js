// Subscriptions to look at, as the library makes them, each as it is stored on a day.
import { createSubscription, simulate, withTrial } from "./pkg/dist/index.js";

/** The terms with which the page opens. */
const terms = {
  price: { amount: 10000, currency: "BRL" },
  schedule: { start: "2025-04-01", cycle: "monthly", paymentCount: 12 },
};
const half = { amount: 5000, currency: "BRL" };

/** What happens to each. All have something to show on 3 June 2025. */
const EXAMPLES = {
  paid: {},
  downgrade: { events: [{ type: "plan_changed", on: "2025-06-02", at: "2025-06-02", to: half }] },
  retried: { fail: [1, 2, 3, 4, 5].map((attempt) => ({ number: 3, attempt })) },
  trial: { trial: { on: "2025-05-27", days: 14 } },
  paused: { events: [{ type: "paused", on: "2025-05-20" }] },
  cancelled: { events: [{ type: "cancelled", on: "2025-06-02", when: "period_end" }] },
  credited: {
    events: [
      { type: "refunded", on: "2025-06-02", id: "refund-1", reference: "sub-1-3-0-1", amount: half },
      { type: "credited", on: "2025-06-02", id: "sorry-1", amount: { amount: 2000, currency: "BRL" } },
    ],
  },
};

/** An example with all that happened to it through a day. */
export function example(name, on) {
  const { trial, events = [], fail } = EXAMPLES[name];
  const agreed = trial ? withTrial(terms, trial.on, trial.days) : terms;
  const begun = createSubscription({ id: "sub-1", terms: agreed });
  const happened = events.filter((event) => event.on <= on);
  const from = agreed.trialStart ?? agreed.schedule.start;
  return simulate(begun, { from, through: on, fail, events: happened }).subscription;
}
