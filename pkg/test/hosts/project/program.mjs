import * as full from "billing-rules";
import * as a55 from "billing-rules/a55";
import * as columns from "billing-rules/columns";
import * as dineropay from "billing-rules/dineropay";
import * as dintero from "billing-rules/dintero";
import * as explain from "billing-rules/explain";
import { ar } from "billing-rules/explain/ar";
import { en } from "billing-rules/explain/en";
import { nb } from "billing-rules/explain/nb";
import { pt } from "billing-rules/explain/pt";
import * as nexi from "billing-rules/nexi";
import * as preview from "billing-rules/preview";
import { all } from "./all.mjs";

const others = { columns, providers: { a55, dineropay, dintero, nexi }, explain, languages: { en, nb, pt, ar } };

export const program = () => all(full, preview, others);
