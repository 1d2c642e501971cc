// Wires the page: any input recomputes both scenes at once. The rules are the library's; see payments.js and below.
import { dueDates, period, periodOn, prorate } from "./pkg/src/index.js";
import { showChange } from "./change-view.js";
import { byId } from "./dom.js";
import { currencyName, ordinal } from "./format.js";
import { fields } from "./fields.js";
import { CHANGE_INPUTS, disclose, readChange, readSubscription } from "./form.js";
import { payments } from "./payments.js";
import { attempt, clearProblems, hasProblem } from "./problems.js";
import { showSchedule } from "./schedule-view.js";
import { readAddress, writeAddress } from "./share.js";

const forms = [byId("subscription"), byId("change")];
const [subscriptionForm, changeForm] = forms;

function update() {
  forms.forEach(clearProblems);

  const subscription = readSubscription(subscriptionForm);
  const coming = attempt(subscriptionForm, () => payments(subscription));
  const subscribed = !hasProblem(subscriptionForm);
  showSchedule(subscribed ? coming : undefined);

  const change = readChange(changeForm, subscription.schedule);
  // A change of something that is itself wrong has no answer, nor problems of its own to tell.
  const possible = subscribed && !hasProblem(changeForm);
  showChange(possible ? attempt(changeForm, () => changed(subscription, change), CHANGE_INPUTS) : undefined);
  disclose(subscription, change, coming);
}

/** A change with its answer, the period that it falls into and, where the schedule restarts, what begins then. */
function changed({ schedule, price: from, firstPeriod }, change) {
  const answer = prorate({ schedule, from, firstPeriod, ...change });
  const { nextPayment, firstNumber } = answer;
  // The numbers go on, so a schedule that begins with a later one than the first is a new one.
  const restart = firstNumber > 1 && {
    period: period(answer.schedule, 1),
    dueDates: nextPayment ? dueDates(answer.schedule, { from: nextPayment.dueDate, limit: 3 }) : [],
  };
  return { answer, from, to: change.to, period: periodOn(schedule, change.at), restart };
}

function fillSelects() {
  for (const option of fields.get("currency").options) {
    option.value = option.text;
    option.text = `${option.value} – ${currencyName(option.value)}`;
  }
  const anchorDay = fields.get("anchorDay");
  const last = anchorDay.options[anchorDay.length - 1];
  for (let day = 2; day <= 30; day++) anchorDay.add(new Option(`The ${ordinal(day)}`, day), last);
}

fillSelects();
readAddress();
update();
for (const form of forms) {
  form.addEventListener("input", update);
  form.addEventListener("change", writeAddress);
  form.addEventListener("submit", (event) => event.preventDefault());
}
