// Requests and responses, as every provider has them (R7)
import type { Opt } from "./helpers.js";

/** A request, ready for `fetch(request.url, request)`. You add the transport credentials (a bearer token). */
export interface HttpRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: string;
  headers: Record<string, string>;
  /** It contains secrets: log `redact(request)`, never this. */
  body?: string;
}

/** A provider's response: `{ status: response.status, body: await response.text() }`; status 0 where none arrived. */
export interface HttpResponse {
  status: number;
  body: string;
  /** `response.headers.get("retry-after")`. Readers return seconds as `retryAfterSeconds`, and ignore a date: they have no clock. */
  retryAfter?: Opt<string>;
}

/** A provider's response to a request that makes a payment. */
export interface ChargeReply extends HttpResponse {
  /**
   * True if the same request was sent before and its response was lost. A rejection then says nothing about the first
   * one, and is `unknown` rather than `not_made`.
   */
  resent?: Opt<boolean>;
}

/** A provider's response to a query about an attempt. */
export interface StatusReply extends HttpResponse {
  /** True if the request of the attempt is certainly over. */
  requestIsOver?: Opt<boolean>;
}

/** When to query or send again, as the provider requests in its response. */
export interface RetryAfter {
  /**
   * Seconds to wait first. Present only if the provider states them and there is something left to query or to send
   * again.
   */
  retryAfterSeconds?: number;
}

/**
 * The result of a request that charges nothing. `accepted`: not reported as done yet. `unknown`: it may have been done.
 */
export type RequestResult = "done" | "accepted" | "refused" | "unknown";

/**
 * Returns a copy of a request that is safe to log: secret fields and credentials are masked (R7.3). The request has to be one
 * that was built here.
 *
 * @example
 * const headers = { "Content-Type": "application/json", Authorization: "Bearer a-token" };
 * const request: HttpRequest = { method: "POST", url: "https://api.example/charge", headers, body: '{"amount":"19.90","card_cvv":"123"}' };
 * redact(request).body; // '{"amount":"19.90","card_cvv":"***"}'
 * redact(request).headers.Authorization; // "***"
 */
export function redact(request: HttpRequest): HttpRequest;
