// Dintero: the inputs of requests. Amounts are minor units up to 2 147 483 647, in any currency.
import type { Opt } from "../helpers.js";
import type { HttpRequest, HttpResponse, StatusReply } from "../http.js";
import type { StoredCredential } from "../outcome.js";
import type { DateInput, Money } from "../values.js";

/** The merchant at Dintero. */
export interface DinteroAccount {
  /** `T` (sandbox) or `P` (production) and eight digits. */
  id: string;
  /** An account, session or transaction of the other environment is `environment_mismatch`. */
  environment: "test" | "live";
  /** A base URL that replaces Dintero's for all requests, such as that of a fake. */
  baseUrl?: Opt<string>;
}

/** Swedbank Pay, Bambora, Dintero's own. */
export type DinteroProduct = "payex.creditcard" | "bambora.creditcard" | "dintero_psp.creditcard";

/** Swedbank Pay has both, the others only `payment_token`. */
export type DinteroTokenType = "payment_token" | "recurrence_token";

/** From a transaction of Dintero's that was fetched with its tokens; at least one of the two. */
export interface DinteroCredential {
  provider: "dintero";
  /** A DinteroProduct, or that of a transaction of another product, which cannot be charged. */
  product: string;
  /** For payments with the customer present, and for charges by the merchant. */
  paymentToken?: Opt<string>;
  /** For recurring charges by the merchant, at Swedbank Pay. */
  recurrenceToken?: Opt<string>;
}

/** An item of an order. */
export interface DinteroItem {
  id?: Opt<string>;
  /** Different for each line of an order. */
  lineId: string;
  description?: Opt<string>;
  quantity?: Opt<number>;
  /** Of the whole line, including VAT; below zero for a discount. */
  amount: Money;
  vatAmount?: Opt<Money>;
  /** Hundredths of a percent: 2500 is 25 %. */
  vatRate?: Opt<number>;
}

/** An order. */
export interface DinteroOrder {
  /** From 1; the items, if given, add up to it. */
  amount: Money;
  /** For a subscription, the payment's reference. */
  merchantReference: string;
  merchantReference2?: Opt<string>;
  vatAmount?: Opt<Money>;
  items?: Opt<readonly DinteroItem[]>;
}

/** The customer who pays. */
export interface DinteroCustomer {
  customerId?: Opt<string>;
  email?: Opt<string>;
  /** With `+` and the country code. */
  phoneNumber?: Opt<string>;
}

/** The URLs of a session. */
export interface DinteroUrls {
  /** Where the customer is sent afterwards. */
  returnUrl: string;
  /** Where Dintero reports, `https://…`. */
  callbackUrl?: Opt<string>;
  merchantTermsUrl?: Opt<string>;
}

/** The tokens for a session to create. */
export interface DinteroTokens {
  product: DinteroProduct;
  types: readonly DinteroTokenType[];
  /** Only for `dintero_psp.creditcard` in `createSession`. With `opt_in` there may be no token. */
  saveCardCheckbox?: Opt<"opt_in" | "opt_out">;
  /** Only for `dintero_psp.creditcard`. */
  authMethods?: Opt<readonly ("PASSKEY" | "3DS")[]>;
}

/** A session where the customer pays. */
export interface DinteroSession {
  account: DinteroAccount;
  order: DinteroOrder;
  customer?: Opt<DinteroCustomer>;
  urls: DinteroUrls;
  /** Default `default`. */
  profileId?: Opt<string>;
  /** Stores the card. */
  tokens?: Opt<DinteroTokens>;
  /** A stored card, which the customer confirms instead of entering it. */
  credential?: Opt<StoredCredential>;
  /** When the money is captured; default `at_once`. */
  capture?: Opt<"at_once" | "later" | "by_profile">;
  /** On the cardholder's statement, at most 40 characters; only for `payex.creditcard`. */
  dynamicDescriptor?: Opt<string>;
}

