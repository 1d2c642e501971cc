// The wasm instance behind an entry. Every entry is bundled by itself and has an engine of its own.
import { BillingError } from "./error.js";
import { pack } from "./pack.js";

let glue;
let source;
let running = false;

/** The numbers of the functions that were called, by their names. */
const numbers = new Map();

/** Tells the glue of a wasm, and what gives its WebAssembly.Module when that is first needed. */
export function use(itsGlue, module) {
  glue = itsGlue;
  source = module;
}

export const isRunning = () => running;

/** Starts an instance, unless one runs: of the source, or one that was made of a module already. */
export function start(made) {
  if (running) return;
  const module = made?.module ?? source();
  glue.start(made?.instance ?? new WebAssembly.Instance(module, glue.imports()));
  source = () => module;
  running = true;
}

/** What is not the caller's doing: a trap, or a wasm that cannot be started. */
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

/**
 * Calls a function by its name; the first call starts the instance. Plain arguments cross at once. Where they are not plain, or are
 * refused, the general way looks at each value, and says what is wrong.
 */
export function invoke(name, args) {
  try {
    const packed = pack(args);
    start();
    return JSON.parse((packed && glue.callPacked(numberOf(name), packed)) ?? glue.call(name, args));
  } catch (thrown) {
    // A refusal is a list of problems.
    if (Array.isArray(thrown)) throw new BillingError(thrown);
    // After a trap the instance is of no use any more; the next call starts another of the same module.
    running = false;
    throw fault(thrown);
  }
}
