// Wires the page: any input recomputes all scenes at once. The rules are the library's; see payments.js and below.
import { dueDates, period, periodOn, prorate } from "./pkg/dist/preview.js";
import { accountInput, offerToEdit, readAccount } from "./account-form.js";
import { showChange } from "./change-view.js";
import { byId } from "./dom.js";
import { currencyName, ordinal } from "./format.js";
import { fields } from "./fields.js";
import {
  CHANGE_INPUTS,
  disclose,
  readAhead,
  readChange,
  readDecisions,
  readDeclines,
  readSubscription,
  readTrialDays,
  toggleDecline,
} from "./form.js";
import { showLife } from "./life-view.js";
import { payments } from "./payments.js";
import { attempt, clearProblems, hasProblem, showProblem } from "./problems.js";
import { showSchedule } from "./schedule-view.js";
import { readAddress, writeAddress } from "./share.js";
import { checkout, signUp } from "./signup.js";
import { showSignUp } from "./signup-view.js";

const forms = ["subscription", "change", "signup", "life", "account"].map(byId);
const [subscriptionForm, changeForm, signUpForm, lifeForm, accountForm] = forms;

/** The life and the account need the whole library: they come once all else is shown. */
let live;
let accounts;

/** The account that was shown last. */
let shown;

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

  const trialDays = readTrialDays(signUpForm);
  const begun = subscribed && trialDays !== undefined ? signUp(subscription, trialDays) : undefined;
  const agreed = begun && attempt(signUpForm, () => checkout(begun), { trialStart: "trialDays", on: "trialDays" });
  showSignUp(agreed);
  showLife(lived(agreed && begun));
  updateAccount();
}

function updateAccount() {
  const asked = readAccount(accountForm);
  if (!accounts) return;
  const possible = !hasProblem(accountForm);
  const account = possible ? attempt(accountForm, () => accounts.account(asked), accountInput) : undefined;
  accounts.showAccount(account);
  shown = account ?? shown;
}

/** Of an address that has pasted JSON, which no address holds, an example is offered. */
function offerShown() {
  const { defaultValue } = fields.get("accountOn");
  offerToEdit(() => shown?.subscription ?? accounts.example("paid", defaultValue));
}

/** The life that begins with a sign-up, if all that is decided in it is possible. */
function lived(begun) {
  const decisions = readDecisions(lifeForm);
  for (const { field, event } of decisions) {
    if (begun && event.on < begun.on) showProblem(field, "this lies before the sign-up", lifeForm);
  }
  if (!live || !begun || hasProblem(lifeForm)) return undefined;
  // What is refused is told by the place of the event in the script.
  const inputs = Object.fromEntries(decisions.map(({ field }, index) => [index, field]));
  return attempt(lifeForm, () => live(begun, decisions, readDeclines(), readAhead()), { ...inputs, to: "changeTo" });
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
import("./life.js").then((module) => {
  ({ live } = module);
  byId("life-results").removeAttribute("aria-busy");
  update();
});
import("./account.js").then((module) => {
  accounts = module;
  byId("account-results").removeAttribute("aria-busy");
  offerShown();
  update();
});
fields.get("example").addEventListener("change", () => {
  offerShown();
  update();
});
byId("life-rows").addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button === null) return;
  const { attempt: declined } = button.dataset;
  toggleDecline(declined);
  update();
  writeAddress();
  // The table is made anew; the focus stays with its attempt.
  byId("life-rows").querySelector(`[data-attempt="${declined}"]`)?.focus();
});
for (const form of forms) {
  form.addEventListener("input", update);
  form.addEventListener("change", writeAddress);
  form.addEventListener("submit", (event) => event.preventDefault());
}
