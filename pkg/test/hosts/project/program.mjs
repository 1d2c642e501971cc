import * as full from "billing-rules";
import * as a55 from "billing-rules/a55";
import * as dineropay from "billing-rules/dineropay";
import * as dintero from "billing-rules/dintero";
import * as nexi from "billing-rules/nexi";
import * as preview from "billing-rules/preview";
import { all } from "./all.mjs";

export const program = () => all(full, preview, { a55, dineropay, dintero, nexi });
