// What a customer sees of a stored subscription. Like the life it needs the whole library, so it is loaded after the rest.
import { nextAction, overview, upcoming } from "./pkg/dist/index.js";
import { example } from "./account-examples.js";

export { example };
export { showAccount } from "./account-view.js";

const MOST_ROWS = 4;

/** The answers of the library for a stored subscription, or for an example as it is stored on the day. */
export function account({ name, stored, on, graceDays, language }) {
  const subscription = stored === undefined ? example(name, on) : stored;
  const seen = overview(subscription, on, { graceDays });
  const coming = upcoming(subscription, { on, payments: MOST_ROWS });
  const plan = coming.perPeriod && { to: coming.perPeriod, cycle: cycleOn(subscription, on) };
  return { subscription, on, language, seen, coming, plan, ...collection(subscription, on) };
}

/** How a payment that is due is collected: by the cardholder, or by another charge on a day. */
function collection(subscription, on) {
  const action = nextAction(subscription, on);
  const day = action.type === "wait" ? action.until : on;
  const charges = nextAction(subscription, day).type === "charge";
  return { byCardholder: action.type === "checkout", chargeOn: charges ? day : null };
}

/** The cycle on a day, when changes may be in effect of which no event has come yet. */
function cycleOn({ current, pending }, on) {
  const changed = (pending ?? []).findLast((change) => change.on <= on && change.cycle !== null);
  return changed?.cycle ?? current.schedule.cycle;
}
