export { nextDueDate } from "../dates/date-fns.mjs";
export { lines } from "../money/big.mjs";
