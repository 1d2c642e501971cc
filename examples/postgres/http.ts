// The shop over HTTP. Put before it what knows who calls: a customer sees their own subscription, and only your support refunds.
//
//   GET  /offers/:plan                    what a plan costs somebody who begins today
//   POST /subscriptions                   { id, plan, digest, customer }: sign-up
//   GET  /subscriptions/:id               the customer's page
//   POST /subscriptions/:id/checkout      { card } where the provider has no page; returns the address of its page
//   POST /subscriptions/:id/return        the cardholder has come back from the page
//   GET  /subscriptions/:id/plan/:plan    what a change of plan costs
//   POST /subscriptions/:id/plan          { plan, digest, customerPresent }
//   GET  /subscriptions/:id/cancellation  what a cancellation today gives back
//   POST /subscriptions/:id/cancellation  { digest }
//   POST /subscriptions/:id/refunds       { id, amount }
//   any  /webhook                         what the provider reports
import type { IncomingMessage, RequestListener } from "node:http";
import { isBillingError } from "billing-rules";
import { en } from "billing-rules/explain/en";
import { cancel, quoteCancel } from "./cancel.ts";
import { openCheckout, returned } from "./checkout.ts";
import { customerPage } from "./customer.ts";
import { Refused } from "./database.ts";
import { changePlan, quoteChange } from "./plan-change.ts";
import { requestRefund } from "./refunds.ts";
import type { Shop } from "./shop.ts";
import { offer, signUp } from "./signup.ts";
import { webhook } from "./webhook.ts";

const LONGEST = 64 * 1024;

interface Answer {
  status: number;
  body: unknown;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LONGEST) throw new Refused(422, "the body is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Answers a request. What the rules reject is 422, with every error and its path. */
async function answer(shop: Shop, request: IncomingMessage): Promise<Answer> {
  try {
    const url = new URL(request.url ?? "/", shop.publicUrl);
    const body = await bodyOf(request);
    if (url.pathname === "/webhook") return { status: await report(shop, url, request, body), body: null };
    const found = await route(shop, request.method ?? "", url.pathname, body);
    return found === undefined ? { status: 404, body: { error: "nothing is here" } } : { status: 200, body: found };
  } catch (error) {
    if (error instanceof Refused) return { status: error.status, body: { error: error.message, ...error.details } };
    if (isBillingError(error)) return { status: 422, body: { errors: error.errors } };
    console.error(error);
    return { status: 500, body: { error: "a fault of the shop" } };
  }
}

async function report(shop: Shop, url: URL, request: IncomingMessage, body: string): Promise<number> {
  const single = ([name, value]: [string, unknown]) => (typeof value === "string" ? [[name, value]] : []);
  const headers = Object.fromEntries(Object.entries(request.headers).flatMap(single));
  return webhook(shop, { method: request.method === "GET" ? "GET" : "POST", url: url.href, headers, body });
}

/** Parses a body that has these strings. The rules check the rest. */
function read(text: string, ...names: string[]) {
  const body = parse(text || "{}");
  const missing = names.find((name) => typeof body?.[name] !== "string");
  if (typeof body !== "object" || body === null || missing)
    throw new Refused(422, `expected an object with ${names.join(", ")}`);
  return body;
}

function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The parts of a path: `/subscriptions/sub-1/plan/pro` has an id, a part and a name. */
const PATH =
  /^\/(offers|subscriptions)(?:\/([\w-]{1,40}))?(?:\/(plan|checkout|return|cancellation|refunds))?(?:\/(\w+))?$/;

async function route(shop: Shop, method: string, path: string, text: string): Promise<unknown> {
  const [, room, id, part, name] = PATH.exec(path) ?? [];
  if (room === "subscriptions" && !id && method === "POST") return signUp(shop, read(text, "id", "plan", "digest"));
  if (!id) return undefined;
  if (room === "offers") return method === "GET" && !part ? offer(shop, id) : undefined;
  switch (`${method} ${part ?? ""}`) {
    case "GET ":
      return customerPage(shop, id, en);
    case "POST checkout":
      return openCheckout(shop, id, read(text).card);
    case "POST return":
      return returned(shop, id);
    case "GET plan":
      return quoteChange(shop, id, name ?? "");
    case "POST plan":
      return changePlan(shop, id, read(text, "plan", "digest"));
    case "GET cancellation":
      return quoteCancel(shop, id);
    case "POST cancellation":
      return cancel(shop, id, read(text, "digest").digest);
    case "POST refunds":
      return requestRefund(shop, id, read(text, "id"));
    default:
      return undefined;
  }
}

/** Returns what serves the shop's requests. */
export function handler(shop: Shop): RequestListener {
  return async (request, response) => {
    const { status, body } = await answer(shop, request);
    response.writeHead(status, { "content-type": "application/json" }).end(body === null ? "" : JSON.stringify(body));
  };
}
