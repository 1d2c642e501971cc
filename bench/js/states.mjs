// Writes the stored subscriptions that the bench reads: monthly from 2021-01-31, after 0, 12 and 60 payments, each as the
// package returns it. A later format gets a folder of its own, so that earlier ones can still be measured.
import { mkdirSync, writeFileSync } from "node:fs";
import { applyEvent, createSubscription, dueDates, nextAction } from "billing-rules";

const [folder] = process.argv.slice(2);
const schedule = { start: "2021-01-31", cycle: "monthly" };
const days = dueDates(schedule, { limit: 60 });

function after(payments) {
  let subscription = createSubscription({ id: "sub-1", terms: { price: { amount: 9900, currency: "NOK" }, schedule } });
  for (const [index, on] of days.slice(0, payments).entries()) {
    const { reference } = nextAction(subscription, on).payment;
    const providerReference = `T12345678.${1000 + index}`;
    subscription = applyEvent(subscription, { type: "attempt_started", reference, on });
    subscription = applyEvent(subscription, { type: "payment_succeeded", reference, on, providerReference });
  }
  return subscription;
}

for (const payments of [0, 12, 60]) {
  const subscription = after(payments);
  const into = `${folder}/format-${subscription.format}`;
  mkdirSync(into, { recursive: true });
  writeFileSync(`${into}/${payments}.json`, `${JSON.stringify(subscription)}\n`);
}
