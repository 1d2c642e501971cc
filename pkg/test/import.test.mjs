// What the package is by import, beside what the vectors say.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";
import vm from "node:vm";
import * as billing from "billing-rules";

const { BillingError, dueDates, formatDecimal, isBillingError, lastPayment, nextDueDate } = billing;
const monthly = { start: "2025-01-31", cycle: "monthly" };

const thrown = (run) => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
};

test("an error has code, path, all problems and a sentence", () => {
  const error = thrown(() => nextDueDate({ ...monthly, endDate: "2025-01-30", enddate: 1 }, "2025-02-30"));
  assert.ok(error instanceof BillingError && error instanceof Error && isBillingError(error));
  assert.equal(error.name, "BillingError");
  assert.deepEqual([error.code, error.path], ["unknown_field", "/schedule/enddate"]);
  assert.deepEqual(
    error.errors.map(({ code, path }) => [code, path]),
    [
      ["unknown_field", "/schedule/enddate"],
      ["end_before_start", "/schedule/endDate"],
      ["invalid_date", "/after"],
    ],
  );
  assert.match(error.message, /unknown field `enddate`/);
  assert.match(error.stack, /import\.test\.mjs/);
  assert.throws(() => error.errors.push({}), TypeError);
});

test("the guard holds across copies of the package and refuses other errors", () => {
  const other = createRequire(import.meta.url)("billing-rules");
  const error = thrown(() => other.lastPayment({}));
  assert.ok(isBillingError(error));
  for (const value of [null, undefined, "BillingError", new Error("x"), new TypeError("x"), { name: "BillingError" }]) {
    assert.equal(isBillingError(value), false);
  }
});

test("what JSON does not have is refused at its place", () => {
  class Plan {
    start = "2025-01-31";
    cycle = "monthly";
  }
  for (const value of [new Date(0), new Map(), new Set(), new Plan(), 10n, Symbol("x"), () => 1, "\ud800"]) {
    const error = thrown(() => lastPayment({ ...monthly, start: value }));
    assert.deepEqual([error.code, error.path], ["wrong_type", "/schedule/start"], String(value));
  }
  assert.equal(thrown(() => lastPayment(new Plan())).code, "wrong_type");
  for (const amount of [NaN, Infinity, 0.5, 2 ** 53, -(2 ** 53)]) {
    const error = thrown(() => formatDecimal({ amount, currency: "NOK" }));
    assert.deepEqual([error.code, error.path], ["not_an_integer", "/money/amount"], String(amount));
  }
  assert.equal(formatDecimal({ amount: -0, currency: "NOK" }), "0.00");
});

test("plain objects of another realm are plain objects", () => {
  const schedule = vm.runInNewContext(`({ start: "2025-01-31", cycle: { every: 1, unit: "month" } })`);
  assert.equal(nextDueDate(schedule, "2025-01-31"), "2025-02-28");
});

test("an object of a date's shape is a date, a literal too", () => {
  const shape = { calendarId: "iso8601", year: 2025, month: 1, day: 31, toString: () => "2025-01-31" };
  assert.equal(nextDueDate({ ...monthly, start: shape }, shape), "2025-02-28");
  for (const wrong of [
    { ...shape, calendarId: "hebrew" },
    { ...shape, hour: 0 },
    {
      ...shape,
      toString: () => {
        throw 1;
      },
    },
  ]) {
    assert.equal(thrown(() => nextDueDate(monthly, wrong)).code, "wrong_type");
  }
});

test("inputs are not changed", () => {
  const schedule = Object.freeze({ ...monthly, endDate: null, paymentCount: undefined });
  const range = Object.freeze({ limit: 2 });
  assert.deepEqual(dueDates(schedule, range), ["2025-01-31", "2025-02-28"]);
  assert.deepEqual(schedule, { ...monthly, endDate: null, paymentCount: undefined });
});

test("functions can be handed on: further arguments are ignored", () => {
  const days = ["2025-01-31", "2025-02-28"].map((day) => ({ start: day, cycle: "monthly" }));
  assert.deepEqual(days.map(lastPayment), [null, null]);
});
