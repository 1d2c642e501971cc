/** The functions of A55 by name, and its types. They are those of `a55` in the default entry, and run on its wasm. */
export * from "./a55/functions.js";
export * from "./a55/charge.js";
export * from "./a55/operations.js";
export * from "./a55/answers.js";
