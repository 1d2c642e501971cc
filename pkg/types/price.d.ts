// Prices: one amount, or items with quantities (R9.1)
import type { Opt } from "./helpers.js";
import type { Money } from "./values.js";

/** A tier of an item: its units, and what they cost. */
export interface Tier {
  /** The last unit of the tier; null in the last tier, which has no end. */
  upTo: number | null;
  /** What `per` units cost. */
  unitAmount: Money;
  /** The number of units that `unitAmount` is for, 1 to 1 000 000; default 1. */
  per?: Opt<number>;
  /** What the tier costs once, if it has a unit. */
  flat?: Opt<Money>;
}

interface ItemBase {
  /** Yours, 1 to 64 characters, unique in the price. */
  id: string;
  /** Default: the quantity in force, else 1. */
  quantity?: Opt<number>;
  /** The name for people, 1 to 128 characters. */
  name?: Opt<string>;
}

/** An item whose units all cost the same. */
export interface UnitItem extends ItemBase {
  /** What `per` units cost. */
  unitAmount: Money;
  /** The number of units that `unitAmount` is for, 1 to 1 000 000; default 1. Three quarters of a cent a unit is 75 per 100. */
  per?: Opt<number>;
  tiers?: never;
  mode?: never;
}

/** An item with tiers. */
export interface TieredItem extends ItemBase {
  /** 1 to 100 tiers in ascending order, the last without an end. */
  tiers: readonly Tier[];
  /** `graduated`: each unit costs what its own tier says. `volume`: all cost what the tier of the quantity says. */
  mode: "graduated" | "volume";
  unitAmount?: never;
  per?: never;
}

/** An item of a price: seats, a base fee, units used. */
export type Item = UnitItem | TieredItem;

/** A price that is one amount. */
export interface AmountPrice extends Money {
  items?: never;
}

/** A price of 1 to 100 items. */
export interface ItemsPrice {
  items: readonly Item[];
  amount?: never;
  currency?: never;
}

/**
 * The price of a full period: one amount, or 1 to 100 items (R9.1). Each item is rounded once.
 *
 * @example
 * const seats: Price = { items: [{ id: "seats", quantity: 5, unitAmount: { amount: 1000, currency: "EUR" } }] };
 */
export type Price = AmountPrice | ItemsPrice;

/** Quantities of items, by their ids. */
export type Quantities = Readonly<Record<string, number>>;
