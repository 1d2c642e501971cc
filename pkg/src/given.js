// Wasm that is there when the first call needs it: edge runtimes compile imports, and Node reads a file.
import { fault, start, use } from "./engine.js";

/** Starts the module that the source of `use` returns; there is nothing to wait for. */
export async function ready() {
  try {
    start();
  } catch (cause) {
    throw fault(cause);
  }
}

/** Uses the module that a function returns. Returns the entry's `ready`. */
export function given(glue, module) {
  use(glue, module);
  return ready;
}
