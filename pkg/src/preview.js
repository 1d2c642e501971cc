import "../dist/base64/billing_rules_preview.js";
import * as glue from "../dist/glue/billing_rules_preview.js";
import { inline } from "./inline.js";

export * from "./rules.js";
export * from "./general.js";
export const ready = inline(glue);
