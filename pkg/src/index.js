import "../dist/base64/billing_rules.js";
import * as glue from "../dist/glue/billing_rules.js";
import { inline } from "./inline.js";

export * from "./rules.js";
export * from "./fast.js";
export * from "./life.js";
export * from "./providers.js";
export const ready = inline(glue);
