// The page in headless Chromium, as a visitor uses it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createSubscription, formatDecimal, schemeReminders, preview, simulate } from "../../pkg/dist/index.js";
import { narrow, open, overflow, problem, screenshot, server } from "./visit.mjs";

const amount = (page, id) => page.locator(`#${id} data`).getAttribute("value");

const dueDates = (page) =>
  page
    .locator("#payments tr td:nth-child(2)")
    .evaluateAll((cells) => cells.map((cell) => cell.querySelector("time").dateTime));

const marked = (page, mark) =>
  page
    .locator(`#payments tr:has(.${mark})`)
    .evaluateAll((rows) => rows.map((row) => row.querySelector("time").dateTime));

async function showsNothing(page) {
  assert.match(await page.locator("#schedule-summary").innerText(), /^–/);
  assert.equal(await page.locator("#subscription-results .computed").isVisible(), false);
  assert.equal(await page.locator("#payments tr, #months li, #lines tr").count(), 0);
  for (const id of ["credit", "charge", "due-now", "balance", "next-payment"]) {
    assert.equal(await page.locator(`#${id}`).innerText(), "–");
  }
}

test("opens with a subscription and a change of its plan", async () => {
  const page = await open();
  assert.equal(await page.title(), "When is it due, and what does it cost?");
  assert.equal(await amount(page, "credit"), "-66.67");
  assert.equal(await amount(page, "charge"), "166.67");
  assert.equal(await amount(page, "due-now"), "100.00");
  assert.equal(await amount(page, "balance"), "0.00");
  assert.equal(await amount(page, "next-payment"), "250.00");
  assert.equal(await page.locator("#due-now").innerText(), "R$100.00");
  assert.equal(await page.locator("#next-payment time").getAttribute("datetime"), "2025-05-01");
  assert.deepEqual(await page.locator("#lines td:nth-child(3)").allInnerTexts(), ["20/30", "20/30"]);
  assert.equal(await page.locator("#schedule-summary data").last().getAttribute("value"), "1200.00");
  assert.equal(new URL(page.url()).search, "");
  await screenshot(page, "page-light-1280");
});

test("an anchor day of 31 falls on the last day of shorter months", async () => {
  const page = await open();
  await page.getByLabel("First payment").fill("2025-01-31");
  await page.getByLabel("Number of payments").fill("4");
  assert.deepEqual(await dueDates(page), ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"]);
  assert.deepEqual(await marked(page, "mark-clamped"), ["2025-02-28", "2025-04-30"]);
  assert.deepEqual(await page.locator("#months .mark-clamped").allInnerTexts(), [
    "31st, here the 28th",
    "31st, here the 30th",
  ]);
  assert.deepEqual(await marked(page, "mark-end"), ["2025-04-30"]);
  assert.equal(await page.locator("#payments .mark-end").innerText(), "ends: 4 payments");
});

test("a yearly cycle from a leap day", async () => {
  const page = await open();
  await page.getByLabel("First payment").fill("2024-02-29");
  await page.getByLabel("How often").selectOption("yearly");
  await page.getByLabel("Number of payments").fill("5");
  assert.deepEqual(await dueDates(page), ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]);
  assert.deepEqual(await marked(page, "mark-clamped"), ["2025-02-28", "2026-02-28", "2027-02-28"]);
});

test("an end date on a due date keeps that payment and is named as the bound", async () => {
  const page = await open();
  await page.getByLabel("Number of payments").fill("");
  await page.getByLabel("No payment after").fill("2025-07-01");
  assert.deepEqual((await dueDates(page)).at(-1), "2025-07-01");
  assert.match(await page.locator("#schedule-summary").innerText(), /4 payments in all, limited by the end date/);
  assert.equal(await page.locator("#payments .mark-end").innerText(), "ends: 1 Jul 2025");
});

test("an end date between two due dates has its place in the calendar", async () => {
  const page = await open("?paymentCount=&cycle=quarterly&endDate=2025-12-31");
  assert.deepEqual(await dueDates(page), ["2025-04-01", "2025-07-01", "2025-10-01"]);
  assert.equal(await page.locator("#months .end").innerText(), "31");
  assert.match(await page.locator("#months li").last().innerText(), /December 2025/);
});

test("without a bound, 24 payments are shown and no total", async () => {
  const page = await open();
  await page.getByLabel("Number of payments").fill("");
  assert.equal((await dueDates(page)).length, 24);
  assert.match(await page.locator("#payments-note").innerText(), /more follow, with no end/);
  assert.match(await page.locator("#months-note").innerText(), /12 later months/);
  const summary = await page.locator("#schedule-summary").innerText();
  assert.match(summary, /go on with no end/);
  assert.doesNotMatch(summary, /total/);
});

