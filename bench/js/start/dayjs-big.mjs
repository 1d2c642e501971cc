export { nextDueDate } from "../dates/dayjs.mjs";
export { lines } from "../money/big.mjs";
