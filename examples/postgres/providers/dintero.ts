// Dintero: the cardholder pays in a session, whose transaction has the tokens. A charge has the payment's reference, and Dintero refuses
// what was paid under it before.
import { dintero } from "billing-rules";
import type { DinteroAccount, DinteroTokenType, DinteroUrls } from "billing-rules";
import { NOT_MADE, type PaymentProvider, bearer, sender } from "../provider.ts";

export interface DinteroSettings {
  account: DinteroAccount;
  clientId: string;
  clientSecret: string;
  /** It signs the callbacks. */
  callbackSecret: string;
  urls: DinteroUrls;
  userAgent: string;
  /** The time in seconds, with which signatures are compared. */
  now: () => number;
}

const TYPES: DinteroTokenType[] = ["payment_token", "recurrence_token"];

export function createDintero(settings: DinteroSettings): PaymentProvider {
  const { account, clientId, clientSecret, callbackSecret, urls, userAgent, now } = settings;
  const tokens = { product: "payex.creditcard", types: TYPES } as const;
  const plain = sender(userAgent);
  const token = bearer(async () =>
    dintero.readAuthToken(await plain(dintero.authToken({ account, clientId, clientSecret }))),
  );
  const send = sender(userAgent, token);
  const transaction = async (transactionId: string) =>
    dintero.readTransaction(await send(dintero.getTransaction({ account, transactionId, tokens: TYPES })));

  return {
    name: "dintero",
    async checkout({ payment: { amount, reference: merchantReference } }) {
      const { currency } = amount;
      const request =
        amount.amount === 0
          ? dintero.createTokenSession({ account, currency, merchantReference, urls, tokens })
          : dintero.createSession({ account, order: { amount, merchantReference }, urls, tokens });
      const { id, url } = dintero.readSession(await send(request));
      return url && id ? { page: { url, id } } : { outcome: NOT_MADE };
    },
    async charge({ payment: { amount, reference: merchantReference, kind }, credential }) {
      if (!credential) return NOT_MADE;
      const operation = kind === "unscheduled" ? "unscheduled_purchase" : "recurring_purchase";
      const { callbackUrl } = urls;
      const order = { amount, merchantReference };
      return dintero.readCharge(
        await send(dintero.chargeToken({ account, order, credential, operation, callbackUrl })),
      );
    },
    async lookUp({ payment: { reference: merchantReference, indicator }, page }) {
      // From now on it cannot be paid. The transactions show whether it was.
      if (page?.id) await send(dintero.cancelSession({ account, sessionId: page.id }));
      const answer = await send(dintero.findTransactions({ account, merchantReference }));
      const { outcome } = dintero.readTransactions({ ...answer, merchantReference, requestIsOver: true });
      const paid = indicator !== "M1" && outcome.status === "succeeded" ? outcome.providerReference : null;
      return paid ? (await transaction(paid)).outcome : outcome;
    },
    async report({ method, url, headers }) {
      const signature = headers["dintero-signature"] ?? "";
      const signed = { accountId: account.id, secret: callbackSecret, signature, method, url, now: now() };
      const { transactionId } = dintero.readCallback(signed);
      if (!transactionId) return null;
      const { merchantReference: reference, amount, outcome } = await transaction(transactionId);
      return { reference, amount, outcome };
    },
    async refund({ id: reference, providerReference: transactionId, amount }) {
      const answer = await send(dintero.refundTransaction({ account, transactionId, amount, reference }));
      return dintero.readRefund({ ...answer, reference }).result;
    },
  };
}