test("a short first period costs its part", async () => {
  const page = await open();
  const firstPeriod = page.getByLabel("A short first period costs");
  assert.equal(await firstPeriod.isVisible(), false);
  await page.getByLabel("Bill on day of month").selectOption("15");
  assert.equal(await firstPeriod.isVisible(), true);
  assert.deepEqual((await dueDates(page)).slice(0, 3), ["2025-04-01", "2025-04-15", "2025-05-15"]);
  const first = await page.locator("#payments tr").first().innerText();
  assert.match(first, /short first period/);
  assert.match(first, /R\$45\.16\s+14 of 31 days$/);
  assert.match(
    await page.locator("#schedule-summary").innerText(),
    /^R\$45\.16 is due on 1 April 2025, then R\$100\.00 from 15 April\.\n.*In total R\$1,145\.16\.$/,
  );
});

const stub = "?price=31.00&currency=USD&start=2025-01-22&anchorDay=1";

test("a short first period, and a change to nothing within it", async () => {
  const page = await open(`${stub}&to=0&at=2025-01-27&effective=on_date`);
  const amounts = await page.locator("#payments data").evaluateAll((all) => all.map((data) => data.value));
  assert.deepEqual(amounts.slice(0, 2), ["10.00", "31.00"]);
  assert.equal(await page.locator("#schedule-summary data").last().getAttribute("value"), "351.00");
  assert.equal(await amount(page, "credit"), "-5.00");
  assert.equal(await amount(page, "charge"), "0.00");
  assert.equal(await amount(page, "due-now"), "0.00");
  assert.equal(await amount(page, "balance"), "-5.00");
  assert.deepEqual(await page.locator("#lines td:nth-child(3)").allInnerTexts(), ["5/31", "5/31"]);
  assert.match(await page.locator("#picture").innerText(), /5 days used, 5 not used; a full period has 31/);
  await screenshot(page, "stub-light-1280");
});

test("a short first period at the full price, or free of charge", async () => {
  const page = await open(`${stub}&to=62.00&at=2025-01-27`);
  const firstPeriod = page.getByLabel("A short first period costs");
  await firstPeriod.selectOption("full");
  assert.match(await page.locator("#payments tr").first().innerText(), /US\$31\.00\s+full price$/);
  assert.equal(await page.locator("#schedule-summary data").last().getAttribute("value"), "372.00");
  assert.deepEqual(await page.locator("#lines td:nth-child(3)").allInnerTexts(), ["5/10", "5/10"]);
  assert.equal(await amount(page, "credit"), "-15.50");
  await firstPeriod.selectOption("free");
  assert.match(await page.locator("#payments tr").first().innerText(), /US\$0\.00\s+free of charge$/);
  assert.match(
    await page.locator("#schedule-summary").innerText(),
    /^Nothing is due on 22 January 2025, then US\$31\.00/,
  );
  assert.equal(await page.locator("#schedule-summary data").last().getAttribute("value"), "341.00");
  assert.equal(await amount(page, "credit"), "0.00");
  assert.equal(await page.locator("#lines-table").isVisible(), false);
  assert.match(await page.locator("#picture").innerText(), /free of charge/);
  await page.keyboard.press("Tab");
  assert.equal(new URL(page.url()).searchParams.get("firstPeriod"), "free");
});

test("any other interval", async () => {
  const page = await open();
  await page.getByLabel("How often").selectOption("custom");
  await page.getByRole("textbox", { name: "Every" }).fill("10");
  assert.deepEqual((await dueDates(page)).slice(0, 3), ["2025-04-01", "2025-04-11", "2025-04-21"]);
  await page.getByRole("textbox", { name: "Every" }).fill("ten");
  assert.equal(await page.locator("#every").getAttribute("aria-invalid"), "true");
  await showsNothing(page);
  await page.getByRole("textbox", { name: "Every" }).fill("1001");
  assert.match(await problem(page, "every").innerText(), /^Expected 1 to 1000/);
});

test("an end date before the start is told at its input, and nothing is shown", async () => {
  const page = await open();
  const endDate = page.getByLabel("No payment after");
  await endDate.fill("2025-03-31");
  assert.equal(await endDate.getAttribute("aria-invalid"), "true");
  assert.match(await endDate.getAttribute("aria-describedby"), /\bendDate-problem\b/);
  assert.match(await problem(page, "endDate").innerText(), /^Expected an end date on or after the start/);
  await showsNothing(page);
  await screenshot(page, "problem-light-1280");
  await endDate.fill("2025-05-31");
  assert.equal(await endDate.getAttribute("aria-invalid"), null);
  assert.equal(await problem(page, "endDate").isVisible(), false);
  assert.deepEqual(await dueDates(page), ["2025-04-01", "2025-05-01"]);
});

