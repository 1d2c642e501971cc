// What a call costs once the engine has compiled it.
import { readFileSync } from "node:fs";
import * as billing from "billing-rules";
import { measure } from "./measure.mjs";
import { DATES, MONEY } from "./peers.mjs";
import * as right from "./right.mjs";

const [states, mode] = process.argv.slice(2);
const LIMITS = mode === "quick" ? { rounds: 3, span: 0.5 } : { rounds: 41, span: 10 };

const schedule = { start: "2021-01-31", cycle: "monthly" };
const nok = (amount) => ({ amount, currency: "NOK" });
const terms = { price: nok(9900), schedule };
const state = (payments) => JSON.parse(readFileSync(`${states}/format-1/${payments}.json`, "utf8"));

/** 64 different inputs, which the calls take in turn. */
const inputs = (make) => Array.from({ length: 64 }, (_, index) => make(index));
const day = (index) => new Date(Date.UTC(2026, 0, 1 + 5 * index)).toISOString().slice(0, 10);

const copy = (value) => JSON.parse(JSON.stringify(value));

/** A function of the package beside a copy of its arguments and its answer through JSON, and beside parsing the answer alone. */
function besideJson(name, calls) {
  const copied = calls.map((args) => [args, billing[name](...args)]);
  const texts = copied.map(([, answer]) => JSON.stringify(answer));
  return {
    "billing-rules": (index) => billing[name](...calls[index & 63]),
    JSON: (index) => {
      const [args, answer] = copied[index & 63];
      copy(args);
      return copy(answer);
    },
    parsed: (index) => JSON.parse(texts[index & 63]),
  };
}

const byTitle = (peers, run) => Object.fromEntries(peers.map((peer) => [peer.title, run(peer)]));

function dates() {
  const days = inputs(day);
  return {
    nextDueDate: {
      "billing-rules": (index) => billing.nextDueDate(schedule, days[index & 63]),
      ...byTitle(DATES, (peer) => (index) => peer.nextDueDate(schedule.start, days[index & 63])),
    },
    dueDates: {
      "billing-rules": () => billing.dueDates(schedule, { limit: 60 }),
      ...byTitle(DATES, (peer) => () => peer.dueDates(schedule.start, 60)),
    },
    period: besideJson(
      "period",
      inputs((index) => [schedule, 60 + index]),
    ),
    periodOn: besideJson(
      "periodOn",
      inputs((index) => [schedule, day(index)]),
    ),
  };
}

function money() {
  const at = "2025-04-11";
  const monthly = { start: "2025-04-01", cycle: "monthly" };
  const prices = inputs((index) => [10000 + 7 * index, 25000 + 11 * index]);
  const calls = prices.map(([from, to]) => [{ schedule: monthly, from: nok(from), to: nok(to), at }]);
  return {
    prorate: {
      ...besideJson("prorate", calls),
      ...byTitle(MONEY, (peer) => (index) => peer.lines(...prices[index & 63], 20, 30)),
    },
  };
}

/** The calls of a subscription's life, on its next due date. */
function life(payments) {
  const subscription = state(payments);
  const on = subscription.nextDueDate;
  const { reference } = billing.nextAction(subscription, on).payment;
  const same = (args) => inputs(() => args);
  return {
    [`nextAction ${payments}`]: besideJson("nextAction", same([subscription, on])),
    [`applyEvent ${payments}`]: besideJson(
      "applyEvent",
      same([subscription, { type: "attempt_started", reference, on }]),
    ),
  };
}

function others() {
  const same = (args) => inputs(() => args);
  const subscription = state(12);
  const { payment } = billing.nextAction(subscription, subscription.nextDueDate);
  const account = { id: "T12345678", environment: "test" };
  const credential = { provider: "dintero", product: "payex.creditcard", recurrenceToken: "a-token" };
  return {
    chargeRequest: besideJson("chargeRequest", same([{ provider: "dintero", payment, account, credential }])),
    preview: besideJson("preview", same([terms, { on: "2021-01-31", payments: 12 }])),
    simulate: besideJson("simulate", same([state(0), { from: "2021-01-31", through: "2022-01-30" }])),
  };
}

/** A thousand calls at once, the values as text: beside parsing and writing these texts. */
function lines(name, args) {
  const text = `${JSON.stringify(args)}\n`.repeat(1000);
  const answers = billing.callLines(name, text);
  const each = (one) => one.split("\n", 1000).map((line) => JSON.stringify(JSON.parse(line))).length;
  return { "billing-rules": () => billing.callLines(name, text), JSON: () => each(text) + each(answers) };
}

function bulk() {
  const subscription = state(12);
  const on = subscription.nextDueDate;
  const { reference } = billing.nextAction(subscription, on).payment;
  return {
    "callLines nextAction": lines("nextAction", [subscription, on]),
    "callLines applyEvent": lines("applyEvent", [subscription, { type: "attempt_started", reference, on }]),
  };
}

const lives = [0, 6, 12, 60, 600].map(life).reduce((all, one) => ({ ...all, ...one }));
const groups = { ...dates(), ...money(), ...lives, ...bulk(), ...others() };
const times = Object.fromEntries(Object.entries(groups).map(([name, functions]) => [name, measure(functions, LIMITS)]));
console.log(JSON.stringify({ times, dates: right.dates(), money: right.money() }));
