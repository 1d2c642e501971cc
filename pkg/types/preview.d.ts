/**
 * For checkout pages: schedule, money, proration, indicator and preview. This entry has a wasm of its own without providers, and
 * so without secrets, and without the life of a subscription. Its functions answer as in the default entry, to the byte.
 */
export type * from "./index.js";
export {
  BillingError,
  allocate,
  currencyInfo,
  dueDates,
  formatDecimal,
  isBillingError,
  lastPayment,
  nextDueDate,
  parseDecimal,
  period,
  periodOn,
  periodPrice,
  periods,
  preview,
  prorate,
  ready,
  schemeReminders,
  selectIndicator,
} from "./index.js";
