// A55: the card goes whole with each charge, so that it is taken on a page of ours and kept (by whoever may keep cards); the cardholder's
// payment has its outcome at once. What became of an attempt is found in the list of charges, by its reference.
import { a55 } from "../../../pkg/src/index.js";

/** `send(request)` adds the bearer token; it gives `{ status, body }`, status 0 where no answer came. */
export function a55Provider({ account, payer, webhookUrl, webhookSecret, clock, send }) {
  const PAGE = 100;

  function request(payment, row, card) {
    const { terms } = row.subscription;
    const byUs = terms.recurrence !== "internal";
    const subscription = byUs
      ? { recurrence: "external", indicator: payment.indicator, dueDate: payment.dueDate }
      : { recurrence: "internal", schedule: terms.schedule };
    const { amount, reference } = payment;
    return a55.createCharge({
      account,
      payer,
      amount,
      description: "Subscription",
      card,
      subscription,
      reference,
      webhookUrl,
    });
  }

  /** Looks for an attempt in the charges from the day before it to tomorrow, page by page. */
  async function find(reference, began) {
    const day = (days, date) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
    const [from, through] = [day(-1, began), day(1, clock().day)];
    for (const earlier = []; ;) {
      const page = await send(a55.listCharges({ account, from, through, page: earlier.length + 1, limit: PAGE }));
      if (a55.readCharges(page).charges.length < PAGE)
        return a55.findCharge({ ...page, earlier, reference, limit: PAGE, requestIsOver: true });
      earlier.push(page);
    }
  }

  async function details(chargeUuid) {
    const answer = await send(a55.getCharge({ account, chargeUuid }));
    return { outcome: a55.readChargeStatus(answer), charge: a55.readChargeDetails(answer).charge };
  }

  return {
    remember: ({ cvv, cryptogram, ...card }) => ({ provider: "a55", card }),
    async checkout(payment, row, card) {
      return { outcome: a55.readCharge(await send(request(payment, row, card))) };
    },
    charge: async (payment, row) => a55.readCharge(await send(request(payment, row, row.credential.card))),
    resolve: (payment, row, { day }) => find(payment.reference, day),
    /** Not every webhook is signed, and the signature's form is contradicted: the charge is asked for. */
    async report({ headers, body }) {
      const signed = webhookSecret && {
        secret: webhookSecret,
        signature: headers["x-webhook-signature"],
        timestamp: headers["x-webhook-timestamp"],
        now: clock().seconds,
      };
      const { charge } = a55.readWebhook({ body, ...signed });
      if (!charge?.chargeUuid) return null;
      const asked = await details(charge.chargeUuid);
      const { reference = null, amount = null } = asked.charge ?? {};
      return { reference, amount, outcome: asked.outcome };
    },
    /** A55's own recurrence: its charges after the first, and how it has ended. */
    async follow(row, first) {
      const subscriptionUuid = row.agreement ?? (await details(first)).charge?.subscriptionUuid ?? null;
      if (!subscriptionUuid) return { charges: [], ended: null };
      const answer = await send(a55.getSubscription({ account, subscriptionUuid }));
      const { subscription } = a55.readSubscription({ ...answer, currency: row.subscription.balance.currency });
      const charges = (subscription?.charges ?? [])
        .filter(
          ({ chargeUuid, outcome }) => chargeUuid !== first && (outcome === "succeeded" || outcome === "declined"),
        )
        .map(({ chargeUuid, outcome, amount }) => ({ providerReference: chargeUuid, status: outcome, amount }));
      const ended = ["cancelled", "expired"].find((status) => status === subscription?.status) ?? null;
      return { charges, ended, agreement: subscriptionUuid };
    },
  };
}
