// Wasm that the host has compiled: edge runtimes compile what is imported, and nothing at run time.
import { fault, start, use } from "./engine.js";

/** Starts what the source of `use` gives; there is nothing to wait for. */
export async function ready() {
  try {
    start();
  } catch (cause) {
    throw fault(cause);
  }
}

/** Uses a module of the host's; gives the entry's `ready`. */
export function given(glue, module) {
  use(glue, () => module);
  return ready;
}
