import { all } from "./all.mjs";
import * as a55 from "./node_modules/billing-rules/dist/a55.js";
import * as dineropay from "./node_modules/billing-rules/dist/dineropay.js";
import * as dintero from "./node_modules/billing-rules/dist/dintero.js";
import * as full from "./node_modules/billing-rules/dist/index.js";
import * as nexi from "./node_modules/billing-rules/dist/nexi.js";
import * as preview from "./node_modules/billing-rules/dist/preview.js";

globalThis.program = () => all(full, preview, { a55, dineropay, dintero, nexi });
