// Norwegian Bokmål.
export const nb = {
  locale: "nb",
  direction: "ltr",
  comma: ", ",
  names: {
    period: "Abonnement",
    stub: ({ amount }) => (amount.amount === 0 ? "Kort periode, gratis" : "Kort periode"),
    credit: "Fradrag for ubrukte dager",
    charge: ({ fraction }) => (fraction ? "Gjenstående dager med endret abonnement" : "Endret abonnement"),
    setup: "Etableringsgebyr",
    trial: ({ amount }) => (amount.amount === 0 ? "Gratis prøveperiode" : "Prøveperiode"),
    unscheduled: "Engangsbeløp",
    discount: "Rabatt",
    tax: ({ amount, tax }) => (tax?.tax.amount && amount.amount === 0 ? "Avgift som prisen inkluderer" : "Avgift"),
    minimum: "Tillegg opp til minstepris",
    balance: ({ amount }) => (amount.amount < 0 ? "Betalt med saldoen din" : "Utestående beløp fra tidligere"),
    verification: "Verifisering av kortet, uten belastning",
  },
  days: ({ days, periodDays }, { number, plural }) =>
    plural(periodDays, { one: `${number(days)} av # dag`, other: `${number(days)} av # dager` }),
  price: (price) => `til ${price} per periode`,
};
