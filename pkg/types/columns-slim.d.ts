/**
 * Like `billing-rules/columns`, but you provide `billing-rules/billing_rules_columns.wasm`: see `billing-rules/slim`.
 */
export * from "./columns.js";
export { init } from "./slim.js";
