/**
 * For checkout pages: schedule, money, proration, indicator and preview. This entry has its own wasm, without providers
 * (and so without secrets) and without the life of a subscription. Its results equal those of the default entry, to the
 * byte.
 */
export type * from "./index.js";
export {
  BillingError,
  addDays,
  allocate,
  currencyInfo,
  dayIn,
  dueDates,
  explain,
  formatDecimal,
  formatMoney,
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
  withTrial,
} from "./index.js";
