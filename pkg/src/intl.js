// Formatters of Intl, which are slow to make: each is made once.

/** The most formatters of a kind that are kept. Their names are the caller's, so that there is no end of them. */
const MOST = 200;

/** A function of strings whose results are kept. */
function kept(make) {
  const found = new Map();
  return (...names) => {
    const key = names.join(" ");
    if (!found.has(key)) {
      const made = make(...names);
      if (found.size >= MOST) found.clear();
      found.set(key, made);
    }
    return found.get(key);
  };
}

export const numbersIn = /* @__PURE__ */ kept((locale) => new Intl.NumberFormat(locale));

export const percentsIn = /* @__PURE__ */ kept(
  (locale) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 4 }),
);

export const pluralsIn = /* @__PURE__ */ kept((locale) => new Intl.PluralRules(locale));

export const moneyIn = /* @__PURE__ */ kept((locale, currency, decimals) => {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(locale, { style: "currency", currency, ...digits });
});

/** Days are instants in UTC. */
export const daysIn = /* @__PURE__ */ kept(
  (locale) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" }),
);

export const zone = /* @__PURE__ */ kept((timeZone) => {
  const day = { era: "short", year: "numeric", month: "2-digit", day: "2-digit" };
  return new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", { timeZone, ...day });
});
