// The account in headless Chromium: what the page shows is what the library answers, in each language.
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEvent, createSubscription, overview, simulate } from "../../pkg/dist/index.js";
import { words } from "../account-words.js";
import { agrees, brl, DAY, declined, EXAMPLES, lived, LOCALES, terms } from "./accounts.mjs";
import { narrow, open, overflow, problem, screenshot } from "./visit.mjs";

/** Every sentence of a language by the way to it. The forms of a plural are one. */
function sentences(its, way = "") {
  return Object.entries(its).flatMap(([key, value]) => {
    if (typeof value === "string") return [[`${way}/${key}`, [value]]];
    return "other" in value ? [[`${way}/${key}`, Object.values(value)]] : sentences(value, `${way}/${key}`);
  });
}

test("every language says everything", () => {
  const parts = (text) => text.match(/\{\w+\}/g) ?? [];
  const english = new Map(sentences(words.en));
  for (const [code, its] of Object.entries(words)) {
    const all = sentences(its);
    assert.deepEqual(all.map(([way]) => way).sort(), [...english.keys()].sort(), code);
    for (const [way, forms] of all) {
      for (const form of forms) {
        assert.notEqual(form.trim(), "", `${code} ${way}`);
        assert.deepEqual(parts(form).sort(), parts(english.get(way)[0]).sort(), `${code} ${way}`);
      }
    }
    const known = new Intl.PluralRules(LOCALES[code]).resolvedOptions().pluralCategories;
    for (const forms of Object.values(its.price)) {
      assert.ok("one" in forms && "other" in forms, code);
      assert.deepEqual(
        Object.keys(forms).filter((form) => !known.includes(form)),
        [],
        code,
      );
    }
  }
});

for (const code of Object.keys(LOCALES)) {
  test(`each example is what the library answers, in ${code}`, async () => {
    const page = await open(`?language=${code}`);
    for (const [name, [phase, subscription]] of Object.entries(EXAMPLES)) {
      await page.getByLabel("Which subscription").selectOption(name);
      assert.equal(overview(subscription, DAY).phase, phase, name);
      await agrees(page, subscription, DAY, code);
    }
  });
}

/** The words of a part, without empty lines and the marks of direction. */
const text = async (page, id) =>
  (await page.locator(`#account-${id}`).innerText()).replace(/[\u2066-\u2069]/g, "").replace(/\n+/g, "\n");

test("says it in the words of a customer", async () => {
  const page = await open("?example=retried");
  assert.equal(
    await text(page, "summary"),
    "You have access through June 4, 2025.\n" +
      "A payment is due. Your access ends after that day if it is not paid. We will try your card again on June 4, 2025.",
  );
  assert.match(await text(page, "next"), /^Next payment\s*Was due June 1, 2025\s+Subscription \(June 1 – 30, 2025\)/);
  await page.getByLabel("Which subscription").selectOption("downgrade");
  assert.equal(await text(page, "head"), "Your subscription\nR$100.00 a month\nPaid");
  assert.equal(await text(page, "pending"), "Planned changes\nFrom July 1, 2025: R$50.00 a month");
  await page.getByLabel("Which subscription").selectOption("credited");
  assert.equal(await text(page, "balance"), "Balance\nR$20.00 in credit");
  await page.getByLabel("Which subscription").selectOption("paused");
  assert.equal(await text(page, "pause"), "Pause\nFrom May 20, 2025 until you resume");
  assert.equal(await text(page, "next"), "Next payment\nNo payment is planned.");

  await page.getByLabel("Language of the customer").selectOption("nb");
  assert.equal(await text(page, "summary"), "Du har ikke tilgang.\nAbonnementet er satt på pause.");
  await page.getByLabel("Language of the customer").selectOption("pt");
  await page.getByLabel("Which subscription").selectOption("cancelled");
  assert.equal(
    await text(page, "summary"),
    "Você tem acesso até 30 de junho de 2025, inclusive.\nEsses dias já estão pagos.",
  );
  await page.getByLabel("Language of the customer").selectOption("ar");
  assert.equal(await text(page, "summary"), "يمكنك استخدام الخدمة حتى نهاية يوم 30 يونيو 2025.\nهذه الأيام مدفوعة.");
});

