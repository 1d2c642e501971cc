// What the package costs, against what else would do the job. Figures are of this machine; ratios travel.
import { calls } from "./calls.mjs";
import { start } from "./start.mjs";

start();
calls();
