import * as billing from "billing-rules";
import { jobs } from "./ours.cjs";

export const { nextDueDate, dueDates, prorate } = jobs(billing);
