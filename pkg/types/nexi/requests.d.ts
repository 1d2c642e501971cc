// Nexi: the inputs of requests
import type { Opt } from "../helpers.js";
import type { HttpRequest, HttpResponse } from "../http.js";
import type { Terms } from "../terms.js";
import type { DateInput, Money, Rounding } from "../values.js";

/** The merchant at Nexi. */
export interface NexiAccount {
  environment: "test" | "live";
  /** Only for partners, who act for several merchants. */
  merchantNumber?: Opt<string>;
  /** A base URL that replaces Nexi's. */
  baseUrl?: Opt<string>;
}

/** Scheduled: a fixed amount at a fixed interval. Unscheduled: any amount on any day. */
export type NexiAgreementKind = "scheduled" | "unscheduled";

/** An agreement, by Nexi's id: 32 hex digits, with or without hyphens. */
export interface NexiAgreementById {
  kind: NexiAgreementKind;
  id: string;
  externalReference?: null | undefined;
}

/** An agreement, by the reference of its import. */
export interface NexiAgreementByReference {
  kind: NexiAgreementKind;
  id?: null | undefined;
  externalReference: string;
}

/** An agreement, by its id or by its import reference. */
export type NexiAgreement = NexiAgreementById | NexiAgreementByReference;

/** An item of an order. */
export interface NexiItem {
  /** 1 to 128 characters, none of `< > \`; the same for `name`. */
  reference: string;
  name: string;
  /** An integer, or a fraction as a string: "0.5". Default 1. */
  quantity?: Opt<number | string>;
  /** Default "pcs". */
  unit?: Opt<string>;
  /** The total with tax; negative for a discount. */
  gross: Money;
  /** In hundredths of a percent, 0 to 99999: 2500 is 25 %. Default 0. */
  taxRate?: Opt<number>;
  /** Without tax. Default: gross minus its tax, rounded once. */
  net?: Opt<Money>;
  /** Default: gross minus net. */
  tax?: Opt<Money>;
  /** Of one unit, without tax. Default: net divided by the quantity, rounded once. */
  unitPrice?: Opt<Money>;
}

/** An order. */
export interface NexiOrder {
  /** With tax, in DKK, EUR, GBP, NOK, SEK, USD, PLN or CHF, at most 2147483647 minor units. */
  amount: Money;
  /** At least one; their gross totals add up to the amount. */
  items: readonly NexiItem[];
  /** Of net, tax and unit price; default `half_up`. */
  rounding?: Opt<Rounding>;
}

/** A customer's postal address. */
export interface NexiAddress {
  addressLine1: string;
  addressLine2?: Opt<string>;
  /** 4 digits in Norway and Denmark, 5 in Sweden, elsewhere 1 to 12 characters. */
  postalCode: string;
  city: string;
  /** ISO 3166-1 alpha-3: "NOR". */
  country: string;
}

/** A phone number. */
export interface NexiPhone {
  prefix: string;
  number: string;
}

/** A person. */
export interface NexiPerson {
  firstName: string;
  lastName: string;
}

/** A company. */
export interface NexiCompany {
  name: string;
  contact?: Opt<NexiPerson>;
}

/** The customer who pays: a person or a company. */
export interface NexiConsumer {
  reference?: Opt<string>;
  email?: Opt<string>;
  shippingAddress?: Opt<NexiAddress>;
  billingAddress?: Opt<NexiAddress>;
  phoneNumber?: Opt<NexiPhone>;
  privatePerson?: Opt<NexiPerson>;
  company?: Opt<NexiCompany>;
}

/** The checkout page: Nexi's, from which the cardholder returns to `returnUrl`, or a frame in `url`. */
export type NexiCheckout = (
  | { integration: "hosted"; returnUrl: string; url?: null | undefined }
  | { integration: "embedded"; url: string; returnUrl?: null | undefined }
) & {
  cancelUrl?: Opt<string>;
  termsUrl: string;
  merchantTermsUrl?: Opt<string>;
  consumer?: Opt<NexiConsumer>;
  /** True if the merchant collects the customer's data, and the page does not. */
  merchantHandlesConsumerData?: Opt<boolean>;
  /** Who may buy, the default first. */
  consumerTypes?: Opt<readonly ("B2C" | "B2B")[]>;
  countryCode?: Opt<string>;
  button?: Opt<"pay" | "purchase" | "order" | "book" | "reserve" | "signup" | "subscribe" | "accept">;
};

/** The name of a webhook. */
export type NexiEvent =
  | "payment.created"
  | "payment.reservation.created"
  | "payment.reservation.created.v2"
  | "payment.reservation.failed"
  | "payment.checkout.completed"
  | "payment.charge.created"
  | "payment.charge.created.v2"
  | "payment.charge.failed.v2"
  | "payment.charge.failed"
  | "payment.refund.initiated"
  | "payment.refund.initiated.v2"
  | "payment.refund.failed"
  | "payment.refund.completed"
  | "payment.cancel.created"
  | "payment.cancel.failed";

/** A webhook for Nexi to send. */
export interface NexiWebHook {
  eventName: NexiEvent;
  url: string;
  /** The header `Authorization` of the webhook: 8 to 64 letters and digits. Secret. */
  authorization: string;
}

