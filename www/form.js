// Reads the inputs as what the library takes, and shows its problems beside the inputs that caused them.
import { isBillingError, parseDecimal } from "./pkg/src/index.js";
import { byId } from "./dom.js";

const inputs = [...document.querySelectorAll("input, select")];
export const fields = new Map(inputs.map((field) => [field.name, field]));

const text = (name) => fields.get(name).value.trim();
const optional = (value) => (value === "" ? undefined : value);

/** Digits as a number; anything else as NaN, which the library refuses at its place. */
function integer(name) {
  const value = optional(text(name));
  return value === undefined || /^-?\d+$/.test(value) ? value && Number(value) : NaN;
}

function day(name) {
  const field = fields.get(name);
  // A date that is half filled in reads as empty, which would pass for "not given".
  if (field.validity.badInput) showProblem(name, field.validationMessage);
  return optional(field.value);
}

function price(form, name) {
  const money = attempt(form, () => parseDecimal(optional(text(name)), text("currency")), { text: name });
  if (money?.amount < 0) showProblem(name, "a price is 0 or more");
  return money;
}

export function readSubscription(form) {
  const cycle = text("cycle");
  return {
    price: price(form, "price"),
    schedule: {
      start: day("start"),
      cycle: cycle === "custom" ? { every: integer("every"), unit: text("unit") } : cycle,
      anchorDay: integer("anchorDay"),
      endDate: day("endDate"),
      paymentCount: integer("paymentCount"),
    },
  };
}

export function readChange(form) {
  return { to: price(form, "to"), at: day("at"), effective: optional(text("effective")), settle: text("settle") };
}

/**
 * What a calculation gives. When the library refuses, each problem is shown at its input and the result is undefined.
 * `aliases` are the inputs of parameters that are called otherwise.
 */
export function attempt(form, calculate, aliases = {}) {
  try {
    return calculate();
  } catch (error) {
    if (!isBillingError(error)) throw error;
    for (const { code, path, message } of error.errors) {
      const names = path.split("/").map((token) => aliases[token] ?? token);
      const words = code === "missing_field" ? "this is needed" : message;
      showProblem(names.findLast((name) => fields.has(name)) ?? form.id, words);
    }
    return undefined;
  }
}

/** Shows a problem at an input, or at a form as a whole. The first one is the cause of those that follow. */
function showProblem(name, message) {
  const place = byId(`${name}-problem`);
  if (!place.hidden) return;
  const plain = message.replace(/`([^`]*)`/g, "“$1”");
  place.textContent = plain.charAt(0).toUpperCase() + plain.slice(1);
  place.hidden = false;
  fields.get(name)?.setAttribute("aria-invalid", "true");
}

export function clearProblems(form) {
  for (const place of form.querySelectorAll(".problem")) place.hidden = true;
  for (const field of form.elements) field.removeAttribute("aria-invalid");
}

export const hasProblem = (form) => form.querySelector(".problem:not([hidden])") !== null;
