// English. Another country's: `{ ...en, locale: "en-GB" }`.
export const en = {
  locale: "en",
  direction: "ltr",
  comma: ", ",
  names: {
    period: "Subscription",
    stub: ({ amount }) => (amount.amount === 0 ? "Short period, free of charge" : "Short period"),
    credit: "Credit for unused days",
    charge: ({ fraction }) => (fraction ? "Remaining days on the new plan" : "New plan"),
    setup: "Setup fee",
    trial: ({ amount }) => (amount.amount === 0 ? "Free trial" : "Trial"),
    unscheduled: "One-time charge",
    discount: "Discount",
    tax: ({ amount, tax }) => (tax?.tax.amount && amount.amount === 0 ? "Tax included in the price" : "Tax"),
    minimum: "Top-up to the minimum price",
    balance: ({ amount }) => (amount.amount < 0 ? "Paid from your balance" : "Owed from earlier payments"),
    verification: "Card verification, no charge",
  },
  days: ({ days, periodDays }, { number, plural }) =>
    plural(periodDays, { one: `${number(days)} of # day`, other: `${number(days)} of # days` }),
  price: (price) => `at ${price} a period`,
};
