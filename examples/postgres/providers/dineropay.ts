// DineroPay: the cardholder pays on its page, and the callback has what charges the card again. It never deduplicates, so no request is
// sent twice, and an attempt is looked up by the order's number.
import { dineropay } from "billing-rules";
import type { DineroPayAccount, Outcome, Payment } from "billing-rules";
import { NOT_MADE, type PaymentProvider, sender } from "../provider.ts";

export interface DineroPaySettings {
  account: DineroPayAccount;
  successUrl: string;
  userAgent: string;
  /** The time in seconds. */
  now: () => number;
}

const TWO_HOURS = 7_200;

export function createDineroPay({ account, successUrl, userAgent, now }: DineroPaySettings): PaymentProvider {
  const send = sender(userAgent);
  const order = ({ reference, amount }: Payment) => ({ number: reference, amount, description: "Subscription" });

  /** Looks an order up, by its number or by one payment's id. A payment by the cardholder has what charges the card again. */
  async function status(orderNumber: string, paymentId: string | null, requestIsOver: boolean): Promise<Outcome> {
    const request = dineropay.getStatus(paymentId ? { account, paymentId } : { account, orderNumber, size: 100 });
    const { outcome, payments } = dineropay.readStatus({
      ...(await send(request)),
      orderNumber,
      paymentId,
      requestIsOver,
    });
    const paid = payments.find((payment) => payment.paymentId && payment.paymentId === outcome.providerReference);
    if (!paid?.paymentId || !paid.recurringToken) return outcome;
    const { paymentId: initTransId, recurringToken: token } = paid;
    const currency = paid.amount?.currency ?? null;
    return { ...outcome, credential: { provider: "dineropay", initTransId, token, currency } };
  }

  return {
    name: "dineropay",
    async checkout({ payment }) {
      const session = { account, order: order(payment), successUrl, sessionExpiry: 60, recurring: {} };
      const { redirectUrl } = dineropay.readSession(await send(dineropay.createSession(session)));
      return redirectUrl ? { page: { url: redirectUrl } } : { outcome: NOT_MADE };
    },
    async charge({ payment, credential }) {
      if (!credential) return NOT_MADE;
      return dineropay.readCharge(
        await send(dineropay.chargeRecurring({ account, order: order(payment), credential })),
      );
    },
    async lookUp({ payment, startedAt }) {
      const byCardholder = payment.indicator !== "M1";
      // The page is open for an hour. A charge of yours arrives before that, or never.
      const over = !byCardholder || now() - startedAt.getTime() / 1000 >= TWO_HOURS;
      const outcome = await status(payment.reference, null, over);
      return byCardholder ? outcome : { ...outcome, credential: null };
    },
    async report({ body }) {
      const { password, hashAlgorithm } = account;
      const callback = dineropay.readCallback({ body, password, hashAlgorithm });
      if (!callback.outcome) return null;
      // The hash does not cover the status, and the payer may know it, so DineroPay is queried.
      const outcome = await status(callback.orderNumber, callback.paymentId, false);
      const credential = callback.outcome.credential ?? null;
      return { reference: callback.orderNumber, amount: callback.amount, outcome: { ...outcome, credential } };
    },
    async refund({ providerReference: paymentId, amount }) {
      return dineropay.readRefund(await send(dineropay.refund({ account, paymentId, amount }))).status;
    },
  };
}
