// Shows the library's problems beside the inputs that caused them.
import { isBillingError } from "./pkg/dist/preview.js";
import { byId } from "./dom.js";
import { fields } from "./fields.js";

/**
 * What a calculation gives. When the library refuses, each problem is shown at its input and the result is undefined.
 * `inputs` are the inputs of parameters that are called otherwise, or a function that finds the input of a path.
 */
export function attempt(form, calculate, inputs = {}) {
  const inputOf = typeof inputs === "function" ? inputs : (path) => ({ name: named(path, inputs) });
  try {
    return calculate();
  } catch (error) {
    if (!isBillingError(error)) throw error;
    for (const { code, path, message } of error.errors) {
      const { name, at = "" } = inputOf(path);
      const words = code === "missing_field" && at === "" ? "this is needed" : message;
      showProblem(name ?? form.id, at === "" ? words : `${words} (at \`${at}\`)`, form);
    }
    return undefined;
  }
}

/** The innermost part of a path that is an input. */
function named(path, aliases) {
  const tokens = path.replace(/^\/input/, "").split("/");
  // The schedule is the subscription's, whose inputs are called as the library calls them.
  const names = tokens[1] === "schedule" ? tokens : tokens.map((token) => aliases[token] ?? token);
  return names.findLast((name) => fields.has(name));
}

/** Shows a problem of a form at an input, or at the form as a whole. The first one is the cause of those that follow. */
export function showProblem(name, message, form) {
  const place = byId(`${name}-problem`);
  if (!place.hidden) return;
  // What is below can be impossible for what the subscription says, which by itself is right.
  const whose = form.contains(place) ? "" : `for the ${form.dataset.name} below: `;
  const plain = whose + message.replace(/`([^`]*)`/g, "“$1”");
  place.textContent = plain.charAt(0).toUpperCase() + plain.slice(1);
  place.hidden = false;
  fields.get(name)?.setAttribute("aria-invalid", "true");
}

export function clearProblems(form) {
  for (const place of form.querySelectorAll(".problem")) place.hidden = true;
  for (const field of form.elements) field.removeAttribute("aria-invalid");
}

export const hasProblem = (form) => form.querySelector(".problem:not([hidden])") !== null;
