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
  selectIndicator,
  withTrial,
} from "./index.js";
import type { PreviewOptions, SchemeReminder, Terms } from "./index.js";

/** Returns the reminders that the card schemes require, as in the default entry, but of terms alone (R8.4). */
export function schemeReminders(terms: Terms, options: PreviewOptions): SchemeReminder[];
