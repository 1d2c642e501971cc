// The loop of docs/lifecycle.md over a store and a provider. Whoever runs it may be killed at any point, and begins again from what is
// stored: an attempt is stored before its request leaves, and one whose outcome is not known is asked about, not made again.
//
// A row: { subscription, credential, agreement, page }
//   credential what the provider gave to charge again: secret, in a backend of yours apart and encrypted
//   agreement the provider's own subscription, where it makes the payments
//   page      of the checkout that is open: { reference, … } and what the provider needs to close it
//
// A payment, by the reference of its attempt: { reference, payment, day, hour, taken }
//   payment   as it was when the attempt began, with its lines; null for a charge that the provider made by itself
//   day, hour of its last start
//   taken     the money, as the accounts have it: { providerReference, amount, on, overpayment }
//
// A provider (a55.mjs, dineropay.mjs, dintero.mjs, nexi.mjs):
//   remember?(card)                  what to store of a card before it is charged
//   checkout(payment, row, card)     { outcome }, or { url, …what to store of the page }
//   charge(payment, row)             the outcome
//   resolve(payment, row, began)     the outcome of an attempt that began on a day, so many hours ago: { day, hours }
//   report(message)                  what a callback tells: { reference, outcome, amount }, or null; `unknown` where it could not be asked
//   follow?(row, first)              under the provider's own recurrence, whose first charge that was: { charges, ended, agreement }
//
// `now` is { day: "2026-01-31", hour: 13 }; a provider's `clock` gives `seconds` besides, since 1970, against which signatures are held.
import { applyEvent, createSubscription, nextAction, eventFromOutcome } from "../../../pkg/src/index.js";

export const newRow = (input) => ({
  subscription: createSubscription(input),
  credential: null,
  agreement: null,
  page: null,
});

const hours = (since, now) => (Date.parse(now.day) - Date.parse(since.day)) / 3_600_000 + now.hour - since.hour;

/** Applies an event, and writes down the money that it tells of, in one transaction with it. */
export function tell(row, event, payments) {
  const subscription = applyEvent(row.subscription, event);
  const overpayments = subscription.overpayments.slice(row.subscription.overpayments.length);
  const { reference = null, providerReference = null, on } = event;
  const key = reference ?? providerReference;
  const entry = payments.get(key) ?? { reference, payment: null, taken: [] };
  const known = reference ? entry.taken.length > 0 : payments.ofCharge(providerReference);
  const money = overpayments.map(({ amount }) => ({ providerReference, amount, on, overpayment: true }));
  const taken =
    event.type === "payment_succeeded" || (event.type === "provider_charge" && event.status === "succeeded");
  if (taken && overpayments.length === 0 && !known) {
    const amount = entry.payment?.amount ?? event.amount;
    // A verification takes nothing.
    if (amount?.amount > 0) money.push({ providerReference, amount, on, overpayment: false });
  }
  if (money.length > 0) payments.put(key, { ...entry, taken: [...entry.taken, ...money] });
  return { ...row, subscription };
}

/** Writes down that an attempt begins. */
export function start(payment, { day, hour }, payments) {
  const { reference } = payment;
  payments.put(reference, { reference, payment, day, hour, taken: payments.get(reference)?.taken ?? [] });
}

/**
 * What an outcome tells, and what it brings to charge again: of the checkout that is open, for a word about an older one may come late
 * and would bring an older card.
 */
function learn(row, { payment }, outcome, day, payments, amount) {
  const event = eventFromOutcome(payment, outcome, day);
  if (!event) return row;
  const page = row.page?.reference === payment.reference ? row.page : null;
  const paid = outcome.status === "succeeded";
  const brought = (paid && (outcome.credential ?? page?.credential)) || null;
  const credential = page || row.credential === null ? (brought ?? row.credential) : row.credential;
  const told = tell({ ...row, credential }, paid && amount ? { ...event, amount } : event, payments);
  const closed = page && (paid ? brought : outcome.status !== "pending");
  return { ...told, page: closed ? null : row.page };
}

