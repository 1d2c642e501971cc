// DineroPay: the inputs of requests
import type { Opt } from "../helpers.js";
import type { StatusReply } from "../http.js";
import type { StoredCredential } from "../outcome.js";
import type { Schedule } from "../schedule.js";
import type { DateInput, Money } from "../values.js";

/** The digest used in DineroPay's hashes, as set in the dashboard; default `md5`. */
export type DineroPayHashAlgorithm = "md5" | "sha256";

/** The merchant at DineroPay. */
export interface DineroPayAccount {
  /** As shown in the dashboard, up to 255 characters; with the test key every payment is a test. */
  merchantKey: string;
  /** Used only in the hashes: no request contains it. */
  password: string;
  hashAlgorithm?: Opt<DineroPayHashAlgorithm>;
  /** The host of the checkout protocol; default `https://checkout.dineropay.com`. */
  checkoutUrl?: Opt<string>;
  /** The host of the form protocol; default `https://api.dineropay.com`. */
  apiUrl?: Opt<string>;
}

/** An order. */
export interface DineroPayOrder {
  /** 1 to 255 letters without accents, digits and signs, no spaces, new for each attempt: a payment's `reference`. */
  number: string;
  /** Above zero. */
  amount: Money;
  /** 2 to 1024 letters without accents (Arabic is allowed), digits, spaces and signs. */
  description: string;
}

/** The customer who pays. */
export interface DineroPayCustomer {
  /** 2 to 32 characters. */
  name: string;
  email: string;
  birthDate?: Opt<DateInput>;
}

/** The postal address of the customer. */
export interface DineroPayBillingAddress {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** 2 to 32 characters; two capital letters in US, CA, AU, JP and IN. */
  state?: Opt<string>;
  /** 2 to 40 characters. */
  city?: Opt<string>;
  /** 2 to 32 characters. */
  district?: Opt<string>;
  /** 2 to 32 characters. */
  address?: Opt<string>;
  /** 1 to 9 characters. */
  houseNumber?: Opt<string>;
  /** 2 to 10 characters. */
  zip?: Opt<string>;
  /** 1 to 32 digits, spaces and `+()-`. */
  phone?: Opt<string>;
}

/** The recurrence that a payment begins. The dates and the amount need a schedule and a newer installation of the platform. */
export interface DineroPayRecurringInit {
  /** The schedule by which DineroPay makes the later payments. */
  scheduleId?: Opt<string>;
  /** The day of its first payment, for a trial. */
  scheduleStartDate?: Opt<DateInput>;
  /** The amount of its payments, if it differs from the first. */
  paymentScheduleAmount?: Opt<Money>;
  /** A box on the page in which the payer agrees to the later payments. */
  consentRequired?: Opt<boolean>;
}

/** A session on DineroPay's checkout page. */
export interface DineroPaySession {
  account: DineroPayAccount;
  order: DineroPayOrder;
  /** URLs have up to 1024 characters. The dashboard sets the URL for callbacks. */
  successUrl: string;
  cancelUrl?: Opt<string>;
  expiryUrl?: Opt<string>;
  errorUrl?: Opt<string>;
  urlTarget?: Opt<"_self" | "_parent" | "_top" | "_blank">;
  /** Starts a recurrence; `{}` if the merchant makes the later payments. */
  recurring?: Opt<DineroPayRecurringInit>;
  /** DineroPay's page requests what is missing. */
  customer?: Opt<DineroPayCustomer>;
  billingAddress?: Opt<DineroPayBillingAddress>;
  /** Such as `card`; default DineroPay's routing. */
  methods?: Opt<readonly string[]>;
  /** The extra parameters of single methods, by method and name. */
  parameters?: Opt<Record<string, Record<string, string>>>;
  /** Up to 16 characters. */
  channelId?: Opt<string>;
  /** Minutes, 1 to 720; default 60. */
  sessionExpiry?: Opt<number>;
  /** 64 characters each. */
  cardTokens?: Opt<readonly string[]>;
  requestToken?: Opt<boolean>;
  vatCalc?: Opt<boolean>;
  /** The callback returns it. */
  customData?: Opt<Record<string, string>>;
}

