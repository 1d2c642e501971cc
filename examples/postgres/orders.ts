// What is in the outbox, as the provider needs it.
import type { A55Payer, Payment } from "billing-rules";
import type { Order, Page } from "./provider.ts";
import type { Shop } from "./shop.ts";

export const ORDER = `
  SELECT outbox.subscription, payment, started_at, page, customer, credential
  FROM outbox
  JOIN payments USING (reference)
  JOIN subscriptions ON subscriptions.id = outbox.subscription
  LEFT JOIN credentials ON credentials.subscription = outbox.subscription`;

export interface OrderRow {
  subscription: string;
  payment: Payment;
  started_at: Date;
  page: Page | null;
  customer: A55Payer | null;
  credential: Buffer | null;
}

export function orderOf(shop: Shop, { payment, started_at: startedAt, page, customer, credential }: OrderRow): Order {
  return { payment, startedAt, page, customer, credential: credential && shop.vault.decrypt(credential) };
}
