// The functions of every entry, but for those of general.js. pkg/types declares their inputs; each function here only passes on its arguments.
import { invoke } from "./engine.js";

export { BillingError, dayIn, explain, formatMoney, isBillingError } from "./plain.js";

export const addDays = (date, days) => invoke("addDays", [date, days]);
export const periods = (schedule, range) => invoke("periods", [schedule, range]);
export const lastPayment = (schedule) => invoke("lastPayment", [schedule]);
export const periodPrice = (input) => invoke("periodPrice", [input]);
export const allocate = (total, weights) => invoke("allocate", [total, weights]);
export const parseDecimal = (text, currency) => invoke("parseDecimal", [text, currency]);
export const formatDecimal = (money) => invoke("formatDecimal", [money]);
export const currencyInfo = (code) => invoke("currencyInfo", [code]);
export const selectIndicator = (input) => invoke("selectIndicator", [input]);
export const withTrial = (terms, on, days) => invoke("withTrial", [terms, on, days]);
export const preview = (terms, options) => invoke("preview", [terms, options]);
export const schemeReminders = (terms, options) => invoke("schemeReminders", [terms, options]);
