export { nextDueDate } from "../dates/rrule.mjs";
export { lines } from "../money/dinero.mjs";
