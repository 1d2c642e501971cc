// JavaScript's Date.
export const title = "plain JS";

const iso = (time) => new Date(time).toISOString().slice(0, 10);

/** The day that lies some months after an anchor, as a time: the anchor's day, or the last of a month without it. */
function after(year, month, day, months) {
  const last = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
  return Date.UTC(year, month + months, Math.min(day, last));
}

const parse = (text) => [Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8))];

/** The first due date of a monthly schedule after a day. */
export function nextDueDate(start, day) {
  const [year, month, anchor] = parse(start);
  const [toYear, toMonth, toDay] = parse(day);
  const months = 12 * (toYear - year) + toMonth - month;
  const found = after(year, month, anchor, months);
  return iso(found > Date.UTC(toYear, toMonth, toDay) ? found : after(year, month, anchor, months + 1));
}

/** The first due dates of a schedule. */
export function dueDates(start, count, months = 1) {
  const [year, month, anchor] = parse(start);
  return Array.from({ length: count }, (_, index) => iso(after(year, month, anchor, index * months)));
}

export function natural(start, count, months) {
  const date = new Date(`${start}T00:00:00Z`);
  return Array.from({ length: count }, () => {
    const found = iso(date);
    date.setUTCMonth(date.getUTCMonth() + months);
    return found;
  });
}
