// How arguments cross into the wasm: plain ones packed, others one by one, always with the same answer.
import assert from "node:assert/strict";
import test from "node:test";
import { nextDueDate, prorate, selectIndicator, parseDecimal } from "billing-rules";

const schedule = { start: "2025-01-31", cycle: "monthly" };

/** What a call returns or is refused with. */
function outcome(call) {
  try {
    return { gives: call() };
  } catch (error) {
    return { fails: error.errors ?? String(error) };
  }
}

test("a getter that calls the package again, with arguments of its own", () => {
  const inner = [];
  const change = {
    schedule: { start: "2025-04-01", cycle: "monthly" },
    get from() {
      inner.push(nextDueDate(schedule, "2025-02-28"));
      return { amount: 10000, currency: "BRL" };
    },
    to: { amount: 25000, currency: "BRL" },
    at: "2025-04-11",
  };
  assert.equal(prorate(change).dueNow.amount, 10000);
  assert.deepEqual(inner, ["2025-03-31"]);
});

test("a getter that makes the memory of the wasm grow", () => {
  const note = "x".repeat(3_000_000);
  const grow = () => outcome(() => parseDecimal(note, "NOK")).fails[0].code;
  const value = {
    get start() {
      assert.equal(grow(), "invalid_decimal");
      return "2025-01-31";
    },
    cycle: "monthly",
  };
  assert.equal(nextDueDate(value, "2025-01-31"), "2025-02-28");
});

test("a getter that throws is refused at its place, and nothing is left behind", () => {
  const value = {
    get start() {
      throw new Error("no");
    },
    cycle: "monthly",
  };
  const { fails } = outcome(() => nextDueDate(value, "2025-01-31"));
  assert.deepEqual(
    fails.map(({ code, path }) => [code, path]),
    [["wrong_type", "/schedule/start"]],
  );
  assert.equal(nextDueDate(schedule, "2025-01-31"), "2025-02-28");
});

test("a getter that throws what the walk itself throws", () => {
  // Of the first walk it is caught, and thrown again by the second.
  let caught;
  const value = {
    get start() {
      throw (caught ??= {});
    },
    cycle: "monthly",
  };
  assert.equal(outcome(() => nextDueDate(value, "2025-01-31")).fails[0].path, "/schedule/start");
});

test("values that are not plain, but are accepted", () => {
  const date = { calendarId: "iso8601", year: 2025, month: 1, day: 31, toString: () => "2025-01-31" };
  for (const value of [
    Object.assign(Object.create(null), schedule),
    { ...schedule, endDate: undefined, paymentCount: null },
    Object.freeze({ ...schedule }),
    new Proxy({ ...schedule }, {}),
    { ...schedule, [Symbol("note")]: 1 },
    Object.defineProperty({ ...schedule }, "hidden", { value: 1, enumerable: false }),
    { start: date, cycle: "monthly" },
  ]) {
    assert.equal(nextDueDate(value, "2025-01-31"), "2025-02-28");
  }
});

test("numbers at the edges", () => {
  const count = (paymentCount) => outcome(() => nextDueDate({ ...schedule, paymentCount }, "2025-01-31"));
  assert.deepEqual(count(2), { gives: "2025-02-28" });
  assert.equal(count(-0).fails[0].code, "out_of_range");
  assert.equal(count(2 ** 53).fails[0].code, "not_an_integer");
  assert.equal(count(1.5).fails[0].code, "not_an_integer");
  assert.equal(count(NaN).fails[0].code, "not_an_integer");
  assert.equal(count(64).fails, undefined);
  assert.equal(count(4096).fails, undefined);
});

test("texts of any length, outside ASCII, and ill-formed", () => {
  const parse = (text) => outcome(() => parseDecimal(text, "NOK"));
  assert.deepEqual(parse("12.50"), { gives: { amount: 1250, currency: "NOK" } });
  for (const text of ["ø", "ø".repeat(47), "x".repeat(63), "x".repeat(64), "😀".repeat(40), "x".repeat(5000)]) {
    assert.equal(parse(text).fails[0].code, "invalid_decimal", text);
  }
  for (const text of ["\ud800", "x".repeat(100) + "\udc00"]) assert.equal(parse(text).fails[0].code, "wrong_type");
});

test("lists with holes or fields, inherited fields, and values that contain themselves", () => {
  const input = (value) => outcome(() => selectIndicator(value)).fails[0].code;
  const list = Object.assign([1], { note: "x" });
  // A hole and a field of its own: as many keys as items.
  const hole = Object.assign(new Array(1), { note: "x" });
  for (const value of [list, hole, new (class extends Array {})(), [, 1]]) assert.equal(input(value), "wrong_type");
  const itself = { recurrence: "external" };
  itself.timing = itself;
  assert.equal(input(itself), "wrong_type");
  Object.prototype.endDate = "2025-01-31";
  try {
    assert.equal(nextDueDate({ ...schedule }, "2025-01-31"), "2025-02-28");
  } finally {
    delete Object.prototype.endDate;
  }
});
