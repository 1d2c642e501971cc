// What the shop needs of a payment provider. `providers` has a file for each of the four; you need one of them.
import type {
  HttpRequest,
  HttpResponse,
  Money,
  Outcome,
  Payment,
  RequestResult,
  StoredCredential,
} from "billing-rules";
import type { A55Card, A55Payer } from "billing-rules";

/** A payment to make or to look up. */
export interface Order {
  payment: Payment;
  /** When its attempt began. */
  startedAt: Date;
  /** What charges the card; null before the first checkout. */
  credential: StoredCredential | null;
  /** What `checkout` returned, if the cardholder pays. */
  page: Page | null;
  /** Only A55 needs it. */
  customer: A55Payer | null;
}

/** A page of the provider where the cardholder pays: its address, and what the provider needs to close it. */
export interface Page {
  url: string;
  id?: string;
}

/** What a checkout leads to: a page, or the outcome. */
export type Checkout = { page: Page } | { outcome: Outcome };

/** Money of a payment to give back, with the provider's reference of the charge. */
export interface RefundOrder {
  id: string;
  providerReference: string;
  amount: Money;
}

/** A webhook or callback, as received. */
export interface Message {
  method: "GET" | "POST";
  /** The complete URL that was called. */
  url: string;
  /** By names in lower case. */
  headers: Record<string, string>;
  /** Byte for byte: signatures cover it. */
  body: string;
}

/** What a message reports of an attempt. */
export interface Report {
  reference: string | null;
  amount: Money | null;
  outcome: Outcome;
}

export interface PaymentProvider {
  name: "a55" | "dineropay" | "dintero" | "nexi";
  /** The cardholder pays. `card` is what they have entered on your page, if the provider has none. */
  checkout(order: Order, card: A55Card | null): Promise<Checkout>;
  /** You charge the stored card. */
  charge(order: Order): Promise<Outcome>;
  /** Looks an attempt up that was sent an hour ago or earlier, or whose cardholder has come back. It closes the page. */
  lookUp(order: Order): Promise<Outcome>;
  /** Verifies a message. Returns null for one that is not about a payment of yours; throws a BillingError for a forged one. */
  report(message: Message): Promise<Report | null>;
  refund(refund: RefundOrder): Promise<RequestResult>;
}

/** A page that was not made: nobody has its address, so nobody can pay it. */
export const NOT_MADE: Outcome = { status: "not_made", providerReference: null, decline: null, credential: null };
export const UNKNOWN: Outcome = { ...NOT_MADE, status: "unknown" };

export type Send = (request: HttpRequest) => Promise<HttpResponse>;
type Headers = Record<string, string>;

/** Sends requests with the headers that authorise you. Where no response arrives, the status is 0. */
export function sender(userAgent: string, authorise: () => Headers | Promise<Headers> = () => ({})): Send {
  return async (request) => {
    try {
      const headers = { ...request.headers, "user-agent": userAgent, ...(await authorise()) };
      const response = await fetch(request.url, { ...request, headers, signal: AbortSignal.timeout(30_000) });
      return { status: response.status, body: await response.text(), retryAfter: response.headers.get("retry-after") };
    } catch {
      return { status: 0, body: "" };
    }
  };
}

/** What a provider answers to a request for a token; `expiresIn` is in seconds. */
interface Token {
  accessToken: string | null;
  expiresIn: number | null;
}

/** Authorises requests with a bearer token, which is requested again a minute before it expires. */
export function bearer(request: () => Promise<Token | null>): () => Promise<Headers> {
  let headers: Promise<Headers> | null = null;
  let until = 0;
  async function renew(): Promise<Headers> {
    const token = await request();
    if (!token?.accessToken) throw new Error("the provider gives no token");
    until = Date.now() + ((token.expiresIn ?? 300) - 60) * 1000;
    return { authorization: `Bearer ${token.accessToken}` };
  }
  return () => {
    if (headers && Date.now() < until) return headers;
    // Other requests wait for the same token.
    until = Infinity;
    headers = renew().catch((error) => {
      until = 0;
      throw error;
    });
    return headers;
  };
}
