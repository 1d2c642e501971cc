// Subscriptions for the worlds to live: all that the rules know, drawn from a seed.
import { refundPlan } from "../../pkg/src/index.js";
import { plus, random } from "./world.mjs";

export const FROM = "2026-01-01";
export const THROUGH = "2026-12-31";

const CYCLES = [
  "weekly",
  "biweekly",
  "monthly",
  "monthly",
  "quarterly",
  "semiannually",
  "yearly",
  { every: 10, unit: "day" },
  { every: 5, unit: "week" },
  { every: 2, unit: "month" },
];
const POLICIES = [
  null,
  { days: [1, 3, 5, 7] },
  { days: [2, 4], onExhausted: "cancel" },
  { days: [1, 2, 3], onExhausted: "skip_payment" },
  { days: [3], onExhausted: "expire" },
];
const inMonths = (cycle) => (typeof cycle === "string" ? !cycle.endsWith("weekly") : cycle.unit === "month");

/** A schedule with a price, perhaps with an anchor, a count, an end, a policy. */
function terms(dice, currency, { price = 300 + dice.below(20_000), longest = 200 } = {}) {
  const cycle = dice.pick(CYCLES);
  const start = plus(FROM, dice.below(longest));
  const schedule = { start, cycle };
  if (inMonths(cycle) && dice.chance(0.3)) schedule.anchorDay = 1 + dice.below(31);
  if (dice.chance(0.3)) schedule.paymentCount = 1 + dice.below(12);
  if (dice.chance(0.3)) schedule.endDate = plus(start, dice.below(300));
  const retry = dice.pick(POLICIES);
  return { price: { amount: price, currency }, schedule, ...(retry && { retry }) };
}

/** How many attempts at a payment are declined first; the same wherever it is asked. */
function decliner(seed, { first, later }) {
  const drawn = new Map();
  return (number, extra) => {
    const key = `${number}-${extra}`;
    const dice = random(seed * 7919 + number * 101 + extra * 13);
    const initial = number <= 1 && extra === 0;
    if (!drawn.has(key)) drawn.set(key, dice.chance(initial ? first : later) ? 1 + dice.below(initial ? 2 : 5) : 0);
    return drawn.get(key);
  };
}

/** Lives that every provider can carry. */
export function common(count) {
  const dice = random(2026);
  return Array.from({ length: count }, (_, index) => {
    const id = `all-${String(index).padStart(3, "0")}`;
    return {
      id,
      terms: terms(dice, index % 2 ? "EUR" : "USD", { longest: 90 }),
      declines: decliner(index + 1, { first: 0.2, later: 0.15 }),
      wishes: [],
      rough: false,
    };
  });
}

const CURRENCIES = {
  a55: ["BRL", "CLP", "COP", "MXN", "PEN", "ARS"],
  dineropay: ["SAR", "KWD", "JPY", "AED", "USD"],
  dintero: ["NOK", "SEK", "DKK", "EUR", "JPY"],
  nexi: ["NOK", "DKK", "SEK", "PLN", "CHF", "GBP"],
};

/** What a customer may want on a day, as an event for the subscription as it stands. */
const WISHES = {
  change: (dice) => {
    const [factor, other, present] = [
      0.5 + dice.below(150) / 100,
      dice.chance(0.2) && dice.pick(["monthly", "quarterly", "weekly"]),
      dice.chance(0.5),
    ];
    return (subscription, on, quotePlanChange) => {
      const { amount, currency } = subscription.current.price;
      const { roundTo } = subscription.terms;
      const to = { amount: Math.round((amount * factor) / (roundTo ?? 1)) * (roundTo ?? 1), currency };
      const counted = subscription.terms.schedule?.paymentCount && { paymentCount: 6 };
      const { event } = quotePlanChange(subscription, { to, at: on, ...(other && { cycle: other, ...counted }) }, on);
      return { ...event, customerPresent: present };
    };
  },
  extra: (dice) => {
    const [amount, customerPresent] = [100 * (1 + dice.below(50)), dice.chance(0.3)];
    return ({ terms }, on) => ({
      type: "unscheduled_charge",
      id: `top-up on ${on}`,
      on,
      amount: { amount, currency: terms.price.currency },
      customerPresent,
    });
  },
  pause: () => (_, on) => ({ type: "paused", on }),
  resume: (dice) => {
    const schedule = dice.pick(["keep", "shift"]);
    return (_, on) => ({ type: "resumed", on, schedule });
  },
  // A pause that is planned with its days, and ends by itself.
  hold: (dice) => {
    const [ahead, days, schedule] = [dice.below(20), 1 + dice.below(40), dice.pick(["keep", "shift"])];
    return (_, on) => ({ type: "paused", from: plus(on, ahead), until: plus(on, ahead + days), schedule, on });
  },
  move: (dice) => {
    const [days, between] = [dice.below(25), dice.pick(["prorated", "free"])];
    return ({ nextDueDate }, on) => {
      const next = plus(on, days);
      return { type: "rescheduled", next, ...(nextDueDate < next && { between }), on };
    };
  },
  skip: (dice) => {
    const payments = 1 + dice.below(2);
    return (_, on) => ({ type: "payments_skipped", id: `skip on ${on}`, payments, on });
  },
  request: () => (_, on) => ({ type: "payment_requested", on }),
  // A part of the newest payment goes back.
  refund: (dice) => {
    const [share, kind] = [1 + dice.below(4), dice.pick(["refund", "refund", "chargeback"])];
    return (subscription, on) => {
      const [{ reference }] = refundPlan(subscription, { amount: 1, currency: subscription.terms.price.currency });
      const { amount, currency } = subscription.current.price;
      const part = { amount: Math.max(1, Math.floor(amount / share / 4)), currency };
      return { type: "refunded", id: `refund on ${on}`, reference, amount: part, kind, on };
    };
  },
  give: (dice) => {
    const amount = 100 * (1 + dice.below(30));
    return ({ terms }, on) => ({
      type: "credited",
      id: `goodwill on ${on}`,
      amount: { amount, currency: terms.price.currency },
      on,
    });
  },
  leave: (dice) => {
    const days = 1 + dice.below(90);
    return (_, on) => ({ type: "cancelled", on, when: { on: plus(on, days) } });
  },
  card: () => (_, on) => ({ type: "card_replaced", on, by: "payment" }),
  cancel: (dice) => {
    const when = dice.pick(["now", "period_end"]);
    return (_, on) => ({ type: "cancelled", on, when });
  },
};

