// Reads the inputs as what the library takes.
import { parseDecimal } from "./pkg/dist/preview.js";
import { byId } from "./dom.js";
import { fields } from "./fields.js";
import { attempt, showProblem } from "./problems.js";

/** The inputs of a change whose names are the subscription's in the library too. */
export const CHANGE_INPUTS = {
  cycle: "newCycle",
  every: "newEvery",
  unit: "newUnit",
  paymentCount: "newPaymentCount",
};

export const text = (name) => fields.get(name).value.trim();
const optional = (value) => (value === "" ? undefined : value);

/** Digits as a number; anything else as NaN, which the library refuses at its place. */
export function integer(name) {
  const value = optional(text(name));
  return value === undefined || /^-?\d+$/.test(value) ? value && Number(value) : NaN;
}

export function day(form, name) {
  const field = fields.get(name);
  // A date that is half filled in reads as empty, which would pass for "not given".
  if (field.validity.badInput) showProblem(name, field.validationMessage, form);
  return optional(field.value);
}

function price(form, name) {
  const money = attempt(form, () => parseDecimal(optional(text(name)), text("currency")), { text: name });
  if (money?.amount < 0) showProblem(name, "a price is 0 or more", form);
  return money;
}

function cycle(name, every, unit) {
  const value = optional(text(name));
  return value === "custom" ? { every: integer(every), unit: text(unit) } : value;
}

export function readSubscription(form) {
  return {
    price: price(form, "price"),
    firstPeriod: text("firstPeriod"),
    schedule: {
      start: day(form, "start"),
      cycle: cycle("cycle", "every", "unit"),
      anchorDay: integer("anchorDay"),
      endDate: day(form, "endDate"),
      paymentCount: integer("paymentCount"),
    },
  };
}

export function readChange(form, schedule) {
  const change = {
    to: price(form, "to"),
    cycle: cycle("newCycle", "newEvery", "newUnit"),
    at: day(form, "at"),
    effective: optional(text("effective")),
    settle: text("settle"),
  };
  return countsAnew(change, schedule) ? { ...change, paymentCount: integer("newPaymentCount") } : change;
}

/** Whether a change begins another cycle of a subscription that counts its payments. */
function countsAnew(change, schedule) {
  const another = change.cycle !== undefined && JSON.stringify(change.cycle) !== JSON.stringify(schedule.cycle);
  return another && schedule.paymentCount !== undefined;
}

/** Shows the inputs that only some situations have. */
export function disclose({ schedule }, change, coming) {
  byId("custom-cycle").hidden = text("cycle") !== "custom";
  byId("new-custom-cycle").hidden = text("newCycle") !== "custom";
  byId("new-count").hidden = !countsAnew(change, schedule);
  // While an input is wrong, nothing is known of the first period; its input stays as it is.
  if (coming !== undefined) byId("first-period").hidden = !coming.stub;
}

/** The days of a trial, 0 for none. */
export function readTrialDays(form) {
  const days = integer("trialDays") ?? 0;
  if (days >= 0 && days <= 3650) return days;
  showProblem("trialDays", "expected a whole number of days, 0 to 3650", form);
  return undefined;
}

/** What is decided in the life of a subscription: events with the input that each one's day comes from, in order. */
export function readDecisions(form) {
  const [pauseOn, resumeOn, changeOn, cancelOn] = ["pauseOn", "resumeOn", "changeOn", "cancelOn"].map((name) =>
    day(form, name),
  );
  const changed = () => ({
    type: "plan_changed",
    on: changeOn,
    at: changeOn,
    to: price(form, "changeTo"),
    effective: optional(text("changeWhen")),
    customerPresent: true,
  });
  const decisions = [
    pauseOn && { field: "pauseOn", event: { type: "paused", on: pauseOn } },
    resumeOn && { field: "resumeOn", event: { type: "resumed", on: resumeOn, schedule: text("resumeHow") } },
    changeOn && { field: "changeOn", event: changed() },
    cancelOn && { field: "cancelOn", event: { type: "cancelled", on: cancelOn, when: text("cancelWhen") } },
  ];
  // ISO dates of four-digit years are in the order of their days; what is of one day keeps its place.
  return decisions
    .filter(Boolean)
    .sort((one, other) => (one.event.on < other.event.on ? -1 : +(one.event.on > other.event.on)));
}

export const readAhead = () => Number(text("ahead"));

/** The attempts that are declined, as `number-extra-attempt`. */
export const readDeclines = () =>
  text("declines")
    .split(" ")
    .filter((attempt) => /^\d{1,6}-\d{1,6}-\d{1,6}$/.test(attempt));

/** Declines an attempt, or does not after all. */
export function toggleDecline(attempt) {
  const declines = readDeclines();
  const others = declines.filter((other) => other !== attempt);
  fields.get("declines").value = (others.length < declines.length ? others : [...declines, attempt]).join(" ");
}
