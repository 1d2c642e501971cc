import * as glue from "../dist/glue/billing_rules_preview.js";
import { brought } from "./brought.js";

export * from "./rules.js";
export * from "./general.js";
export { ready } from "./given.js";
export const init = brought(glue);
