// Subscriptions to look at, and what the card of the account has to have of them, by the library.
import assert from "node:assert/strict";
import {
  addDays,
  applyEvent,
  createSubscription,
  formatDecimal,
  overview,
  quotePlanChange,
  simulate,
  upcoming,
  withTrial,
} from "../../pkg/dist/index.js";
import { words } from "../account-words.js";

export const LOCALES = { ar: "ar-u-nu-latn", en: "en", nb: "nb", pt: "pt-BR" };
export const DAY = "2025-06-03";

export const brl = (amount) => ({ amount, currency: "BRL" });
export const terms = {
  price: brl(10000),
  schedule: { start: "2025-04-01", cycle: "monthly", paymentCount: 12 },
};

/** A subscription that lived through a day. */
export function lived(script = {}, { agreed = terms, through = DAY } = {}) {
  const from = agreed.trialStart ?? agreed.schedule.start;
  return simulate(createSubscription({ id: "sub-1", terms: agreed }), { from, through, ...script }).subscription;
}

export const declined = (through) =>
  lived({ fail: [1, 2, 3, 4, 5].map((attempt) => ({ number: 3, attempt })) }, { through });

function downgraded() {
  const paid = lived({}, { through: "2025-06-02" });
  return applyEvent(paid, quotePlanChange(paid, { to: brl(5000), at: "2025-06-02" }, "2025-06-02").event);
}

/** What each example has to be on 3 June 2025, with the phase of it. */
export const EXAMPLES = {
  paid: ["paid", lived()],
  downgrade: ["paid", downgraded()],
  retried: ["past_due", declined(DAY)],
  trial: ["trial", lived({}, { agreed: withTrial(terms, "2025-05-27", 14) })],
  paused: ["paused", lived({ events: [{ type: "paused", on: "2025-05-20" }] })],
  cancelled: ["ending", lived({ events: [{ type: "cancelled", on: "2025-06-02", when: "period_end" }] })],
  credited: [
    "paid",
    lived({
      events: [
        { type: "refunded", on: "2025-06-02", id: "r", reference: "sub-1-3-0-1", amount: brl(5000) },
        { type: "credited", on: "2025-06-02", id: "c", amount: brl(2000) },
      ],
    }),
  ],
};

/** What the card has: its words, the days of `time` and the decimals of `data`. */
const shown = (page) =>
  page.locator("#account-card").evaluate((card) => {
    const all = (selector) => [...card.querySelectorAll(selector)];
    const times = (selector) => all(`${selector} time`).map(({ dateTime }) => dateTime);
    const amounts = (selector) => all(`${selector} data`).map(({ value }) => value);
    return {
      lang: card.lang,
      dir: card.dir,
      phase: card.querySelector(".phase").textContent,
      plan: amounts(".account-plan"),
      access: times("#account-summary .lead"),
      why: card.querySelector("#account-summary > :last-child").textContent,
      paidThrough: times("#account-paidThrough"),
      lastDay: times("#account-lastDay"),
      pause: times("#account-pause"),
      balance: amounts("#account-balance"),
      pending: all("#account-pending li").map((item) => [
        item.querySelector("time").dateTime,
        item.querySelector("data").value,
      ]),
      due: times("#account-next caption"),
      lines: all("#account-next tbody tr").map((row) => [...row.cells].map(({ textContent }) => textContent)),
      total: amounts("#account-next tfoot"),
      upcoming: all("#account-upcoming tbody tr").map((row) => [
        row.querySelector("th time").dateTime,
        row.cells[1].querySelector("time")?.dateTime ?? null,
        row.querySelector("data").value,
      ]),
    };
  });

/** Lines as the library explains them in the page, as the data of Intl differs between hosts. */
const explained = (page, lines, code) =>
  page.evaluate(
    async ([given, name]) => {
      const { explain, formatMoney } = await import("/pkg/dist/explain.js");
      const { [name]: language } = await import(`/pkg/dist/explain/${name}.js`);
      return given.map((line) => [explain(line, language), formatMoney(line.amount, language)]);
    },
    [lines, code],
  );

const lastDay = (until) => (until === null ? [] : [addDays(until, -1)]);

/** What the card has to have of a subscription, by the library. */
async function wanted(page, subscription, on, code, graceDays = 3) {
  const seen = overview(subscription, on, { graceDays });
  const coming = upcoming(subscription, { on, payments: 4 });
  const { phase, entitlement, nextCharge, pause } = seen;
  const its = words[code];
  const why = entitlement.active ? its.because[entitlement.reason] : its.whyNot[phase];
  return {
    lang: LOCALES[code],
    dir: code === "ar" ? "rtl" : "ltr",
    phase: its.phase[phase],
    plan: phase === "ended" ? [] : [formatDecimal(coming.perPeriod)],
    access: lastDay(entitlement.until),
    why,
    paidThrough: seen.paidThrough === null ? [] : [seen.paidThrough],
    lastDay: lastDay(seen.endsOn),
    pause: pause === null ? [] : [pause.from, ...lastDay(pause.until)],
    balance: [formatDecimal({ ...seen.balance, amount: Math.abs(seen.balance.amount) })],
    pending: seen.pending.map((change) => [change.on, formatDecimal(change.to)]),
    due: nextCharge === null ? [] : [nextCharge.dueDate],
    lines: nextCharge === null ? [] : await explained(page, nextCharge.lines, code),
    total: nextCharge === null ? [] : [formatDecimal(nextCharge.amount)],
    upcoming: coming.payments.map(({ dueDate, cancelBy, amount }) => [dueDate, cancelBy, formatDecimal(amount)]),
  };
}

/** Compares all but what follows the reason for a payment that was declined. */
export async function agrees(page, ...of) {
  const [seen, expected] = [await shown(page), await wanted(page, ...of)];
  assert.equal(seen.why.slice(0, expected.why.length), expected.why);
  assert.deepEqual({ ...seen, why: expected.why }, expected);
}
