// The columns give each row what the functions of one subscription give.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";
import * as billing from "billing-rules";
import * as columns from "billing-rules/columns";

const require = createRequire(import.meta.url);
const { NONE, NO_AMOUNT, UNITS, dateOf, epochDays, errorCode } = columns;

/** More rows than cross at a time. */
const ROWS = 20_001;

/** Numbers that look random and are the same in every run. */
let state = 7;
const below = (limit) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};
const oneOf = (...values) => values[below(values.length)];
const listed = (make) => Array.from({ length: ROWS }, make);

const names = Object.keys(UNITS);
const start = Int32Array.from(listed(() => (below(100) ? 18_000 + below(2_500) : NONE)));
const every = Int32Array.from(listed(() => oneOf(1, 1, 1, 2, 3, 6, 0)));
const unit = Uint8Array.from(listed(() => oneOf(0, 1, 2, 2, 2, 3)));
const anchorDay = Int32Array.from(listed(() => oneOf(NONE, NONE, 1, 15, 31, 32)));
const endDate = Int32Array.from(start, (day) => (day === NONE ? NONE : oneOf(NONE, NONE, day + 700, day + 5, day - 1)));
const paymentCount = Int32Array.from(listed(() => oneOf(NONE, NONE, 0, 1, 12)));
const day = Int32Array.from(start, (day) => (day === NONE ? 20_000 : day + below(1_000) - 30));
const price = BigInt64Array.from(listed(() => oneOf(NO_AMOUNT, -1n, 0n, 9_900n, 19_950n)));
const to = BigInt64Array.from(listed(() => oneOf(5_000n, 9_900n, 25_000n)));
const book = { start, every, unit, anchorDay, endDate, paymentCount };

const dated = (days) => (days === NONE ? undefined : dateOf(days));
const given = (value) => (value === NONE ? undefined : value);
const schedule = (row) => ({
  start: dated(start[row]),
  cycle: { every: every[row], unit: names[unit[row]] },
  anchorDay: given(anchorDay[row]),
  endDate: dated(endDate[row]),
  paymentCount: given(paymentCount[row]),
});
const money = (amount) => (amount === NO_AMOUNT ? undefined : { amount: Number(amount), currency: "NOK" });

/** Compares each row with what the function for one row gives, or with the codes that it throws, of which the column has one. */
function compare(error, found, single) {
  const seen = new Set();
  for (let row = 0; row < ROWS; row++) {
    const code = errorCode(error[row]);
    seen.add(code);
    let expected;
    try {
      expected = single(row);
    } catch (thrown) {
      assert.ok(
        thrown.errors?.some((one) => one.code === code),
        `row ${row}: ${code}, but ${thrown.message}`,
      );
      continue;
    }
    assert.equal(code, null, `row ${row}`);
    assert.deepEqual(found(row), expected, `row ${row}`);
  }
  assert.ok(seen.size > 3, [...seen].join());
}

test("next due dates", () => {
  const { dueDate, error } = columns.nextDueDate(book, day);
  const single = (row) => billing.nextDueDate(schedule(row), dateOf(day[row]));
  compare(error, (row) => dateOf(dueDate[row]), single);
});

test("periods", () => {
  const { number, start, end, error } = columns.periodOn(book, day);
  const found = (row) => (number[row] === NONE ? null : [number[row], dateOf(start[row]), dateOf(end[row])]);
  compare(error, found, (row) => {
    const period = billing.periodOn(schedule(row), dateOf(day[row]));
    return period && [period.number, period.start, period.end];
  });
});

test("what is due on a day", () => {
  const { number, error } = columns.dueOn(book, day);
  compare(
    error,
    (row) => number[row],
    (row) => {
      const period = billing.periodOn(schedule(row), dateOf(day[row]));
      return period?.start === dateOf(day[row]) ? period.number : NONE;
    },
  );
});

test("amounts", () => {
  for (const pricing of [{}, { firstPeriod: "free", rounding: "down" }, { rounding: "ceiling", roundTo: 50 }]) {
    const { amount, error } = columns.amounts(book, { price, number: 1, ...pricing });
    compare(
      error,
      (row) => amount[row],
      (row) => {
        const line = billing.periodPrice({ schedule: schedule(row), price: money(price[row]), number: 1, ...pricing });
        return line ? BigInt(line.amount.amount) : NO_AMOUNT;
      },
    );
  }
});

