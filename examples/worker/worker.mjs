// The service as a Cloudflare Worker; its subscriptions are in D1.
import plans from "../service/plans.json";
import { dayBy } from "../service/day.mjs";
import { createService } from "../service/service.mjs";
import { createDatabaseStore } from "./database.mjs";

export default {
  fetch: (request, env) =>
    createService({ store: createDatabaseStore(env.SUBSCRIPTIONS), plans, today: dayBy(env) })(request),
};
