// Opens the page in headless Chromium for a test, and fails a test whose page did what no page should do.
// CHROME_PATH and BILLING_RULES_PLAYWRIGHT are set by `cargo xtask`.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { serve } from "../serve.mjs";

const { chromium } = await import(pathToFileURL(process.env.BILLING_RULES_PLAYWRIGHT));

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
export const narrow = { width: 390, height: 844 };

export let server;
let browser;
/** What the open pages did that no page should do. */
let faults;

before(async () => {
  server = await serve(0);
  browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args });
});

after(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(() => {
  faults = [];
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  assert.deepEqual(faults, []);
});

/** Opens the page with a query, once everything is loaded. */
export async function open(query = "", options = {}) {
  const viewport = { width: 1280, height: 900 };
  const context = await browser.newContext({ locale: "en-GB", viewport, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(server.address) && !url.startsWith("data:")) faults.push(`request to ${url}`);
  });
  await page.goto(server.address + query);
  await page.locator("#schedule-summary time, #subscription .problem:visible").first().waitFor();
  for (const id of ["life", "account"]) {
    await page.locator(`#${id}-results:not([aria-busy])`).waitFor({ state: "attached" });
  }
  return page;
}

export const problem = (page, name) => page.locator(`#${name}-problem`);

/** The pixels by which the page is wider than its window. */
export async function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Keeps a picture of the page, or of one part of it. */
export async function screenshot(page, name, part) {
  // What is sticky stands at its place only at the top.
  await page.evaluate(() => scrollTo(0, 0));
  const path = fileURLToPath(new URL(`../../target/screenshots/${name}.png`, import.meta.url));
  return part === undefined ? page.screenshot({ path, fullPage: true }) : page.locator(part).screenshot({ path });
}
