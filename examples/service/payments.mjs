// The payments of a subscription, a row for each attempt: { reference, payment, succeeded, declined }. A stored subscription drops the
// lines of a settled payment, so a row keeps the payment whole, as it was when its attempt began.
import { nextAction } from "billing-rules";

/** The row of an attempt that begins. */
export const begun = (payment) => ({ reference: payment.reference, payment, succeeded: null, declined: null });

/** The row of an event; undefined where it has no outcome. A success without a start has the payment that was due. */
export function settled(subscription, { type, reference, providerReference = null, decline = null, on }) {
  if (type !== "payment_succeeded" && type !== "payment_declined") return undefined;
  const { payment } = nextAction(subscription, on);
  return {
    reference,
    payment: payment?.reference === reference ? payment : null,
    succeeded: type === "payment_succeeded" ? { on, providerReference } : null,
    declined: type === "payment_declined" ? { on, decline } : null,
  };
}

/** One row for each reference, of rows in the order in which they were written: the last payment, and the first of each outcome. */
export function merged(rows) {
  const payments = new Map();
  for (const row of rows) {
    const { payment, succeeded, declined } = payments.get(row.reference) ?? row;
    payments.set(row.reference, {
      reference: row.reference,
      payment: row.payment ?? payment,
      succeeded: succeeded ?? row.succeeded,
      declined: declined ?? row.declined,
    });
  }
  return [...payments.values()];
}
