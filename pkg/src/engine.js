import { __wbg_reset_state, call, initSync } from "../dist/glue.js";

/** The engine over a source of wasm (`module()`: bytes or a WebAssembly.Module), started by the first call. */
export function createEngine(module) {
  let started = false;
  const start = () => {
    initSync({ module: module() });
    started = true;
  };
  return {
    start,
    call(name, args) {
      if (!started) start();
      return call(name, args);
    },
    reset() {
      if (started) __wbg_reset_state();
    },
  };
}