test("all wrong inputs are told at once, each at its place", async () => {
  const page = await open("?price=12,50&start=&anchorDay=15&paymentCount=0");
  assert.equal(await problem(page, "price").innerText(), "Expected a decimal number such as “19.90”");
  assert.equal(await page.getByLabel("Price per period", { exact: true }).inputValue(), "12,50");
  assert.equal(await problem(page, "start").innerText(), "This is needed");
  await showsNothing(page);
  await page.getByLabel("First payment").fill("2025-04-01");
  assert.equal(await problem(page, "paymentCount").innerText(), "Expected at least one payment");
  await page.getByLabel("Number of payments").fill("2");
  await page.getByLabel("Price per period", { exact: true }).fill("-1");
  assert.equal(await problem(page, "price").innerText(), "A price is 0 or more");
  await showsNothing(page);
  await page.getByLabel("Price per period", { exact: true }).fill("12.50");
  await page.getByLabel("Currency").selectOption("JPY");
  assert.match(await problem(page, "price").innerText(), /at most 0 decimals/);
});

test("what concerns no single input is told below the form", async () => {
  const page = await open("?start=9999-06-01&paymentCount=12");
  assert.match(await problem(page, "subscription").innerText(), /would be (due )?after 9999-12-31/);
  await showsNothing(page);
});

test("a change outside of the subscription is told at its day; the payments stay", async () => {
  const page = await open();
  await page.getByLabel("Day of the change").fill("2025-03-31");
  assert.match(await problem(page, "at").innerText(), /^Expected a day in a period/);
  assert.equal(await page.locator("#due-now").innerText(), "–");
  assert.equal(await page.locator("#picture *").count(), 0);
  assert.equal((await dueDates(page)).length, 12);
});

test("a lower price waits for the period's end, unless told otherwise", async () => {
  const page = await open();
  await page.getByLabel("New price per period").fill("50");
  assert.equal(await amount(page, "credit"), "0.00");
  assert.equal(await amount(page, "next-payment"), "50.00");
  assert.equal(await page.locator("#lines-table").isVisible(), false);
  assert.equal(await page.locator("#change-summary time").getAttribute("datetime"), "2025-05-01");
  await page.getByLabel("Takes effect").selectOption("on_date");
  assert.equal(await amount(page, "credit"), "-66.67");
  assert.equal(await amount(page, "charge"), "33.33");
  assert.equal(await amount(page, "balance"), "-33.34");
  assert.equal(await amount(page, "next-payment"), "16.66");
});

test("a change on the last day of a period", async () => {
  const page = await open("?price=99.00&currency=NOK&start=2025-01-01&to=149.00&at=2025-01-31");
  assert.equal(await amount(page, "credit"), "-3.19");
  assert.equal(await amount(page, "charge"), "4.81");
  assert.equal(await amount(page, "due-now"), "1.62");
  assert.equal(await amount(page, "next-payment"), "149.00");
});

const summaryDates = (page) =>
  page.locator("#change-summary time").evaluateAll((all) => all.map((time) => time.dateTime));

const partWidths = (page) =>
  page
    .locator(".parts")
    .evaluateAll((bars) => bars.map((bar) => [...bar.children].map((part) => part.getBoundingClientRect().width)));

test("another cycle restarts the schedule on the day of the change", async () => {
  const page = await open("?paymentCount=");
  await page.getByLabel("New price per period").fill("1000.00");
  await page.getByLabel("New cycle").selectOption("yearly");
  assert.equal(await page.getByLabel("Payments from then on").isVisible(), false);
  assert.equal(await amount(page, "credit"), "-66.67");
  assert.equal(await amount(page, "charge"), "1000.00");
  assert.equal(await amount(page, "due-now"), "933.33");
  assert.equal(await amount(page, "balance"), "0.00");
  assert.equal(await page.locator("#next-payment time").getAttribute("datetime"), "2026-04-11");
  assert.deepEqual(await summaryDates(page), ["2025-04-11", "2026-04-11", "2027-04-11", "2028-04-11"]);
  assert.match(await page.locator("#change-summary").innerText(), /The schedule restarts on the day of the change/);
  assert.deepEqual(await page.locator("#lines th").evaluateAll((all) => all.map((cell) => cell.firstChild.data)), [
    "Credit",
    "Whole period",
  ]);
  assert.deepEqual(await page.locator("#lines td:nth-child(3)").allInnerTexts(), ["20/30", ""]);
  assert.equal(await page.locator("#lines tr:last-child .span").innerText(), "11 Apr 2025 – 10 Apr 2026");
  const picture = await page.locator("#picture").innerText();
  assert.match(picture, /1 Apr – 30 Apr 2025: 10 days used, 20 not used/);
  assert.match(picture, /11 Apr 2025 – 10 Apr 2026: 365 days/);
  const [old, begun] = await partWidths(page);
  const day = begun[1] / 365;
  for (const [width, days] of [
    [old[0], 10],
    [old[1], 20],
    [old[2], 345],
    [begun[0], 10],
  ]) {
    assert.ok(Math.abs(width - days * day) < 1, `${old} ${begun}`);
  }
  await screenshot(page, "cycle-light-1280");
});

