import { DateTime } from "luxon";

export const title = "luxon";

const utc = (day) => DateTime.fromISO(day, { zone: "utc" });

export function nextDueDate(start, day) {
  const anchor = utc(start);
  const after = utc(day);
  const months = 12 * (after.year - anchor.year) + after.month - anchor.month;
  const found = anchor.plus({ months });
  return (found > after ? found : anchor.plus({ months: months + 1 })).toISODate();
}

export function dueDates(start, count, months = 1) {
  const anchor = utc(start);
  return Array.from({ length: count }, (_, index) => anchor.plus({ months: index * months }).toISODate());
}

export function natural(start, count, months) {
  let date = utc(start);
  return Array.from({ length: count }, () => {
    const found = date.toISODate();
    date = date.plus({ months });
    return found;
  });
}