test("prorations", () => {
  const changes = [
    {},
    { effective: "period_end" },
    { effective: "on_date", settle: "next_payment", prorate: false },
    { cycle: "yearly", paymentCount: 3, anchorDay: 31, effective: "on_date" },
    { cycle: { every: 2, unit: "week" }, firstPeriod: "full" },
  ];
  for (const change of changes) {
    const answers = columns.prorate(book, { from: price, to, at: day, ...change });
    const { effective, credit, charge, dueNow, balance, nextDueDate, nextAmount, error } = answers;
    const found = (row) => [
      dateOf(effective[row]),
      ...[credit, charge, dueNow, balance].map((column) => Number(column[row])),
      dateOf(nextDueDate[row]),
      nextAmount[row] === NO_AMOUNT ? null : Number(nextAmount[row]),
    ];
    compare(error, found, (row) => {
      const [from, wanted] = [money(price[row]), money(to[row])];
      const input = { schedule: schedule(row), from, to: wanted, at: dateOf(day[row]), ...change };
      const { effective, credit, charge, dueNow, balance, nextPayment } = billing.prorate(input);
      const amounts = [credit, charge, dueNow, balance].map(({ amount }) => amount);
      return [effective, ...amounts, nextPayment?.dueDate ?? null, nextPayment?.amount.amount ?? null];
    });
  }
});

test("one value stands for every row, and no row is no trouble", () => {
  const at = epochDays("2025-03-15");
  const days = Int32Array.of(epochDays("2025-01-31"), epochDays("2025-02-10"));
  const one = columns.nextDueDate({ start: days, every: 1, unit: "month", paymentCount: 9 }, at);
  const columnsOfTwo = { every: Int32Array.of(1, 1), unit: Uint8Array.of(2, 2), paymentCount: Int32Array.of(9, 9) };
  assert.deepEqual(one, columns.nextDueDate({ start: days, ...columnsOfTwo }, Int32Array.of(at, at)));
  assert.deepEqual(Array.from(one.dueDate, dateOf), ["2025-03-31", "2025-04-10"]);
  const none = columns.nextDueDate({ start: new Int32Array(), every: 1, unit: "month" }, at);
  assert.deepEqual(none, { dueDate: new Int32Array(), error: new Uint8Array() });
});

test("wrong arguments have a code and a path", () => {
  const start = Int32Array.of(20_000, 20_001);
  const right = { start, every: 1, unit: "month" };
  const thrown = (run) => {
    try {
      run();
    } catch (error) {
      assert.ok(columns.isBillingError(error), error);
      return error.errors.map(({ code, path }) => `${code} ${path}`).join(", ");
    }
    return assert.fail("nothing thrown");
  };
  for (const [wrong, expected] of [
    [undefined, "missing_field /schedules"],
    [{ ...right, start: [1, 2] }, "wrong_type /schedules/start"],
    [{ ...right, every: Int32Array.of(1) }, "out_of_range /schedules/every"],
    [{ ...right, every: 1.5, unit: "fortnight" }, "not_an_integer /schedules/every, unknown_value /schedules/unit"],
    [{ ...right, endDate: new Float64Array(2) }, "wrong_type /schedules/endDate"],
    [{ ...right, paymentCount: 2 ** 31 }, "out_of_range /schedules/paymentCount"],
  ]) {
    assert.equal(
      thrown(() => columns.nextDueDate(wrong, 20_000)),
      expected,
    );
  }
  assert.equal(
    thrown(() => columns.nextDueDate(right)),
    "missing_field /after",
  );
  const change = { from: 100n, to: 200, at: 20_010, cycle: "daily", prorate: 1, rounding: "up_down" };
  assert.equal(
    thrown(() => columns.prorate(right, change)),
    "wrong_type /change/to, unknown_value /change/cycle, wrong_type /change/prorate, unknown_value /change/rounding",
  );
  assert.equal(
    thrown(() => columns.amounts(right, { price: 1n, number: 1, roundTo: 0 })),
    "out_of_range /payments/roundTo",
  );
  assert.equal(
    thrown(() => epochDays("2025-02-30")),
    "invalid_date /date",
  );
  assert.equal(
    thrown(() => dateOf(10_000_000)),
    "out_of_range /days",
  );
  assert.equal(
    thrown(() => errorCode(256)),
    "out_of_range /number",
  );
  assert.equal(errorCode(0), null);
  assert.equal(dateOf(NONE), null);
});

test("require has the names of import", () => {
  assert.deepEqual(Object.keys(require("billing-rules/columns")).sort(), Object.keys(columns).sort());
});
