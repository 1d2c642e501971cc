// Whether the usual way of each library gives the right answers, found by running it. The careful way, which is the one that is
// measured, has to: otherwise a time would be compared with that of another answer.
import { dueDates } from "billing-rules";
import { DATES, MONEY } from "./peers.mjs";

const SCHEDULES = [
  { name: "31 January monthly", start: "2025-01-31", months: 1, cycle: "monthly", count: 12 },
  { name: "30 November quarterly", start: "2024-11-30", months: 3, cycle: "quarterly", count: 9 },
  { name: "29 February yearly", start: "2024-02-29", months: 12, cycle: "yearly", count: 9 },
];

/** The first date that differs, with the right one; null where none does. */
function difference(found, right) {
  const index = right.findIndex((date, index) => found[index] !== date);
  return index < 0 ? null : { found: found[index], right: right[index] };
}

export function dates() {
  return SCHEDULES.flatMap(({ name, start, months, cycle, count }) => {
    const right = dueDates({ start, cycle }, { limit: count });
    return DATES.map((peer) => {
      const careful = difference(peer.dueDates(start, count, months), right);
      if (careful) throw new Error(`${peer.title}, ${name}: ${careful.found} where ${careful.right} was expected`);
      return { peer: peer.title, name, wrong: difference(peer.natural(start, count, months), right) };
    });
  });
}

/** A part of a price, rounded half up from the exact quotient. */
const exact = (price, days, of) => Number((2n * BigInt(price) * BigInt(days) + BigInt(of)) / (2n * BigInt(of)));

/** Changes of plan: prices from 1.00 to 999.99, any day of any month, in the order of a fixed series of numbers (Lehmer's). */
function* changes() {
  let last = 1;
  const below = (limit) => (last = (last * 48271) % 2147483647) % limit;
  for (let index = 0; index < 5000; index++) {
    const of = 28 + below(4);
    yield [100 + below(99900), 100 + below(99900), 1 + below(of), of];
  }
}

/** How many of the two lines of each change are not exact to the cent, by library. */
export function money() {
  return MONEY.map((peer) => {
    let lines = 0;
    let wrong = 0;
    for (const [from, to, days, of] of changes()) {
      const right = [-exact(from, days, of), exact(to, days, of)];
      const found = peer.natural(from, to, days, of);
      lines += right.length;
      wrong += right.filter((amount, index) => amount !== found[index]).length;
    }
    return { peer: peer.title, lines, wrong };
  });
}
