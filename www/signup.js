// What a checkout page says: the library's preview of the terms, and the reminders that belong to it.
import { schemeReminders, preview } from "./pkg/dist/preview.js";
import { daysAfter } from "./days.js";

const MOST_ROWS = 6;

/** The terms of a sign-up, and its day: the trial's first one, else that of the first payment. */
export function signUp({ price, schedule, firstPeriod }, trialDays) {
  if (trialDays === 0) return { terms: { price, schedule, firstPeriod }, on: schedule.start };
  const trialStart = daysAfter(schedule.start, -trialDays);
  return { terms: { price, schedule, firstPeriod, trialStart }, on: trialStart };
}

export function checkout({ terms, on }) {
  const options = { on, payments: MOST_ROWS };
  return { terms, shown: preview(terms, options), reminders: schemeReminders(terms, options) };
}
