// Wasm that travels inside, deflated and as base64: compiled by the first call, with no await, no file and no fetch.
import { inflateSync } from "fflate";
import { fault, isRunning, start, use } from "./engine.js";

/** Of what the host has, the fastest. */
function decode(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  if (globalThis.Buffer) return globalThis.Buffer.from(base64, "base64");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** By the host's own zlib, where there is one to be had without an import. */
function inflate(packed) {
  const zlib = globalThis.process?.getBuiltinModule?.("node:zlib");
  return zlib ? zlib.inflateRawSync(packed) : inflateSync(packed);
}

/** Uses the wasm that a script of `dist/base64` has left under the glue's key; gives the entry's `ready`. */
export function inline(glue) {
  const bytes = () => inflate(decode(globalThis[Symbol.for(glue.key)]));
  use(glue, () => new WebAssembly.Module(bytes()));

  // Also the instance: the browsers in question make none of this size on their main thread.
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
