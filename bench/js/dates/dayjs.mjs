import dayjs from "dayjs";
import utc from "dayjs/plugin/utc.js";

export const title = "dayjs";

dayjs.extend(utc);

const iso = (date) => date.format("YYYY-MM-DD");

export function nextDueDate(start, day) {
  const anchor = dayjs.utc(start);
  const after = dayjs.utc(day);
  const months = 12 * (after.year() - anchor.year()) + after.month() - anchor.month();
  const found = anchor.add(months, "month");
  return iso(found.isAfter(after) ? found : anchor.add(months + 1, "month"));
}

export function dueDates(start, count, months = 1) {
  const anchor = dayjs.utc(start);
  return Array.from({ length: count }, (_, index) => iso(anchor.add(index * months, "month")));
}

export function natural(start, count, months) {
  let date = dayjs.utc(start);
  return Array.from({ length: count }, () => {
    const found = iso(date);
    date = date.add(months, "month");
    return found;
  });
}
