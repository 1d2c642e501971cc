// A55: the cardholder enters the card on a page of yours, and you store it, which needs a vault for cards. The outcome of a checkout is
// known immediately. An attempt is looked up in the list of charges.
import { a55, addDays, dayIn } from "billing-rules";
import type { A55Account, A55Card, HttpResponse } from "billing-rules";
import { NOT_MADE, type Order, type PaymentProvider, bearer, sender } from "../provider.ts";

export interface A55Settings {
  account: A55Account;
  clientId: string;
  clientSecret: string;
  webhookUrl: string;
  webhookSecret: string;
  userAgent: string;
  /** The time in seconds, with which signatures are compared. */
  now: () => number;
}

const PAGE = 100;

/** The part of a card that charges it again. */
export const storedCard = ({ cvv: _, cryptogram: __, ...card }: A55Card) => ({ provider: "a55", card }) as const;

export function createA55(settings: A55Settings): PaymentProvider {
  const { account, clientId, clientSecret, webhookUrl, webhookSecret, userAgent, now } = settings;
  const plain = sender(userAgent);
  const tokenUrl = account.baseUrl ? `${account.baseUrl}/oauth2/token` : null;
  const { environment } = account;
  const token = bearer(async () => {
    const request = a55.tokenRequest({ clientId, clientSecret, ...(tokenUrl ? { tokenUrl } : { environment }) });
    return a55.readToken(await plain(request)).token;
  });
  const send = sender(userAgent, token);

  async function make({ payment, customer: payer }: Order, card: A55Card | null) {
    const { amount, reference, indicator, dueDate } = payment;
    if (!card || !payer || !indicator) return NOT_MADE;
    const subscription = { recurrence: "external", indicator, dueDate } as const;
    const charge = { account, payer, amount, description: "Subscription", card, subscription, reference, webhookUrl };
    return a55.readCharge(await send(a55.createCharge(charge)));
  }

  return {
    name: "a55",
    checkout: async (order, card) => ({ outcome: await make(order, card) }),
    charge: (order) => make(order, order.credential?.provider === "a55" ? order.credential.card : null),
    /** Looks through the charges from the day before the attempt to tomorrow, page by page. */
    async lookUp({ payment: { reference }, startedAt }) {
      const [from, through] = [addDays(dayIn("UTC", startedAt), -1), addDays(dayIn("UTC", now() * 1000), 1)];
      for (const earlier: HttpResponse[] = []; ;) {
        const list = a55.listCharges({ account, from, through, page: earlier.length + 1, limit: PAGE });
        const answer = await send(list);
        if (a55.readCharges(answer).charges.length < PAGE)
          return a55.findCharge({ ...answer, earlier, reference, limit: PAGE, requestIsOver: true });
        earlier.push(answer);
      }
    },
    async report({ headers, body }) {
      const [signature, timestamp] = [headers["x-webhook-signature"], headers["x-webhook-timestamp"]];
      const { charge } = a55.readWebhook({ body, secret: webhookSecret, signature, timestamp, now: now() });
      if (!charge?.chargeUuid) return null;
      const answer = await send(a55.getCharge({ account, chargeUuid: charge.chargeUuid }));
      const { reference = null, amount = null } = a55.readChargeDetails(answer).charge ?? {};
      return { reference, amount, outcome: a55.readChargeStatus(answer) };
    },
    async refund({ id, providerReference: chargeUuid, amount }) {
      const idempotencyKey = `refund-${chargeUuid}-${id}`;
      return a55.readRefund(await send(a55.refundCharge({ account, chargeUuid, amount, idempotencyKey }))).result;
    },
  };
}
