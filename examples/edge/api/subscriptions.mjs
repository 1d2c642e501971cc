// The service as an edge function in Vercel's style; vercel.json sends all that begins with /subscriptions to it. An edge function keeps
// nothing between two requests, so the subscriptions are in an object store: its address in STORE_URL, its token in STORE_TOKEN.
import plans from "../../service/plans.json";
import { dayBy } from "../../service/day.mjs";
import { createService } from "../../service/service.mjs";
import { createObjectStore } from "../objects.mjs";

export const config = { runtime: "edge" };

const { env } = process;
const store = createObjectStore(env.STORE_URL, env.STORE_TOKEN ? { authorization: `Bearer ${env.STORE_TOKEN}` } : {});

export default createService({ store, plans, today: dayBy(env) });
