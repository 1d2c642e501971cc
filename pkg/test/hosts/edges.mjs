// Edge runtimes, which compile wasm only where it is imported.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EdgeRuntime } from "edge-runtime";
import { Miniflare } from "miniflare";
import { bundle, project, version } from "./tools.mjs";

/** As Vercel does it: what is imported as `x.wasm?module` is compiled outside and there as a global. */
export const asGlobals = (modules) => ({
  name: "wasm modules as globals",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace("?module", "")),
      namespace: "wasm-module",
    }));
    onLoad({ filter: /./, namespace: "wasm-module" }, ({ path }) => {
      const name = `wasm_${Object.keys(modules).length}`;
      modules[name] = new WebAssembly.Module(readFileSync(path));
      return { contents: `export default globalThis.${name};` };
    });
  },
});

async function workerd() {
  const outdir = join(project, "bundled/workerd");
  await bundle("worker.mjs", { conditions: ["workerd", "worker", "browser"], loader: { ".wasm": "copy" }, outdir });
  const flare = new Miniflare({
    compatibilityDate: "2025-01-01",
    modules: true,
    modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
    modulesRoot: outdir,
    scriptPath: join(outdir, "worker.js"),
  });
  try {
    const response = await flare.dispatchFetch("http://localhost/");
    return await response.text();
  } finally {
    await flare.dispose();
  }
}

async function edgeLight() {
  const modules = {};
  const outfile = join(project, "bundled/edge-light.js");
  await bundle("page.mjs", { conditions: ["edge-light"], format: "iife", outfile, plugins: [asGlobals(modules)] });
  const runtime = new EdgeRuntime({
    extend: (context) => Object.assign(context, modules),
    initialCode: readFileSync(outfile, "utf8"),
  });
  return runtime.evaluate("program()");
}

export const edges = [
  { name: "workerd, by Miniflare", version: version("workerd"), run: workerd },
  { name: "edge-light, by edge-runtime", version: version("edge-runtime"), run: edgeLight },
];
