// Wires the page: any input recomputes both scenes at once. The rules are the library's; see payments.js and below.
import { periodOn, prorate } from "./pkg/src/index.js";
import { showChange } from "./change-view.js";
import { byId } from "./dom.js";
import { currencyName, ordinal } from "./format.js";
import { attempt, clearProblems, fields, hasProblem, readChange, readSubscription } from "./form.js";
import { payments } from "./payments.js";
import { showSchedule } from "./schedule-view.js";
import { readAddress, writeAddress } from "./share.js";

const forms = [byId("subscription"), byId("change")];
const [subscriptionForm, changeForm] = forms;

function update() {
  byId("custom-cycle").hidden = fields.get("cycle").value !== "custom";
  forms.forEach(clearProblems);

  const { price, schedule } = readSubscription(subscriptionForm);
  const coming = attempt(subscriptionForm, () => payments(schedule));
  const subscribed = !hasProblem(subscriptionForm);
  showSchedule(subscribed ? coming : undefined, price);

  const change = readChange(changeForm);
  // A change of something that is itself wrong has no answer, nor problems of its own to tell.
  const possible = subscribed && !hasProblem(changeForm);
  showChange(possible ? attempt(changeForm, () => changed(schedule, price, change)) : undefined);
}

function changed(schedule, from, change) {
  const answer = prorate({ schedule, from, ...change });
  return { answer, from, to: change.to, period: periodOn(schedule, change.at) };
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
