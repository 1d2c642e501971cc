import { UTCDate } from "@date-fns/utc";
import { addMonths, formatISO } from "date-fns";

export const title = "date-fns";

const iso = (date) => formatISO(date, { representation: "date" });

export function nextDueDate(start, day) {
  const anchor = new UTCDate(start);
  const after = new UTCDate(day);
  const months = 12 * (after.getFullYear() - anchor.getFullYear()) + after.getMonth() - anchor.getMonth();
  const found = addMonths(anchor, months);
  return iso(found > after ? found : addMonths(anchor, months + 1));
}

export function dueDates(start, count, months = 1) {
  const anchor = new UTCDate(start);
  return Array.from({ length: count }, (_, index) => iso(addMonths(anchor, index * months)));
}

export function natural(start, count, months) {
  let date = new UTCDate(start);
  return Array.from({ length: count }, () => {
    const found = iso(date);
    date = addMonths(date, months);
    return found;
  });
}
