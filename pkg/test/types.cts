// The contract by require.
import billing = require("billing-rules");

const next: string | null = billing.nextDueDate({ start: "2025-01-31", cycle: "monthly" }, "2025-01-31");
const request: billing.HttpRequest = billing.a55.createCharge({} as billing.A55Charge);
// @ts-expect-error not a function of the package
billing.nextDueDat;

export = { next, request };
