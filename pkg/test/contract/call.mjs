// The package's functions by their names in the vectors, and what comes of a call.
import * as billing from "billing-rules";

const functionNamed = (name) => name.split(".").reduce((from, key) => from[key], billing);

/** What a call answers, or the problems that it throws; anything else that is thrown passes. */
export function outcome(name, args) {
  try {
    return { gives: functionNamed(name)(...args) };
  } catch (error) {
    if (!billing.isBillingError(error)) throw error;
    return { fails: error.errors };
  }
}

/** The problems of a call. */
export const problems = (name, args) => outcome(name, args).fails ?? [];