test("another cycle can begin at the period's end", async () => {
  const page = await open("?paymentCount=&to=280.00&newCycle=quarterly&effective=period_end");
  assert.equal(await amount(page, "due-now"), "0.00");
  assert.equal(await amount(page, "next-payment"), "280.00");
  assert.equal(await page.locator("#lines-table").isVisible(), false);
  assert.deepEqual(await summaryDates(page), ["2025-05-01", "2025-05-01", "2025-05-01", "2025-08-01", "2025-11-01"]);
  const summary = await page.locator("#change-summary").innerText();
  assert.match(summary, /The new price and cycle apply from 1 May 2025 on, when the schedule restarts/);
  assert.match(await page.locator("#picture").innerText(), /1 May – 31 Jul 2025: 92 days/);
});

test("another cycle needs its own number of payments where there is one now", async () => {
  const page = await open();
  const count = page.getByLabel("Payments from then on");
  await page.getByLabel("New cycle").selectOption("monthly");
  assert.equal(await count.isVisible(), false);
  assert.equal(await amount(page, "due-now"), "100.00");
  await page.getByLabel("New cycle").selectOption("yearly");
  assert.match(await problem(page, "newPaymentCount").innerText(), /^Expected “paymentCount” for the new cycle/);
  assert.equal(await count.getAttribute("aria-invalid"), "true");
  assert.equal(await page.locator("[aria-invalid]").count(), 1);
  assert.equal(await page.locator("#due-now").innerText(), "–");
  assert.equal((await dueDates(page)).length, 12);
  await screenshot(page, "cycle-problem-light-1280");
  await count.fill("0");
  assert.equal(await problem(page, "newPaymentCount").innerText(), "Expected at least one payment");
  await count.fill("1");
  assert.equal(await page.locator("#next-payment").innerText(), "none follows");
  assert.match(await page.locator("#change-summary").innerText(), /and no payment follows\.$/);
  await count.fill("2");
  assert.deepEqual(await summaryDates(page), ["2025-04-11", "2026-04-11"]);
  await page.keyboard.press("Tab");
  assert.equal(new URL(page.url()).search, "?newCycle=yearly&newPaymentCount=2");
});

test("the problems of a change are told at its own inputs", async () => {
  const page = await open("?paymentCount=&newCycle=custom&newEvery=0&settle=next_payment");
  assert.match(await problem(page, "newEvery").innerText(), /^Expected 1 to 1000/);
  await page.getByLabel("New interval").fill("10");
  assert.match(
    await problem(page, "settle").innerText(),
    /^Cannot settle with the next payment because another cycle restarts the schedule/,
  );
  await page.getByLabel("Difference is paid").selectOption("now");
  assert.deepEqual((await summaryDates(page)).slice(1), ["2025-04-21", "2025-05-01", "2025-05-11"]);
  // The schedule is the subscription's, though only the change makes its end date impossible.
  await page.getByLabel("No payment after").fill("2025-04-05");
  assert.match(
    await problem(page, "endDate").innerText(),
    /^For the change below: expected an end date on or after the start/,
  );
  assert.deepEqual(await dueDates(page), ["2025-04-01"]);
  await page.getByLabel("Takes effect").selectOption("period_end");
  assert.match(
    await problem(page, "effective").innerText(),
    /^Cannot change with the next due date because no payment follows/,
  );
  assert.equal(await problem(page, "endDate").isVisible(), false);
});

test("the picture is drawn to scale", async () => {
  const page = await open();
  const widths = await page.locator(".part").evaluateAll((parts) => parts.map((part) => part.clientWidth));
  for (const [used, left] of [widths.slice(0, 2), widths.slice(2)]) {
    assert.ok(Math.abs(left - 2 * used) <= 3, `${widths}`);
  }
});

