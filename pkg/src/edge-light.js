import module from "../dist/billing_rules.wasm?module";
import * as glue from "../dist/glue/billing_rules.js";
import { given } from "./given.js";

export * from "./rules.js";
export * from "./fast.js";
export * from "./life.js";
export * from "./providers.js";
export const ready = given(glue, () => module);
