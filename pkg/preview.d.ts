/**
 * For checkout pages: the same rules with a wasm of its own, which knows no provider and so no secret. What it has behaves as in
 * the default entry, to the byte.
 */
export type * from "./index.js";
export {
  BillingError,
  allocate,
  applyEvent,
  createSubscription,
  currencyInfo,
  dueDates,
  formatDecimal,
  isBillingError,
  lastPayment,
  nextAction,
  nextDueDate,
  parseDecimal,
  period,
  periodOn,
  periodPrice,
  periods,
  preview,
  prorate,
  quoteCancellation,
  quotePlanChange,
  ready,
  schemeReminders,
  selectIndicator,
  simulate,
} from "./index.js";