test("everything can be done with the keyboard alone", async () => {
  const page = await open();
  const focused = () => page.evaluate(() => document.activeElement.id);
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "price");
  await page.keyboard.type("29.90");
  await page.keyboard.press("Tab");
  await page.keyboard.type("NOK");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "start");
  // 6 June, which reads the same in whichever order the browser asks for day and month.
  await page.keyboard.type("06062025");
  for (let tabs = 0; (await focused()) !== "paymentCount"; tabs++) {
    assert.ok(tabs < 12, "the number of payments is out of reach");
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type("3");
  assert.deepEqual(await dueDates(page), ["2025-06-06", "2025-09-06", "2025-12-06"]);
  assert.equal(await page.locator("#payments data").first().getAttribute("value"), "29.90");
  assert.match(await page.locator("#payments data").first().innerText(), /NOK/);
  await page.keyboard.press("Enter");
  assert.equal((await dueDates(page)).length, 3);
});

test("a focused input is outlined", async () => {
  const page = await open();
  await page.keyboard.press("Tab");
  assert.equal(await page.locator("#price").evaluate((input) => getComputedStyle(input).outlineStyle), "solid");
});

test("the address holds what was entered", async () => {
  const page = await open();
  await page.getByLabel("Price per period", { exact: true }).fill("5.000");
  await page.getByLabel("Currency").selectOption("KWD");
  await page.getByLabel("Number of payments").fill("2");
  await page.keyboard.press("Tab");
  const { search } = new URL(page.url());
  assert.equal(search, "?price=5.000&currency=KWD&paymentCount=2");
  const other = await open(search);
  assert.equal(await other.locator("#schedule-summary data").last().getAttribute("value"), "10.000");
  assert.equal((await dueDates(other)).length, 2);
});

test("the address cannot bring in what the page does not have", async () => {
  const page = await open("?currency=XXX&cycle=hourly&other=1&__proto__=1");
  assert.equal(await page.getByLabel("Currency").inputValue(), "BRL");
  assert.equal(await page.getByLabel("How often").inputValue(), "monthly");
  assert.equal(await amount(page, "due-now"), "100.00");
});

test("amounts are exact past what a number holds", async () => {
  const page = await open("?price=90071992547409.91&paymentCount=1000&to=90071992547409.91");
  const total = page.locator("#schedule-summary data").last();
  assert.equal(await total.getAttribute("value"), "90071992547409910.00");
  assert.equal(await total.innerText(), "R$90,071,992,547,409,910.00");
});

/** The default subscription, with other fields where a test has them. */
const terms = ({ trialStart, ...schedule } = {}) => ({
  price: { amount: 10000, currency: "BRL" },
  schedule: { start: "2025-04-01", cycle: "monthly", paymentCount: 12, ...schedule },
  firstPeriod: "prorated",
  trialStart,
});

const cells = (page, id) =>
  page
    .locator(`#${id} tr`)
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.cells].map(
          (cell) =>
            cell.querySelector("data, time")?.getAttribute("value") ??
            cell.querySelector("time")?.dateTime ??
            cell.innerText,
        ),
      ),
    );

test("a sign-up shows what the package previews, with the same digest", async () => {
  const page = await open();
  for (const [query, wanted] of [
    ["", terms({ trialStart: "2025-03-18" })],
    ["?trialDays=", terms()],
    [
      "?trialDays=30&start=2025-01-22&anchorDay=1",
      terms({ start: "2025-01-22", anchorDay: 1, trialStart: "2024-12-23" }),
    ],
    ["?trialDays=0&cycle=weekly&paymentCount=", terms({ cycle: "weekly", paymentCount: undefined })],
    [
      "?trialDays=7&cycle=custom&every=10&endDate=2025-05-31",
      terms({ cycle: { every: 10, unit: "day" }, endDate: "2025-05-31", trialStart: "2025-03-25" }),
    ],
  ]) {
    await page.goto(server.address + query);
    const options = { on: wanted.trialStart ?? wanted.schedule.start, payments: 6 };
    const expected = preview(wanted, options);
    await page.locator("#signup-summary time, #signup-summary data").first().waitFor();
    assert.equal(await page.locator("#signup-digest").innerText(), expected.digest, query);
    const { dueNow, nextCharge, perPeriod, perMonth, total } = expected;
    for (const [id, money] of Object.entries({
      now: dueNow,
      first: nextCharge.amount,
      period: perPeriod,
      month: perMonth,
    })) {
      assert.equal(await amount(page, `signup-${id}`), formatDecimal(money), `${query} ${id}`);
    }
    if (total) assert.equal(await amount(page, "signup-total"), formatDecimal(total));
    else assert.equal(await page.locator("#signup-total").innerText(), "no end");
    assert.equal(await page.locator("#signup-first time").getAttribute("datetime"), nextCharge.dueDate);
    const first = expected.payments.find(({ dueDate }) => dueDate === nextCharge.dueDate);
    assert.equal(await page.locator("#signup-cancel time").getAttribute("datetime"), first.cancelBy);
    const rows = (await cells(page, "signup-payments")).map(([due, , cancelBy, value]) => [due, cancelBy, value]);
    assert.deepEqual(
      rows,
      expected.payments.map(({ dueDate, cancelBy, amount }) => [dueDate, cancelBy ?? "–", formatDecimal(amount)]),
    );
  }
});

