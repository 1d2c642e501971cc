export { nextDueDate } from "../dates/luxon.mjs";
export { lines } from "../money/big.mjs";
