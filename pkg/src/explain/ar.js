// Arabic. With the digits 0 to 9: they are what card statements and the pages of payment providers show, all Arab countries read
// them, and plain `ar` has other digits from version to version of Intl. For ٠ to ٩: `{ ...ar, locale: "ar-u-nu-arab" }`.
export const ar = {
  locale: "ar-u-nu-latn",
  direction: "rtl",
  comma: "، ",
  names: {
    period: "الاشتراك",
    stub: ({ amount }) => (amount.amount === 0 ? "فترة قصيرة مجانية" : "فترة قصيرة"),
    credit: "رصيد لصالحك عن الأيام غير المستخدمة",
    charge: ({ fraction }) => (fraction ? "الأيام المتبقية على الخطة الجديدة" : "الخطة الجديدة"),
    setup: "رسوم الإعداد",
    trial: ({ amount }) => (amount.amount === 0 ? "فترة تجريبية مجانية" : "فترة تجريبية"),
    unscheduled: "دفعة لمرة واحدة",
    discount: "خصم",
    tax: ({ amount, tax }) => (tax?.tax.amount && amount.amount === 0 ? "ضريبة مشمولة في السعر" : "الضريبة"),
    minimum: "تكملة إلى الحد الأدنى للسعر",
    balance: ({ amount }) => (amount.amount < 0 ? "مدفوع من رصيدك" : "مبلغ مستحق من فترات سابقة"),
    verification: "التحقق من البطاقة دون خصم أي مبلغ",
  },
  days: ({ days, periodDays }, { number, plural }) => {
    const of = `${number(days)} من أصل`;
    return plural(periodDays, {
      zero: `${of} # يوم`,
      one: `${of} يوم واحد`,
      two: `${of} يومين`,
      few: `${of} # أيام`,
      many: `${of} # يومًا`,
      other: `${of} # يوم`,
    });
  },
  price: (price) => `بسعر ${price} للفترة`,
};
