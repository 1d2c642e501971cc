// A55: the account, the card, and the parts of a charge
import type { Opt } from "../helpers.js";
import type { Indicator } from "../indicator.js";
import type { Schedule } from "../schedule.js";
import type { DateInput, Money } from "../values.js";

/** A55's documented hosts: core-manager.a55.tech (default), api.a55.tech, sandbox.api.a55.tech. A55 names yours. */
export type A55Environment = "core_manager" | "production" | "sandbox";

/** The merchant at A55. */
export interface A55Account {
  /** The wallet that the money goes to, a UUID. */
  walletUuid: string;
  /** The merchant, a UUID. */
  merchantId: string;
  environment?: Opt<A55Environment>;
  /** A base URL that overrides the environment, optionally with a path. */
  baseUrl?: Opt<string>;
}

/** A payer's address. */
export interface A55Address {
  street: string;
  addressNumber: string;
  complement?: Opt<string>;
  neighborhood: string;
  city: string;
  state: string;
  postalCode: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

/** The customer who pays. */
export interface A55Payer {
  name: string;
  /** CPF, CNPJ, RFC, … */
  taxId?: Opt<string>;
  email: string;
  /** With the country code, "+55…". */
  cellPhone?: Opt<string>;
  address: A55Address;
}

/** An item of the order. */
export interface A55Item {
  name: string;
  description?: Opt<string>;
  quantity: number;
  /** The price of one unit. */
  unitAmount: Money;
  sku?: Opt<string>;
  code?: Opt<string>;
}

/** The part of a card that may be stored to charge it again. */
export interface A55StoredCard {
  /** Whether `number` is that of the card or of a network token (DPAN). */
  type: "card" | "network_token";
  holder: string;
  number: string;
  expiryMonth: number;
  expiryYear: number;
}

/** A card for one charge. */
export interface A55Card extends A55StoredCard {
  /** As the cardholder has just entered it; never store it. Not needed for M1. */
  cvv?: Opt<string>;
  /** Of a network token, for this payment only. Not needed for M1. */
  cryptogram?: Opt<string>;
}

/** A recurrence, and who triggers its payments. */
export type A55Subscription =
  /** The merchant triggers each payment. */
  | { recurrence: "external"; indicator: Indicator; dueDate: DateInput }
  /** A55 triggers the payments after the first. It supports the six named cycles; a payment count is sent as its end date. */
  | { recurrence: "internal"; schedule: Schedule };

/** The cardholder's browser, for 3-D Secure. Source: A55's client code and API reference, which require no field. */
export interface A55DeviceInfo {
  deviceId?: Opt<string>;
  ipAddress?: Opt<string>;
  /** From A55's device script; empty if there is none. */
  sessionId?: Opt<string>;
  userAgent?: Opt<string>;
  /** The Accept header of the page. */
  acceptContent?: Opt<string>;
  language?: Opt<string>;
  javaEnabled?: Opt<boolean>;
  javascriptEnabled?: Opt<boolean>;
  colorDepth?: Opt<number>;
  screenHeight?: Opt<number>;
  screenWidth?: Opt<number>;
  /** Minutes from local time to UTC, as `getTimezoneOffset()` returns them: -840 to 840. */
  timeDifference?: Opt<number>;
  /** The Accept header of the browser. */
  acceptBrowserValue?: Opt<string>;
}

/** A 3-D Secure authentication made elsewhere. Source: A55's API reference, which gives only the names. */
export interface A55ThreedsExternal {
  /** One or two digits. */
  eci: string;
  cavv: string;
  xid?: Opt<string>;
  version?: Opt<string>;
}

/** A charge. */
export interface A55Charge {
  account: A55Account;
  payer: A55Payer;
  /** Their quantities times unit amounts add up to `amount`. */
  items?: Opt<readonly A55Item[]>;
  /** Above zero, in BRL, MXN, CLP, COP, PEN, ARS, USD or EUR. */
  amount: Money;
  /** Only 1, and sent only if given. */
  installments?: Opt<1>;
  description: string;
  /** Without a card, the response has a session for A55's checkout, where the payer enters it. Required for M1. */
  card?: Opt<A55Card>;
  /** Without a subscription, it is a single payment, due on `dueDate`. */
  subscription?: Opt<A55Subscription>;
  dueDate?: Opt<DateInput>;
  /** False only authorises. Default true: A55 captures the money immediately. */
  capture?: Opt<boolean>;
  /** True requires 3-D Secure; otherwise A55 decides. */
  threedsAuthentication?: Opt<boolean>;
  threedsExternal?: Opt<A55ThreedsExternal>;
  deviceInfo?: Opt<A55DeviceInfo>;
  webhookUrl?: Opt<string>;
  redirectUrl?: Opt<string>;
  /** The payment's reference, sent as `reference_external_id`. `findCharge` looks for it. */
  reference?: Opt<string>;
  /**
   * 16 to 128 characters; A55 makes the same request only once in 24 hours. Default: the reference, adapted to that
   * length.
   */
  idempotencyKey?: Opt<string>;
}
