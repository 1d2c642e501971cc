// A small billing service: one function from a Request to a Response, for every host that knows these. Node, Deno and Bun are served by
// the files beside it, a Cloudflare Worker by ../worker, an edge function by ../edge; ../axum is the same service in Rust.
//
//   POST /subscriptions               { id, plan, digest } of the preview that the customer has agreed to
//   GET  /subscriptions/:id           as it is stored
//   GET  /subscriptions/:id/action    what has to happen next
//   GET  /subscriptions/:id/payments  a row for each attempt: the payment with its lines, and its outcome
//   POST /subscriptions/:id/attempts  begins the payment that is due: whoever gets 201 sends it, and nobody else
//   POST /subscriptions/:id/events    { type, … } what has happened; the day is the service's
//
// Put before it what tells who may call: customers the first, your own backend the others.
import { applyEvent, createSubscription, isBillingError, nextAction, preview } from "billing-rules";
import { begun, settled } from "./payments.mjs";
import { termsOf } from "./terms.mjs";

const PATH = /^\/subscriptions(?:\/([A-Za-z0-9-]{1,40})(?:\/(action|payments|attempts|events))?)?$/;

const answer = (status, value) =>
  new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json" } });
const refuse = (status, error) => answer(status, { error });

/** The body as a JSON object; undefined when it is none. */
async function read(request) {
  try {
    const body = JSON.parse(await request.text());
    return typeof body === "object" && !Array.isArray(body) && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

/**
 * `store.read(id)` gives `{ text, version }` or nothing; `store.write(id, text, version, payment)` stores what takes the place of that
 * version (null: of nothing), and in the same write the row of a payment, if there is one; it gives false when the stored version is
 * another by now. `store.payments(id)` gives the rows. `plans` is the price list, `today(request)` the day.
 */
export function createService({ store, plans, today }) {
  /** Stores what `decide` makes of a subscription. Where another request was quicker, it decides again on what that one has stored. */
  async function change(id, decide) {
    for (;;) {
      const stored = await store.read(id);
      if (!stored) return refuse(404, "no such subscription");
      const { next, payment, response } = decide(JSON.parse(stored.text));
      const text = JSON.stringify(next);
      if (text === stored.text || (await store.write(id, text, stored.version, payment))) return response;
    }
  }

  async function signUp(request) {
    const { id, plan, digest } = (await read(request)) ?? {};
    if (![id, plan, digest].every((text) => typeof text === "string"))
      return refuse(400, "expected an object of id, plan and digest");
    if (!Object.hasOwn(plans, plan)) return refuse(422, "no such plan");
    // The price is the server's own. The digest tells whether the customer has seen it.
    const on = today(request);
    const terms = termsOf(plans[plan], on);
    const offer = preview(terms, { on });
    if (digest !== offer.digest)
      return answer(409, { error: "something has changed since it was shown", preview: offer });
    const subscription = createSubscription({ id, terms });
    const stored = await store.write(id, JSON.stringify(subscription), null);
    return stored ? answer(201, subscription) : refuse(409, "there is a subscription of this id");
  }

  async function show(request, id) {
    const stored = await store.read(id);
    return stored ? answer(200, JSON.parse(stored.text)) : refuse(404, "no such subscription");
  }

  /** Only looks: until it is stored that an attempt begins, two who look see the same. */
  async function act(request, id) {
    const stored = await store.read(id);
    return stored
      ? answer(200, nextAction(JSON.parse(stored.text), today(request)))
      : refuse(404, "no such subscription");
  }

  async function payments(request, id) {
    return (await store.read(id)) ? answer(200, await store.payments(id)) : refuse(404, "no such subscription");
  }

  /** Decides and records in one: the attempt is stored before anything is sent, so a crash can be asked about and nothing is sent twice. */
  const attempt = (request, id) =>
    change(id, (subscription) => {
      const on = today(request);
      const action = nextAction(subscription, on);
      if (action.type !== "checkout" && action.type !== "charge")
        return { next: subscription, response: answer(409, action) };
      const next = applyEvent(subscription, { type: "attempt_started", reference: action.payment.reference, on });
      return { next, payment: begun(action.payment), response: answer(201, action) };
    });

  async function report(request, id) {
    const event = await read(request);
    if (!event) return refuse(400, "expected an object");
    // To begin one is to be told whether another has begun it.
    if (event.type === "attempt_started") return refuse(400, "an attempt begins by POST to attempts");
    const dated = { ...event, on: today(request) };
    return change(id, (subscription) => {
      const next = applyEvent(subscription, dated);
      return { next, payment: settled(subscription, dated), response: answer(200, next) };
    });
  }

  const routes = {
    subscriptions: { POST: signUp },
    subscription: { GET: show },
    action: { GET: act },
    payments: { GET: payments },
    attempts: { POST: attempt },
    events: { POST: report },
  };

  return async (request) => {
    const [path, id, part] = PATH.exec(new URL(request.url).pathname) ?? [];
    if (!path) return refuse(404, "nothing is here");
    const handle = routes[part ?? (id ? "subscription" : "subscriptions")][request.method];
    if (!handle) return refuse(405, "not by this method");
    try {
      return await handle(request, id);
    } catch (error) {
      // What is wrong with a stored subscription is no fault of who asks.
      if (isBillingError(error) && !error.path.startsWith("/subscription"))
        return answer(422, { errors: error.errors });
      console.error(error.stack);
      return refuse(500, "a fault of the service");
    }
  };
}
