// Nexi Checkout: the cardholder pays on its page, which makes an agreement; the agreement is charged under the payment's reference as
// the idempotency key, so that the very same charge can be sent again when its answer was lost.
import { nexi } from "../../../pkg/src/index.js";

const NOT_MADE = { status: "not_made", providerReference: null, decline: null, credential: null };
const UNKNOWN = { ...NOT_MADE, status: "unknown" };

export function nexiProvider({ account, returnUrl, termsUrl, webhookUrl, authorization, send }) {
  const order = (amount) => ({ amount, items: [{ reference: "plan", name: "Subscription", gross: amount }] });
  const webHooks = ["payment.charge.created.v2", "payment.reservation.failed"].map((eventName) => ({
    eventName,
    url: webhookUrl,
    authorization,
  }));
  const agreementOf = (row) => ({ kind: row.credential.kind, id: row.credential.id });

  /** What a payment says; its agreement comes with the outcome. */
  async function payment(id) {
    return nexi.readPayment(await send(nexi.retrievePayment({ account, id })));
  }
  async function charge({ amount, reference }, row) {
    const request = { account, agreement: agreementOf(row), reference, order: order(amount), webHooks };
    return nexi.readCharge(await send(nexi.chargeSubscription(request)));
  }

  return {
    async checkout({ amount, reference }, row) {
      const created = await send(
        nexi.createPayment({
          account,
          reference,
          order: order(amount),
          purpose: amount.amount === 0 ? "verification" : "payment",
          agreement: { kind: "unscheduled", id: row.credential?.id ?? null },
          checkout: { integration: "hosted", returnUrl, termsUrl, merchantHandlesConsumerData: true },
          webHooks,
        }),
      );
      const { paymentId, hostedPaymentPageUrl: url } = nexi.readCreated(created);
      // A page of which nobody has the address is paid by nobody.
      return url && paymentId ? { url, paymentId } : { outcome: NOT_MADE };
    },
    charge,
    async resolve({ amount, reference, indicator }, row) {
      if (indicator !== "M1") {
        const id = row.page?.reference === reference ? row.page.paymentId : null;
        if (!id) return NOT_MADE;
        // From now on it cannot be paid; whether it was, the payment tells.
        await send(nexi.terminatePayment({ account, id }));
        return (await payment(id))?.outcome ?? UNKNOWN;
      }
      const outcome = nexi.readChargeStatus(
        await send(nexi.chargeStatus({ account, agreement: agreementOf(row), reference })),
      );
      // Never seen, or declined: nothing was taken. Sent again it is authorised again, and made once at most (docs/nexi.md).
      return outcome.status === "unknown" ? charge({ amount, reference }, row) : outcome;
    },
    /** Nexi signs nothing: a report is a reason to ask. */
    async report({ headers, body }) {
      const told = nexi.readWebhook({ body, authorization: headers.authorization, expected: authorization });
      if (!told?.outcome || !told.paymentId) return null;
      const { reference = null, amount = null, outcome = UNKNOWN } = (await payment(told.paymentId)) ?? {};
      return { reference, amount, outcome };
    },
  };
}
