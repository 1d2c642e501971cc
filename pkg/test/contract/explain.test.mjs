// Lines and amounts in every language. `WRITE_EXPLAINED=1` in the environment writes what they are now to explained.txt.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import test from "node:test";
import * as billing from "billing-rules";
import { ar } from "billing-rules/explain/ar";
import { en } from "billing-rules/explain/en";
import { nb } from "billing-rules/explain/nb";
import { pt } from "billing-rules/explain/pt";
import { decimalsOf } from "../../src/currencies.js";
import { explained, lines } from "../hosts/project/explained.mjs";
import { kindsOfLines } from "./declared.mjs";

const { currencyInfo, explain, formatDecimal, formatMoney, isBillingError } = billing;
const languages = { en, nb, pt, ar };
const snapshot = new URL("../hosts/explained.txt", import.meta.url);

/** The errors of a call, each as its code and path. */
function refused(call) {
  try {
    return assert.fail(`gives ${call()}`);
  } catch (error) {
    if (!isBillingError(error)) throw error;
    return error.errors.map(({ code, path }) => `${code} ${path}`);
  }
}

test("every line in every language is as it was", () => {
  const text = explained(billing, languages);
  if (process.env.WRITE_EXPLAINED) writeFileSync(snapshot, text);
  assert.equal(text, readFileSync(snapshot, "utf8"));
});

test("every kind of line that is declared is among them", () => {
  assert.ok(kindsOfLines.length >= 12);
  assert.deepEqual([...new Set(Object.values(lines).map(({ kind }) => kind))].sort(), [...kindsOfLines].sort());
});

test("every language of the package has every kind, and no other", () => {
  const files = readdirSync(new URL("../../src/explain/", import.meta.url));
  assert.deepEqual(
    files.sort(),
    Object.keys(languages)
      .map((name) => `${name}.js`)
      .sort(),
  );
  for (const { locale, names } of Object.values(languages))
    assert.deepEqual(Object.keys(names).sort(), [...kindsOfLines].sort(), locale);
});

test("a kind that a language does not have is an error, and no line without text", () => {
  for (const kind of kindsOfLines) {
    const { [kind]: _, ...names } = en.names;
    const line = Object.values(lines).find((line) => line.kind === kind);
    assert.deepEqual(
      refused(() => explain(line, { ...en, names })),
      ["unknown_value /line/kind"],
    );
  }
  for (const kind of ["refund", "toString", "__proto__", ""])
    assert.deepEqual(
      refused(() => explain({ ...lines.setup, kind }, en)),
      ["unknown_value /line/kind"],
    );
});

test("an item appears by its name, if it has one", () => {
  const line = Object.values(lines).find(({ item, kind }) => item && kind !== "tax");
  for (const language of Object.values(languages)) {
    const text = explain({ ...line, name: "Team" }, language);
    assert.equal(text, explain(line, language).replace(line.item, "Team"));
    assert.match(text, /Team/);
  }
});

test("the note and the rule are not read", () => {
  const line = Object.defineProperties({ ...lines.credit }, { note: { get: assert.fail }, rule: { get: assert.fail } });
  for (const language of Object.values(languages))
    assert.equal(explain(line, language), explain(lines.credit, language));
});

test("every line of the package's own answers is explained", () => {
  const folder = new URL("../../../tests/vectors/", import.meta.url);
  const found = new Map();
  const collect = (value) => {
    if (value === null || typeof value !== "object") return;
    if (value.rule && value.kind && value.amount) found.set(JSON.stringify(value), value);
    else Object.values(value).forEach(collect);
  };
  for (const name of readdirSync(folder)) collect(JSON.parse(readFileSync(new URL(name, folder), "utf8")));
  assert.ok(found.size > 50, `${found.size} lines`);
  for (const language of Object.values(languages))
    for (const line of found.values()) assert.doesNotMatch(explain(line, language), /undefined|NaN|object|null|#/);
});

test("a language of one's own", () => {
  const british = {
    ...en,
    locale: "en-GB",
    names: { ...en.names, credit: ({ amount }) => `Refund of ${-amount.amount}` },
  };
  assert.match(
    explain(lines.credit, british),
    /^Refund of 6667: 20 of 30 days \(11 ?– ?30 April 2025\) at US\$100\.00 a period$/,
  );
  // Words of a language that has no forms but `other`, as the plain object that it is.
  const plain = JSON.parse(
    JSON.stringify({ locale: "ja", direction: "ltr", comma: "、", names: { setup: "初期費用" } }),
  );
  const japanese = { ...plain, days: (_, { plural }) => plural(3, { other: "#日" }), price: (price) => price };
  assert.equal(explain(lines.setup, japanese), "初期費用");
});

test("the decimals of a currency are those of the library", () => {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  let known = 0;
  for (const code of letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)))) {
    let decimals;
    try {
      decimals = currencyInfo(code).exponent;
      known += 1;
    } catch {
      // No currency.
    }
    assert.equal(decimalsOf(code), decimals, code);
  }
  assert.equal(known, 165);
  for (const code of ["", "NO", "NOK ", "nok", "K N"]) assert.equal(decimalsOf(code), undefined, code);
});

