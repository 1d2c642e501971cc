// A server that takes DineroPay's callback and A55's webhook: verifies them, asks the provider what became of the payment, applies that
// to the stored subscription, and answers.
//
//   node server.mjs          settings in the environment: see `settings` below
//
// In a project of yours the imports are "billing-rules" and your own. The loop that makes the payments is backend/engine.mjs; over one
// store both may run at the same time: whichever tells first what became of an attempt, the other changes nothing.
import { createServer } from "node:http";
import { argv, env } from "node:process";
import { pathToFileURL } from "node:url";
import { a55, isBillingError } from "../../pkg/src/index.js";
import { a55Provider } from "./backend/a55.mjs";
import { dineropayProvider } from "./backend/dineropay.mjs";
import { report } from "./backend/engine.mjs";
import { createStore } from "./backend/store.mjs";

const LONGEST = 64 * 1024;

/** The body as it came: signatures are over bytes, so nothing may parse it before. Null when it is too long. */
async function rawBody(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LONGEST) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * The server, which is not listening yet. `providers` by the paths of their callbacks: `{ "/dineropay/callback": …, … }`; `clock()` is
 * the day and the hour, in whichever time zone the merchant bills, and the seconds since 1970.
 */
export function createCallbackServer({ store, providers, clock, log = console.log }) {
  // Callbacks of one subscription at the same time do no harm: each is applied in a transaction of its own.
  async function handle(request) {
    const provider = Object.hasOwn(providers, request.url) ? providers[request.url] : null;
    if (!provider) return 404;
    if (request.method !== "POST") return 405;
    const body = await rawBody(request);
    if (body === null) return 413;
    try {
      const applied = await report(store, provider, { headers: request.headers, body }, clock());
      // Of none of ours: to be repeated it need not.
      if (applied === null) return 200;
      log(`${request.url} ${applied.id ?? ""} ${applied.status}`);
      // Nothing was applied: the provider could not be asked. It repeats what is not answered with 200.
      return applied.status === "unknown" ? 503 : 200;
    } catch (error) {
      if (!isBillingError(error)) throw error;
      // Forged, stale, no callback at all, or about another amount than was asked for. The error never holds a secret.
      log(`${request.url} refused: ${error.code} at ${error.path}`);
      return error.code === "event_out_of_order" ? 503 : 400;
    }
  }

  return createServer(async (request, response) => {
    let status;
    try {
      status = await handle(request);
    } catch (error) {
      log(`${request.url} failed: ${error.name}`);
      status = 500;
    }
    // Any 2xx will do; the platform's older protocol wants the word OK.
    response.writeHead(status, { "Content-Type": "text/plain" }).end(status === 200 ? "OK" : "");
  });
}

/** Sends a request; what does not come back is no answer, status 0. */
export function sender(authorise = async () => ({})) {
  return async (request) => {
    try {
      const headers = { ...request.headers, ...(await authorise()) };
      const response = await fetch(request.url, { ...request, headers, signal: AbortSignal.timeout(30_000) });
      return { status: response.status, body: await response.text(), retryAfter: response.headers.get("retry-after") };
    } catch {
      return { status: 0, body: "" };
    }
  };
}

/** A55's bearer token, asked for again before it expires. */
export function a55Token(client) {
  let [token, until] = [null, 0];
  return async () => {
    if (Date.now() >= until) {
      const answer = a55.readToken(await sender()(a55.tokenRequest(client))).token;
      if (!answer) throw new Error("A55 gives no token");
      [token, until] = [answer.accessToken, Date.now() + ((answer.expiresIn ?? 300) - 60) * 1000];
    }
    return { Authorization: `Bearer ${token}` };
  };
}

// Started as a program: from here on there are a clock and an environment.
if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  const clock = () => {
    const now = new Date();
    return { day: now.toISOString().slice(0, 10), hour: now.getUTCHours(), seconds: Math.floor(now.getTime() / 1000) };
  };
  const settings = {
    a55: {
      account: { walletUuid: env.A55_WALLET, merchantId: env.A55_MERCHANT, environment: env.A55_ENVIRONMENT },
      webhookSecret: env.A55_WEBHOOK_SECRET,
      send: sender(
        a55Token({
          clientId: env.A55_CLIENT_ID,
          clientSecret: env.A55_CLIENT_SECRET,
          environment: env.A55_ENVIRONMENT,
        }),
      ),
      clock,
    },
    dineropay: { account: { merchantKey: env.DINEROPAY_KEY, password: env.DINEROPAY_PASSWORD }, send: sender() },
  };
  const providers = {
    "/a55/webhook": a55Provider(settings.a55),
    "/dineropay/callback": dineropayProvider(settings.dineropay),
  };
  const store = createStore({ file: env.STORE ?? "subscriptions.json" });
  createCallbackServer({ store, providers, clock }).listen(Number(env.PORT ?? 8080));
}