/** A charge of a stored card. */
export interface DineroPayRecurringCharge {
  account: DineroPayAccount;
  /** The number must be new; the amount may differ from that of the first payment. */
  order: DineroPayOrder;
  /** From the first callback. */
  credential: StoredCredential;
  scheduleId?: Opt<string>;
  customer?: Opt<DineroPayCustomer>;
  customData?: Opt<Record<string, string>>;
  /** Whether the order includes the currency; default false: the first payment has set it. */
  sendCurrency?: Opt<boolean>;
}

/** A payment, by its id. */
export interface DineroPayPaymentInput {
  account: DineroPayAccount;
  /** `providerReference` of the payment's outcome. */
  paymentId: string;
}

/** A refund. */
export interface DineroPayRefund extends DineroPayPaymentInput {
  /** Default: all of it. */
  amount?: Opt<Money>;
}

/** A capture. */
export interface DineroPayCapture extends DineroPayPaymentInput {
  amount: Money;
}

/** A payment or an order to query. */
export type DineroPayStatusInput =
  | { account: DineroPayAccount; paymentId: string }
  /** `size`: the maximum number of payments of the order, 1 to 100; for newer installations of the platform. */
  | { account: DineroPayAccount; orderNumber: string; size?: Opt<number> };

/** The encoding of a form; default `multipart`. */
export type DineroPayEncoding = "multipart" | "urlencoded";

/** A schedule by which DineroPay charges. */
export interface DineroPayNewSchedule {
  account: DineroPayAccount;
  /** 1 to 100 characters. */
  name: string;
  /** The session makes the initial payment, which is the one on `start`. */
  schedule: Schedule;
  /** What DineroPay counts; default: the initial payment too. */
  counting?: Opt<"includes_initial" | "scheduled_only">;
  /** Confirms a schedule without an end: the request has no number of payments. */
  openEnded?: Opt<boolean>;
  /** The intervals before DineroPay's first payment; default 0. */
  delays?: Opt<number>;
  encoding?: Opt<DineroPayEncoding>;
}

/** A schedule at DineroPay, by its id. */
export interface DineroPayScheduleInput {
  account: DineroPayAccount;
  scheduleId: string;
  encoding?: Opt<DineroPayEncoding>;
}

/** A subscription on a schedule at DineroPay. */
export interface DineroPayDeschedule extends DineroPayScheduleInput {
  credential: StoredCredential;
}

/** The input of a hash. */
export interface DineroPayHashInput {
  /** The checkout protocol's, or formulas 1 to 8 of the form protocol in this order. */
  formula:
    | "checkout"
    | "sale"
    | "transaction"
    | "create_schedule"
    | "schedule"
    | "credit"
    | "credit_status"
    | "order"
    | "wallet";
  password: string;
  hashAlgorithm?: Opt<DineroPayHashAlgorithm>;
  /** For `checkout`; default `unicode`. */
  upperCase?: Opt<"unicode" | "ascii">;
  /** For `checkout`: in their order, each exactly as it is sent. */
  fields?: Opt<readonly string[]>;
  email?: Opt<string>;
  /** Only the first six and the last four digits count; the others may be asterisks. */
  cardNumber?: Opt<string>;
  cardToken?: Opt<string>;
  /** `trans_id`, `schedule_id` or `order_id`, depending on the formula. */
  id?: Opt<string>;
}

/** A callback as received, with what verifies it. */
export interface DineroPayCallbackInput {
  /** Byte for byte as received. */
  body: string;
  password: string;
  hashAlgorithm?: Opt<DineroPayHashAlgorithm>;
}

/** The query of a payer who returned, with the order that verifies it. */
export interface DineroPayReturnInput {
  query: string;
  password: string;
  hashAlgorithm?: Opt<DineroPayHashAlgorithm>;
  /** Of the order, as the merchant recorded it. */
  amount: Money;
  /** Of the order, as the merchant recorded it. */
  description: string;
}

/** The response to `getStatus`, and the order that it is about. */
export interface DineroPayStatusReply extends StatusReply {
  orderNumber: string;
  /** Identifies a payment without an order number. */
  paymentId?: Opt<string>;
}
