// Lines and amounts for people. The languages are in the folder of this name, each an entry of its own.
export { BillingError, explain, formatMoney, isBillingError } from "./plain.js";
