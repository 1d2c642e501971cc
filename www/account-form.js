// Reads the inputs of the account, and finds the input of an error.
import { byId } from "./dom.js";
import { fields } from "./fields.js";
import { day, integer, text } from "./form.js";
import { showProblem } from "./problems.js";

const isPasted = () => text("example") === "pasted";

export function readAccount(form) {
  const pasted = isPasted();
  byId("stored-field").hidden = !pasted;
  return {
    name: text("example"),
    stored: pasted ? parsed(form) : undefined,
    on: day(form, "accountOn"),
    graceDays: integer("graceDays"),
    language: text("language"),
  };
}

function parsed(form) {
  try {
    return JSON.parse(text("stored"));
  } catch (error) {
    const nothing = text("stored") === "";
    showProblem("stored", nothing ? "this is needed" : `expected JSON: ${error.message}`, form);
    return undefined;
  }
}

/** The input that a path of the library is about; of what was pasted, with the position in it. */
export function accountInput(path) {
  if (path === "/options/graceDays") return { name: "graceDays" };
  if (path.startsWith("/subscription") && isPasted()) return { name: "stored", at: path.slice("/subscription".length) };
  return { name: "accountOn" };
}

/** Offers a subscription to edit where nothing has been pasted yet. */
export function offerToEdit(subscription) {
  const stored = fields.get("stored");
  if (isPasted() && text("stored") === "") stored.value = JSON.stringify(subscription(), null, 2);
}
