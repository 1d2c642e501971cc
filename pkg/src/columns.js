import "../dist/base64/billing_rules_columns.js";
import * as glue from "../dist/glue/billing_rules_columns.js";
import { inline } from "./inline.js";

export * from "./columns-functions.js";
export const ready = inline(glue);
