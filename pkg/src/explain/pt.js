// Portuguese as in Brazil.
export const pt = {
  locale: "pt-BR",
  direction: "ltr",
  comma: ", ",
  names: {
    period: "Assinatura",
    stub: ({ amount }) => (amount.amount === 0 ? "Período reduzido, grátis" : "Período reduzido"),
    credit: "Crédito pelos dias não utilizados",
    charge: ({ fraction }) => (fraction ? "Dias restantes no novo plano" : "Novo plano"),
    setup: "Taxa de adesão",
    trial: ({ amount }) => (amount.amount === 0 ? "Período de teste grátis" : "Período de teste"),
    unscheduled: "Cobrança avulsa",
    discount: "Desconto",
    tax: ({ amount, tax }) => (tax?.tax.amount && amount.amount === 0 ? "Impostos incluídos no preço" : "Impostos"),
    minimum: "Complemento até o valor mínimo",
    balance: ({ amount }) => (amount.amount < 0 ? "Pago com o seu saldo" : "Valor pendente de pagamentos anteriores"),
    verification: "Verificação do cartão, sem cobrança",
  },
  days: ({ days, periodDays }, { number, plural }) =>
    plural(periodDays, { one: `${number(days)} de # dia`, other: `${number(days)} de # dias` }),
  price: (price) => `a ${price} por período`,
};
