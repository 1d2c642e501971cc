/**
 * For checkout pages: the same rules with a wasm of its own, which knows no provider and so no secret. What it has behaves as in
 * the default entry, to the byte.
 */
export type * from "./index.js";
export {
  BillingError,
  allocate,
  applyEvent,
  cancelQuote,
  changePlan,
  createSubscription,
  currencyInfo,
  dueDates,
  formatDecimal,
  indicator,
  isBillingError,
  lastPayment,
  nextAction,
  nextDueDate,
  notices,
  parseDecimal,
  period,
  periodOn,
  periodPrice,
  periods,
  preview,
  prorate,
  ready,
  simulate,
} from "./index.js";
