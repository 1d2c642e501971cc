// DineroPay: the cardholder pays on its page, and the callback brings what is needed to charge again. It never deduplicates: no request is
// sent twice, and what became of one is asked by the order's number.
import { dineropay } from "../../../pkg/src/index.js";

const NOT_MADE = { status: "not_made", providerReference: null, decline: null, credential: null };
const UNKNOWN = { ...NOT_MADE, status: "unknown" };

export function dineropayProvider({ account, successUrl, send }) {
  const order = ({ reference, amount }) => ({ number: reference, amount, description: "Subscription" });

  /** What DineroPay knows of an order or of one payment; should the callback be lost, its answer has the credential too. */
  async function status(asked) {
    const answer = dineropay.readStatus(await send(dineropay.getStatus({ account, ...asked })));
    const { outcome, payments } = answer;
    const paid = payments.find(({ paymentId }) => paymentId !== null && paymentId === outcome.providerReference);
    const { recurringToken: token = null, amount = null } = paid ?? {};
    const credential = token && { provider: "dineropay", initTransId: paid.paymentId, token, currency: amount?.currency ?? null };
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
      return dineropay.readCharge(await send(dineropay.chargeRecurring({ account, order: order(payment), credential: row.credential })));
    },
    async resolve(payment, row, hours) {
      const { outcome, notFound, credential } = await status({ orderNumber: payment.reference, size: 100 });
      const byCardholder = payment.indicator !== "M1";
      // The page is open for an hour; a charge of ours arrives before that or never.
      if (notFound) return byCardholder && hours < 2 ? UNKNOWN : NOT_MADE;
      return byCardholder && credential ? { ...outcome, credential } : outcome;
    },
    /** The hash does not cover the status, and the payer may know it: DineroPay is asked. */
    async report({ body }) {
      const { password, hashAlgorithm } = account;
      const told = dineropay.readCallback({ body, password, hashAlgorithm });
      if (!told.outcome) return null;
      const { outcome } = await status({ paymentId: told.paymentId });
      const credential = told.outcome.credential ?? null;
      return { reference: told.orderNumber, amount: told.amount, outcome: { ...outcome, credential } };
    },
  };
}
