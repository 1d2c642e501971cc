/** Like the default entry, but you provide the wasm: for libraries, and for hosts that load wasm in their own way. */
export * from "./index.js";

/**
 * Starts the library. A second call does nothing. Every other function throws a BillingError with the code `not_initialized`
 * until then.
 *
 * @param wasm The WebAssembly.Module of `billing-rules/billing_rules.wasm`, or its bytes: a Uint8Array or an ArrayBuffer. Edge
 * runtimes accept a module only. (The type is `object` because some programs' settings do not know WebAssembly.Module.)
 * @throws BillingError `wrong_type` for anything else, `internal` for a wasm of another release.
 * @example
 * import module from "billing-rules/billing_rules.wasm"; // if the host turns that into a module
 * init(module);
 */
export function init(wasm: object): void;
