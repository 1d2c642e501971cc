import module from "../dist/billing_rules_columns.wasm?module";
import * as glue from "../dist/glue/billing_rules_columns.js";
import { given } from "./given.js";

export * from "./columns-functions.js";
export const ready = given(glue, () => module);
