// The wasm instance behind an entry. Every entry is bundled by itself and has its own engine.
import { BillingError } from "./plain.js";

let glue;
let source;
let running = false;

/** Packs arguments, in the entries whose glue takes them so. */
let pack = () => undefined;

export function packWith(its) {
  pack = its;
}

/** The numbers of the functions called so far, by name. */
const numbers = new Map();

/** Sets the glue of a wasm, and the function that returns its WebAssembly.Module when it is first needed. */
export function use(itsGlue, module) {
  glue = itsGlue;
  source = module;
}

export const isRunning = () => running;

/** Starts an instance, unless one is running: from the source, or from a given module. */
export function start(made) {
  if (running) return;
  const module = made?.module ?? source();
  glue.start(made?.instance ?? new WebAssembly.Instance(module, glue.imports()));
  source = () => module;
  running = true;
}

/** Builds the error of a fault that the caller did not cause: a trap, or a wasm that cannot be started. */
export function fault(cause) {
  if (cause instanceof BillingError) return cause;
  const error = new BillingError([{ code: "internal", path: "", message: "a fault of the library; please report it" }]);
  error.cause = cause;
  return error;
}

function numberOf(name) {
  let number = numbers.get(name);
  if (number === undefined) numbers.set(name, (number = glue.find(name)));
  return number;
}

/** After a trap the instance is unusable; the next call starts another of the same module. */
function stopped(thrown) {
  running = false;
  return fault(thrown);
}

/** Runs something with the glue; the first call starts the instance. Nothing of the caller's may run within. */
export function enter(run) {
  try {
    start();
    return run(glue);
  } catch (thrown) {
    throw stopped(thrown);
  }
}

/**
 * Calls a function by name; the first call starts the instance. Plain arguments cross packed, in one piece, where the
 * entry packs. If they are not plain, or are rejected, the general path inspects each value and reports every error.
 */
export function invoke(name, args) {
  return guarded(() => {
    const packed = pack(args);
    start();
    return JSON.parse((packed && glue.callPacked(numberOf(name), packed)) ?? glue.call(name, args));
  });
}

/** Calls a function by its name for each line of arguments, and returns the answers as lines. */
export function invokeLines(name, lines) {
  return guarded(() => {
    start();
    return glue.callLines(name, lines);
  });
}

function guarded(call) {
  try {
    return call();
  } catch (thrown) {
    // A rejected call throws an array of errors.
    if (Array.isArray(thrown)) throw new BillingError(thrown);
    throw stopped(thrown);
  }
}
