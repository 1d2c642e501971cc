import { dueDates } from "./node_modules/billing-rules/dist/preview.js";

const schedule = { start: "2025-01-31", cycle: "monthly", paymentCount: 4 };
const items = dueDates(schedule).map((date) => Object.assign(document.createElement("li"), { textContent: date }));
document.getElementById("schedule").append(...items);
