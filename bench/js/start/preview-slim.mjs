// For its size: the wasm is a file beside it.
export { init, nextDueDate, prorate } from "billing-rules/preview/slim";
