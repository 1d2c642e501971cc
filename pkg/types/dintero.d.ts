/** The functions of Dintero by name, and its types. They are those of `dintero` in the default entry, and run on its wasm. */
export * from "./dintero/functions.js";
export * from "./dintero/requests.js";
export * from "./dintero/answers.js";
