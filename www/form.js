// Reads the inputs as what the library takes.
import { parseDecimal } from "./pkg/src/index.js";
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

const text = (name) => fields.get(name).value.trim();
const optional = (value) => (value === "" ? undefined : value);

/** Digits as a number; anything else as NaN, which the library refuses at its place. */
function integer(name) {
  const value = optional(text(name));
  return value === undefined || /^-?\d+$/.test(value) ? value && Number(value) : NaN;
}

function day(form, name) {
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
