// The hosts of the service, each started as its users would: { name, url, stored(), stop() }. `stored()` gives the texts by id.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { startEdge } from "./edge.mjs";
import { DAY_HEADER } from "./script.mjs";
import { example, program } from "./tools.mjs";
import { startWorker } from "./worker.mjs";

export const newFolder = () => mkdtempSync(join(tmpdir(), "billing-rules-"));
export const removeFolder = (folder) => rmSync(folder, { recursive: true });

/** The last version of every subscription in a folder: the first line of its file. */
function lastVersions(folder) {
  const last = (id) => Math.max(...readdirSync(join(folder, id)).map((name) => parseInt(name, 10)));
  return readdirSync(folder)
    .sort()
    .map((id) => [id, readFileSync(join(folder, id, `${last(id)}.json`), "utf8").split("\n")[0]]);
}

/** A program that says where it listens. */
async function start(name, folder, [command, ...args], settings = {}) {
  const child = spawn(command, args, {
    cwd: example("service"),
    // Deno keeps compiled scripts by path, and of a large one that has changed may run the old: none is kept beyond this project.
    env: { ...env, PORT: "0", FOLDER: folder, DAY_HEADER, NO_COLOR: "1", DENO_DIR: example("deno"), ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = new Promise((done) => child.once("close", done));
  const url = await new Promise((listening, failed) => {
    let said = "";
    const hear = (chunk) => {
      said += chunk;
      const [, port] = /https?:\/\/[^\s/]+:([0-9]+)/.exec(said) ?? [];
      if (port) listening(`http://127.0.0.1:${port}`);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", hear);
    child.once("error", failed);
    child.once("close", () => failed(new Error(`${name} has ended: ${said}`)));
  });
  const stop = () => {
    child.kill();
    return gone;
  };
  return { name, url, stored: async () => Object.fromEntries(lastVersions(folder)), stop };
}

/** Starts all, or none. */
export async function startAll(starts) {
  const started = await Promise.allSettled(starts.map((start) => start()));
  const failed = started.find(({ status }) => status === "rejected");
  const hosts = started.flatMap(({ value }) => value ?? []);
  if (!failed) return hosts;
  await Promise.all(hosts.map((host) => host.stop()));
  throw failed.reason;
}

const service = (file) => example(`service/${file}`);
const denoFlags = [
  "--no-prompt",
  "--allow-net",
  "--allow-env",
  "--allow-read",
  "--allow-write",
  "--host=127.0.0.1",
  "--port=0",
];

/** Those that keep the subscriptions in a folder. */
export const overFiles = {
  Node: (folder, settings) => start("Node", folder, [program.node, service("node.mjs")], settings),
  Deno: (folder, settings) =>
    start("Deno", folder, [program.deno, "serve", ...denoFlags, service("fetch.mjs")], settings),
  Bun: (folder, settings) => start("Bun", folder, [program.bun, service("fetch.mjs")], settings),
  axum: (folder, settings) => start("axum", folder, [program.axum], settings),
};

/** Those with a store of their own. */
export const ownStore = { Worker: startWorker, edge: startEdge };
