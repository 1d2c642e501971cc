import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as glue from "../dist/glue/billing_rules.js";
import { file } from "./file.js";

export * from "./rules.js";
export * from "./fast.js";
export * from "./life.js";
export * from "./providers.js";
// Tools that copy the files of a program know this expression.
export const ready = file(glue, () => readFileSync(join(__dirname, "billing_rules.wasm")));
