// The checkout page, built by Vite, in Chromium, with the service under Node behind it.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { newFolder, overFiles, removeFolder } from "./hosts.mjs";
import { DAY_HEADER, plans } from "./script.mjs";
import { example, rules, tool } from "./tools.mjs";

const { build, preview } = await tool("vite");
const { chromium } = (await tool("playwright-core")).default;

const TODAY = "2025-01-10";
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
const root = example("checkout");
const [folder, lists] = [newFolder(), newFolder()];
let browser;

before(async () => {
  await build({ root, logLevel: "warn", build: { chunkSizeWarningLimit: Infinity } });
  browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args });
});

after(async () => {
  await browser?.close();
  [folder, lists].forEach(removeFolder);
});

/** Opens the page on a day, with the service and its price list behind it, and gives what the page and the service have. */
async function visit(settings, look) {
  const service = await overFiles.Node(folder, settings);
  const headers = { [DAY_HEADER]: TODAY };
  const proxy = { "/subscriptions": { target: service.url, headers } };
  const site = await preview({ root, logLevel: "warn", preview: { port: 0, proxy } });
  const page = await browser.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`${error}`));
  try {
    await page.clock.setFixedTime(new Date(`${TODAY}T12:00:00Z`));
    await page.goto(site.resolvedUrls.local[0]);
    await page.locator("#due-now:not(:empty)").waitFor();
    await look(page, service);
    assert.deepEqual(faults, []);
  } finally {
    await page.close();
    await site.close();
    await service.stop();
  }
}

const text = (page, id) => page.locator(`#${id}`).textContent();
const cells = (rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent));
const rows = (page) => page.locator("#payments tr").evaluateAll(cells);
const money = (amount) => `${rules.formatDecimal(amount)} ${amount.currency}`;

/** Orders what is shown; gives the status that the service answers with, and what the page says to that. */
async function order(page) {
  await page.locator("#answer").evaluate((output) => (output.textContent = ""));
  const answered = page.waitForResponse((response) => response.url().endsWith("/subscriptions"));
  await page.getByRole("button").click();
  const status = (await answered).status();
  await page.locator("#answer:not(:empty)").waitFor();
  return { status, said: await text(page, "answer") };
}

test("the page shows what the server computes, and its order becomes the subscription", async () => {
  await visit({}, async (page, service) => {
    assert.equal(await text(page, "due-now"), "70.90 BRL");
    assert.equal(await text(page, "next-charge"), "99.90 BRL on 2025-02-01");
    assert.equal(await text(page, "end"), "when you cancel it");
    assert.equal(await page.locator("#more").isVisible(), true);

    await page.selectOption("#plan", "course");
    assert.equal(await text(page, "due-now"), "600.00 NOK");
    assert.equal(await text(page, "end"), "after 3 payments, the last on 2025-01-24");
    for (const id of ["change", "more"]) assert.equal(await page.locator(`#${id}`).isVisible(), false);

    await page.selectOption("#plan", "studio");
    const terms = { ...plans.studio, schedule: { start: TODAY, ...plans.studio.schedule } };
    const { payments } = rules.preview(terms, { on: TODAY });
    const expected = payments.map(({ dueDate, amount, cancelBy }) => [dueDate, money(amount), cancelBy ?? ""]);
    assert.deepEqual(await rows(page), expected);

    const { status, said } = await order(page);
    assert.equal(status, 201);
    const [[id, stored]] = Object.entries(await service.stored());
    assert.deepEqual(JSON.parse(stored), rules.createSubscription({ id, terms }));
    assert.ok(said.includes(id), said);
  });
});

/** What the page quotes, once that is another text than before. */
async function quoted(page, before) {
  const another = (was) => [document.getElementById("quote").textContent].find((now) => now !== "" && now !== was);
  return (await page.waitForFunction(another, before)).jsonValue();
}

test("the page tells what a change of plan would cost", async () => {
  await visit({}, async (page) => {
    await page.fill("#at", "2025-01-20");
    // The first quote loads what it needs.
    const shown = await quoted(page, "");
    assert.equal(shown, "38.71 BRL then, and 199.90 BRL on 2025-02-01");
    assert.deepEqual(await page.locator("#lines li").allTextContents(), [
      "-38.67 BRL: 12 of 31 days not used of 99.90 BRL",
      "77.38 BRL: 12 of 31 days at 199.90 BRL",
    ]);
    await page.fill("#at", "2025-01-09");
    assert.match(await quoted(page, shown), /at \/change\/at/);
  });
});

test("when the price list has changed, the order is refused and the new price shown", async () => {
  const list = join(lists, "plans.json");
  writeFileSync(
    list,
    JSON.stringify({ ...plans, monthly: { ...plans.monthly, price: { amount: 10990, currency: "BRL" } } }),
  );
  await visit({ PLANS: list }, async (page, service) => {
    const before = Object.keys(await service.stored()).length;
    assert.deepEqual(await order(page), { status: 409, said: "something has changed since it was shown" });
    assert.equal(await text(page, "due-now"), money({ amount: 7799, currency: "BRL" }));
    assert.equal(Object.keys(await service.stored()).length, before);
    assert.equal((await order(page)).status, 201);
    assert.equal(Object.keys(await service.stored()).length, before + 1);
  });
});