/** Decides, and stores that an attempt begins. */
function begin(store, id, now, wanted, page) {
  let action;
  const row = store.update(id, (row, payments) => {
    action = nextAction(row.subscription, now.day);
    const { payment } = action;
    switch (action.type) {
      case "finish":
        return tell(row, { type: "finished", status: action.status, on: now.day }, payments);
      case "record":
        start(payment, now, payments);
        return tell(row, { type: "payment_succeeded", reference: payment.reference, on: now.day }, payments);
      case wanted: {
        const { reference } = payment;
        start(payment, now, payments);
        const begun = tell(row, { type: "attempt_started", reference, on: now.day }, payments);
        return { ...begun, page: page ? { ...page, reference } : row.page };
      }
      default:
        return row;
    }
  });
  return { action, row };
}

/**
 * Does what there is to do for a subscription without its cardholder; gives the type of the action. `finish`, `record` and `charge` may
 * be followed by another at once.
 */
export async function bill(store, provider, id, now) {
  const { action, row } = begin(store, id, now, "charge");
  const { type, payment } = action;
  const attempt = store.payment(payment?.reference);
  if (type === "charge") {
    const outcome = await provider.charge(payment, row);
    store.update(id, (row, payments) => learn(row, attempt, outcome, now.day, payments));
  } else if (type === "resolve" && hours(attempt, now) >= 1) {
    // Not at once: a request whose answer did not come may still be on its way.
    const outcome = await provider.resolve(payment, row, { day: attempt.day, hours: hours(attempt, now) });
    store.update(id, (row, payments) => learn(row, attempt, outcome, now.day, payments));
  } else if (type === "await_provider") {
    const first = store.payments(id).find(({ reference, taken }) => reference && taken.length > 0);
    const { charges, ended, agreement = null } = await provider.follow(row, first?.taken[0].providerReference);
    store.update(id, (row, payments) => {
      const news = charges.map((charge) => ({ type: "provider_charge", ...charge, on: now.day }));
      let next = news.reduce((row, event) => tell(row, event, payments), row);
      const { status } = next.subscription;
      if (ended && status !== "cancelled" && status !== "expired")
        next = tell(next, { type: "finished", status: ended, on: now.day }, payments);
      return { ...next, agreement: agreement ?? row.agreement };
    });
  }
  return type;
}

/** The cardholder has come to pay: gives where to send them, null when there is nothing to pay or it is paid already. */
export async function checkout(store, provider, id, now, card = null) {
  const credential = card && provider.remember ? provider.remember(card) : null;
  const { action, row } = begin(store, id, now, "checkout", { credential });
  if (action.type !== "checkout") return null;
  const { payment } = action;
  const { outcome, url = null, ...page } = await provider.checkout(payment, row, card);
  // What the provider gave is stored before anybody gets the address: a page that is not stored is paid by nobody.
  store.update(id, (row, payments) => {
    const next = { ...row, page: { ...row.page, ...page } };
    return outcome ? learn(next, { payment }, outcome, now.day, payments) : next;
  });
  return url;
}

/**
 * A callback or webhook has come: gives the subscription's id and what became of the attempt, null when it is about none of ours. Of
 * what is `unknown` nothing was applied: it has to come again.
 */
export async function report(store, provider, message, now) {
  const told = await provider.report(message);
  if (told?.outcome.status === "unknown") return { id: null, status: "unknown" };
  const attempt = store.payment(told?.reference);
  if (!attempt) return null;
  const id = attempt.subscription;
  // That something was not made is said of one page or request: the attempt may have another by now.
  if (told.outcome.status !== "not_made")
    store.update(id, (row, payments) => learn(row, attempt, told.outcome, now.day, payments, told.amount));
  return { id, status: told.outcome.status };
}
