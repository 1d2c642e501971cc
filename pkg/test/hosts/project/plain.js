import { all } from "./all.mjs";
import * as a55 from "./node_modules/billing-rules/dist/a55.js";
import * as columns from "./node_modules/billing-rules/dist/columns.js";
import * as dineropay from "./node_modules/billing-rules/dist/dineropay.js";
import * as dintero from "./node_modules/billing-rules/dist/dintero.js";
import * as explain from "./node_modules/billing-rules/dist/explain.js";
import { ar } from "./node_modules/billing-rules/dist/explain/ar.js";
import { en } from "./node_modules/billing-rules/dist/explain/en.js";
import { nb } from "./node_modules/billing-rules/dist/explain/nb.js";
import { pt } from "./node_modules/billing-rules/dist/explain/pt.js";
import * as full from "./node_modules/billing-rules/dist/index.js";
import * as nexi from "./node_modules/billing-rules/dist/nexi.js";
import * as preview from "./node_modules/billing-rules/dist/preview.js";

const others = { columns, providers: { a55, dineropay, dintero, nexi }, explain, languages: { en, nb, pt, ar } };

globalThis.program = () => all(full, preview, others);
