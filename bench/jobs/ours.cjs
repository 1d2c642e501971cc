// The jobs by an entry of this package.
const schedule = (start) => ({ start, cycle: "monthly" });
const brl = (amount) => ({ amount, currency: "BRL" });

exports.jobs = (billing) => ({
  nextDueDate: (start, after) => billing.nextDueDate(schedule(start), after),
  dueDates: (start, limit) => billing.dueDates(schedule(start), { limit }),
  prorate: (start, at, from, to) =>
    billing.prorate({ schedule: schedule(start), from: brl(from), to: brl(to), at }).dueNow.amount,
});
