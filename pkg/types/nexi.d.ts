/** The functions of Nexi Checkout by name, and its types. They are those of `nexi` in the default entry, and run on its wasm. */
export * from "./nexi/functions.js";
export * from "./nexi/requests.js";
export * from "./nexi/answers.js";
