// What an account page shows: where the subscription is, what comes next, and every payment with its lines.
import { explain, formatMoney, overview } from "billing-rules";
import type { Language, Line, Overview, Payment, PlainDate } from "billing-rules";
import { read } from "./database.ts";
import type { Shop } from "./shop.ts";

/** For how many days after a due date the service stays open while the payment is retried. */
export const GRACE_DAYS = 3;

export interface CustomerPage extends Overview {
  nextLines: string[];
  payments: PaidLine[];
}

export interface PaidLine {
  reference: string;
  dueDate: PlainDate;
  amount: string;
  lines: string[];
  paidOn: PlainDate | null;
  declinedOn: PlainDate | null;
}

interface PaymentRow {
  payment: Payment;
  succeeded_on: PlainDate | null;
  declined_on: PlainDate | null;
}

const PAYMENTS = "SELECT payment, succeeded_on, declined_on FROM payments WHERE subscription = $1 ORDER BY ordinal";

/** Returns the page of a customer, in their language. */
export async function customerPage(shop: Shop, id: string, language: Language): Promise<CustomerPage> {
  const subscription = await read(shop.database, id);
  const { rows } = await shop.database.query<PaymentRow>(PAYMENTS, [id]);
  const shown = overview(subscription, shop.today(), { graceDays: GRACE_DAYS });
  const sentences = (lines: Line[]) =>
    lines.map((line) => `${explain(line, language)}: ${formatMoney(line.amount, language)}`);
  return {
    ...shown,
    nextLines: sentences(shown.nextCharge?.lines ?? []),
    payments: rows.map(({ payment, succeeded_on: paidOn, declined_on: declinedOn }) => {
      const { reference, dueDate, amount, lines } = payment;
      return { reference, dueDate, amount: formatMoney(amount, language), lines: sentences(lines), paidOn, declinedOn };
    }),
  };
}
