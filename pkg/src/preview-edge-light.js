import module from "../dist/billing_rules_preview.wasm?module";
import * as glue from "../dist/glue/billing_rules_preview.js";
import { given } from "./given.js";

export * from "./rules.js";
export * from "./general.js";
export const ready = given(glue, () => module);
