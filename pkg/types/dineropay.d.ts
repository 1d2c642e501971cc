/** The functions of DineroPay by name, and its types. They are those of `dineropay` in the default entry, and run on its wasm. */
export * from "./dineropay/functions.js";
export * from "./dineropay/requests.js";
export * from "./dineropay/answers.js";
