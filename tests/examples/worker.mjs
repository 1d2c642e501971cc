// The Worker in workerd, by Miniflare: bundled as wrangler does it, with D1 in memory.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { DAY_HEADER } from "./script.mjs";
import { example, tool } from "./tools.mjs";

/** A Worker may not compile wasm: what it imports of it is uploaded beside it. */
const besides = (files) => ({
  name: "wasm beside",
  setup(build) {
    build.onResolve({ filter: /\.wasm(\?module)?$/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (pluginData === "resolved") return undefined;
      const found = await build.resolve(path.replace(/\?module$/, ""), { kind, resolveDir, pluginData: "resolved" });
      files.add(found.path);
      return { path: `./${basename(found.path)}`, external: true };
    });
  },
});

export async function startWorker() {
  const [{ build }, { Miniflare }] = await Promise.all([tool("esbuild"), tool("miniflare")]);
  const files = new Set();
  const { outputFiles } = await build({
    entryPoints: [example("worker/worker.mjs")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    plugins: [besides(files)],
  });
  const worker = new Miniflare({
    modules: [
      { type: "ESModule", path: "worker.mjs", contents: outputFiles[0].text },
      ...[...files].map((file) => ({ type: "CompiledWasm", path: basename(file), contents: readFileSync(file) })),
    ],
    compatibilityDate: "2026-04-01",
    bindings: { DAY_HEADER },
    d1Databases: { SUBSCRIPTIONS: "billing" },
  });
  const database = await worker.getD1Database("SUBSCRIPTIONS");
  await database.exec(readFileSync(example("worker/schema.sql"), "utf8").trim());
  const url = (await worker.ready).href;
  const stored = async () => {
    const { results } = await database.prepare("SELECT id, text FROM subscriptions ORDER BY id").all();
    return Object.fromEntries(results.map(({ id, text }) => [id, text]));
  };
  return { name: "Worker", url, stored, stop: () => worker.dispose() };
}
