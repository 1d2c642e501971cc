// The functions that cross by numbers give what the general ways give: the same answers, and the same problems in the same words.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { inspect } from "node:util";
import vm from "node:vm";

const FAST = ["nextDueDate", "dueDates", "period", "periodOn", "prorate"];

/** The exports that were called, by name. */
let called = {};
const { Instance } = WebAssembly;
WebAssembly.Instance = function (module, imports) {
  const { exports } = new Instance(module, imports);
  const counted =
    (name) =>
    (...args) => ((called[name] = (called[name] ?? 0) + 1), exports[name](...args));
  const names = [...FAST, "callPacked", "call"];
  return { exports: { ...exports, ...Object.fromEntries(names.map((name) => [name, counted(name)])) } };
};
const billing = await import("billing-rules");
const preview = await import("billing-rules/preview");

const folder = new URL("vectors/", import.meta.url);
const vectors = readdirSync(folder)
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")))
  .flatMap(({ cases, different = [] }) => [...cases, ...different]);

/** What a call gives or is refused with, and which exports it took. */
function outcome(name, args, entry = billing) {
  called = {};
  const ways = () => ({ fast: called[name] ?? 0, packed: called.callPacked ?? 0, general: called.call ?? 0 });
  try {
    const gives = entry[name](...args);
    return { came: { gives, text: JSON.stringify(gives) }, ways: ways() };
  } catch (error) {
    assert.ok(billing.isBillingError(error), `${error}`);
    return { came: { fails: error.errors }, ways: ways() };
  }
}

// Of an object that is no literal of this realm, the fast reader knows nothing; that of another realm is not packed either.
const elsewhere = vm.runInNewContext("Object.prototype");
const isLiteral = (value) =>
  value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
const inheriting = (parent) => (value) =>
  isLiteral(value) ? Object.create(parent, Object.getOwnPropertyDescriptors(value)) : value;
const OTHERS = { packed: inheriting(null), general: inheriting(elsewhere) };

/** Calls a function in every way, finds the same, and gives what the first way was. */
function inEveryWay(name, args) {
  const { came, ways } = outcome(name, args);
  for (const [way, changed] of Object.entries(OTHERS)) {
    const other = outcome(name, args.map(changed));
    const about = `${name} ${way} ${inspect(args)}`;
    assert.deepEqual(other.came, came, about);
    if (isLiteral(args[0])) assert.equal(other.ways.fast, 0, about);
  }
  if (came.fails) assert.equal(ways.general, 1, "problems come of the general way alone");
  return ways;
}

test("every vector", () => {
  const taken = Object.fromEntries(FAST.map((name) => [name, 0]));
  for (const { call, args, gives } of vectors.filter(({ call }) => FAST.includes(call))) {
    const { fast, packed, general } = inEveryWay(call, args);
    if (packed + general === 0) taken[call] += fast;
    assert.ok(
      gives === undefined || fast === 0 || packed + general === 0,
      "what is read by numbers and right is answered so",
    );
  }
  for (const [name, count] of Object.entries(taken))
    assert.ok(count >= 10, `${name} crosses by numbers in ${count} vectors`);
});

test("every vector of preview, which has the general way alone", () => {
  const called = new Set();
  // Reminders of a subscription are of the default entry alone.
  for (const { call, args } of vectors.filter(({ call }) => call in preview && call !== "schemeReminders")) {
    const { came, ways } = outcome(call, args, preview);
    assert.deepEqual(came, outcome(call, args).came, `${call} ${inspect(args)}`);
    assert.deepEqual(ways, { fast: 0, packed: 0, general: 1 }, call);
    called.add(call);
  }
  for (const name of [...FAST, "preview", "withTrial"]) assert.ok(called.has(name), `no vector calls ${name}`);
});

/** Numbers that are always the same: mulberry32. */
function dice(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end) => Math.floor(next() * end);
  return { below, one: (of) => of[below(of.length)], chance: (part) => next() < part };
}

const two = (number) => `${number}`.padStart(2, "0");

