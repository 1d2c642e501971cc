import * as full from "./node_modules/billing-rules/dist/index.js";
import * as preview from "./node_modules/billing-rules/dist/preview.js";
import { answers } from "./answers.mjs";
import files from "./vectors.mjs";

globalThis.program = () => JSON.stringify({ full: answers(full, files), preview: answers(preview, files) });