/** A session where the customer stores a card. */
export interface DinteroTokenSession {
  account: DinteroAccount;
  currency: string;
  merchantReference: string;
  customer?: Opt<DinteroCustomer>;
  urls: DinteroUrls;
  tokens: DinteroTokens;
}

/** A session, by its id. */
export interface DinteroSessionId {
  account: DinteroAccount;
  sessionId: string;
}

/** A charge of a stored card. */
export interface DinteroCharge {
  account: DinteroAccount;
  order: DinteroOrder;
  credential: StoredCredential;
  /** Default `recurring_purchase`; at Swedbank Pay with only a payment token `unscheduled_purchase`. */
  operation?: Opt<"recurring_purchase" | "unscheduled_purchase">;
  customer?: Opt<DinteroCustomer>;
  callbackUrl?: Opt<string>;
  /** When the money is captured; default `at_once`. */
  capture?: Opt<"at_once" | "later">;
  /** What Dintero does with a reference that was paid before, or charged before; default `refuse_paid`. */
  duplicates?: Opt<"refuse_paid" | "refuse_all" | "allow">;
}

/** A transaction, by its id. */
export interface DinteroTransactionId {
  account: DinteroAccount;
  transactionId: string;
}

/** A transaction to fetch. */
export interface DinteroGetTransaction extends DinteroTransactionId {
  /** Those that its session created. */
  tokens?: Opt<readonly DinteroTokenType[]>;
}

/** The transactions of a reference. */
export interface DinteroFindTransactions {
  account: DinteroAccount;
  merchantReference: string;
}

/** A capture or a refund. */
export interface DinteroTransactionChange extends DinteroTransactionId {
  amount: Money;
  /** The merchant's reference of the capture or refund. */
  reference?: Opt<string>;
  /** Only of a refund. */
  reason?: Opt<string>;
  items?: Opt<readonly DinteroItem[]>;
}

/** The payment for the old plan: `end` is the first day that it did not pay for. */
export interface DinteroPaidBefore {
  transactionId: string;
  amount: Money;
  start: DateInput;
  end: DateInput;
}

/** An upgrade as Dintero documents it. */
export interface DinteroUpgrade {
  /** The payment of the new plan in full. */
  session: DinteroSession;
  paid: DinteroPaidBefore;
  on: DateInput;
  refundReference?: Opt<string>;
}

/** A request of an upgrade. */
export interface DinteroPlannedRequest {
  name: "charge" | "refund";
  amount: Money;
  /** The request that must have succeeded, and been captured, before you send this one. */
  after: "charge" | null;
  request: HttpRequest;
}

/** The client of a token. */
export interface DinteroAuthToken {
  account: DinteroAccount;
  clientId: string;
  clientSecret: string;
}

/** Which stored cards to list. */
export interface DinteroListCardTokens {
  account: DinteroAccount;
  customerId?: Opt<string>;
  /** The id of the last token of the previous page. */
  startingAfter?: Opt<string>;
}

/** A stored card to delete. */
export interface DinteroDeleteCardToken {
  account: DinteroAccount;
  tokenId: string;
  reason?: Opt<string>;
  byCardholder?: Opt<boolean>;
}

/** The response to a capture or a refund. */
export interface DinteroChangeReply extends HttpResponse {
  /** That of the capture or refund. */
  reference?: Opt<string>;
}

/** The response to `findTransactions`. */
export interface DinteroTransactionsReply extends StatusReply {
  merchantReference: string;
}

/** A callback as received, with what verifies its signature. */
export interface DinteroCallbackInput {
  accountId: string;
  secret: string;
  /** The header `Dintero-Signature`. */
  signature: string;
  method: HttpRequest["method"];
  /** The complete URL that was called. */
  url: string;
  /** The current time, in Unix seconds. */
  now: number;
}

/** A webhook as received, with the secret that verifies its signature. */
export interface DinteroWebhookInput {
  secret: string;
  /** All headers, with names in any letter case: they contain the event and the delivery too. */
  headers: Record<string, string>;
  /** Byte for byte as received. */
  body: string;
}
