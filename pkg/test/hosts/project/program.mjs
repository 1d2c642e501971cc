import * as full from "billing-rules";
import * as preview from "billing-rules/preview";
import { both } from "./both.mjs";

export const program = () => both(full, preview);
