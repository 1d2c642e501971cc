import { readFileSync } from "node:fs";
import * as glue from "../dist/glue/billing_rules_preview.js";
import { file } from "./file.js";

export * from "./rules.js";
export * from "./general.js";
// Tools that copy the files of a program know this expression.
export const ready = file(glue, () => readFileSync(new URL("./billing_rules_preview.wasm", import.meta.url)));
