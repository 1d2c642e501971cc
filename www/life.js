// The life of a subscription, as the library's simulation tells it. It alone needs the default entry, so it is loaded after the rest.
import { createSubscription, dueDates, simulate } from "./pkg/dist/index.js";

/** Runs a life for so many months from the sign-up on, or until the last decision. */
export function live({ terms, on }, decisions, declines, months) {
  const end = dueDates({ start: on, cycle: { every: months, unit: "month" } }, { limit: 2 })[1];
  const events = decisions.map(({ event }) => event);
  const through = events.reduce((last, event) => (event.on > last ? event.on : last), end);
  const fail = declines.map((attempt) => {
    const [number, extra, count] = attempt.split("-").map(Number);
    return { number, extra, attempt: count };
  });
  const script = { from: on, through, fail, events };
  const { subscription, timeline } = simulate(createSubscription({ id: "sub-1", terms }), script);
  return {
    subscription,
    terms,
    from: on,
    through,
    rows: rowsOf(timeline),
    stages: stagesOf(timeline, terms, on, through),
  };
}

/** One row for each attempt and each decision: an attempt is told by its outcome. */
function rowsOf(timeline) {
  const rows = [];
  let payment;
  for (const { on, action, event, status } of timeline) {
    payment = action?.payment ?? payment;
    if (event.type === "attempt_started") continue;
    const attempted = event.type === "payment_succeeded" || event.type === "payment_declined";
    rows.push({ on, event, status, payment: attempted ? payment : undefined });
  }
  return rows;
}

/** What it is from one day to the next change: in its trial, in a status, paused. */
function stagesOf(timeline, terms, from, through) {
  const stages = [];
  let paused = false;
  const push = (start, stage) => {
    if (stages.at(-1)?.start === start) stages.pop();
    if (stages.at(-1)?.stage !== stage) stages.push({ start, stage });
  };
  push(from, "pending");
  let status = "pending";
  const { trialStart, schedule } = terms;
  let inTrial = trialStart !== undefined;
  const stage = () => (paused ? "paused" : inTrial && status === "active" ? "trial" : status);
  for (const moment of timeline) {
    if (inTrial && moment.on >= schedule.start) {
      inTrial = false;
      push(schedule.start, stage());
    }
    status = moment.status;
    if (moment.event.type === "paused") paused = true;
    if (moment.event.type === "resumed" || status === "cancelled" || status === "expired") paused = false;
    push(moment.on, stage());
  }
  return stages.map(({ start, stage }, index) => ({ start, end: stages[index + 1]?.start ?? through, stage }));
}
