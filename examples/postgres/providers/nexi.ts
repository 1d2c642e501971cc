// Nexi Checkout: the cardholder pays on its page, which makes an agreement. The agreement is charged with the payment's reference as the
// idempotency key, so the same charge can be sent again.
import { nexi } from "billing-rules";
import type { Money, NexiAccount, NexiAgreementById, NexiEvent, NexiWebHook, StoredCredential } from "billing-rules";
import { NOT_MADE, type Order, type PaymentProvider, UNKNOWN, sender } from "../provider.ts";

export interface NexiSettings {
  account: NexiAccount;
  secretKey: string;
  returnUrl: string;
  termsUrl: string;
  webhookUrl: string;
  /** 8 to 64 letters and digits, by which you know Nexi's webhooks. */
  authorization: string;
  userAgent: string;
}

const EVENTS: NexiEvent[] = ["payment.charge.created.v2", "payment.reservation.failed"];

const agreementOf = (credential: StoredCredential | null): NexiAgreementById | null =>
  credential?.provider === "nexi" ? { kind: credential.kind, id: credential.id } : null;

export function createNexi(settings: NexiSettings): PaymentProvider {
  const { account, secretKey, returnUrl, termsUrl, webhookUrl: url, authorization, userAgent } = settings;
  const send = sender(userAgent, () => ({ authorization: secretKey }));
  const order = (amount: Money) => ({ amount, items: [{ reference: "plan", name: "Subscription", gross: amount }] });
  const webHooks: NexiWebHook[] = EVENTS.map((eventName) => ({ eventName, url, authorization }));
  const payment = async (id: string) => nexi.readPayment(await send(nexi.retrievePayment({ account, id })));

  async function charge({ payment: { amount, reference }, credential }: Order) {
    const agreement = agreementOf(credential);
    if (!agreement) return NOT_MADE;
    const request = { account, agreement, reference, order: order(amount), webHooks };
    return nexi.readCharge(await send(nexi.chargeSubscription(request)));
  }

  return {
    name: "nexi",
    async checkout({ payment: { amount, reference }, credential }) {
      const request = nexi.createPayment({
        account,
        reference,
        order: order(amount),
        purpose: amount.amount === 0 ? "verification" : "payment",
        agreement: { kind: "unscheduled", id: agreementOf(credential)?.id ?? null },
        checkout: { integration: "hosted", returnUrl, termsUrl, merchantHandlesConsumerData: true },
        webHooks,
      });
      const { paymentId: id, hostedPaymentPageUrl: url } = nexi.readCreated(await send(request));
      return url && id ? { page: { url, id } } : { outcome: NOT_MADE };
    },
    charge,
    async lookUp(attempt) {
      const { payment: wanted, credential, page } = attempt;
      if (wanted.indicator !== "M1") {
        if (!page?.id) return NOT_MADE;
        // From now on it cannot be paid. The payment shows whether it was.
        await send(nexi.terminatePayment({ account, id: page.id }));
        return (await payment(page.id))?.outcome ?? UNKNOWN;
      }
      const agreement = agreementOf(credential);
      if (!agreement) return NOT_MADE;
      const status = nexi.chargeStatus({ account, agreement, reference: wanted.reference });
      const outcome = nexi.readChargeStatus(await send(status));
      // Never seen, or declined: nothing was charged. Sent again, it is made once at most (docs/nexi.md).
      return outcome.status === "unknown" ? charge(attempt) : outcome;
    },
    async report({ headers, body }) {
      const webhook = nexi.readWebhook({ body, authorization: headers.authorization, expected: authorization });
      if (!webhook?.outcome || !webhook.paymentId) return null;
      // Nexi signs nothing, so the payment is queried.
      const { reference = null, amount = null, outcome = UNKNOWN } = (await payment(webhook.paymentId)) ?? {};
      return { reference, amount, outcome };
    },
    async refund({ id, providerReference: chargeId, amount }) {
      const request = nexi.refund({ account, chargeId, amount, reference: id, items: order(amount).items });
      const { status } = nexi.readRefund(await send(request));
      return (
        ({ succeeded: "done", pending: "accepted", unknown: "unknown" } as const)[status as "pending"] ?? "refused"
      );
    },
  };
}
