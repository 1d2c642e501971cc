import { Temporal } from "temporal-polyfill";

export const title = "temporal-polyfill";

const { PlainDate } = Temporal;

export function nextDueDate(start, day) {
  const anchor = PlainDate.from(start);
  const after = PlainDate.from(day);
  const months = 12 * (after.year - anchor.year) + after.month - anchor.month;
  const found = anchor.add({ months });
  return (PlainDate.compare(found, after) > 0 ? found : anchor.add({ months: months + 1 })).toString();
}

export function dueDates(start, count, months = 1) {
  const anchor = PlainDate.from(start);
  return Array.from({ length: count }, (_, index) => anchor.add({ months: index * months }).toString());
}

export function natural(start, count, months) {
  let date = PlainDate.from(start);
  return Array.from({ length: count }, () => {
    const found = date.toString();
    date = date.add({ months });
    return found;
  });
}