/** Arguments of each function, often right and always likely. */
function likely({ below, one, chance }) {
  const day = () =>
    `${one(["2024", "2025", "2026", "0001", "9999"])}-${two(1 + below(12))}-${two(1 + below(chance(0.1) ? 31 : 28))}`;
  const perhaps = (part, fields) => (chance(part) ? fields() : {});
  const cycle = () =>
    one(["weekly", "biweekly", "monthly", "quarterly", "semiannually", "yearly", { every: 10, unit: "day" }]);
  const schedule = () => ({
    start: day(),
    cycle: cycle(),
    ...perhaps(0.2, () => ({ anchorDay: below(34) })),
    ...perhaps(0.2, () => ({ endDate: day() })),
    ...perhaps(0.2, () => ({ paymentCount: below(100) })),
  });
  const range = () => ({
    ...perhaps(0.4, () => ({ from: day() })),
    ...perhaps(0.3, () => ({ through: day() })),
    limit: below(40),
  });
  const money = () => ({
    amount: one([0, 100, 9900, -1, 2 ** 53 - 1]) + below(2),
    currency: one(["NOK", "NOK", "JPY", "XAU"]),
  });
  const given = schedule();
  return {
    nextDueDate: () => [given, day()],
    dueDates: () => (chance(0.1) ? [given] : [given, range()]),
    period: () => [given, below(40)],
    periodOn: () => [given, day()],
    prorate: () => [
      { schedule: given, from: money(), to: money(), at: day(), ...perhaps(0.2, () => ({ cycle: cycle() })) },
    ],
  };
}

const ODD = [
  undefined,
  null,
  true,
  NaN,
  -0,
  0,
  1,
  1.5,
  -1,
  1e21,
  Infinity,
  2 ** 32,
  2 ** 53,
  10n,
  "",
  "monthly",
  "2026-02-30",
  "2026-00-10",
  "0000-00-00",
  "2026-1-031",
  "2026-01/31",
  "2026/01-31",
  "２026-01-31",
  "2026-01-31 ",
  "\ud800",
  "NO\ud800",
  "nok",
  "ŃOK",
  "x".repeat(200),
  Symbol("x"),
  () => 1,
  [],
  [1],
  [, 1],
  ["2026-01-31"],
  new Date(0),
  new Map(),
  new Set(),
  new String("2026-01-31"),
  new Number(1),
  {},
  { start: 1 },
  Object.create({ start: "2025-01-31" }),
  new (class Plan {})(),
  Object.freeze({ amount: 100, currency: "NOK" }),
  { calendarId: "iso8601", year: 2025, month: 1, day: 31, toString: () => "2025-01-31" },
  { every: 2, unit: "month" },
  new Proxy({}, {}),
];
const KEYS = ["start", "endDate", "zz", "__proto__", "toString", "0", "", Symbol("key")];

/** Changes something at or below a value: what it is, a field more, a field less, or how a field is there. */
function spoil(value, { below, one, chance }) {
  if (!isLiteral(value) || chance(0.1)) return one(ODD);
  const copy = { ...value };
  const keys = Object.keys(copy);
  const key = one(keys);
  const define = (change) => Object.defineProperty(copy, key, { configurable: true, enumerable: true, ...change });
  const changes = [
    () => Object.defineProperty(copy, one(KEYS), { value: one(ODD), enumerable: true }),
    () => delete copy[key],
    () => define({ get: () => value[key] }),
    () =>
      define({
        get: () => {
          throw new TypeError("the caller's own");
        },
      }),
    () => define({ value: value[key], enumerable: false }),
    () => Object.freeze(copy),
    () => (copy[key] = new Proxy(isLiteral(copy[key]) ? copy[key] : {}, {})),
  ];
  // Most often something below.
  if (keys.length > 0 && chance(0.7)) copy[key] = spoil(copy[key], { below, one, chance });
  else if (keys.length > 0) one(changes)();
  return copy;
}

test("20000 calls with likely and with odd arguments", () => {
  const random = dice(20250131);
  const seen = { fast: 0, refused: 0, elsewhere: 0 };
  for (let round = 0; round < 20_000; round++) {
    const name = random.one(FAST);
    const args = likely(random)[name]();
    if (random.chance(0.5)) {
      const place = random.below(args.length);
      args[place] = spoil(args[place], random);
    }
    const { fast, packed, general } = inEveryWay(name, args);
    if (fast === 0) seen.elsewhere += 1;
    else if (packed + general > 0) seen.refused += 1;
    else seen.fast += 1;
  }
  for (const [what, count] of Object.entries(seen)) assert.ok(count > 1000, `${what}: ${count}`);
});

test("each field is read once", () => {
  const read = [];
  const value = {
    get start() {
      read.push("start");
      return "2025-01-31";
    },
    get cycle() {
      read.push("cycle");
      return "monthly";
    },
  };
  assert.equal(billing.nextDueDate(value, "2025-01-31"), "2025-02-28");
  assert.deepEqual(read, ["start", "cycle"]);
});

test("what all objects inherit is nobody's", () => {
  const args = [{ start: "2025-01-31", cycle: "monthly" }, "2025-01-31"];
  for (const enumerable of [true, false]) {
    Object.defineProperty(Object.prototype, "endDate", { value: "2025-01-31", enumerable, configurable: true });
    try {
      assert.equal(billing.nextDueDate(...args), "2025-02-28");
    } finally {
      delete Object.prototype.endDate;
    }
  }
});
