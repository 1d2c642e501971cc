// The functions about providers.
import { invoke } from "./engine.js";
import { operations } from "./operations.js";

export const planRetry = (input) => invoke("planRetry", [input]);
export const eventFromOutcome = (payment, outcome, on) => invoke("eventFromOutcome", [payment, outcome, on]);
export const chargeRequest = (input) => invoke("chargeRequest", [input]);
export const statusRequest = (input) => invoke("statusRequest", [input]);
export const readCharge = (input) => invoke("readCharge", [input]);
export const readStatus = (input) => invoke("readStatus", [input]);
export const capabilities = (provider) => invoke("capabilities", [provider]);
export const checkTerms = (terms, provider) => invoke("checkTerms", [terms, provider]);
export const orderItems = (payment, provider) => invoke("orderItems", [payment, provider]);
export const redact = (request) => invoke("redact", [request]);

/** The operations of a provider; each accepts one input. */
const namespace = (provider) =>
  Object.fromEntries(operations[provider].map((name) => [name, (input) => invoke(`${provider}.${name}`, [input])]));

export const a55 = /* @__PURE__ */ namespace("a55");
export const dineropay = /* @__PURE__ */ namespace("dineropay");
export const dintero = /* @__PURE__ */ namespace("dintero");
export const nexi = /* @__PURE__ */ namespace("nexi");
