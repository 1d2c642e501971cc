export { nextDueDate } from "../dates/temporal.mjs";
export { lines } from "../money/big.mjs";
