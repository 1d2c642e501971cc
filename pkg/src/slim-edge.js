import * as glue from "../dist/glue/billing_rules.js";
import { brought } from "./brought.js";

export * from "./rules.js";
export * from "./fast.js";
export * from "./life.js";
export * from "./providers.js";
export { ready } from "./given.js";
export const init = brought(glue);
