// What needs no wasm. All entries import this one file, so that the package has it once.
export { dayIn } from "./day-in.js";
export { BillingError, isBillingError, refuse } from "./error.js";
export { explain, formatMoney } from "./line-text.js";