test("Arabic runs from right to left", async () => {
  const page = await open("?example=downgrade&language=ar");
  const left = async (selector) => (await page.locator(`#account-card ${selector}`).first().boundingBox()).x;
  for (const [right, other] of [
    [".account-title", ".phase"],
    ["#account-paidThrough", "#account-balance"],
    ["#account-next caption time", "#account-next tbody data"],
    ["#account-upcoming tbody th", "#account-upcoming tbody td:nth-child(2)"],
    ["#account-upcoming tbody td:nth-child(2)", "#account-upcoming tbody td:nth-child(3)"],
  ]) {
    assert.ok((await left(right)) > (await left(other)), `${right} is right of ${other}`);
  }
  const style = (selector, name) =>
    page.locator(`#account-card ${selector}`).evaluate((found, of) => getComputedStyle(found)[of], name);
  assert.equal(await style("#account-summary", "borderRightWidth"), "3px");
  assert.equal(await style("#account-summary", "borderLeftWidth"), "0px");
  assert.equal(await style(".lead", "letterSpacing"), "normal");
  // The inputs stay as they are.
  assert.equal(await page.locator("#account").evaluate((form) => getComputedStyle(form).direction), "ltr");
  await page.getByLabel("Language of the customer").selectOption("en");
  assert.ok((await left(".account-title")) < (await left(".phase")));
});

test("days of grace and the day decide about the access", async () => {
  const page = await open("?example=retried");
  const day = page.getByLabel("On the day");
  await page.getByLabel("Days of grace").fill("0");
  await agrees(page, declined(DAY), DAY, "en", 0);
  assert.match(
    await text(page, "summary"),
    /^You have no access\.\nA payment is overdue\. We will try your card again/,
  );
  await page.getByLabel("Days of grace").fill("3");
  for (const [on, lead] of [
    ["2025-03-20", /^You have no access\.\nYour subscription has not started yet\.$/],
    ["2025-05-31", /^You have access through May 31, 2025\.\nThese days are paid for\.$/],
    ["2025-06-01", /^You have access through June 4, 2025\.\nA payment is due\./],
    ["2025-06-05", /^You have no access\.\nA payment is overdue\./],
    ["2025-06-08", /^You have no access\.\nYour subscription has ended\.$/],
  ]) {
    await day.fill(on);
    assert.match(await text(page, "summary"), lead, on);
    if (on > "2025-04-01") await agrees(page, declined(on), on, "en");
  }
  await page.getByLabel("Days of grace").fill("367");
  assert.match(await problem(page, "graceDays").innerText(), /^Expected 0 to 366/);
  await showsNothing(page);
  await page.getByLabel("Days of grace").fill("soon");
  assert.match(await problem(page, "graceDays").innerText(), /^Expected an integer/);
  await page.getByLabel("Days of grace").fill("");
  await day.fill("");
  assert.equal(await problem(page, "accountOn").innerText(), "This is needed");
  assert.equal(await page.locator("[aria-invalid]").count(), 1);
});

async function showsNothing(page) {
  assert.match(await page.locator("#account-card").innerText(), /^–\s+Correct the marked fields to see the account\.$/);
  assert.equal(await page.locator("#account-card").getAttribute("dir"), "ltr");
  assert.equal(await page.locator("#account-card").getAttribute("lang"), "en");
}

const paste = (page, value) => page.getByLabel("Stored subscription").fill(JSON.stringify(value));