test("a trial: nothing now, what it becomes and when, until when to cancel", async () => {
  const page = await open();
  assert.match(
    await page.locator("#signup-summary").innerText(),
    /^Nothing is due now, R\$100\.00 on 1 April 2025\.\nA free trial from 18 March 2025; it becomes R\$100\.00 a month on 1 April 2025\.\nIt ends by itself after 12 payments\.$/,
  );
  assert.equal(await amount(page, "signup-now"), "0.00");
  assert.match(await page.locator("#signup-payments tr").first().innerText(), /Verification of the card/);
  await page.getByLabel("Days of free trial").fill("");
  assert.match(await page.locator("#signup-summary").innerText(), /^R\$100\.00 is due now, R\$100\.00 on 1 May 2025\./);
  await page.getByLabel("Days of free trial").fill("two weeks");
  assert.match(await problem(page, "trialDays").innerText(), /^Expected a whole number of days/);
  assert.equal(await page.locator("#signup-now").innerText(), "–");
  assert.equal(await page.locator("#signup-payments tr, #life-rows tr, #life-picture *").count(), 0);
  assert.equal((await dueDates(page)).length, 12);
});

test("a price per month of other cycles", async () => {
  const page = await open("?price=600&currency=NOK&cycle=quarterly&paymentCount=");
  assert.equal(await amount(page, "signup-month"), "200.00");
  await page.getByLabel("How often").selectOption("weekly");
  await page.getByLabel("Price per period", { exact: true }).fill("99");
  assert.equal(await amount(page, "signup-month"), "430.46");
});

const shownReminders = (page) =>
  page
    .locator("#reminders tr")
    .evaluateAll((rows) =>
      rows.map((row) => [...row.cells].map((cell) => [...cell.querySelectorAll("time")].map((time) => time.dateTime))),
    );

test("reminders are those that the package gives", async () => {
  const days = (window) => (window === null ? [] : [...new Set([window.earliest, window.latest])]);
  for (const [query, wanted] of [
    ["", terms({ trialStart: "2025-03-18" })],
    ["?trialDays=7", terms({ trialStart: "2025-03-25" })],
    [
      "?trialDays=30&cycle=yearly&paymentCount=3",
      terms({ cycle: "yearly", paymentCount: 3, trialStart: "2025-03-02" }),
    ],
  ]) {
    const page = await open(query);
    const expected = schemeReminders(wanted, { on: wanted.trialStart, payments: 6 });
    assert.deepEqual(
      await shownReminders(page),
      expected.map(({ dueDate, mastercard, visa, both }) => [[dueDate], ...[mastercard, visa, both].map(days)]),
      query,
    );
  }
  const page = await open("?trialDays=");
  assert.equal(await page.locator("#reminders-table").isVisible(), false);
  assert.equal(await page.locator("#reminders-note").innerText(), "The card schemes ask for no reminder.");
});

const lifeQuery =
  "?start=2025-01-31&trialDays=30&pauseOn=2025-04-05&resumeOn=2025-06-10&resumeHow=shift&changeOn=2025-08-20" +
  "&declines=2-0-1+2-0-2+9-0-1&cancelOn=2025-11-24";

/** Day, status and amount of each attempt that a simulation makes, and of each event. */
function simulated(wanted, { fail = [], events = [], through }) {
  const subscription = createSubscription({ id: "sub-1", terms: wanted });
  const run = simulate(subscription, { from: wanted.trialStart ?? wanted.schedule.start, through, fail, events });
  let payment;
  const rows = [];
  for (const { on, action, event, status } of run.timeline) {
    payment = action?.payment ?? payment;
    if (event.type === "attempt_started") continue;
    rows.push([on, status, event.type.startsWith("payment_") ? formatDecimal(payment.amount) : ""]);
  }
  return { rows, subscription: run.subscription };
}

const lifeRows = async (page) => (await cells(page, "life-rows")).map(([on, , status, value]) => [on, status, value]);

