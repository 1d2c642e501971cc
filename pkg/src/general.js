// The functions that `fast.js` has faster ways for.
import { invoke } from "./engine.js";

export const nextDueDate = (schedule, after) => invoke("nextDueDate", [schedule, after]);
export const dueDates = (schedule, range) => invoke("dueDates", [schedule, range]);
export const period = (schedule, number) => invoke("period", [schedule, number]);
export const periodOn = (schedule, date) => invoke("periodOn", [schedule, date]);
export const prorate = (input) => invoke("prorate", [input]);