test("a stored subscription can be pasted", async () => {
  const page = await open("?example=trial&language=nb");
  const stored = page.getByLabel("Stored subscription");
  assert.equal(await stored.isVisible(), false);
  await page.getByLabel("Which subscription").selectOption("pasted");
  assert.deepEqual(JSON.parse(await stored.inputValue()), EXAMPLES.trial[1], "what was shown is offered");
  await agrees(page, EXAMPLES.trial[1], DAY, "nb");

  const agreed = { price: { amount: 9900, currency: "NOK" }, schedule: { start: "2025-04-01", cycle: "quarterly" } };
  const to = { amount: 39900, currency: "NOK" };
  const events = [
    { type: "plan_changed", on: "2025-06-02", at: "2025-06-02", to, cycle: "yearly", effective: "period_end" },
  ];
  const yearly = lived({ events }, { agreed });
  await paste(page, yearly);
  await agrees(page, yearly, DAY, "nb");
  assert.match(await text(page, "head"), /99,00.kr hver 3\. måned/);
  assert.match(await text(page, "pending"), /^Planlagte endringer\nFra 1\. juli 2025: 399,00.kr per år$/);
  assert.match(await text(page, "upcoming"), /Flere betalinger følger\.$/);
  // The change is in effect before any event says so.
  await page.getByLabel("On the day").fill("2025-07-02");
  await agrees(page, yearly, "2025-07-02", "nb");
  assert.match(await text(page, "head"), /399,00.kr per år/);

  const cycle = { every: 11, unit: "day" };
  await paste(page, lived({}, { agreed: { ...agreed, schedule: { start: DAY, cycle } } }));
  await page.getByLabel("Language of the customer").selectOption("ar");
  assert.match(await text(page, "head"), /كل 11 يومًا/);
});

test("a subscription without a schedule, one to pay by card, and one that is over", async () => {
  const page = await open("?example=pasted");
  const bare = createSubscription({ id: "sub-1", terms: { price: brl(0) } });
  const topUp = { type: "unscheduled_charge", id: "t", on: "2025-06-01", amount: brl(500) };
  const free = simulate(bare, { from: "2025-06-01", through: DAY, events: [topUp] }).subscription;
  await paste(page, free);
  assert.equal(await text(page, "summary"), "You have access.\nYou have no regular payments.");
  assert.equal(await text(page, "head"), "Your subscription\nPaid");

  const blocked = applyEvent(lived({}, { through: "2025-05-20" }), {
    type: "card_replaced",
    by: "payment",
    on: "2025-05-20",
  });
  await paste(page, blocked);
  await agrees(page, blocked, DAY, "en");
  assert.match(await text(page, "summary"), /Please pay with your card\.$/);

  const over = lived({ events: [{ type: "cancelled", on: "2025-06-02", when: "now" }] });
  await paste(page, over);
  await agrees(page, over, DAY, "en");
  assert.equal(await text(page, "summary"), "You have no access.\nYour subscription has ended.");
});

test("what is wrong with pasted JSON is reported at it", async () => {
  const page = await open("?language=ar");
  await page.getByLabel("Which subscription").selectOption("pasted");
  const stored = page.getByLabel("Stored subscription");
  const good = EXAMPLES.paid[1];
  for (const [value, words] of [
    ["", /^This is needed$/],
    ["{", /^Expected JSON: /],
    ["[]", /^Expected an object, got an array$/],
    [JSON.stringify({ ...good, format: 2 }), /\(at “\/format”\)$/],
    [
      JSON.stringify({ ...good, terms: { ...terms, price: { amount: "100", currency: "BRL" } } }),
      /^Expected an integer, got .+ \(at “\/terms\/price\/amount”\)$/,
    ],
    [JSON.stringify({ ...good, payments: undefined }), /^Expected “payments”, got nothing \(at “\/payments”\)$/],
    [JSON.stringify({ ...good, payments: 7 }), /match the state/],
  ]) {
    await stored.fill(value);
    assert.match(await problem(page, "stored").innerText(), words, value);
    assert.equal(await stored.getAttribute("aria-invalid"), "true");
    assert.equal(await page.locator("[aria-invalid]").count(), 1, value);
    await showsNothing(page);
  }
  assert.match(await stored.getAttribute("aria-describedby"), /\bstored-problem\b/);
  await paste(page, good);
  assert.equal(await stored.getAttribute("aria-invalid"), null);
  await agrees(page, good, DAY, "ar");
  await page.getByLabel("On the day").fill("2025-05-31");
  assert.match(await problem(page, "accountOn").innerText(), /^Expected a day on or after that of the last event/);
  await showsNothing(page);
});