/** A new agreement, or another card for the one of the `id`. */
export type NexiNewAgreement =
  | { kind: "unscheduled"; id?: Opt<string> }
  | {
      kind: "scheduled";
      id?: Opt<string>;
      /** The last day on which it may be charged, after `today`. Required for a new one. */
      endDate?: Opt<DateInput>;
      today?: Opt<DateInput>;
      /**
       * The minimum number of days between charges, which Nexi counts from the latest one. Default 0: any. Another
       * value requires `planChanges: false` and the terms, whose payments it must not delay.
       */
      interval?: Opt<number>;
      terms?: Opt<Terms>;
      planChanges?: Opt<boolean>;
    };

/** A payment by the cardholder. */
export interface NexiCreatePayment {
  account: NexiAccount;
  /** The payment's reference, which becomes the order's. */
  reference: string;
  order: NexiOrder;
  /**
   * `payment` (default): captured immediately. `reservation`: charged or cancelled later, more than one major unit.
   * `verification`: of amount 0. `one_minor_unit`: for issuers that reject 0; cancel it afterwards.
   */
  purpose?: Opt<"payment" | "reservation" | "verification" | "one_minor_unit">;
  agreement: NexiNewAgreement;
  checkout: NexiCheckout;
  /** By Nexi's names; default: all that the merchant has. */
  paymentMethods?: Opt<readonly string[]>;
  /** At most 32. */
  webHooks?: Opt<readonly NexiWebHook[]>;
  /** Up to 36 characters. */
  myReference?: Opt<string>;
}

/** A charge of an agreement. */
export interface NexiChargeSubscription {
  account: NexiAccount;
  /** By its id. */
  agreement: NexiAgreement;
  /** The payment's reference: the order's and the idempotency key, hashed if longer than 63 characters. */
  reference: string;
  /** Above 0. */
  order: NexiOrder;
  webHooks?: Opt<readonly NexiWebHook[]>;
  myReference?: Opt<string>;
}

/** A charge of an agreement, to query. */
export interface NexiChargeStatus {
  account: NexiAccount;
  agreement: NexiAgreement;
  reference: string;
}

/** An agreement to fetch. */
export interface NexiRetrieveSubscription {
  account: NexiAccount;
  agreement: NexiAgreement;
}

/** A charge in a batch. */
export interface NexiBulkEntry {
  agreement: NexiAgreement;
  reference: string;
  order: NexiOrder;
  myReference?: Opt<string>;
}

/** Charges of many agreements. */
export interface NexiBulkCharge {
  account: NexiAccount;
  /** Each payment and each agreement once. */
  charges: readonly NexiBulkEntry[];
  /** The maximum number of charges in a batch, from 1. Nexi documents no limit. */
  batchSize: number;
  /** The references of payments in batches whose result is unknown. */
  unresolved?: Opt<readonly string[]>;
  webHooks?: Opt<readonly NexiWebHook[]>;
}

/** A payment of a batch. */
export interface NexiBulkPayment {
  reference: string;
  agreement: NexiAgreement;
}

/** A batch. Store it before you send its request, and until its result is known. */
export interface NexiBulkBatch {
  /** 63 digits of the SHA-256 of the sorted references: Nexi makes the same batch once. */
  externalBulkChargeId: string;
  kind: NexiAgreementKind;
  payments: NexiBulkPayment[];
  request: HttpRequest;
}

/** Agreements whose cards to verify. */
export interface NexiBulkVerification {
  account: NexiAccount;
  /** All of one kind. */
  agreements: readonly NexiAgreement[];
  externalBulkVerificationId?: Opt<string>;
}

/** A page of a batch's results. */
export interface NexiRetrieveBulk {
  account: NexiAccount;
  bulk: "charges" | "verifications";
  kind: NexiAgreementKind;
  /** From `readBulk`. */
  bulkId: string;
  skip?: Opt<number>;
  take?: Opt<number>;
}

/** An amount of a payment. */
export interface NexiSettlement {
  account: NexiAccount;
  amount: Money;
  /** Required for a partial amount. */
  items?: Opt<readonly NexiItem[]>;
  rounding?: Opt<Rounding>;
}

/** A charge of a reservation. */
export interface NexiChargePayment extends NexiSettlement {
  paymentId: string;
  reference: string;
  myReference?: Opt<string>;
  finalCharge?: Opt<boolean>;
}

/** A refund of a charge, or of a payment, which some methods do not support. */
export type NexiRefund = NexiSettlement & { reference: string; myReference?: Opt<string> } & (
    { chargeId: string; paymentId?: null | undefined } | { paymentId: string; chargeId?: null | undefined }
  );

/** A cancellation of a reservation, in whole or in part. */
export interface NexiCancelPayment extends NexiSettlement {
  paymentId: string;
}

/** A payment, a charge or a refund, by its id. */
export interface NexiLookup {
  account: NexiAccount;
  id: string;
}

/** The response to `retrieveBulk`. */
export interface NexiBulkReply extends HttpResponse {
  /** Those of the batch. They give the results their references. */
  payments?: Opt<readonly NexiBulkPayment[]>;
}

/** A webhook as received, with what verifies it. */
export interface NexiWebhookInput {
  body: string;
  /** The header `Authorization` of the webhook. */
  authorization?: Opt<string>;
  /** The `authorization` of the NexiWebHook. */
  expected: string;
  /** True if the merchant made the payment: only then is a failed reservation a decline. */
  merchantInitiated?: Opt<boolean>;
}