test("a life is the simulation that the package makes", async () => {
  const page = await open();
  const wanted = terms({ trialStart: "2025-03-18" });
  const plain = simulated(wanted, { fail: [{ number: 3, attempt: 1 }], through: "2026-03-18" });
  assert.deepEqual(await lifeRows(page), plain.rows);
  assert.equal(await amount(page, "life-collected"), "1200.00");
  assert.equal(await page.locator("#life-declined").innerText(), "1");
  assert.equal(await page.locator(".dot").count(), plain.rows.length);

  const eventful = await open(lifeQuery);
  const { rows, subscription } = simulated(terms({ start: "2025-01-31", trialStart: "2025-01-01" }), {
    fail: [
      { number: 2, attempt: 1 },
      { number: 2, attempt: 2 },
      { number: 9, attempt: 1 },
    ],
    events: [
      { type: "paused", on: "2025-04-05" },
      { type: "resumed", on: "2025-06-10", schedule: "shift" },
      {
        type: "plan_changed",
        on: "2025-08-20",
        at: "2025-08-20",
        to: { amount: 25000, currency: "BRL" },
        customerPresent: true,
      },
      { type: "cancelled", on: "2025-11-24", when: "period_end" },
    ],
    through: "2026-01-01",
  });
  assert.deepEqual(await lifeRows(eventful), rows);
  assert.equal(await eventful.locator("#life-status").innerText(), subscription.status);
  assert.equal(subscription.status, "cancelled");
  assert.match(await eventful.locator("#life-summary").innerText(), /^It is cancelled on 5 December 2025\./);
  assert.equal(await eventful.locator(".dot-event").count(), 5);
  assert.equal(await eventful.locator(".stage-paused").count(), 1);
  await screenshot(eventful, "life-light-1280");
});

test("payments are declined and tried again until the subscription expires, by the keyboard", async () => {
  const page = await open();
  const button = (name) => page.getByRole("button", { name, exact: true });
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.equal(await button("Decline: Payment 3").getAttribute("aria-pressed"), "true");
  await button("Decline: Payment 3, attempt 2").focus();
  for (const attempt of [2, 3, 4, 5]) {
    assert.equal(await focused(), `Decline: Payment 3, attempt ${attempt}`);
    await page.keyboard.press("Space");
    assert.equal(await focused(), `Decline: Payment 3, attempt ${attempt}`, "the focus stays");
    assert.equal(await button(`Decline: Payment 3, attempt ${attempt}`).getAttribute("aria-pressed"), "true");
    if (attempt < 5) await page.keyboard.press("Tab");
  }
  assert.match(
    await page.locator("#life-summary").innerText(),
    /^It expires on 8 June 2025\.\n2 payments made, in all R\$200\.00; 5 attempts declined\.$/,
  );
  assert.deepEqual((await lifeRows(page)).at(-1), ["2025-06-08", "expired", ""]);
  assert.equal(new URL(page.url()).searchParams.get("declines"), "3-0-1 3-0-2 3-0-3 3-0-4 3-0-5");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#life-declined").innerText(), "4");
  assert.equal(await amount(page, "life-collected"), "1200.00");
});

test("what is decided but not possible is told at its day", async () => {
  const page = await open("?pauseOn=2025-06-01&resumeOn=2025-05-20");
  assert.match(await problem(page, "resumeOn").innerText(), /^Cannot resume because the subscription is not paused/);
  assert.equal(await page.locator("[aria-invalid]").count(), 1);
  assert.equal(await page.locator("#life-collected").innerText(), "–");
  assert.equal(await amount(page, "signup-first"), "100.00");
  await page.getByLabel("Resumed on").fill("2025-08-15");
  // Payment 3 is declined on the first day of the pause: it does not come to that.
  assert.deepEqual((await lifeRows(page)).map(([on]) => on).slice(3, 6), ["2025-06-01", "2025-08-15", "2025-09-01"]);
  // From the day after it, the payment is still retried: what was due before a pause is not part of it.
  await page.getByLabel("Paused from").fill("2025-06-02");
  assert.equal(await problem(page, "pauseOn").isVisible(), false);
  assert.deepEqual((await lifeRows(page)).map(([on]) => on).slice(3, 7), [
    "2025-06-01",
    "2025-06-02",
    "2025-06-02",
    "2025-08-15",
  ]);
  await page.getByLabel("Paused from").fill("2025-03-17");
  assert.equal(await problem(page, "pauseOn").innerText(), "This lies before the sign-up");
  await page.getByLabel("Paused from").fill("");
  await page.getByLabel("Resumed on").fill("");
  await page.getByLabel("Plan changed on").fill("2025-05-11");
  await page.getByLabel("Price from then on").fill("abc");
  assert.match(await problem(page, "changeTo").innerText(), /decimal number/);
  await page.getByLabel("Price from then on").fill("50");
  assert.equal(await problem(page, "changeTo").isVisible(), false);
  // A lower price waits for the next due date.
  assert.deepEqual((await cells(page, "life-rows")).map((row) => row[3]).slice(2, 6), ["100.00", "", "50.00", "50.00"]);
});