test("an amount has its own digits, however large", () => {
  const largest = 2 ** 53 - 1;
  const amounts = [0, 1, 9, 10, 99, 100, 101, 12345678901, largest - 1, largest];
  for (const currency of ["JPY", "NOK", "KWD", "CLF", "IQD"]) {
    for (const amount of [...amounts, ...amounts.map((amount) => -amount)]) {
      const money = { amount, currency };
      const digits = formatMoney(money, en).replace(/[^0-9.-]/g, "");
      assert.equal(digits, formatDecimal(money));
    }
  }
});

test("all blanks in an amount or a number are no-break spaces", () => {
  const french = formatMoney({ amount: 123456789, currency: "EUR" }, { ...en, locale: "fr" });
  assert.equal(french, "1\u00a0234\u00a0567,89\u00a0€");
  const days = explain({ ...lines.setup, fraction: { days: 1, periodDays: 36525 } }, { ...en, locale: "fr" });
  assert.equal(days, "Setup fee: 1 of 36\u00a0525 days");
});

test("the six forms of Arabic", () => {
  const days = (periodDays) => explain({ ...lines.setup, fraction: { days: 1, periodDays } }, ar);
  const forms = { 0: "0 يوم", 1: "يوم واحد", 2: "يومين", 3: "3 أيام", 11: "11 يومًا", 100: "100 يوم" };
  const categories = Object.keys(forms).map((count) => new Intl.PluralRules("ar").select(count));
  assert.deepEqual(categories, ["zero", "one", "two", "few", "many", "other"]);
  for (const [count, form] of Object.entries(forms)) assert.ok(days(Number(count)).endsWith(` ${form}`), count);
});

test("the errors of what is not a line", () => {
  const { credit } = lines;
  const cases = [
    [undefined, ["missing_field /line"]],
    ["credit", ["wrong_type /line"]],
    [[credit], ["wrong_type /line"]],
    [{}, ["missing_field /line/kind", "missing_field /line/amount"]],
    [{ ...credit, kind: 7 }, ["wrong_type /line/kind"]],
    [{ ...credit, item: 7 }, ["wrong_type /line/item"]],
    [{ ...credit, name: 7 }, ["wrong_type /line/name"]],
    [{ ...credit, quantity: 1.5 }, ["not_an_integer /line/quantity"]],
    [{ ...credit, price: 100 }, ["wrong_type /line/price"]],
    [{ ...credit, price: { amount: 1, currency: "XAU" } }, ["unknown_currency /line/price/currency"]],
    [
      { ...credit, amount: { amount: "1", currency: null } },
      ["wrong_type /line/amount/amount", "missing_field /line/amount/currency"],
    ],
    [{ ...credit, amount: { amount: 2 ** 53, currency: "USD" } }, ["not_an_integer /line/amount/amount"]],
    [
      { ...credit, period: { start: "2025-02-30", end: "2025-04-1" } },
      ["invalid_date /line/period/start", "invalid_date /line/period/end"],
    ],
    [{ ...credit, period: { start: "2025-04-11", end: "2025-04-11" } }, ["out_of_range /line/period/end"]],
    [{ ...credit, fraction: {} }, ["missing_field /line/fraction/days", "missing_field /line/fraction/periodDays"]],
    [
      Object.defineProperty({}, "kind", { get: assert.fail }),
      ["wrong_type /line/kind", "missing_field /line/kind", "missing_field /line/amount"],
    ],
  ];
  for (const [line, errors] of cases)
    assert.deepEqual(
      refused(() => explain(line, en)),
      errors,
    );
});

test("the errors of what is not a language", () => {
  const cases = [
    [null, ["missing_field /language"]],
    [{ ...en, locale: "no_such" }, ["invalid_string /language/locale"]],
    [{ ...en, direction: "down" }, ["unknown_value /language/direction"]],
    [{ ...en, names: undefined }, ["missing_field /language/names"]],
    [
      { ...en, comma: 1, days: "20", price: null },
      ["wrong_type /language/comma", "wrong_type /language/days", "wrong_type /language/price"],
    ],
  ];
  for (const [language, errors] of cases) {
    assert.deepEqual(
      refused(() => explain(lines.setup, language)),
      errors,
    );
    assert.deepEqual(
      refused(() => formatMoney(lines.setup.amount, language)),
      errors,
    );
  }
  assert.deepEqual(
    refused(() => formatMoney({ amount: 1 }, en)),
    ["missing_field /money/currency"],
  );
});
