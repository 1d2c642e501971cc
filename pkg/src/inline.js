// The wasm inside the package, deflated and in base64: the first call compiles it, without await, file or fetch.
import { inflateSync } from "fflate";
import { fault, isRunning, start, use } from "./engine.js";

/** Decodes base64 by the fastest means of the host. */
function decode(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  if (globalThis.Buffer) return globalThis.Buffer.from(base64, "base64");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Inflates by the host's own zlib, if it is available without an import. */
function inflate(packed) {
  const zlib = globalThis.process?.getBuiltinModule?.("node:zlib");
  return zlib ? zlib.inflateRawSync(packed) : inflateSync(packed);
}

/** Uses the wasm that a script of `dist/base64` has stored under the glue's key. Returns the entry's `ready`. */
export function inline(glue) {
  const bytes = () => inflate(decode(globalThis[Symbol.for(glue.key)]));
  use(glue, () => new WebAssembly.Module(bytes()));

  // Also the instance: some browsers create none of this size on their main thread.
  const begin = async () => {
    if (!isRunning()) start(await WebAssembly.instantiate(bytes(), glue.imports()));
  };
  let pending;
  return function ready() {
    pending ??= begin()
      .catch((cause) => Promise.reject(fault(cause)))
      .finally(() => (pending = undefined));
    return pending;
  };
}
