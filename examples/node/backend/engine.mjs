// The loop of docs/lifecycle.md over a store and a provider. Whoever runs it may be killed at any point, and begins again from what is
// stored: an attempt is stored before its request leaves, and one whose outcome is not known is asked about, not made again.
//
// A row: { subscription, credential, agreement, attempts, page, wake, journal }
//   credential what the provider gave to charge again: secret, in a backend of yours apart and encrypted
//   agreement the provider's own subscription, where it makes the payments
//   attempts  by reference: { payment, day, hour } of its last start; kept, for a late word tells of old ones too
//   page      of the checkout that is open: { reference, … } and what the provider needs to close it
//   wake      the next day on which there is something to do; null until an event comes
//   journal   the money taken, as the accounts have it: { reference, providerReference, amount, on, overpayments }
//
// A provider (a55.mjs, dineropay.mjs, dintero.mjs, nexi.mjs):
//   remember?(card)                  what to store of a card before it is charged
//   checkout(payment, row, card)     { outcome }, or { url, …what to store of the page }
//   charge(payment, row)             the outcome
//   resolve(payment, row, hours)     the outcome of an attempt that began so many hours ago
//   report(message)                  what a callback tells: { reference, outcome, amount }, or null; `unknown` where it could not be asked
//   follow?(row)                     under the provider's own recurrence: { charges, ended, agreement }
//
// `now` is { day: "2026-01-31", hour: 13 }; a provider's `clock` gives `seconds` besides, since 1970, against which signatures are held.
import { applyEvent, createSubscription, nextAction, eventFromOutcome } from "../../../pkg/src/index.js";

export const newRow = (input, wake) => ({
  subscription: createSubscription(input),
  credential: null,
  agreement: null,
  attempts: {},
  page: null,
  wake,
  journal: [],
});

const tomorrow = (day) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
const hours = (since, now) => (Date.parse(now.day) - Date.parse(since.day)) / 3_600_000 + now.hour - since.hour;

/** Applies an event, and writes down the money that it tells of, in one transaction with it. */
export function tell(row, event) {
  const subscription = applyEvent(row.subscription, event);
  const overpayments = subscription.overpayments.slice(row.subscription.overpayments.length);
  const { reference = null, providerReference = null, on } = event;
  const journal = overpayments.map(({ amount }) => ({ reference, providerReference, amount, on, overpayments: true }));
  const known = row.journal.some((entry) =>
    reference ? entry.reference === reference : entry.providerReference === providerReference,
  );
  const taken =
    event.type === "payment_succeeded" || (event.type === "provider_charge" && event.status === "succeeded");
  if (taken && overpayments.length === 0 && !known) {
    const amount = row.attempts[reference]?.payment.amount ?? event.amount;
    // A verification takes nothing.
    if (amount?.amount > 0) journal.push({ reference, providerReference, amount, on, overpayments: false });
  }
  // Whatever happened, there may be something to do at once.
  return { ...row, subscription, journal: [...row.journal, ...journal], wake: on };
}

/**
 * What an outcome tells, and what it brings to charge again: of the checkout that is open, for a word about an older one may come late
 * and would bring an older card.
 */
function learn(row, { payment }, outcome, day, amount) {
  const event = eventFromOutcome(payment, outcome, day);
  if (!event) return row;
  const page = row.page?.reference === payment.reference ? row.page : null;
  const paid = outcome.status === "succeeded";
  const brought = (paid && (outcome.credential ?? page?.credential)) || null;
  const credential = page || row.credential === null ? (brought ?? row.credential) : row.credential;
  const told = tell({ ...row, credential }, paid && amount ? { ...event, amount } : event);
  const closed = page && (paid ? brought : outcome.status !== "pending");
  return { ...told, page: closed ? null : row.page };
}

/** Decides, and stores that an attempt begins. */
function begin(store, id, now, wanted, page) {
  let action;
  const row = store.update(id, (row) => {
    action = nextAction(row.subscription, now.day);
    const { payment } = action;
    switch (action.type) {
      case "finish":
        return tell(row, { type: "finished", status: action.status, on: now.day });
      case "record":
        return tell(row, { type: "payment_succeeded", reference: payment.reference, on: now.day });
      case "wait":
        return { ...row, wake: action.until };
      case "none":
        return { ...row, wake: null };
      case wanted: {
        const { reference } = payment;
        const begun = tell(row, { type: "attempt_started", reference, on: now.day });
        const attempts = {
          ...row.attempts,
          [reference]: { payment: { ...payment, lines: [] }, day: now.day, hour: now.hour },
        };
        return { ...begun, attempts, page: page ? { ...page, reference } : row.page };
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
  const attempt = row.attempts[payment?.reference];
  if (type === "charge") {
    const outcome = await provider.charge(payment, row);
    store.update(id, (row) => learn(row, attempt, outcome, now.day));
  } else if (type === "resolve" && hours(attempt, now) >= 1) {
    // Not at once: a request whose answer did not come may still be on its way.
    const outcome = await provider.resolve(payment, row, hours(attempt, now));
    store.update(id, (row) => learn(row, attempt, outcome, now.day));
  } else if (type === "await_provider") {
    const { charges, ended, agreement = null } = await provider.follow(row);
    store.update(id, (row) => {
      const news = charges.map((charge) => ({ type: "provider_charge", ...charge, on: now.day }));
      let next = news.reduce(tell, row);
      const { status } = next.subscription;
      if (ended && status !== "cancelled" && status !== "expired")
        next = tell(next, { type: "finished", status: ended, on: now.day });
      return { ...next, agreement: agreement ?? row.agreement, wake: tomorrow(now.day) };
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
  store.update(id, (row) => {
    const next = { ...row, page: { ...row.page, ...page } };
    return outcome ? learn(next, row.attempts[payment.reference], outcome, now.day) : next;
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
  const id = told?.reference?.replace(/-\d+-\d+-\d+$/, "");
  const attempt = id && store.read(id)?.attempts[told.reference];
  if (!attempt) return null;
  // That something was not made is said of one page or request: the attempt may have another by now.
  if (told.outcome.status !== "not_made")
    store.update(id, (row) => learn(row, attempt, told.outcome, now.day, told.amount));
  return { id, status: told.outcome.status };
}
