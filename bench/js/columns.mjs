// Next due dates of a book: the columns beside careful plain JavaScript over rows of objects. Prints nanoseconds a row.
import { epochDays, nextDueDate } from "billing-rules/columns";

const ROWS = process.argv[2] === "quick" ? 20_000 : 1_000_000;
const ROUNDS = process.argv[2] === "quick" ? 1 : 7;

let state = 7;
const below = (limit) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};
const DAY = 86_400_000;
const text = (days) => new Date(days * DAY).toISOString().slice(0, 10);

const start = Int32Array.from({ length: ROWS }, () => 18_000 + below(2_000));
const rows = Array.from(start, (days) => ({ start: text(days), every: 1, unit: "month" }));
const after = "2025-03-15";

/** The last day of a month from 0 on. */
const lastDay = (year, month) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** The way of a careful program: from the anchor, and on the last day of a shorter month. */
function next({ start, every, unit }, after) {
  const [year, month, day] = start.split("-").map(Number);
  const [untilYear, untilMonth] = after.split("-").map(Number);
  const step = unit === "year" ? every * 12 : every;
  const distance = 12 * (untilYear - year) + untilMonth - month;
  for (let entry = Math.max(0, Math.floor(distance / step)); ; entry++) {
    const months = month - 1 + entry * step;
    const [y, m] = [year + Math.floor(months / 12), months % 12];
    const found = new Date(Date.UTC(y, m, Math.min(day, lastDay(y, m)))).toISOString().slice(0, 10);
    if (found > after) return found;
  }
}

const time = (run) => {
  const before = process.cpuUsage();
  const answer = run();
  const { user, system } = process.cpuUsage(before);
  return [((user + system) * 1000) / ROWS, answer];
};

const [ours, theirs] = [[], []];
for (let round = 0; round <= ROUNDS; round++) {
  const [column, { dueDate }] = time(() => nextDueDate({ start, every: 1, unit: "month" }, epochDays(after)));
  const [objects, dates] = time(() => rows.map((row) => next(row, after)));
  if (dates.some((date, row) => date !== text(dueDate[row]))) throw new Error("plain JavaScript has other dates");
  // The first round warms both up.
  if (round > 0 || ROUNDS === 1) {
    ours.push(column);
    theirs.push(objects);
  }
}
const median = (times) => times.sort((one, other) => one - other)[times.length >> 1];
console.log(`${median(ours).toFixed(2)} ${median(theirs).toFixed(2)}`);
