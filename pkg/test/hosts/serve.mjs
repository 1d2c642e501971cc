// A folder over HTTP, as a careful site serves it: nothing but its own scripts, and wasm.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
};
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:";

export function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const body = await readFile(join(folder, path)).catch(() => undefined);
    if (body === undefined) return response.writeHead(404).end();
    const headers = {
      "content-type": types[extname(path)] ?? "application/octet-stream",
      "content-security-policy": policy,
    };
    return response.writeHead(200, { ...headers, "x-content-type-options": "nosniff" }).end(body);
  });
  const close = () => new Promise((done) => server.close(done).closeAllConnections());
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done({ address: `http://127.0.0.1:${server.address().port}/`, close }));
  });
}
