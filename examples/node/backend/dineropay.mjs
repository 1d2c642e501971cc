// DineroPay: the cardholder pays on its page, and the callback brings what is needed to charge again. It never deduplicates: no request is
// sent twice, and what became of one is asked by the order's number.
import { dineropay } from "../../../pkg/src/index.js";

const NOT_MADE = { status: "not_made", providerReference: null, decline: null, credential: null };

export function dineropayProvider({ account, successUrl, send }) {
  const order = ({ reference, amount }) => ({ number: reference, amount, description: "Subscription" });

  /** What DineroPay knows of an order, by its number or one payment's id; should the callback be lost, it has the credential too. */
  async function status(orderNumber, { paymentId = null, ...asked }, requestIsOver = false) {
    const request = dineropay.getStatus({ account, paymentId, ...asked });
    const answer = dineropay.readStatus({ ...(await send(request)), orderNumber, paymentId, requestIsOver });
    const { outcome, payments } = answer;
    const paid = payments.find(({ paymentId }) => paymentId !== null && paymentId === outcome.providerReference);
    const { recurringToken: token = null, amount = null } = paid ?? {};
    const credential = token && {
      provider: "dineropay",
      initTransId: paid.paymentId,
      token,
      currency: amount?.currency ?? null,
    };
    return { ...answer, outcome, credential, amount };
  }

  return {
    async checkout(payment) {
      const session = { account, order: order(payment), successUrl, sessionExpiry: 60, recurring: {} };
      const { redirectUrl } = dineropay.readSession(await send(dineropay.createSession(session)));
      // A page of which nobody has the address is paid by nobody.
      return redirectUrl ? { url: redirectUrl } : { outcome: NOT_MADE };
    },
    async charge(payment, row) {
      return dineropay.readCharge(
        await send(dineropay.chargeRecurring({ account, order: order(payment), credential: row.credential })),
      );
    },
    async resolve(payment, row, { hours }) {
      const byCardholder = payment.indicator !== "M1";
      // The page is open for an hour; a charge of ours arrives before that or never.
      const over = !byCardholder || hours >= 2;
      const { outcome, credential } = await status(
        payment.reference,
        { orderNumber: payment.reference, size: 100 },
        over,
      );
      return byCardholder && credential ? { ...outcome, credential } : outcome;
    },
    /** The hash does not cover the status, and the payer may know it: DineroPay is asked. */
    async report({ body }) {
      const { password, hashAlgorithm } = account;
      const told = dineropay.readCallback({ body, password, hashAlgorithm });
      if (!told.outcome) return null;
      const { outcome } = await status(told.orderNumber, { paymentId: told.paymentId });
      const credential = told.outcome.credential ?? null;
      return { reference: told.orderNumber, amount: told.amount, outcome: { ...outcome, credential } };
    },
  };
}
