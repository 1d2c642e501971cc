/** As the default entry, with wasm that the caller brings: for libraries, and for hosts with a way of their own to load wasm. */
export * from "./index.js";

/**
 * Starts the library, once and for all: a second call does nothing. Every other function throws a BillingError of the code
 * `not_initialized` until then.
 *
 * @param wasm The WebAssembly.Module of `billing-rules/billing_rules.wasm`, or its bytes: a Uint8Array or an ArrayBuffer. Edge runtimes
 * take a module only. (TypeScript's own name for it is not used, for not every program's settings know it.)
 * @throws BillingError `wrong_type` when it is neither, `internal` when it is not the wasm of this very release.
 * @example
 * import module from "billing-rules/billing_rules.wasm"; // where the host makes a module of that
 * init(module);
 */
export function init(wasm: object): void;
