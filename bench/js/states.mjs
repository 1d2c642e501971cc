// Writes the stored subscriptions that the bench reads: monthly from 2021-01-31, after some payments, each as the package returns
// it. Those in the folder `before` are of the library that the bench compares with, which folded no payments.
import { mkdirSync, writeFileSync } from "node:fs";
import { applyEvent, createSubscription, dueDates, nextAction } from "billing-rules";

const [folder] = process.argv.slice(2);
const schedule = { start: "2021-01-31", cycle: "monthly" };
const days = dueDates(schedule, { limit: 600 });

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

for (const payments of [0, 6, 12, 60, 600]) {
  const subscription = after(payments);
  const into = `${folder}/format-${subscription.format}`;
  mkdirSync(into, { recursive: true });
  writeFileSync(`${into}/${payments}.json`, `${JSON.stringify(subscription)}\n`);
}
