// A provider's fake, a backend over it and its cardholders, driven through days and hours. Everything follows from a seed: when the
// backend is killed, which requests are lost, who comes to pay and what callbacks become.
import { bill, checkout, newRow, report, tell } from "../../examples/node/backend/engine.mjs";
import { createStore } from "../../examples/node/backend/store.mjs";
import { quotePlanChange, isBillingError, nextAction } from "../../pkg/src/index.js";
import { FAULTS, benches } from "./benches.mjs";

/** Random numbers that are the same on each run (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    chance: (probability) => next() < probability,
    below: (limit) => Math.floor(next() * limit),
    pick: (list) => list[Math.floor(next() * list.length)],
  };
}

export const plus = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The process was killed: all is gone but what was stored. */
class Killed extends Error {}

const HOURS = 24;
/** How likely each kind of trouble is. */
export const TROUBLE = { kill: 0.02, lost: 0.06, fault: 0.12, leave: 0.15, silent: 0.3, slow: 0 };
const CALM = { kill: 0, lost: 0, fault: 0, leave: 0, silent: 0, slow: 0 };

/**
 * Runs lives through some days. A life: { id, terms, declines(number, extra), wishes, rough }, where `declines` says how many attempts
 * at a payment are declined first, and a wish is { on, event(subscription, on) }. `rough` lives also meet what takes more than a day.
 */
