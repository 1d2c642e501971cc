// What Nexi's fake refuses: see nexi.mjs for the sources.

export const CURRENCIES = new Set(["DKK", "EUR", "GBP", "NOK", "SEK", "USD", "PLN", "CHF"]);
export const ID = /^([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
// Nexi's OpenAPI 3.0.4: lengths of 128, and the characters that are not supported.
export const PLAIN = /^[^<>'"&\\]{1,128}$/u;
export const NAME = /^[^<>\\]{1,128}$/u;
export const QUOTES = /[<>'"\\]/;
export const EVENT =
  /^payment\.(created|checkout\.completed|reservation\.(created(\.v2)?|failed)|charge\.(created|failed)(\.v2)?|refund\.(initiated(\.v2)?|failed|completed)|cancel\.(created|failed))$/;
// Keys have 1 to 64 characters by Nexi's reference; two clients hold 63 for the most that is safe.
export const KEY = 63;
export const bare = (id) => id.replaceAll("-", "").toLowerCase();
export const int32 = (value) => Number.isInteger(value) && Math.abs(value) <= 2147483647;

/** The refusal of a request: an HTTP status and the body that comes with it. */
export class Refusal extends Error {
  constructor(status, body) {
    super(JSON.stringify(body ?? status));
    Object.assign(this, { status, body });
  }
}
export const wrong = (field, message) => {
  throw new Refusal(400, { errors: { [field]: [message] } });
};
export const api = (code, message) => {
  throw new Refusal(402, { message, code, source: "Internal" });
};

/** Exactly these fields: `needed` and perhaps `optional`. */
export function fields(object, at, needed, optional = []) {
  if (object === null || typeof object !== "object" || Array.isArray(object)) wrong(at, "is no object");
  for (const key of needed) if (object[key] === undefined || object[key] === null) wrong(`${at}.${key}`, "is missing");
  for (const key of Object.keys(object))
    if (![...needed, ...optional].includes(key)) wrong(`${at}.${key}`, "is not known");
}

export function items(list, at, amount) {
  if (!Array.isArray(list) || list.length === 0) wrong(at, "has no items");
  let sum = 0;
  for (const [index, item] of list.entries()) {
    const here = `${at}[${index}]`;
    const amounts = ["unitPrice", "taxAmount", "grossTotalAmount", "netTotalAmount"];
    fields(item, here, ["reference", "name", "quantity", "unit", "taxRate", ...amounts]);
    if (!NAME.test(item.reference) || !NAME.test(item.name) || !PLAIN.test(item.unit)) wrong(here, "has a wrong text");
    if (typeof item.quantity !== "number" || item.quantity < 0) wrong(`${here}.quantity`, "is no quantity");
    if (!int32(item.taxRate) || item.taxRate < 0 || item.taxRate > 99999) wrong(`${here}.taxRate`, "is no rate");
    for (const key of amounts) if (!int32(item[key])) wrong(`${here}.${key}`, "is no amount of 32 bits");
    sum += item.grossTotalAmount;
  }
  if (sum !== amount) api("1005", "AmountDiffersFromOrderItems");
}

export function checkOrder(order, at, zeroToo) {
  fields(order, at, ["items", "amount", "currency", "reference"]);
  if (!int32(order.amount) || order.amount < 0 || (order.amount === 0 && !zeroToo))
    wrong(`${at}.amount`, "is no amount");
  if (!CURRENCIES.has(order.currency)) wrong(`${at}.currency`, "is not taken");
  if (!PLAIN.test(order.reference)) wrong(`${at}.reference`, "has a wrong text");
  items(order.items, `${at}.items`, order.amount);
}

export function checkHooks(notifications) {
  if (notifications === undefined) return;
  fields(notifications, "notifications", ["webHooks"]);
  if (notifications.webHooks.length > 32) wrong("notifications.webHooks", "are too many");
  for (const hook of notifications.webHooks) {
    fields(hook, "webHook", ["eventName", "url", "authorization"]);
    // The webhooks' reference, and three names that four public clients use.
    if (!EVENT.test(hook.eventName)) wrong("webHook.eventName", "is no event");
    // OpenAPI 3.0.4: HTTPS (or this machine, where the fake is), 256 characters, without < > ' " & \; 8 to 64 letters and digits.
    if (!/^(https:\/\/|http:\/\/127\.0\.0\.1[:/])/.test(hook.url)) wrong("webHook.url", "is not https");
    if (hook.url.length > 256 || /[<>'"&\\]/.test(hook.url)) wrong("webHook.url", "has a wrong text");
    if (!/^[A-Za-z0-9]{8,64}$/.test(hook.authorization)) wrong("webHook.authorization", "is not possible");
  }
}

export const optionalText = (value, most, at) => {
  if (value === undefined) return;
  if (typeof value !== "string" || value.length < 1 || value.length > most) wrong(at, "is no text");
};
