// Wasm that the caller provides.
import { fault, isRunning, start, use } from "./engine.js";
import { refuse } from "./plain.js";

/** Returns whether a value has a type, by name and not by class: it may be of another realm. */
const isA = (name, value) => Object.prototype.toString.call(value) === `[object ${name}]`;

/** Waits for a module, or for bytes if they can be compiled. Returns the entry's `init`. */
export function brought(glue, compile) {
  use(glue, () =>
    refuse("not_initialized", "cannot call this function because the wasm is not loaded; pass it to `init` first"),
  );

  const moduleOf = (wasm) => {
    if (isA("WebAssembly.Module", wasm)) return wasm;
    if (compile && (isA("ArrayBuffer", wasm) || ArrayBuffer.isView(wasm))) return compile(wasm);
    return refuse("wrong_type", `expected a WebAssembly.Module${compile ? " or its bytes" : ""}`);
  };
  return function init(wasm) {
    if (isRunning()) return;
    try {
      start({ module: moduleOf(wasm) });
    } catch (cause) {
      throw fault(cause);
    }
  };
}
