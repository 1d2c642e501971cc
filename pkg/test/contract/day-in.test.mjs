// The day in a zone; further days are among those of every host, in explained.txt.
import assert from "node:assert/strict";
import test from "node:test";
import vm from "node:vm";
import { dayIn } from "billing-rules";

test("a Date of any realm and its milliseconds are the same instant", () => {
  const time = Date.UTC(2025, 0, 30, 23, 30);
  const dates = [time, new Date(time), vm.runInNewContext(`new Date(${time})`), new (class extends Date {})(time)];
  assert.deepEqual(
    dates.map((instant) => dayIn("Europe/Oslo", instant)),
    dates.map(() => "2025-01-31"),
  );
});

test("every day of a year changes at midnight of the zone", () => {
  for (const zone of ["Europe/Oslo", "America/Sao_Paulo", "Asia/Dubai", "Asia/Kathmandu"]) {
    // The zone's own clock, by another way of Intl.
    const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" });
    for (let hour = 0; hour < 366 * 24; hour += 1) {
      const time = Date.UTC(2024, 0, 1, hour, 15);
      assert.equal(dayIn(zone, time), clock.format(time), `${zone} ${time}`);
    }
  }
});

test("the errors", () => {
  const cases = [
    [[], ["missing_field /zone", "missing_field /instant"]],
    [["Europe/Olso", 0], ["unknown_value /zone"]],
    [["", 0], ["unknown_value /zone"]],
    [[7, 0], ["wrong_type /zone"]],
    [["UTC", "2025-01-31"], ["wrong_type /instant"]],
    [["UTC", {}], ["wrong_type /instant"]],
    [["UTC", Object.create(Date.prototype)], ["wrong_type /instant"]],
    [["UTC", 0.5], ["not_an_integer /instant"]],
    [["UTC", NaN], ["not_an_integer /instant"]],
    [["UTC", new Date(NaN)], ["invalid_date /instant"]],
    [["UTC", 2 ** 53 - 1], ["out_of_range /instant"]],
    [["UTC", Date.UTC(10000, 0)], ["out_of_range /instant"]],
    [["Europe/Oslo", Date.UTC(10000, 0) - 1], ["out_of_range /instant"]],
    [["UTC", Date.parse("0001-01-01T00:00:00Z") - 1], ["out_of_range /instant"]],
  ];
  for (const [args, errors] of cases) {
    assert.throws(
      () => dayIn(...args),
      (error) => {
        assert.deepEqual(
          error.errors.map(({ code, path }) => `${code} ${path}`),
          errors,
        );
        return error.name === "BillingError";
      },
    );
  }
});
