// Money (R1)
import type { Money } from "./values.js";

/** A currency: its ISO 4217 code, and the decimals of its minor unit, 0 to 4. */
export interface CurrencyInfo {
  code: string;
  exponent: number;
}

/**
 * Splits an amount by weights, integers from 0, into parts that sum to it exactly (R1.5). Each part is its share rounded down;
 * the remaining units go to the largest remainders, the earlier part first on ties. A weight of 0 gets nothing.
 *
 * @throws BillingError `all_weights_zero` when no weight is above 0.
 * @example
 * allocate({ amount: 100, currency: "NOK" }, [1, 1, 1]).map(({ amount }) => amount); // [34, 33, 33]
 */
export function allocate(total: Money, weights: readonly number[]): Money[];

/**
 * Parses an amount in major units, exactly (R1.2). More decimals than the currency has are an error.
 *
 * @throws BillingError `invalid_decimal`.
 * @example
 * parseDecimal("19.9", "NOK"); // { amount: 1990, currency: "NOK" }
 * parseDecimal("19.999", "NOK"); // throws invalid_decimal /text
 */
export function parseDecimal(text: string, currency: string): Money;

/**
 * Writes an amount in major units with all decimals of its currency (R1.2), for a request or a form rather than for people.
 *
 * @example
 * formatDecimal({ amount: 1990, currency: "NOK" }); // "19.90"
 */
export function formatDecimal(money: Money): string;

/**
 * Returns the decimals of a currency's minor unit, given its ISO 4217 code in capital letters (R1.3).
 *
 * @example
 * currencyInfo("JPY"); // { code: "JPY", exponent: 0 }
 */
export function currencyInfo(code: string): CurrencyInfo;
