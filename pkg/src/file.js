// Wasm in a file of the package. Node reads it sooner than it inflates a string.
import { refuse } from "./plain.js";
import { given } from "./given.js";

/** Uses the bytes that a function reads. Returns the entry's `ready`. */
export function file(glue, read) {
  const bytes = () => {
    try {
      return read();
    } catch (cause) {
      return refuse(
        "not_initialized",
        "cannot read the wasm because its file is not beside this script; bundle with the condition `module`, or leave this package out of the bundle",
        cause,
      );
    }
  };
  return given(glue, () => new WebAssembly.Module(bytes()));
}
