// Dintero: the cardholder pays in a session, whose transaction brings the tokens. A charge bears the payment's reference and the toggle by
// which Dintero refuses what was paid under it before; what became of it is asked by that reference.
import { dintero } from "../../../pkg/src/index.js";

const NOT_MADE = { status: "not_made", providerReference: null, decline: null, credential: null };
const TYPES = ["payment_token", "recurrence_token"];

export function dinteroProvider({ account, urls, callbackSecret, send, clock }) {
  const tokens = { product: "payex.creditcard", types: TYPES };

  async function transaction(transactionId) {
    return dintero.readTransaction(await send(dintero.getTransaction({ account, transactionId, tokens: TYPES })));
  }

  return {
    async checkout({ amount, reference: merchantReference }) {
      const request =
        amount.amount === 0
          ? dintero.createTokenSession({ account, currency: amount.currency, merchantReference, urls, tokens })
          : dintero.createSession({ account, order: { amount, merchantReference }, urls, tokens });
      const { id, url } = dintero.readSession(await send(request));
      // A page of which nobody has the address is paid by nobody.
      return url ? { url, sessionId: id } : { outcome: NOT_MADE };
    },
    async charge({ amount, reference: merchantReference, kind }, row) {
      const operation = kind === "unscheduled" ? "unscheduled_purchase" : "recurring_purchase";
      // The callback: should the answer be lost, and the charge be made so late that nobody asks any more.
      const { callbackUrl } = urls;
      const charge = {
        account,
        order: { amount, merchantReference },
        credential: row.credential,
        operation,
        callbackUrl,
      };
      return dintero.readCharge(await send(dintero.chargeToken(charge)));
    },
    async resolve({ reference: merchantReference, indicator }, row) {
      const byCardholder = indicator !== "M1";
      const sessionId = row.page?.reference === merchantReference ? row.page.sessionId : null;
      // From now on it cannot be paid; whether it was, the transactions tell.
      if (byCardholder && sessionId) await send(dintero.cancelSession({ account, sessionId }));
      const answer = await send(dintero.findTransactions({ account, merchantReference }));
      // An hour has passed (see engine.mjs): a request of ours has arrived or never will.
      const { outcome } = dintero.readTransactions({ ...answer, merchantReference, requestIsOver: true });
      return byCardholder && outcome.status === "succeeded"
        ? (await transaction(outcome.providerReference)).outcome
        : outcome;
    },
    /** The callback tells which transaction; what became of it is asked. */
    async report({ method, url, headers }) {
      const now = clock().seconds;
      const signature = headers["dintero-signature"];
      const { transactionId } = dintero.readCallback({
        accountId: account.id,
        secret: callbackSecret,
        signature,
        method,
        url,
        now,
      });
      if (!transactionId) return null;
      const { merchantReference, amount, outcome } = await transaction(transactionId);
      return { reference: merchantReference, amount, outcome };
    },
  };
}
