// Serves the page at / and the package at /pkg/, for trying and for the tests: node www/serve.mjs --port 8080
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));
const page = folder(".");
const pkg = folder("../pkg/");

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** The file that a request means, or undefined when it lies outside the two folders. */
function fileFor(url) {
  try {
    const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
    const [root, rest] = path.startsWith("/pkg/") ? [pkg, path.slice("/pkg/".length)] : [page, path.slice(1)];
    const file = resolve(root, rest === "" ? "index.html" : `.${sep}${rest}`);
    return file.startsWith(root) && !file.includes("\0") ? file : undefined;
  } catch {
    return undefined;
  }
}

async function answer(request, response) {
  const file = fileFor(request.url);
  const body = file && (await readFile(file).catch(() => undefined));
  if (body === undefined) {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
    return;
  }
  const type = types[extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "cache-control": "no-cache", "x-content-type-options": "nosniff" });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** Starts the server on a port, 0 for any that is free; gives its address and what stops it. */
export function serve(port) {
  const server = createServer(answer);
  const close = () => new Promise((done) => server.close(done).closeAllConnections());
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => done({ address: `http://127.0.0.1:${server.address().port}/`, close }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { port: { type: "string", default: "8080" } } });
  console.log((await serve(Number(values.port))).address);
}
