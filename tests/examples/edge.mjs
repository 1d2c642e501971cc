// The edge function in Vercel's edge runtime, which here may compile no wasm, as there; and an object store for it.
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { asGlobals } from "../../pkg/test/hosts/edges.mjs";
import { DAY_HEADER } from "./script.mjs";
import { bundle, example, tool } from "./tools.mjs";

const { EdgeRuntime, runServer } = await tool("edge-runtime");

/** As Vercel calls a function. */
const listen = `
  import handler from "./api/subscriptions.mjs";
  addEventListener("fetch", (event) => event.respondWith(handler(event.request)));
`;

/** An object store with conditional writes. */
export async function startObjects() {
  const objects = new Map();
  const etag = (text) => `"${text.version}"`;
  const server = createServer(async (request, response) => {
    const id = request.url.slice(1);
    const found = objects.get(id);
    if (request.method === "GET") {
      if (found) response.writeHead(200, { etag: etag(found) }).end(found.text);
      else response.writeHead(404).end();
      return;
    }
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    // Nothing is waited for between the look and the write.
    const current = objects.get(id);
    const { "if-match": match, "if-none-match": none } = request.headers;
    const fits = none === "*" ? !current : current && match === etag(current);
    if (fits) objects.set(id, { text: Buffer.concat(chunks).toString("utf8"), version: (current?.version ?? 0) + 1 });
    response.writeHead(fits ? 200 : 412).end();
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const stop = () => new Promise((closed) => server.close(closed).closeAllConnections());
  return { objects, url: `http://127.0.0.1:${server.address().port}`, stop };
}

export async function startEdge() {
  const store = await startObjects();
  const modules = {};
  const outfile = example("bundled/edge.js");
  writeFileSync(example("edge/listen.mjs"), listen);
  await bundle("edge/listen.mjs", {
    conditions: ["edge-light"],
    format: "iife",
    outfile,
    plugins: [asGlobals(modules)],
  });
  const runtime = new EdgeRuntime({
    codeGeneration: { strings: false, wasm: false },
    extend: (context) => Object.assign(context, modules, { process: { env: { STORE_URL: store.url, DAY_HEADER } } }),
    initialCode: readFileSync(outfile, "utf8"),
  });
  const server = await runServer({ runtime, host: "127.0.0.1", port: 0 });
  const subscriptions = () => [...store.objects].filter(([name]) => !name.includes("/")).sort();
  const stored = async () => Object.fromEntries(subscriptions().map(([id, { text }]) => [id, text.split("\n")[0]]));
  const stop = async () => {
    await server.close();
    await store.stop();
  };
  return { name: "edge", url: server.url, stored, stop };
}
