/** As `billing-rules/preview`, with `billing-rules/billing_rules_preview.wasm` brought by the caller: see `billing-rules/slim`. */
export * from "./preview.js";
export { init } from "./slim.js";
