// The first answers by an entry of this package.
const brl = (amount) => ({ amount, currency: "BRL" });

exports.job = (billing) => ({
  nextDueDate: (start, day) => billing.nextDueDate({ start, cycle: "monthly" }, day),
  /** The two lines of a change for 20 days of 30. */
  lines: (from, to) => {
    const schedule = { start: "2025-04-01", cycle: "monthly" };
    return billing
      .prorate({ schedule, from: brl(from), to: brl(to), at: "2025-04-11" })
      .lines.map(({ amount }) => amount.amount);
  },
});
