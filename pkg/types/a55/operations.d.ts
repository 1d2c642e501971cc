// A55: the inputs of the other requests and of the readers
import type { Opt } from "../helpers.js";
import type { ChargeReply, HttpResponse, StatusReply } from "../http.js";
import type { Schedule } from "../schedule.js";
import type { Status } from "../subscription.js";
import type { DateInput, Money } from "../values.js";
import type { A55ProviderSubscription } from "./answers.js";
import type { A55Account, A55Environment } from "./charge.js";

/** The client of a token. */
export interface A55TokenRequest {
  clientId: string;
  clientSecret: string;
  /** Such as "api/readwrite"; only A55's later pages have one. */
  scope?: Opt<string>;
  environment?: Opt<A55Environment>;
  /** Another URL for the token; it overrides the environment. */
  tokenUrl?: Opt<string>;
}

/** A charge, by its id. */
export interface A55ChargeId {
  account: A55Account;
  chargeUuid: string;
}

/** Which charges to list. */
export interface A55ListCharges {
  account: A55Account;
  /** The first day. A55's time zone is not documented: to find an attempt, list from the day before it to the day after. */
  from?: Opt<DateInput>;
  through?: Opt<DateInput>;
  /** From 1. */
  page?: Opt<number>;
  /** 1 to 100; default 100. */
  limit?: Opt<number>;
  /** Such as "status:confirmed". */
  filter?: Opt<string>;
  /** Such as "created:desc". */
  sort?: Opt<string>;
}

/** A capture, a cancellation or a refund of a charge. */
export interface A55ChargeChange extends A55ChargeId {
  /** Default: all of it, or all that remains. Not for a cancellation. */
  amount?: Opt<Money>;
  /** The remaining amount, if known: `amount` must not exceed it. */
  remaining?: Opt<Money>;
  /** Not for a capture. */
  reason?: Opt<string>;
  /** Without a key, a refund that is sent again may be made twice. */
  idempotencyKey?: Opt<string>;
}

/** A subscription that A55 runs, by its id. */
export interface A55SubscriptionId {
  account: A55Account;
  subscriptionUuid: string;
}

/** The response to `createCharge`. */
export interface A55ReceivedCharge extends ChargeReply {
  /** False if the charge only authorises: `confirmed` then does not mean captured. */
  capture?: Opt<boolean>;
}

/** The response to `getCharge`. */
export interface A55ReceivedStatus extends StatusReply {
  /** False if the charge only authorises. */
  capture?: Opt<boolean>;
}

/** A response with amounts. */
export interface A55ReceivedAmounts extends HttpResponse {
  /** The currency of amounts that A55 writes without one; without it they are omitted. */
  currency?: Opt<string>;
}

/** The last page of charges, the pages before it, and the attempt to look for. */
export interface A55FindCharge extends HttpResponse {
  earlier?: Opt<readonly HttpResponse[]>;
  reference: string;
  /** The maximum number of charges on a page; default 100. A full page may be followed by another. */
  limit?: Opt<number>;
  /**
   * True if the request of the attempt is certainly over and the pages cover it. A missing charge is then `not_made`.
   */
  requestIsOver?: Opt<boolean>;
  capture?: Opt<boolean>;
}

/** A subscription at A55, and the schedule to compare it with. */
export interface A55CompareSubscription {
  found: A55ProviderSubscription;
  /** The schedule that was sent to A55. */
  schedule: Schedule;
  price: Money;
  /** The day of A55's response. */
  on: DateInput;
  /** The status of your own subscription; default: by the schedule on that day. */
  status?: Opt<Status>;
}

/** A webhook as received, with what verifies its signature. */
export type A55Webhook = {
  /** Byte for byte as received. */
  body: string;
  /** False if the charge only authorises. */
  capture?: Opt<boolean>;
  /** The currency of amounts without one. */
  currency?: Opt<string>;
  /** The header X-Webhook-Signature. */
  signature?: Opt<string>;
  /** The header X-Webhook-Timestamp. */
  timestamp?: Opt<string>;
} & (
  | {
      /** With a secret, a wrong, stale or missing signature is `invalid_signature`. */
      secret: string;
      /** The current time, in Unix seconds. Required with a secret. */
      now: number;
    }
  | { secret?: null | undefined; now?: Opt<number> }
);
