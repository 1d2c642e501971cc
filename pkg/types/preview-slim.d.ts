/**
 * Like `billing-rules/preview`, but you provide `billing-rules/billing_rules_preview.wasm`: see `billing-rules/slim`.
 */
export * from "./preview.js";
export { init } from "./slim.js";