test("the address keeps the choices, and nothing that was pasted", async () => {
  const page = await open();
  await page.getByLabel("Which subscription").selectOption("retried");
  await page.getByLabel("On the day").fill("2025-06-04");
  await page.getByLabel("Days of grace").fill("5");
  await page.getByLabel("Language of the customer").selectOption("ar");
  const { search } = new URL(page.url());
  assert.equal(search, "?example=retried&accountOn=2025-06-04&graceDays=5&language=ar");
  await agrees(await open(search), declined("2025-06-04"), "2025-06-04", "ar", 5);

  await page.getByLabel("Which subscription").selectOption("pasted");
  await paste(page, { secret: 1 });
  await page.keyboard.press("Tab");
  assert.equal(new URL(page.url()).search, "?example=pasted&accountOn=2025-06-04&graceDays=5&language=ar");
  const other = await open("?example=pasted&stored=%7B%7D");
  assert.deepEqual(JSON.parse(await other.getByLabel("Stored subscription").inputValue()), EXAMPLES.paid[1]);
  await agrees(other, EXAMPLES.paid[1], DAY, "en");
  const unknown = await open("?example=constructor&language=__proto__");
  await agrees(unknown, EXAMPLES.paid[1], DAY, "en");
});

test("an account by the keyboard alone", async () => {
  const page = await open();
  const focused = () => page.evaluate(() => document.activeElement.id);
  await page.getByLabel("Which subscription").focus();
  await page.keyboard.press("End");
  assert.equal(await page.getByLabel("Which subscription").inputValue(), "pasted");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "stored");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.type("Paused");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "accountOn");
  for (let tabs = 0; (await focused()) !== "language"; tabs++) {
    assert.ok(tabs < 8, "the language is out of reach");
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type("Arabic");
  await agrees(page, EXAMPLES.paused[1], DAY, "ar");
  assert.equal(await page.locator("#account-summary").getAttribute("aria-live"), "polite");
});

test("an account fits a narrow screen", async () => {
  const page = await open("", { viewport: narrow });
  const agreed = { ...terms, price: brl(123456789012) };
  const large = lived({ events: [{ type: "paused", on: DAY }] }, { agreed });
  for (const code of Object.keys(LOCALES)) {
    await page.getByLabel("Language of the customer").selectOption(code);
    for (const name of [...Object.keys(EXAMPLES), "pasted"]) {
      await page.getByLabel("Which subscription").selectOption(name);
      if (name === "pasted") await paste(page, large);
      await agrees(page, EXAMPLES[name]?.[1] ?? large, DAY, code);
      assert.equal(await overflow(page), 0, `${code} ${name}`);
    }
  }
});

test("an account, light and dark, from either side", async () => {
  for (const [width, options] of [
    [1280, {}],
    [390, { viewport: narrow }],
  ]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await open("?example=credited", { colorScheme, ...options });
      await screenshot(page, `account-${colorScheme}-${width}`, "section:has(#account)");
      await page.getByLabel("Which subscription").selectOption("downgrade");
      await page.getByLabel("Language of the customer").selectOption("ar");
      assert.equal(await overflow(page), 0);
      await screenshot(page, `account-ar-${colorScheme}-${width}`, "section:has(#account)");
    }
  }
});
