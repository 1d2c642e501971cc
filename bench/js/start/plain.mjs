export { nextDueDate } from "../dates/plain.mjs";
export { lines } from "../money/plain.mjs";
