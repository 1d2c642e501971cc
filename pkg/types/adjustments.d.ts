// What is agreed beside the price: steps, discounts, taxes (R9)
import type { Opt } from "./helpers.js";
import type { Price } from "./price.js";
import type { DateInput, Money, PlainDate } from "./values.js";

/** Another price from a payment's number on (R9.5): an introductory price, a ramp. */
export interface Step {
  /** The number of the first payment at this price, from 2. Skipped numbers count. */
  from: number;
  /** An item without a quantity has the one in effect. */
  price: Price;
}

/** A part of a price, as a decimal string above 0 and at most 100. */
export interface PercentOff {
  percent: string;
  amount?: null | undefined;
}

/** An amount, split over the items. */
export interface AmountOff {
  amount: Money;
  percent?: null | undefined;
}

/** What a discount subtracts from a price. */
export type DiscountOff = PercentOff | AmountOff;

/**
 * A discount on the price of a period (R9.3). Several apply in order, each to what the one before left.
 *
 * @example
 * const launch: Discount = { id: "launch", off: { percent: "50" }, payments: 3 };
 */
export interface Discount<D extends DateInput = DateInput> {
  /** Yours, 1 to 64 characters, unique among the discounts. A change of plan that repeats it keeps its count. */
  id: string;
  off: DiscountOff;
  /** For how many payments, from 1. Payments at a price of 0 do not count. */
  payments?: Opt<number>;
  /** The last due date with the discount. */
  through?: Opt<D>;
}

/** A tax: `rate` is in percent of the net, a decimal string such as `25` or `8.25`. */
export interface TaxRate {
  /** Yours, 1 to 64 characters, unique among the rates. */
  id: string;
  rate: string;
}

/**
 * The taxes on the payments of the schedule (R9.4): all included in the amounts, or all added to them.
 *
 * @example
 * const vat: Taxes = { included: true, rates: [{ id: "vat", rate: "25" }] };
 */
export interface Taxes {
  included: boolean;
  rates: readonly TaxRate[];
}

/** What is agreed beside the price. */
export interface Adjustments<D extends DateInput = DateInput> {
  /** Other prices from a payment's number on, ascending (R9.5). */
  steps?: Opt<readonly Step[]>;
  /** At most 20 (R9.3). */
  discounts?: Opt<readonly Discount<D>[]>;
  taxes?: Opt<Taxes>;
  /** The least that a full period costs, after discounts and before tax (R9.1). */
  minimum?: Opt<Money>;
}

/** What is in effect beside the price, after changes; `used` has the payments that each discount had before the number `from`. */
export interface AdjustmentsInEffect {
  steps?: Step[];
  discounts?: Discount<PlainDate>[];
  used?: number[];
  from: number;
  taxes?: Taxes;
  minimum?: Money;
}
