// Chromium: the package as it is installed, and bundles of it.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { build, createServer } from "vite";
import webpack from "webpack";
import { serve } from "./serve.mjs";
import { bundle, project, version } from "./tools.mjs";

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args });

export const close = () => browser.close();

/** Opens a page and gives what `look` sees there. */
async function visit(url, look) {
  const page = await browser.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`${error}`));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  try {
    await page.goto(url);
    await page.waitForLoadState("networkidle");
    assert.deepEqual(faults, [], url);
    return await look(page);
  } finally {
    await page.close();
  }
}

/** What the program of a page answers. */
const ask = async (page) => {
  await page.waitForFunction(() => globalThis.program);
  return page.evaluate(() => globalThis.program());
};

/** As `visit`, of a page of the project. */
async function visitHere(path, look) {
  const server = await serve(project);
  try {
    return await visit(server.address + path, look);
  } finally {
    await server.close();
  }
}

/** A folder with the page for a bundle, its script to be made there as `page.js`. */
function folderFor(name) {
  const folder = join(project, "bundled", name);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(project, "page.html"), join(folder, "index.html"));
  return folder;
}

async function byEsbuild() {
  const folder = folderFor("esbuild");
  await bundle("page.mjs", { outfile: join(folder, "page.js"), platform: "browser", minify: true });
  return visitHere("bundled/esbuild/index.html", ask);
}

async function byVite() {
  const outDir = join(project, "bundled/vite");
  const input = join(project, "vite.html");
  await build({
    base: "./",
    build: { chunkSizeWarningLimit: Infinity, outDir, rolldownOptions: { input } },
    configFile: false,
    logLevel: "warn",
    root: project,
  });
  return visitHere("bundled/vite/vite.html", ask);
}

/** While one works on a page: Vite then bundles what is installed by itself, and serves the rest as it is. */
async function byViteServing() {
  const vite = await createServer({ configFile: false, logLevel: "warn", root: project, server: { port: 0 } });
  await vite.listen();
  try {
    return await visit(`${vite.resolvedUrls.local[0]}vite.html`, ask);
  } finally {
    await vite.close();
  }
}

async function byWebpack() {
  const path = folderFor("webpack");
  const compiler = webpack({
    context: project,
    entry: "./page.mjs",
    mode: "production",
    output: { filename: "page.js", path },
    performance: { hints: false },
  });
  const stats = await new Promise((done, failed) =>
    compiler.run((error, stats) => (error ? failed(error) : done(stats))),
  );
  await new Promise((done) => compiler.close(done));
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString("errors-warnings"));
  return visitHere("bundled/webpack/index.html", ask);
}

/** What a page of one script shows, without a bundler. */
export const shownSchedule = () => visitHere("schedule.html", (page) => page.locator("#schedule li").allTextContents());

export const browsers = [
  { name: "Chromium, module script", version: browser.version(), run: () => visitHere("plain.html", ask) },
  { name: "Chromium, built by Vite", version: version("vite"), run: byVite },
  { name: "Chromium, served by Vite", version: version("vite"), run: byViteServing },
  { name: "Chromium, built by webpack", version: version("webpack"), run: byWebpack },
  { name: "Chromium, bundled by esbuild", version: version("esbuild"), run: byEsbuild },
];
