// Lines of every kind in every language, and days in zones, as text that people can read. It needs JavaScript alone.
const usd = (amount) => ({ amount, currency: "USD" });
const line = (kind, amount, data = {}) => ({
  ...{ kind, item: null, quantity: null, price: null, period: null, fraction: null },
  ...{ amount: usd(amount), rule: "R3.2", note: "not for people" },
  ...data,
});

const april = { start: "2025-04-01", end: "2025-05-01" };
const restOfApril = { start: "2025-04-11", end: "2025-05-01" };
const toMay = { start: "2025-04-11", end: "2025-05-11" };
const toJanuary = { start: "2025-12-11", end: "2026-01-11" };
const of = (days, periodDays) => ({ fraction: { days, periodDays } });
const price = usd(10000);
const part = { price, period: restOfApril, ...of(20, 30) };
const seats = { item: "seats", quantity: 3 };

/** Lines by what each shows. */
export const lines = {
  period: line("period", 10000, { price, period: april }),
  "period, of an item": line("period", 10000, { price, period: toMay, ...seats }),
  "period, a part of one": line("period", 3333, {
    ...part,
    period: { start: "2025-04-01", end: "2025-04-11" },
    ...of(10, 30),
  }),
  "period, into another year": line("period", 10000, { price, period: toJanuary }),
  stub: line("stub", 3226, { price, period: { start: "2025-01-22", end: "2025-02-01" }, ...of(10, 31) }),
  "stub, at the full price": line("stub", 10000, { price, period: restOfApril }),
  "stub, free": line("stub", 0, { period: restOfApril }),
  credit: line("credit", -6667, part),
  "credit, of an item": line("credit", -6667, { ...part, ...seats }),
  "credit, of one of an item": line("credit", -6667, { ...part, item: "seats", quantity: 1 }),
  charge: line("charge", 16667, { ...part, price: usd(25000) }),
  "charge, of a full period": line("charge", 25000, { price: usd(25000), period: toMay }),
  setup: line("setup", 5000),
  trial: line("trial", 0, { period: restOfApril }),
  "trial, at a price": line("trial", 100, { period: restOfApril }),
  unscheduled: line("unscheduled", 1500),
  discount: line("discount", -1000, { item: "launch" }),
  "discount, on an item": line("discount", -1000, { discount: "launch", ...seats, price }),
  tax: line("tax", 2500, { item: "VAT" }),
  "tax, with its rate": line("tax", 825, { item: "sales", tax: { rate: "8.25", net: usd(10000), tax: usd(825) } }),
  "tax, included": line("tax", 0, { item: "VAT", tax: { rate: "25", net: usd(8000), tax: usd(2000) } }),
  minimum: line("minimum", 700, { period: april }),
  balance: line("balance", -4000),
  "balance, owed": line("balance", 4000),
  verification: line("verification", 0),
  "one day": line("credit", -10000, { price, period: { start: "2025-04-11", end: "2025-04-12" }, ...of(1, 1) }),
  "one of two days": line("credit", -5000, { ...part, ...of(1, 2) }),
  "one of three days": line("credit", -3333, { ...part, ...of(1, 3) }),
  "no days": line("credit", 0, { ...part, ...of(0, 0) }),
  "days beyond a hundred": line("credit", -100, { ...part, ...of(1, 100) }),
  "days beyond a thousand": line("credit", -100, { ...part, ...of(1095, 1461) }),
  "an item from right to left": line("credit", -6667, { ...part, item: "مقاعد", quantity: 1250 }),
  yen: line("credit", -6667, { ...part, price: { amount: 1234567, currency: "JPY" } }),
  dinars: line("credit", -6667, { ...part, price: { amount: 1234567, currency: "KWD" } }),
  kroner: line("credit", -6667, { ...part, price: { amount: 1234567, currency: "NOK" } }),
  reais: line("credit", -6667, { ...part, price: { amount: 1234567, currency: "BRL" } }),
  riyals: line("credit", -6667, { ...part, price: { amount: 1234567, currency: "SAR" } }),
};

const amounts = [
  usd(-6667),
  usd(0),
  usd(5),
  usd(9007199254740991),
  { amount: -9007199254740991, currency: "KWD" },
  { amount: -100, currency: "JPY" },
  { amount: -1990, currency: "NOK" },
  { amount: -1990, currency: "BRL" },
  { amount: -1990, currency: "SAR" },
  { amount: 1990, currency: "IQD" },
  { amount: 19900, currency: "CLF" },
];

const moments = [
  ["Europe/Oslo", "2025-01-30T22:59:59.999Z"],
  ["Europe/Oslo", "2025-01-30T23:00:00Z"],
  ["Europe/Oslo", "2025-07-30T22:00:00Z"],
  ["America/Sao_Paulo", "2025-01-31T02:59:59Z"],
  ["Asia/Riyadh", "2024-02-28T21:00:00Z"],
  ["Pacific/Kiritimati", "2025-12-31T10:00:00Z"],
  ["UTC", "0001-01-01T00:00:00Z"],
  ["UTC", "9999-12-31T23:59:59Z"],
];

/** What cannot be seen, made visible. */
const shown = {
  "\u00a0": "_",
  "\u200e": "<lrm>",
  "\u2066": "<ltr:",
  "\u2067": "<rtl:",
  "\u2068": "<auto:",
  "\u2069": ">",
};
const visible = (text) => text.replace(/[\u00a0\u200e\u2066-\u2069]/g, (found) => shown[found]);

export function explained({ dayIn, explain, formatMoney }, languages) {
  const all = Object.entries(languages);
  const block = (title, textIn) =>
    [title, ...all.map(([name, language]) => `  ${name}  ${visible(textIn(language))}`), ""].join("\n");
  return [
    "Lines, amounts and days as every host writes them. `_` is a no-break space; `<ltr:…>`, `<rtl:…>` and `<auto:…>` are isolates.\n",
    ...Object.entries(lines).map(([title, line]) => block(title, (language) => explain(line, language))),
    ...amounts.map((money) => block(`${money.amount} ${money.currency}`, (language) => formatMoney(money, language))),
    ...moments.map(([zone, time]) => `${time} in ${zone}: ${dayIn(zone, new Date(time))}`),
    "",
  ].join("\n");
}
