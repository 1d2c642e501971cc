/**
 * Rules for recurring payments: when the next payment is due, what a change of plan costs, who initiates a charge, and the
 * request that carries it to the provider.
 *
 * Every function:
 *  - is pure: it reads no clock, no network and no randomness; the day is always an argument;
 *  - accepts plain objects and never changes them. An unknown key, a wrong type, a Map, a class instance, NaN, a fraction of
 *    a minor unit or a number past 2^53 - 1 is an error with its path, never a silent default;
 *  - treats null like an absent key: not given;
 *  - throws BillingError and nothing else. `path` begins with the parameter's name (`/schedule/endDate`).
 *
 * A comment after `//` in an example is the value of the statement; a test runs each. An example builds on those of the types.
 *
 * Numbers such as R2.4 are rules of docs/rules.md.
 *
 * Any function may throw `missing_field`, `unknown_field`, `wrong_type`, `not_an_integer`, `out_of_range`, `invalid_date`,
 * `invalid_string`, `unknown_value`, `unknown_currency` or `too_many`; `end_before_start` or `anchor_day_on_day_cycle` for a
 * schedule, `no_schedule` for terms, `inconsistent_state` for a stored subscription; `internal` for a fault of the library. Each
 * function lists its other errors.
 */
export * from "./values.js";
export * from "./errors.js";
export * from "./schedule.js";
export * from "./money.js";
export * from "./price.js";
export * from "./pricing.js";
export * from "./adjustments.js";
export * from "./explain.js";
export * from "./indicator.js";
export * from "./terms.js";
export * from "./subscription.js";
export * from "./payment.js";
export * from "./action.js";
export * from "./event.js";
export * from "./plan-change.js";
export * from "./cancellation.js";
export * from "./minimum-term.js";
export * from "./refund.js";
export * from "./overview.js";
export * from "./simulation.js";
export * from "./checkout-page.js";
export * from "./lines.js";
export * from "./outcome.js";
export * from "./retry.js";
export * from "./http.js";
export * from "./unified.js";
export * from "./capabilities.js";

export * from "./a55/charge.js";
export * from "./a55/operations.js";
export * from "./a55/answers.js";
export * as a55 from "./a55/functions.js";

export * from "./dineropay/requests.js";
export * from "./dineropay/answers.js";
export * as dineropay from "./dineropay/functions.js";

export * from "./dintero/requests.js";
export * from "./dintero/answers.js";
export * as dintero from "./dintero/functions.js";

export * from "./nexi/requests.js";
export * from "./nexi/answers.js";
export * as nexi from "./nexi/functions.js";
