import * as billing from "billing-rules/preview";
import { jobs } from "./ours.cjs";

export const { nextDueDate, dueDates, prorate } = jobs(billing);
