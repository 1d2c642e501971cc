import * as billing from "billing-rules";
import { job } from "./ours.cjs";

export const { nextDueDate, lines } = job(billing);
