// Every case against both entries, as text.
import * as full from "billing-rules";
import * as preview from "billing-rules/preview";
import { answers } from "./answers.mjs";
import files from "./vectors.mjs";

export const program = () => JSON.stringify({ full: answers(full, files), preview: answers(preview, files) });
