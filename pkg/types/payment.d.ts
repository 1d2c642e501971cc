import type { Indicator, MastercardCode } from "./indicator.js";
import type { PreviewedPayment } from "./checkout-page.js";
import type { Line } from "./pricing.js";
import type { Money, PlainDate, Span } from "./values.js";

/** The days that a payment pays for. */
export interface PaidPeriod extends Span {
  /** The day before `end`, for people. */
  lastDay: PlainDate;
}

/** What a payment is for. `final`: the amount owed at the end. */
export type PaymentKind = "verification" | "initial" | "recurring" | "plan_change" | "unscheduled" | "final";

/**
 * One attempt at a payment.
 *
 * @example
 * const action = nextAction(subscription, "2025-02-28"); // { type: "charge", … }
 * if (action.type !== "charge") throw new Error(action.type);
 * const { payment } = action;
 */
export interface Payment {
  /** The number of the payment in the schedule, from 1; 0 for one before the schedule, or without a schedule (R5.6). */
  number: number;
  /** 0 for the payment of the schedule itself; 1, 2, … for payments between due dates. */
  extra: number;
  /** From 1. */
  attempt: number;
  kind: PaymentKind;
  /** The due date; a later attempt does not change it (R6.7). */
  dueDate: PlainDate;
  period: PaidPeriod | null;
  amount: Money;
  amountKind: "fixed" | "variable";
  indicator: Indicator | null;
  mastercardCode: MastercardCode | null;
  /** `<id>-<number>-<extra>-<attempt>`: the same attempt always has the same reference, and a new attempt a new one. */
  reference: string;
  lines: Line[];
}

/** A tax of a payment. */
export interface DocumentTax {
  id: string;
  rate: string;
  /** What it is computed on, less credits. */
  net: Money;
  tax: Money;
}

/** What a payment consists of: its lines, and their sums by kind. */
export interface PaymentDocument {
  /** The lines of the payment. */
  lines: Line[];
  /** The sum of prices and credits. */
  subtotal: Money;
  /** The sum of the discounts: 0 or below. */
  discount: Money;
  /** The total without taxes. */
  net: Money;
  /** The taxes, each with the net that it is computed on, less credits. */
  taxes: DocumentTax[];
  /** The total with taxes: `net` and the taxes. */
  total: Money;
  /** What a balance pays of it, below 0, or what is collected for it. */
  balance: Money;
  /** The amount of the payment: `total` and `balance`. */
  due: Money;
}

/**
 * Returns what a payment consists of, for a receipt or an invoice, from its lines alone (R9.6).
 *
 * @throws BillingError `total_mismatch` if the lines do not sum to the amount.
 * @example
 * const { subtotal, net, due } = document(payment);
 * due; // { amount: 9900, currency: "NOK" }
 */
export function document(payment: Payment | PreviewedPayment): PaymentDocument;
