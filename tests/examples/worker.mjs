// The Worker in workerd, by Miniflare: bundled as wrangler does it, the wasm beside it, with D1 in memory.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DAY_HEADER } from "./script.mjs";
import { bundle, example, tool } from "./tools.mjs";

const { Miniflare } = await tool("miniflare");

export async function startWorker() {
  const folder = example("bundled/worker");
  await bundle("worker/worker.mjs", {
    conditions: ["workerd", "worker", "browser"],
    loader: { ".wasm": "copy" },
    outdir: folder,
  });
  const worker = new Miniflare({
    modules: true,
    modulesRoot: folder,
    modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
    scriptPath: join(folder, "worker.js"),
    compatibilityDate: "2026-04-01",
    bindings: { DAY_HEADER },
    d1Databases: { SUBSCRIPTIONS: "billing" },
  });
  const database = await worker.getD1Database("SUBSCRIPTIONS");
  const statements = readFileSync(example("worker/schema.sql"), "utf8").trim().split(/;\n*/).filter(Boolean);
  await database.batch(statements.map((statement) => database.prepare(statement)));
  const stored = async () => {
    const { results } = await database.prepare("SELECT id, text FROM subscriptions ORDER BY id").all();
    return Object.fromEntries(results.map(({ id, text }) => [id, text]));
  };
  return { name: "Worker", url: (await worker.ready).href, database, stored, stop: () => worker.dispose() };
}
