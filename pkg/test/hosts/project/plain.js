import { both } from "./both.mjs";
import * as full from "./node_modules/billing-rules/dist/index.js";
import * as preview from "./node_modules/billing-rules/dist/preview.js";

globalThis.program = () => both(full, preview);
