// The functions of a subscription's life, in the entries of the full module.
import { invoke } from "./engine.js";

export const createSubscription = (input) => invoke("createSubscription", [input]);
export const nextAction = (subscription, today) => invoke("nextAction", [subscription, today]);
export const applyEvent = (subscription, event) => invoke("applyEvent", [subscription, event]);
export const quotePlanChange = (subscription, change, on) => invoke("quotePlanChange", [subscription, change, on]);
export const quoteCancellation = (subscription, on, options) =>
  invoke("quoteCancellation", [subscription, on, options]);
export const earliestEnd = (subscription, on) => invoke("earliestEnd", [subscription, on]);
export const refundPlan = (subscription, amount) => invoke("refundPlan", [subscription, amount]);
export const overview = (subscription, on, options) => invoke("overview", [subscription, on, options]);
export const upcoming = (subscription, options) => invoke("upcoming", [subscription, options]);
export const replay = (created, events, through) => invoke("replay", [created, events, through]);
export const document = (payment) => invoke("document", [payment]);
export const simulate = (subscription, script) => invoke("simulate", [subscription, script]);

export { callLines } from "./lines.js";
