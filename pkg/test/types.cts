// The contract by require.
import billing = require("billing-rules");
import a55 = require("billing-rules/a55");
import explain = require("billing-rules/explain");
import languages = require("billing-rules/explain/nb");
import nexi = require("billing-rules/nexi");

const next: string | null = billing.nextDueDate({ start: "2025-01-31", cycle: "monthly" }, "2025-01-31");
const request: billing.HttpRequest = billing.a55.createCharge({} as billing.A55Charge);
const own: typeof billing.a55.createCharge = a55.createCharge;
const page: nexi.NexiBulkPage | null = nexi.readBulkPage({ status: 200, body: "" });
const text = (line: billing.Line): string => explain.explain(line, languages.nb);
// @ts-expect-error not a function of the package
billing.nextDueDat;
// @ts-expect-error not a function of the provider
nexi.createCharge;

export = { next, own, page, request, text };
