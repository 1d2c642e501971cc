// The service as a Cloudflare Worker. The subscriptions are in D1, whose statements run one after the other: of two writers of one version
// the second finds it replaced. (Workers KV would not do: it has no way to write only what nobody else has written.)
import plans from "../service/plans.json";
import { dayBy } from "../service/day.mjs";
import { createService } from "../service/service.mjs";

const createStore = (database) => ({
  read: (id) => database.prepare("SELECT text, version FROM subscriptions WHERE id = ?").bind(id).first(),

  async write(id, text, version) {
    const statement =
      version === null
        ? database.prepare("INSERT INTO subscriptions (id, text, version) VALUES (?, ?, 1) ON CONFLICT DO NOTHING").bind(id, text)
        : database
            .prepare("UPDATE subscriptions SET text = ?, version = version + 1 WHERE id = ? AND version = ?")
            .bind(text, id, version);
    const { meta } = await statement.run();
    return meta.changes === 1;
  },
});

export default {
  fetch: (request, env) => createService({ store: createStore(env.SUBSCRIPTIONS), plans, today: dayBy(env) })(request),
};
