/**
 * For checkout pages: schedule, money, proration, indicator and preview, with a wasm of its own that knows no provider, and so no secret,
 * and no life of a subscription. What it has behaves as in the default entry, to the byte.
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