function wishes(dice, start, some) {
  const list = [];
  const add = (kind, on) => on <= THROUGH && list.push({ on, kind, event: WISHES[kind](dice) });
  for (const kind of some) {
    const on = plus(start, dice.below(250));
    add(kind, on);
    if (kind === "pause") add("resume", plus(on, 1 + dice.below(45)));
  }
  return list.sort((a, b) => (a.on < b.on ? -1 : 1));
}

/** Lives with what one provider allows besides. Of ten, three are rough: what happens to them takes days. */
export function own(name, count) {
  const dice = random(name.length * 1000 + name.charCodeAt(1));
  const verifies = name === "dintero" || name === "nexi";
  return Array.from({ length: count }, (_, index) => {
    const id = `${name}-${String(index).padStart(3, "0")}`;
    const currency = dice.pick(CURRENCIES[name]);
    const roundTo = { CLP: 1, COP: 100 }[currency];
    const agreed = terms(dice, currency, { price: (30 + dice.below(2_000)) * 100 });
    if (roundTo) agreed.roundTo = roundTo;
    if (agreed.schedule.anchorDay && verifies && dice.chance(0.3)) agreed.firstPeriod = "free";
    else if (agreed.schedule.anchorDay && dice.chance(0.3)) agreed.firstPeriod = "full";
    if (verifies && dice.chance(0.25)) agreed.trialStart = plus(agreed.schedule.start, -1 - dice.below(30));
    if (dice.chance(0.2)) agreed.missedPayments = "latest";
    const usual = ["change", "change", "extra", "extra", "pause", "card", "cancel"].filter(() => dice.chance(0.3));
    const moved = ["hold", "move", "skip", "request", "refund", "give", "leave"].filter(() => dice.chance(0.2));
    const some = [...usual, ...moved];
    const bare = dice.chance(0.07);
    // Without a schedule each payment is an unscheduled charge, the first by the cardholder.
    const lasting = bare ? { price: agreed.price, ...(roundTo && { roundTo }) } : agreed;
    const begins = agreed.trialStart ?? agreed.schedule.start;
    const wanted = wishes(
      dice,
      begins < FROM ? FROM : begins,
      bare ? ["extra", "extra", "extra", "extra", "cancel"] : some,
    );
    const declines = decliner(index + 500, { first: verifies ? 0 : 0.1, later: 0.15 });
    // Nexi does not tell of declines at its page, so that nothing can be foretold from them.
    return {
      id,
      terms: lasting,
      declines,
      lucky: name === "nexi",
      wishes: wanted,
      rough: index % 10 < 3,
      sleeps: index,
    };
  });
}

/** Lives under A55's own recurrence, in its six cycles. */
export function internal(count) {
  const dice = random(55);
  return Array.from({ length: count }, (_, index) => {
    const id = `a55-own-${index}`;
    const schedule = {
      start: plus(FROM, dice.below(200)),
      cycle: dice.pick(["weekly", "biweekly", "monthly", "quarterly", "semiannually", "yearly"]),
    };
    if (dice.chance(0.4)) schedule.endDate = plus(schedule.start, 20 + dice.below(250));
    else if (dice.chance(0.4)) schedule.paymentCount = 1 + dice.below(12);
    const agreed = {
      price: { amount: (30 + dice.below(2_000)) * 100, currency: "BRL" },
      schedule,
      recurrence: "internal",
    };
    return { id, terms: agreed, declines: () => 0, wishes: [], rough: false };
  });
}
