// The columns over a book that is the same everywhere, and each row beside the functions of one subscription. It needs JavaScript alone.

const ROWS = 3000;

/** Numbers that look random and are the same in every run. */
function randomly() {
  let state = 11;
  return (...values) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return values[Math.floor((state / 2 ** 32) * values.length)];
  };
}

/** A book with rows of each kind, some of which are rejected. */
function book({ NONE, UNITS, epochDays }) {
  const oneOf = randomly();
  const rows = (Type, make) => Type.from({ length: ROWS }, make);
  const first = epochDays("2025-01-28");
  const start = rows(Int32Array, (_, row) => oneOf(NONE, ...Array(40).fill(first + (row % 400))));
  const near = (...days) =>
    Int32Array.from(start, (day) => (day === NONE ? NONE : oneOf(NONE, NONE, ...days.map((more) => day + more))));
  const schedules = {
    start,
    every: rows(Int32Array, () => oneOf(1, 1, 1, 2, 3, 6, 0)),
    unit: rows(Uint8Array, () => oneOf(UNITS.month, UNITS.month, UNITS.year, UNITS.week, UNITS.day)),
    anchorDay: rows(Int32Array, () => oneOf(NONE, NONE, NONE, 1, 15, 31, 32)),
    endDate: near(-1, 40, 900),
    paymentCount: rows(Int32Array, () => oneOf(NONE, NONE, 0, 1, 12)),
  };
  const day = Int32Array.from(start, (day) =>
    day === NONE ? first : day + oneOf(-1, 0, 1, 27, 28, 29, 30, 31, 59, 90, 365, 800),
  );
  const price = rows(BigInt64Array, () => oneOf(-1n, 0n, 9_900n, 19_950n, 19_950n));
  return { schedules, day, price, to: rows(BigInt64Array, () => oneOf(5_000n, 9_900n, 25_000n)) };
}

/** A row as the functions of one subscription have it. */
function single({ schedules, day, price, to }, { NONE, UNITS, dateOf }, row) {
  const names = Object.keys(UNITS);
  const given = (value) => (value === NONE ? undefined : value);
  const money = (amount) => ({ amount: Number(amount), currency: "NOK" });
  const { start, every, unit, anchorDay, endDate, paymentCount } = schedules;
  const schedule = {
    start: dateOf(start[row]) ?? undefined,
    cycle: { every: every[row], unit: names[unit[row]] },
    anchorDay: given(anchorDay[row]),
    endDate: dateOf(endDate[row]) ?? undefined,
    paymentCount: given(paymentCount[row]),
  };
  return { schedule, at: dateOf(day[row]), from: money(price[row]), to: money(to[row]) };
}

/** What each function answers for a row, as JSON: of the columns by their names, and of the functions of one subscription. */
const functions = {
  nextDueDate: {
    columns: (columns, { schedules, day }) => columns.nextDueDate(schedules, day),
    read: ({ dueDate }, row, { dateOf }) => dateOf(dueDate[row]),
    single: (billing, { schedule, at }) => billing.nextDueDate(schedule, at),
  },
  periodOn: {
    columns: (columns, { schedules, day }) => columns.periodOn(schedules, day),
    read: ({ number, start, end }, row, { NONE, dateOf }) =>
      number[row] === NONE ? null : [number[row], dateOf(start[row]), dateOf(end[row])],
    single: (billing, { schedule, at }) => {
      const period = billing.periodOn(schedule, at);
      return period && [period.number, period.start, period.end];
    },
  },
  dueOn: {
    columns: (columns, { schedules, day }) => columns.dueOn(schedules, day),
    read: ({ number }, row, { NONE }) => (number[row] === NONE ? null : number[row]),
    single: (billing, { schedule, at }) => {
      const period = billing.periodOn(schedule, at);
      return period?.start === at ? period.number : null;
    },
  },
  amounts: {
    columns: (columns, { schedules, price }) => columns.amounts(schedules, { price, number: 1, roundTo: 50 }),
    read: ({ amount }, row, { NO_AMOUNT }) => (amount[row] === NO_AMOUNT ? null : Number(amount[row])),
    single: (billing, { schedule, from }) =>
      billing.periodPrice({ schedule, price: from, number: 1, roundTo: 50 })?.amount.amount ?? null,
  },
  prorate: {
    columns: (columns, { schedules, day, price, to }) => columns.prorate(schedules, { from: price, to, at: day }),
    read: ({ effective, credit, charge, dueNow, balance, nextDueDate }, row, { dateOf }) => {
      const amounts = [credit, charge, dueNow, balance].map((column) => Number(column[row]));
      return [dateOf(effective[row]), ...amounts, dateOf(nextDueDate[row])];
    },
    single: (billing, input) => {
      const { effective, credit, charge, dueNow, balance, nextPayment } = billing.prorate(input);
      return [
        effective,
        ...[credit, charge, dueNow, balance].map(({ amount }) => amount),
        nextPayment?.dueDate ?? null,
      ];
    },
  },
};

/** What one row answers, or the codes that it is rejected with. */
function outcome(billing, run, row) {
  try {
    return { gives: run(billing, row) };
  } catch (error) {
    if (!billing.isBillingError(error)) throw error;
    return { fails: error.errors.map(({ code }) => code) };
  }
}

/** Runs every function over the book. Gives its answers as text, and the rows that the functions of one subscription answer otherwise. */
export function bookOf(columns, billing) {
  const begun = performance.now();
  const rows = book(columns);
  const [lines, failures] = [[], []];
  for (const [name, { columns: all, read, single: run }] of Object.entries(functions)) {
    const answer = all(columns, rows);
    for (let row = 0; row < ROWS; row++) {
      const code = columns.errorCode(answer.error[row]);
      const found = JSON.stringify(code === null ? read(answer, row, columns) : code);
      const { gives, fails } = outcome(billing, run, single(rows, columns, row));
      const isSame = fails ? fails.includes(code) : code === null && found === JSON.stringify(gives);
      if (!isSame) failures.push(`${name}, row ${row}: ${found}, but ${JSON.stringify(gives ?? fails)}`);
      lines.push(`${name} ${row} ${found}`);
    }
  }
  return { lines, failures, time: performance.now() - begun };
}