test("a cancellation at once, or with the period", async () => {
  const page = await open("?declines=&cancelOn=2025-06-11");
  assert.match(await page.locator("#life-summary").innerText(), /^It is cancelled on 1 July 2025\./);
  await page.getByLabel("It ends").selectOption("now");
  assert.match(await page.locator("#life-summary").innerText(), /^It is cancelled on 11 June 2025\./);
  assert.equal(await amount(page, "life-collected"), "300.00");
  await page.getByLabel("Cancelled on").fill("2025-03-20");
  assert.equal(await amount(page, "life-collected"), "0.00");
});

test("the address of a life brings in attempts and nothing else", async () => {
  const page = await open("?declines=1-0-1+<b>+9999999-0-1+x-0-1");
  assert.equal(await page.locator("#life-declined").innerText(), "1");
  assert.equal(await page.locator("#life-rows b").count(), 0);
});

test("every input has a label of its own, and a place for its problem", async () => {
  const page = await open("?cycle=custom&newCycle=custom");
  const inputs = await page.locator("input:not([type=hidden]), select, textarea").evaluateAll((all) =>
    all.map((input) => ({
      label: [...input.labels].map((label) => label.textContent.trim()).join(),
      described: input
        .getAttribute("aria-describedby")
        .split(" ")
        .every((id) => document.getElementById(id)),
    })),
  );
  assert.equal(inputs.length, 33);
  assert.ok(inputs.every(({ label, described }) => label !== "" && described));
  assert.equal(new Set(inputs.map(({ label }) => label)).size, inputs.length);
});

test("amounts and dates are written as the locale does", async () => {
  const page = await open("", { locale: "pt-BR" });
  const plain = async (selector) => (await page.locator(selector).first().innerText()).replaceAll("\u00a0", " ");
  assert.equal(await plain("#credit"), "-R$ 66,67");
  assert.equal(await plain("#next-payment time"), "1 de maio de 2025");
  const norwegian = await open("?currency=NOK", { locale: "nb-NO" });
  assert.equal(await norwegian.locator("#next-payment time").innerText(), "1. mai 2025");
  assert.match(await norwegian.locator("#charge").innerText(), /166,67/);
});

test("fits a narrow screen, whatever the locale writes", async () => {
  const months = "?start=2025-01-31&paymentCount=4";
  for (const [name, query, options] of [
    ["page-light-390", months, {}],
    ["page-dark-390", months, { colorScheme: "dark", locale: "pt-BR" }],
    ["stub-light-390", "?anchorDay=31&cycle=yearly&paymentCount=&price=123456789.00&to=987654321.00", {}],
    ["cycle-light-390", "?to=1000.00&newCycle=yearly&newPaymentCount=4", {}],
    [
      "cycle-dark-390",
      "?to=40&newCycle=weekly&newPaymentCount=9&effective=on_date",
      { colorScheme: "dark", locale: "pt-BR" },
    ],
    ["problem-light-390", "?endDate=2025-03-31&price=abc&cycle=custom&every=0", {}],
    ["life-light-390", lifeQuery, {}],
    ["life-dark-390", lifeQuery, { colorScheme: "dark", locale: "pt-BR" }],
    ["reminders-light-390", "?cycle=yearly&price=123456789.00&paymentCount=&trialDays=30&ahead=24", {}],
  ]) {
    const page = await open(query, { viewport: narrow, ...options });
    assert.equal(await overflow(page), 0, name);
    await screenshot(page, name);
  }
});

test("is dark where the visitor prefers it", async () => {
  const page = await open("?start=2025-01-31&paymentCount=&endDate=2025-12-31", { colorScheme: "dark" });
  const lightness = (property) =>
    page.locator("body").evaluate((body, name) => {
      const parts = getComputedStyle(body)[name].match(/\d+/g).map(Number);
      return parts.reduce((sum, part) => sum + part);
    }, property);
  assert.ok((await lightness("backgroundColor")) < 150);
  assert.ok((await lightness("color")) > 600);
  assert.equal(await overflow(page), 0);
  await screenshot(page, "page-dark-1280");
});

test("the server gives nothing but the page and the package", async () => {
  const status = async (path) => (await fetch(server.address + path)).status;
  assert.equal(await status("pkg/src/index.js"), 200);
  const outside = ["..%2fCargo.toml", "pkg/..%2f..%2fCargo.toml", "pkg/%2fetc/passwd"];
  for (const path of [...outside, "%00", "%ff", "none.html", "test"]) {
    assert.equal(await status(path), 404, path);
  }
  const wasm = await fetch(`${server.address}pkg/dist/billing_rules.wasm`);
  assert.equal(wasm.headers.get("content-type"), "application/wasm");
});
