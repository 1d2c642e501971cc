import Big from "big.js";

export const title = "big.js";

const part = (price, days, of) => new Big(price).times(days).div(of).round(0, Big.roundHalfUp).toNumber();

export const lines = (from, to, days, of) => [-part(from, days, of), part(to, days, of)];

export const natural = lines;
