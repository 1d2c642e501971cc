import * as billing from "billing-rules/preview";
import { job } from "./ours.cjs";

export const { nextDueDate, lines } = job(billing);
