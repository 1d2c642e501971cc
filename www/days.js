// The little arithmetic on ISO dates that drawing needs. What is due and what it costs, the library computes.
const DAY = 24 * 60 * 60 * 1000;

/** Midnight UTC. */
export const midnight = (iso) => new Date(Date.parse(iso));
export const dayOfMonth = (iso) => midnight(iso).getUTCDate();
export const daysBetween = (from, to) => (midnight(to) - midnight(from)) / DAY;
export const daysAfter = (iso, days) => new Date(+midnight(iso) + days * DAY).toISOString().slice(0, 10);
export const dayBefore = (iso) => daysAfter(iso, -1);

export function daysInMonth(iso) {
  const last = midnight(iso);
  // The first of the month cannot overflow into the next but one; day 0 of the next month is this one's last.
  last.setUTCDate(1);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  return last.getUTCDate();
}
