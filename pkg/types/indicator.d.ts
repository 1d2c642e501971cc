// Indicator: who initiates this payment? (R4)
import type { Opt } from "./helpers.js";

/** C1: the cardholder, who is present, initiates the payment. M1: the merchant does, on a stored credential. */
export type Indicator = "C1" | "M1";

/** The Mastercard code of a payment. */
export type MastercardCode = "C101" | "C102" | "C103" | "M101" | "M102" | "M103" | "M208";

/** Who triggers the payments after the first: the merchant, or the provider. */
export type Recurrence = "external" | "internal";

/** What the cardholder has completed on this agreement and card. */
export type EstablishedBy = "none" | "payment" | "verification";

/** What decides who initiates a payment. */
export interface IndicatorInput {
  recurrence: Recurrence;
  /** Default `none`. */
  establishedBy?: Opt<EstablishedBy>;
  cardholderPresent?: Opt<boolean>;
  amount?: Opt<"fixed" | "variable">;
  timing?: Opt<"scheduled" | "unscheduled">;
  /** Whether the same payment was declined before. */
  resubmission?: Opt<boolean>;
}

/** Who initiates a payment, with the reason. Both are null under internal recurrence, where the provider initiates it. */
export interface Indication {
  indicator: Indicator | null;
  mastercardCode: MastercardCode | null;
  reason: string;
}

/**
 * Selects who initiates a payment and the Mastercard code for it, with the reason (R4).
 *
 * @example
 * selectIndicator({ recurrence: "external", establishedBy: "payment" }); // { indicator: "M1", mastercardCode: "M103", … }
 */
export function selectIndicator(input: IndicatorInput): Indication;
