/** Today in a time zone, as YYYY-MM-DD. The library reads no clock; whoever hosts the service does, here. */
export function dayIn(timeZone) {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts();
  const { year, month, day } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${year}-${month}-${day}`;
}

/**
 * What day it is for a request, by the settings: today where the merchant bills, or what the header DAY_HEADER says where one is
 * named. Name one only behind a backend that sets it itself, as the tests do: who chooses the day chooses the price.
 */
export const dayBy =
  ({ TIME_ZONE, DAY_HEADER }) =>
  ({ headers }) =>
    (DAY_HEADER && headers.get(DAY_HEADER)) || dayIn(TIME_ZONE || "UTC");
