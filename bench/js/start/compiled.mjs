// What it costs to read and compile the wasm, without a call: the answers are written down.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export { nextDueDate, lines } from "./nothing.mjs";

export const module = new WebAssembly.Module(
  readFileSync(fileURLToPath(import.meta.resolve("billing-rules/billing_rules.wasm"))),
);
