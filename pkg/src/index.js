// The default entry: the wasm travels inside as base64 and is compiled by the first call. No await, no file, no fetch.
import base64 from "../dist/wasm-base64.js";
import { createApi } from "./api.js";
import { createEngine } from "./engine.js";

const bytes = () => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

export const {
  BillingError,
  isBillingError,
  nextDueDate,
  dueDates,
  period,
  periodOn,
  periods,
  lastPayment,
  periodPrice,
  allocate,
  parseDecimal,
  formatDecimal,
  currencyInfo,
  prorate,
  indicator,
  planRetry,
  createSubscription,
  nextAction,
  applyEvent,
  changePlan,
  cancelQuote,
  preview,
  notices,
  outcomeEvent,
  chargeRequest,
  statusRequest,
  readCharge,
  readStatus,
  capabilities,
  checkTerms,
  simulate,
  redact,
  a55,
  dineropay,
  dintero,
  nexi,
} = createApi(createEngine(bytes));