export async function run({ name, lives, from, through, seed, trouble = CALM, engine = { bill, checkout, report } }) {
  const usual = trouble;
  const bench = await benches[name]({ from });
  const dice = random(seed);
  const counts = {
    kills: 0,
    lost: 0,
    late: 0,
    faults: 0,
    resolves: 0,
    callbacks: 0,
    left: 0,
    slow: 0,
    overdue: 0,
    charges: 0,
    checkouts: 0,
    refused: 0,
    declines: 0,
  };
  const now = { day: from, hour: 0 };
  const clock = () => ({ ...now, seconds: Date.parse(now.day) / 1000 + now.hour * 3600 });
  const byId = new Map(lives.map((life) => [life.id, life]));
  const lifeOf = (reference) => byId.get(reference.replace(/-\d+-\d+-\d+$/, ""));
  // What each decline was, by reference, and the wishes that were granted: the same life can be simulated from them.
  const declined = new Map();
  const [comesOn, tried, late] = [new Map(), new Map(), []];

  const point = () => {
    if (!dice.chance(trouble.kill)) return;
    counts.kills += 1;
    throw new Killed();
  };
  const store = createStore({ point });
  for (const { id, terms } of lives) store.insert(id, newRow({ id, terms }));

  /** The network of the backend: what is sent may be lost on the way there or back, or arrive later. */
  async function send(request) {
    point();
    const delivery = dice.chance(rough(request) ? trouble.lost * 2 : trouble.lost)
      ? dice.pick(["never", "late", "back"])
      : "fine";
    if (delivery !== "fine") counts.lost += 1;
    if (delivery === "never") return { status: 0, body: "" };
    if (delivery === "late") {
      counts.late += 1;
      const arrives = rough(request) ? plus(now.day, dice.below(4)) : now.day;
      counts.overdue += arrives > now.day ? 1 : 0;
      late.push({ request, arrives });
      return { status: 0, body: "" };
    }
    const answer = await bench.raw(request);
    point();
    return delivery === "back" ? { status: 0, body: "" } : answer;
  }
  const rough = ({ body = "" }) =>
    (body.match(/[a-z][a-z0-9-]*-\d+-\d+-\d+/g) ?? []).some((reference) => lifeOf(reference)?.rough);
  const arrive = async () => {
    const due = late.filter(({ arrives }) => arrives <= now.day);
    for (const entry of due) {
      late.splice(late.indexOf(entry), 1);
      await bench.raw(entry.request);
    }
  };

  const planned = new Set();
  /** What meets an attempt, decided when it is first made. */
  function meet(payment, byCardholder, tries) {
    const { reference, number, extra, attempt } = payment;
    const life = lifeOf(reference);
    const declines = byCardholder && life.lucky ? 0 : life.declines(number, extra);
    const fails = declines >= (byCardholder ? tries : attempt);
    if (!planned.has(reference)) {
      planned.add(reference);
      const faults = [];
      while (dice.chance(trouble.fault) && faults.length < 3)
        faults.push(dice.pick(fails ? FAULTS.filter((fault) => fault.endsWith("before")) : FAULTS));
      counts.faults += faults.length;
      const slow = bench.slow && life.rough && !fails && dice.chance(trouble.slow);
      counts.slow += slow ? 1 : 0;
      bench.plan(reference, faults, slow ? "slow" : fails ? "51" : "pay", byCardholder);
    }
    return fails;
  }

  const adapter = bench.provider(send, clock);
  const learnt = (reference, outcome) => {
    if (outcome?.status === "declined" && !declined.has(reference)) {
      declined.set(reference, outcome.decline);
      // Who was declined comes back on another day.
      const { id } = lifeOf(reference);
      if (store.payment(reference).payment.indicator !== "M1") comesOn.set(id, plus(now.day, 1));
    }
    return outcome;
  };
  const provider = {
    ...adapter,
    async charge(payment, row) {
      counts.charges += 1;
      meet(payment, false);
      return learnt(payment.reference, await adapter.charge(payment, row));
    },
    async checkout(payment, row, card) {
      counts.checkouts += 1;
      const answer = await adapter.checkout(payment, row, card);
      learnt(payment.reference, answer.outcome);
      return answer;
    },
    async resolve(payment, row, began) {
      counts.resolves += 1;
      // Where the provider deduplicates, asking may end in sending.
      if (payment.indicator === "M1") meet(payment, false);
      return learnt(payment.reference, await adapter.resolve(payment, row, began));
    },
    async report(message) {
      const told = await adapter.report(message);
      if (told) learnt(told.reference, told.outcome);
      return told;
    },
  };

  /** A cardholder who has something to pay comes, and pays, is declined, or leaves. */
  async function visit(id) {
    if ((comesOn.get(id) ?? "") > now.day) return;
    const { payment } = nextAction(store.read(id).subscription, now.day);
    const place = `${id}-${payment.number}-${payment.extra}`;
    const tries = (tried.get(place) ?? 0) + 1;
    const fails = meet(payment, true, bench.declinesAtPage === false ? tries : payment.attempt);
    const leaves = bench.visit && dice.chance(trouble.leave);
    const url = await engine.checkout(store, provider, id, clock(), bench.card);
    if (url && leaves) counts.left += 1;
    else if (url) {
      tried.set(place, tries);
      await bench.visit(url, fails);
      if (fails) comesOn.set(id, plus(now.day, 1));
    }
  }

  /** What a customer or the merchant wants today. */
  function wish(id, index, { event }) {
    store.update(id, (row, payments) => {
      if (row.wishes?.some((entry) => entry.index === index)) return row;
      const wishes = (wanted) => [...(row.wishes ?? []), { index, ...wanted }];
      try {
        const wanted = event(row.subscription, now.day, quotePlanChange);
        return { ...tell(row, wanted, payments), wishes: wishes({ event: wanted }) };
      } catch (error) {
        if (!isBillingError(error)) throw error;
        counts.refused += 1;
        return { ...row, wishes: wishes({ refused: error.code }) };
      }
    });
  }

  /** All that there is to do for one subscription now; whether it is to be asked again within the day. */
  async function serve(id) {
    const life = byId.get(id);
    for (const [index, one] of life.wishes.entries()) if (one.on === now.day) wish(id, index, one);
    for (;;) {
      const nextActionOn = store.nextActionOn(id);
      if (nextActionOn === null || nextActionOn > now.day) return false;
      const type = await engine.bill(store, provider, id, clock());
      if (type === "checkout") {
        if ((comesOn.get(id) ?? "") > now.day) return false;
        await visit(id);
        return (
          nextAction(store.read(id).subscription, now.day).type !== "checkout" || (comesOn.get(id) ?? "") <= now.day
        );
      }
      // A checkout that nobody used has an end: the day of the next action is past, and there is nothing to do until a later one.
      if (type === "await_provider" || type === "wait" || type === "none") return false;
      // What takes days is asked about now and then.
      if (type === "resolve")
        return store.nextActionOn(id) <= now.day && !(life.rough && now.hour > 3 && dice.chance(0.5));
    }
  }

  // Callbacks that are still to be delivered: now, later, twice, or never.
  let messages = [];
  const touched = new Set();
  async function deliver() {
    for (const message of bench.callbacks()) {
      const times = dice.chance(trouble.silent) ? 0 : dice.pick([1, 1, 1, 2]);
      const until = () => (bench.perishable || dice.chance(0.6) ? now.day : plus(now.day, dice.below(5)));
      for (let time = 0; time < times; time += 1) messages.push({ message, on: until() });
    }
    const due = messages.filter(({ on }) => on <= now.day);
    messages = messages.filter(({ on }) => on > now.day);
    for (const { message } of due) {
      const told = await message();
      for (let again = told !== null; again;) {
        again = false;
        try {
          counts.callbacks += 1;
          const applied = await engine.report(store, provider, told, clock());
          if (applied?.id) touched.add(applied.id);
          // Not answered with 200, and so delivered again.
          again = applied?.status === "unknown";
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
          again = true;
        }
      }
    }
  }

  const asleep = ({ rough, sleeps = 0 }) =>
    rough && trouble !== CALM && (Date.parse(now.day) / 86_400_000 + sleeps) % 30 < 3;
  const CALM_DAYS = 10;
  for (; now.day <= through; now.day = plus(now.day, 1)) {
    // Rough lives come to rest before it is counted.
    if (lives.some(({ rough }) => rough)) trouble = now.day > plus(through, -CALM_DAYS) ? CALM : usual;
    const wished = lives.filter(({ wishes }) => wishes.some(({ on }) => on === now.day)).map(({ id }) => id);
    let ids = [...new Set([...store.due(now.day), ...wished])].filter((id) => !asleep(byId.get(id)));
    for (now.hour = 0; now.hour < HOURS; now.hour += 1) {
      bench.at(clock());
      await arrive();
      const open = [];
      // Killed, the backend begins again with those that it has not served.
      const list = [...ids];
      while (list.length > 0) {
        try {
          if (await serve(list[0])) open.push(list[0]);
          list.shift();
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
        }
      }
      await arrive();
      await deliver();
      ids = [...new Set([...open, ...touched])].filter((id) => !asleep(byId.get(id)));
      touched.clear();
      if (ids.length === 0) break;
    }
  }
  counts.declines = declined.size;
  return { bench, store, counts, declined, close: () => bench.close() };
}
