import * as glue from "../dist/glue/billing_rules_columns.js";
import { brought } from "./brought.js";

export * from "./columns-functions.js";
export { ready } from "./given.js";
export const init = brought(glue, (bytes) => new WebAssembly.Module(bytes));
