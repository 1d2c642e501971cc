// The functions of a subscription's life, in the entries of the full module.
import { invoke } from "./engine.js";

export const createSubscription = (input) => invoke("createSubscription", [input]);
export const nextAction = (subscription, today) => invoke("nextAction", [subscription, today]);
export const applyEvent = (subscription, event) => invoke("applyEvent", [subscription, event]);
export const quotePlanChange = (subscription, change, on) => invoke("quotePlanChange", [subscription, change, on]);
export const quoteCancellation = (subscription, on, options) =>
  invoke("quoteCancellation", [subscription, on, options]);
export const simulate = (subscription, script) => invoke("simulate", [subscription, script]);

export { callLines } from "./lines.js";
