// Reads the arguments of the functions that need no wasm. Wrong ones have the codes and paths that the wasm gives them.
import { BillingError } from "./error.js";

/** Runs a reader with a function that reports an error. Throws all that were reported, together. */
export function reading(read) {
  const errors = [];
  const found = read((code, path, message) => {
    errors.push({ code, path, message });
  });
  if (errors.length > 0) throw new BillingError(errors);
  return found;
}

const isNothing = (value) => value === null || value === undefined;

/** The fields of an object by their names, each once: a getter is code of the caller's, which may throw. */
export function fieldsOf(value, path, names, report) {
  if (isNothing(value)) return report("missing_field", path, `expected \`${path.split("/").at(-1)}\`, got nothing`);
  if (typeof value !== "object" || Array.isArray(value)) return report("wrong_type", path, "expected an object");
  const fields = {};
  for (const name of names) {
    try {
      fields[name] = value[name];
    } catch {
      report("wrong_type", `${path}/${name}`, "expected a value, got an error");
    }
  }
  return fields;
}

/** Reads with `read` what may be absent; null if it is. */
export const optional = (read) => (value, path, report) => (isNothing(value) ? null : read(value, path, report));

export function text(value, path, report) {
  if (typeof value === "string") return value;
  if (isNothing(value)) return report("missing_field", path, `expected \`${path.split("/").at(-1)}\`, got nothing`);
  return report("wrong_type", path, "expected a string");
}

export function integer(value, path, report) {
  if (Number.isSafeInteger(value)) return value;
  if (isNothing(value)) return report("missing_field", path, `expected \`${path.split("/").at(-1)}\`, got nothing`);
  if (typeof value !== "number") return report("wrong_type", path, "expected an integer");
  return report("not_an_integer", path, "expected an integer from -(2^53 - 1) to 2^53 - 1");
}

/** Reads a day as the milliseconds of its beginning in UTC. */
export function day(value, path, report) {
  const given = text(value, path, report);
  if (given === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\d$/.test(given) ? Date.parse(`${given}T00:00:00Z`) : NaN;
  // Some engines make the 30th of February a day of March.
  const isDay = !Number.isNaN(time) && given >= "0001" && new Date(time).toISOString().startsWith(given);
  return isDay ? time : report("invalid_date", path, "expected a day of the calendar as `YYYY-MM-DD`");
}
