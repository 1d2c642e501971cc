import { BRL, allocate, dinero, toSnapshot } from "dinero.js";

export const title = "dinero.js";

const part = (amount, days, of) => toSnapshot(allocate(dinero({ amount, currency: BRL }), [days, of - days])[0]).amount;

export const lines = (from, to, days, of) => [-part(from, days, of), part(to, days, of)];

export const natural = lines;
