// Wasm that the host has compiled: edge runtimes compile imports, and nothing at run time.
import { fault, start, use } from "./engine.js";

/** Starts the module that the source of `use` returns; there is nothing to wait for. */
export async function ready() {
  try {
    start();
  } catch (cause) {
    throw fault(cause);
  }
}

/** Uses a module of the host. Returns the entry's `ready`. */
export function given(glue, module) {
  use(glue, () => module);
  return ready;
}
