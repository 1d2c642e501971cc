// A webhook or callback: verified, looked up at the provider, and applied once, however often it comes.
import { createHash } from "node:crypto";
import { isBillingError } from "billing-rules";
import { type Attempt, settle } from "./payments.ts";
import type { Message, Report } from "./provider.ts";
import type { Shop } from "./shop.ts";

/** Applies a message, and returns the HTTP status. The provider repeats what is not answered with 200. */
export async function webhook(shop: Shop, message: Message): Promise<200 | 400 | 503> {
  const { method, url, body } = message;
  const digest = createHash("sha256").update(`${method} ${url}\n${body}`).digest();
  const { rowCount } = await shop.database.query("SELECT FROM webhooks WHERE digest = $1", [digest]);
  if (rowCount === 1) return 200;
  try {
    return await apply(shop, await shop.provider.report(message), digest);
  } catch (error) {
    // Forged, stale, or about another amount than was requested. The error has no secret.
    if (!isBillingError(error)) throw error;
    console.error(`webhook refused: ${error.code} at ${error.path}`);
    return error.code === "event_out_of_order" ? 503 : 400;
  }
}

async function apply(shop: Shop, report: Report | null, webhook: Buffer): Promise<200 | 503> {
  if (!report) return 200;
  const { reference, outcome, amount } = report;
  if (outcome.status === "unknown") return 503;
  // `not_made` is about one page or request: the attempt may have another by now. What is pending is reported again.
  if (outcome.status !== "succeeded" && outcome.status !== "declined") return 200;
  const attempt = "SELECT subscription, payment FROM payments WHERE reference = $1";
  const { rows } = await shop.database.query<Attempt>(attempt, [reference]);
  if (rows[0]) await settle(shop, rows[0], outcome, { amount, webhook });
  return 200;
}
