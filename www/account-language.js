// Writes for the account in one of its languages: the words of account-words.js, with dates, amounts and lines by the library and Intl.
import { explain, formatDecimal, formatMoney } from "./pkg/dist/preview.js";
import { ar } from "./pkg/dist/explain/ar.js";
import { en } from "./pkg/dist/explain/en.js";
import { nb } from "./pkg/dist/explain/nb.js";
import { pt } from "./pkg/dist/explain/pt.js";
import { words } from "./account-words.js";
import { midnight } from "./days.js";
import { h } from "./dom.js";

const LANGUAGES = { ar, en, nb, pt };

const LENGTHS = {
  weekly: { every: 1, unit: "week" },
  biweekly: { every: 2, unit: "week" },
  monthly: { every: 1, unit: "month" },
  quarterly: { every: 3, unit: "month" },
  semiannually: { every: 6, unit: "month" },
  yearly: { every: 1, unit: "year" },
};

export function writer(code) {
  const language = LANGUAGES[code];
  const { locale } = language;
  const its = words[code];
  const dateIn = (month) => {
    const style = { timeZone: "UTC", calendar: "gregory", day: "numeric", month, year: "numeric" };
    const dates = new Intl.DateTimeFormat(locale, style);
    return (iso) => h("time", { datetime: iso }, dates.format(midnight(iso)));
  };
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const money = (value) => h("data", { value: formatDecimal(value) }, formatMoney(value, language));

  /** A price and how often it is paid; without a cycle the price alone. */
  const price = (amount, cycle) => {
    if ("items" in amount) {
      return [
        amount.items.map(({ id, name, quantity }) => `${numbers.format(quantity ?? 1)} × ${name ?? id}`).join(", "),
      ];
    }
    if (!cycle) return [money(amount)];
    const { every, unit } = LENGTHS[cycle] ?? cycle;
    const forms = its.price[unit];
    const form = every === 1 ? forms.one : (forms[plurals.select(every)] ?? forms.other);
    return filled(form.replace("#", numbers.format(every)), { amount: [money(amount)] });
  };
  const line = (found) => explain(found, language);
  return { language, its, day: dateIn("long"), dayShort: dateIn("short"), money, price, line };
}

/** A sentence with what belongs between its words. */
export function filled(sentence, parts) {
  return sentence.split(/\{(\w+)\}/).flatMap((part, index) => (index % 2 === 0 ? [part] : parts[part]));
}
