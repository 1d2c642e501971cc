// What a world has to come to: the money at the provider is that of the backend's journal, and that of the rules run ahead.
import assert from "node:assert/strict";
import { createSubscription, simulate } from "../../pkg/src/index.js";

/** All four, or those of the environment's ONLY. */
export const PROVIDERS = process.env.ONLY?.split(",") ?? ["a55", "dineropay", "dintero", "nexi"];

/** Prints what a world came to. */
export function summary(name, { counts }, more) {
  const words = Object.entries({ ...more, ...counts }).filter(([, number]) => number > 0);
  console.log(`${name}: ${words.map(([what, number]) => `${number} ${what}`).join(", ")}`);
}

const key = ({ reference, providerReference, amount }) => `${reference ?? providerReference} ${amount}`;
const count = (list) => list.reduce((counts, entry) => counts.set(entry, (counts.get(entry) ?? 0) + 1), new Map());
const sorted = (map) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

/** The money that was taken in a life, by its days. */
export const journal = (store, id) =>
  store
    .payments(id)
    .flatMap(({ reference, payment, taken }) => taken.map((money) => ({ reference, payment, ...money })))
    .sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));

/** The payments of a life as its journal has them. */
export function payments(store, id) {
  return journal(store, id)
    .filter(({ overpayment }) => !overpayment)
    .map(({ payment, amount, on }) => {
      const { number = null, extra = null, dueDate = null } = payment ?? {};
      return { on, number, extra, dueDate, amount: amount.amount, currency: amount.currency };
    });
}

/** The same life run ahead by the rules, with the declines and wishes given. */
export function foretold({ id, terms }, { from, through, fail, events = [] }) {
  const { subscription, timeline } = simulate(createSubscription({ id, terms }), { from, through, fail, events });
  const offered = new Map();
  const made = [];
  for (const { on, action, event } of timeline) {
    if (action?.payment) offered.set(action.payment.reference, action.payment);
    const payment = event && offered.get(event.reference ?? event.providerReference);
    const taken =
      event?.type === "payment_succeeded" || (event?.type === "provider_charge" && event.status === "succeeded");
    if (!taken || payment.amount.amount === 0) continue;
    const { number, extra, dueDate, amount } = payment;
    made.push({ on, number, extra, dueDate, amount: amount.amount, currency: amount.currency });
  }
  return { subscription, made };
}

/** The declines of a life, for `simulate`. */
export function failures(declined, id) {
  return [...declined]
    .filter(([reference]) => reference.replace(/-\d+-\d+-\d+$/, "") === id)
    .map(([reference, decline]) => {
      const [number, extra, attempt] = reference.split("-").slice(-3).map(Number);
      return { number, extra, attempt, decline };
    });
}

/** How a subscription stands, but for what the library keeps for itself. */
export const standing = ({ status, payments, nextDueDate, balance, overpayments, current }) => ({
  status,
  payments,
  nextDueDate,
  balance,
  overpayments,
  current,
});

/**
 * The provider's ledger is the journals' money, charge by charge: nothing was taken that the backend does not know of, nothing is
 * written down that was not taken. Gives how many charges there are.
 */
export function ledgerIsJournal({ bench, store }) {
  // A55's own charges bear no reference of ours.
  const taken = bench.ledger().map((entry) => ({ ...entry, providerReference: entry.chargeUuid }));
  const journals = store.ids().map((id) => [id, journal(store, id)]);
  const written = journals.flatMap(([, entries]) =>
    entries.map((entry) => ({ ...entry, amount: entry.amount.amount })),
  );
  assert.deepEqual(sorted(count(written.map(key))), sorted(count(taken.map(key))), `${bench.name}: ledger and journal`);
  for (const [id, entries] of journals) {
    const owed = entries.filter(({ overpayment }) => !overpayment);
    assert.equal(store.read(id).subscription.overpayments.length, entries.length - owed.length, id);
    assert.equal(
      new Set(owed.map(({ reference, providerReference }) => reference ?? providerReference)).size,
      owed.length,
    );
  }
  return taken.length;
}

/** How many references the provider charged more than once. */
export function twice({ bench }) {
  return [...count(bench.ledger().map(({ reference }) => reference)).values()].filter((times) => times > 1).length;
}
