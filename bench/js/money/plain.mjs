// Numbers. Every function of this folder takes prices in minor units and returns the two lines of a change of plan.
export const title = "plain JS";

/** A part of a price, rounded half up. */
const part = (price, days, of) => Math.round((price * days) / of);

export const lines = (from, to, days, of) => [-part(from, days, of), part(to, days, of)];

export function natural(from, to, days, of) {
  const part = (price) => Number((((price / 100) * days) / of).toFixed(2));
  return [-part(from), part(to)].map((amount) => Math.round(amount * 100));
}
