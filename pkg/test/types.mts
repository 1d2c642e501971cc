// The contract as TypeScript sees it: what must compile, and what must not.
import {
  type A55Change,
  type A55Charge,
  type A55Difference,
  type A55Error,
  type Action,
  BillingError,
  type CancellationQuote,
  type Capabilities,
  type ChargeReply,
  type ChargeInput,
  type DineroPaySession,
  type DinteroCharge,
  type DinteroTransaction,
  type HttpRequest,
  type HttpResponse,
  type Language,
  type Line,
  type LineKind,
  type LineNames,
  type Money,
  type NexiBulkBatch,
  type NexiCheckout,
  type NexiOrder,
  type NexiPayment,
  type SchemeReminder,
  type ReminderDays,
  type Outcome,
  type Payment,
  type PendingChange,
  type Period,
  type PlanChange,
  type PlanChangeQuote,
  type PlanChangedEvent,
  type Preview,
  type PreviewOptions,
  type PreviewedPayment,
  type Proration,
  type Provider,
  type ReadChargeInput,
  type RetryAfter,
  type RetryAttempt,
  type Schedule,
  type StoredCredential,
  type Subscription,
  type SubscriptionEvent,
  type Terms,
  type TermsFinding,
  a55,
  allocate,
  applyEvent,
  quoteCancellation,
  capabilities,
  quotePlanChange,
  chargeRequest,
  checkTerms,
  createSubscription,
  currencyInfo,
  dineropay,
  dintero,
  dayIn,
  dueDates,
  explain,
  formatDecimal,
  formatMoney,
  selectIndicator,
  isBillingError,
  lastPayment,
  nexi,
  nextAction,
  nextDueDate,
  schemeReminders,
  eventFromOutcome,
  parseDecimal,
  period,
  periodOn,
  periodPrice,
  periods,
  preview,
  prorate,
  readCharge,
  readStatus,
  ready,
  redact,
  simulate,
  statusRequest,
  withTrial,
} from "billing-rules";
import * as fromA55 from "billing-rules/a55";
import { type DineroPayCallback, readCallback } from "billing-rules/dineropay";
import { type DinteroWebhook, readWebhook } from "billing-rules/dintero";
import { explain as explainAlone } from "billing-rules/explain";
import { ar } from "billing-rules/explain/ar";
import { en } from "billing-rules/explain/en";
import { nb } from "billing-rules/explain/nb";
import { pt } from "billing-rules/explain/pt";
import * as fromNexi from "billing-rules/nexi";
import * as pages from "billing-rules/preview";
import * as pageSlim from "billing-rules/preview/slim";
import * as slim from "billing-rules/slim";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <A, B>(_: Equal<A, B>) => {};

const schedule: Schedule = { start: "2025-01-31", cycle: "monthly", endDate: null, paymentCount: 3 };
const other: Schedule = { start: "2025-01-31", cycle: { every: 10, unit: "day" }, anchorDay: undefined };

is<ReturnType<typeof nextDueDate>, string | null>(true);
is<ReturnType<typeof dueDates>, string[]>(true);
is<ReturnType<typeof period>, Period | null>(true);
is<ReturnType<typeof periodOn>, Period | null>(true);
is<ReturnType<typeof periods>, Period[]>(true);
is<ReturnType<typeof parseDecimal>, Money>(true);
is<ReturnType<typeof allocate>, Money[]>(true);
is<ReturnType<typeof periodPrice>, Line | null>(true);
is<ReturnType<typeof prorate>, Proration>(true);
is<ReturnType<typeof redact>, HttpRequest>(true);
is<ReturnType<typeof a55.createCharge>, HttpRequest>(true);
is<ReturnType<typeof selectIndicator>["indicator"], "C1" | "M1" | null>(true);

const last = lastPayment(schedule);
if (last) is<typeof last.bound, "end_date" | "payment_count">(true);
dueDates(other, { from: "2025-01-01", through: null, limit: 5 });
const text: string = formatDecimal({ amount: 1999, currency: "NOK" });
const digits: number = currencyInfo("NOK").exponent;

// A Temporal.PlainDate is a date, a JS Date is not.
const temporal = { calendarId: "iso8601", year: 2025, month: 1, day: 31, toString: () => "2025-01-31" };
nextDueDate({ ...schedule, start: temporal }, temporal);
// @ts-expect-error a JS Date has no day of its own
nextDueDate(schedule, new Date(0));
// @ts-expect-error a cycle that has no name
nextDueDate({ start: "2025-01-31", cycle: "fortnightly" }, "2025-01-31");
// @ts-expect-error a typing error in an optional field
nextDueDate({ start: "2025-01-31", cycle: "monthly", enddate: "2025-02-28" }, "2025-01-31");
// @ts-expect-error a decimal text is not an amount
prorate({ schedule, from: "100.00", to: { amount: 1, currency: "NOK" }, at: "2025-02-01" });

// A subscription is plain JSON, an action is told apart by its type.
const begun = createSubscription({ id: "sub-1", terms: { price: { amount: 100, currency: "NOK" }, schedule } });
const stored: typeof begun = JSON.parse(JSON.stringify(begun));
const action: Action = nextAction(stored, "2025-01-31");
if (action.type === "charge" || action.type === "checkout") {
  applyEvent(stored, { type: "attempt_started", reference: action.payment.reference, on: "2025-01-31" });
}
// @ts-expect-error waiting has no payment
if (action.type === "wait") action.payment;
// @ts-expect-error an event that there is not
applyEvent(stored, { type: "refunded", on: "2025-01-31" });

// What a page shows before anything is agreed.
const trial: Terms = { price: { amount: 9900, currency: "NOK" }, schedule, trialStart: temporal, recurrence: null };
const options: PreviewOptions = { on: temporal, payments: 6, through: null };
const agreed: Preview = preview(trial, options);
is<typeof agreed.payments, PreviewedPayment[]>(true);
is<typeof agreed.end.bound, "end_date" | "payment_count" | "cancelled" | "never">(true);
is<typeof agreed.digest, string>(true);
is<ReturnType<typeof schemeReminders>, SchemeReminder[]>(true);
const window: ReminderDays | null = schemeReminders(trial, options)[0]?.both ?? null;
if (agreed.trial) is<typeof agreed.trial.convertsTo, Money>(true);
if (agreed.total) formatDecimal(agreed.total);
const cancelBy: string | null | undefined = agreed.payments[0]?.cancelBy;
is<PreviewedPayment["cancelBy"], string | null>(true);
// @ts-expect-error there is a total only where there is an end
formatDecimal(agreed.total);
// @ts-expect-error a payment to come has no reference yet
agreed.payments[0]?.reference;
// @ts-expect-error the day is always an argument
preview(trial, {});
// @ts-expect-error a trial has a first day, not a length
const days: Terms = { ...trial, trialDays: 14 };

// What a life meets.
const life: SubscriptionEvent[] = [
  { type: "verification_requested", on: "2025-02-01" },
  {
    type: "unscheduled_charge",
    id: "top-up",
    on: "2025-02-01",
    amount: { amount: 500, currency: "NOK" },
    note: "top-up",
    customerPresent: true,
  },
  { type: "card_replaced", on: "2025-02-02", by: "updater" },
  { type: "provider_changed", on: "2025-02-03" },
  { type: "paused", on: "2025-02-04" },
  { type: "resumed", on: temporal, schedule: "shift", anchorDay: 31 },
  {
    type: "plan_changed",
    on: "2025-02-20",
    at: "2025-03-01",
    to: { amount: 1, currency: "NOK" },
    cycle: "yearly",
    prorate: false,
  },
  { type: "plan_change_withdrawn", on: "2025-02-21" },
  { type: "cancelled", on: "2025-02-22", when: "period_end", final: "waive", digest: null },
  { type: "cancellation_withdrawn", on: "2025-02-23" },
  { type: "provider_charge", providerReference: "ch-1", status: "succeeded", on: "2025-03-01", amount: null },
  { type: "finished", on: "2025-04-30", status: "expired" },
];
// @ts-expect-error after a pause the schedule stays or moves
const resumed: SubscriptionEvent = { type: "resumed", schedule: "later", on: "2025-02-05" };
// @ts-expect-error a card is replaced in one of three ways
const replaced: SubscriptionEvent = { type: "card_replaced", on: "2025-02-05", by: "customer" };

const { proration, event } = quotePlanChange(
  begun,
  { to: { amount: 200, currency: "NOK" }, at: "2025-02-01" },
  "2025-02-01",
);
is<typeof proration, Proration>(true);
is<typeof event, PlanChangedEvent>(true);
applyEvent(begun, { ...event, customerPresent: true });
is<ReturnType<typeof quotePlanChange>, PlanChangeQuote>(true);
is<PlanChangeQuote["replaces"], PendingChange[]>(true);
is<PlanChangeQuote["alters"], PendingChange[]>(true);
is<PendingChange["on"], string>(true);
is<PendingChange["reference"], string | null>(true);
is<PlanChange["anchorDay"], number | null | undefined>(true);
is<ReturnType<typeof quoteCancellation>, CancellationQuote>(true);
is<CancellationQuote["refund"], Money>(true);
is<CancellationQuote["owed"], Money>(true);
is<CancellationQuote["openCharges"], Payment[]>(true);
is<CancellationQuote["effective"], string>(true);
is<Extract<SubscriptionEvent, { type: "unscheduled_charge" }>["id"], string>(true);
is<Extract<SubscriptionEvent, { type: "cancelled" }>["final"], "collect" | "waive" | null | undefined>(true);
is<Extract<SubscriptionEvent, { type: "resumed" }>["anchorDay"], number | null | undefined>(true);
quoteCancellation(begun, "2025-02-14", { when: "period_end" });
// @ts-expect-error an unscheduled charge has an id of the caller's
applyEvent(begun, { type: "unscheduled_charge", on: "2025-02-01", amount: { amount: 500, currency: "NOK" } });
const { subscription: lived, timeline } = simulate(begun, {
  from: "2025-01-31",
  through: temporal,
  fail: [
    { number: 1, attempt: 1 },
    { number: 1, extra: 1, attempt: 1, decline: null },
  ],
  events: life,
});
is<typeof lived, Subscription>(true);
is<NonNullable<(typeof timeline)[number]["event"]>, SubscriptionEvent>(true);
const overpaid: readonly Money[] = lived.overpayments.map(({ amount }) => amount);

const charge = {} as A55Charge;
const both: A55Charge = {
  ...charge,
  // @ts-expect-error an indicator goes with external recurrence only
  subscription: { recurrence: "internal", schedule, indicator: "C1" },
};

// A55: what is kept of a card charges it again; a cancellation has the whole charge; readers give outcomes.
const kept: StoredCredential = {
  provider: "a55",
  card: { type: "card", holder: "A", number: "4111111111111111", expiryMonth: 12, expiryYear: 2030 },
};
if (kept.provider === "a55") a55.createCharge({ ...charge, card: kept.card });
// @ts-expect-error a security code must not be stored
const leaky: StoredCredential = { provider: "a55", card: { ...kept.card, cvv: "123" } };
is<ReturnType<typeof a55.tokenRequest>, HttpRequest>(true);
is<ReturnType<typeof a55.readCharge>, Outcome>(true);
is<ReturnType<typeof a55.findCharge>, Outcome>(true);
is<ReturnType<typeof a55.readWebhook>["outcome"], Outcome>(true);
is<ReturnType<typeof a55.readRefund>, A55Change>(true);
is<ReturnType<typeof a55.readError>, A55Error | null>(true);
is<ReturnType<typeof a55.compareSubscription>, A55Difference[]>(true);
const found = a55.readSubscription({ status: 200, body: "{}", currency: "BRL" }).subscription;
if (found) a55.compareSubscription({ found, schedule, price: { amount: 1, currency: "BRL" }, on: "2025-01-31" });
// @ts-expect-error a number of instalments that A55 does not take
a55.createCharge({ ...charge, installments: 2 });
// A secret needs the time now, for a signature that is stale; without the secret nothing is needed.
a55.readWebhook({ body: "", now: 1767225600 });
a55.readWebhook({ body: "", secret: "a-secret", signature: null, now: 1767225600 });
// @ts-expect-error a secret without the time now
a55.readWebhook({ body: "", secret: "a-secret", signature: "00", timestamp: "1767225600" });
const session = {} as DineroPaySession;
const { account, order } = session;
is<ReturnType<typeof dineropay.createSession>, HttpRequest>(true);
is<ReturnType<typeof dineropay.readCharge>, Outcome>(true);
is<ReturnType<typeof dineropay.readCallback>["outcome"], Outcome | null>(true);
is<ReturnType<typeof dineropay.readSession>["redirectUrl"], string | null>(true);
is<ReturnType<typeof dineropay.hash>, string>(true);
// What a callback brings is what a later payment takes.
const { outcome } = dineropay.readCallback({ body: "", password: "" });
if (outcome?.credential) dineropay.chargeRecurring({ account, order, credential: outcome.credential });
dineropay.getStatus({ account, orderNumber: "sub-1-1-0-1", size: 10 });
dineropay.refund({ account, paymentId: "", amount: null });
dineropay.createSchedule({ account, name: "", schedule, counting: "scheduled_only", encoding: "urlencoded" });
// @ts-expect-error a capture has an amount
dineropay.capture({ account, paymentId: "" });
// @ts-expect-error a void is of the whole
dineropay.voidPayment({ account, paymentId: "", amount: order.amount });
// @ts-expect-error a status of nothing
dineropay.getStatus({ account });
// @ts-expect-error a schedule goes with a recurrence
const wrong: DineroPaySession = { ...session, scheduleId: "" };
// @ts-expect-error a body that was parsed already
dineropay.readStatus({ status: 200, orderNumber: "sub-1-2-0-1", body: {} });
// Dintero: told apart by environment, token and product.
const dinteroAccount = { id: "T12345678", environment: "test" } as const;
const dinteroCharge: DinteroCharge = {
  account: dinteroAccount,
  order: { amount: { amount: 29990, currency: "NOK" }, merchantReference: "sub-1-2-0-1" },
  credential: { provider: "dintero", product: "payex.creditcard", recurrenceToken: "…" },
};
is<ReturnType<typeof dintero.chargeToken>, HttpRequest>(true);
is<ReturnType<typeof dintero.readCharge>, Outcome>(true);
is<ReturnType<typeof dintero.readTransaction>, DinteroTransaction>(true);
is<ReturnType<typeof dintero.upgradePlan>[0]["name"], "charge" | "refund">(true);
// @ts-expect-error a charge by the merchant has no profile
const byProfile: DinteroCharge = { ...dinteroCharge, capture: "by_profile" };
// @ts-expect-error an environment that there is not
dintero.findTransactions({ account: { id: "T12345678", environment: "sandbox" }, merchantReference: "sub-1-2-0-1" });
const answered = dintero.readTransactions({ status: 200, body: "[]", merchantReference: "sub-1-2-0-1" });
is<typeof answered.outcome, Outcome>(true);
// Nexi: an agreement goes by one of its two names, a checkout has the address of its kind.
const nexiAccount = { environment: "test" } as const;
const lines: NexiOrder = {
  amount: { amount: 9900, currency: "NOK" },
  items: [
    { reference: "plan", name: "Plan", quantity: "0.5", gross: { amount: 9900, currency: "NOK" }, taxRate: 2500 },
  ],
};
const agreement = { kind: "unscheduled", id: "921430519e7840afa01f245ccdcd9c03" } as const;
nexi.chargeSubscription({ account: nexiAccount, agreement, reference: "sub-1-2-0-1", order: lines });
is<ReturnType<typeof nexi.bulkCharge>, NexiBulkBatch[]>(true);
is<ReturnType<typeof nexi.readCharge>, Outcome>(true);
is<ReturnType<typeof nexi.readPayment>, NexiPayment | null>(true);
const advice = nexi.recommendAgreement({ price: { amount: 100, currency: "NOK" }, schedule });
is<typeof advice.kind, "scheduled" | "unscheduled">(true);
const page: NexiCheckout = { integration: "hosted", returnUrl: "https://example.com", termsUrl: "https://example.com" };
nexi.createPayment({
  account: nexiAccount,
  reference: "r",
  order: lines,
  agreement: { kind: "unscheduled" },
  checkout: page,
});
// @ts-expect-error a hosted checkout has a way back
const lost: NexiCheckout = { integration: "hosted", termsUrl: "https://example.com" };
// @ts-expect-error one name or the other
nexi.retrieveSubscription({ account: nexiAccount, agreement: { ...agreement, externalReference: "x" } });
nexi.createPayment({
  account: nexiAccount,
  reference: "r",
  order: lines,
  // @ts-expect-error an unscheduled agreement has no interval
  agreement: { kind: "unscheduled", interval: 1 },
  checkout: page,
});
// @ts-expect-error a cancellation has no reference
nexi.cancelPayment({ account: nexiAccount, paymentId: "p", amount: lines.amount, reference: "r" });
const keptByNexi = nexi.readPayment({ status: 200, body: "" })?.outcome.credential;
if (keptByNexi?.provider === "nexi") is<typeof keptByNexi.kind, "scheduled" | "unscheduled">(true);

// One API: told apart by provider, each with its own; nothing beside the payment says what it says.
declare const payment: Payment;
declare const credential: StoredCredential;
declare const provider: Provider;
is<ReturnType<typeof chargeRequest>, HttpRequest>(true);
const byNexi: ChargeInput = { provider: "nexi", payment, credential, account: nexiAccount, items: lines.items };
const byDintero: ChargeInput = { provider: "dintero", payment, credential, account: dinteroAccount, vatAmount: null };
chargeRequest({
  provider: "a55",
  payment,
  account: charge.account,
  payer: charge.payer,
  description: "Plan",
  cvv: "123",
});
// @ts-expect-error an amount of its own
chargeRequest({ provider: "dintero", payment, credential, account: dinteroAccount, amount: payment.amount });
// @ts-expect-error what Nexi has, at Dintero
chargeRequest({ provider: "dintero", payment, credential, account: dinteroAccount, rounding: "half_up" });
chargeRequest({ provider: "nexi", payment, credential, account: nexiAccount });
statusRequest({ provider: "nexi", account: nexiAccount, reference: "sub-1-2-0-1", credential });
statusRequest({ provider: "nexi", account: nexiAccount, reference: "sub-1-2-0-1", paymentId: "p" });
// @ts-expect-error one of the two
statusRequest({ provider: "nexi", account: nexiAccount, reference: "sub-1-2-0-1", credential, paymentId: "p" });
// @ts-expect-error A55 is asked by days
statusRequest({ provider: "a55", account: charge.account, reference: "sub-1-2-0-1" });
is<ReturnType<typeof readCharge>, Outcome>(true);
is<Parameters<typeof readCharge>[0], ReadChargeInput>(true);
is<ChargeReply["resent"], boolean | null | undefined>(true);
is<Parameters<typeof dintero.readCharge>[0], ChargeReply>(true);
readStatus({ provider, status: 200, body: "", reference: "sub-1-2-0-1", requestIsOver: true });
const able: Capabilities = capabilities(provider);
is<typeof able.deduplicationHours, number | null>(true);
// @ts-expect-error a provider that there is not
capabilities("other");
const findings: TermsFinding[] = checkTerms({ price: { amount: 100, currency: "NOK" }, schedule }, "nexi");
is<(typeof findings)[number]["instead"], string | null>(true);

// When to try again is a number where it is there at all, in every answer the same.
is<Outcome["retryAfterSeconds"], number | undefined>(true);
is<A55Change["retryAfterSeconds"], number | undefined>(true);
const patient: RetryAfter[] = [
  {} as Outcome,
  {} as A55Change,
  nexi.readCreated({ status: 503, body: "" }),
  nexi.readRefund({ status: 503, body: "" }),
  dintero.readSession({ status: 503, body: "" }),
  dintero.readVoid({ status: 503, body: "" }),
  dineropay.readSession({ status: 503, body: "" }),
  dineropay.readVoid({ status: 503, body: "" }),
  dineropay.readSchedule({ status: 503, body: "" }),
];
// @ts-expect-error no answer has null
const impatient: RetryAfter = { retryAfterSeconds: null };

// An answer goes back in as it is, and by hand without what would be null.
const made: SubscriptionEvent | null = eventFromOutcome(
  payment,
  readCharge({ provider, status: 200, body: "" }),
  "2025-01-31",
);
eventFromOutcome(
  payment,
  { status: "declined", decline: null, credential: undefined, retryAfterSeconds: null },
  "2025-01-31",
);
const attempted: RetryAttempt = {
  on: "2025-01-31",
  amount: payment.amount,
  decline: { retry: "allowed", reason: "51", code: "51" },
};
// @ts-expect-error what decides is needed
const undecided: RetryAttempt = { ...attempted, decline: { reason: "51" } };

// The other entries: the same types, a subset for pages, and wasm that the caller brings.
is<typeof pages.preview, typeof preview>(true);
is<typeof slim.a55, typeof a55>(true);
is<ReturnType<typeof ready>, Promise<void>>(true);
const shown: pages.Preview = agreed;
slim.init(new Uint8Array());
pageSlim.init({});
// @ts-expect-error a page has no providers
pages.a55;
// @ts-expect-error nor a life
pages.nextAction;
// @ts-expect-error nor their payments
pages.eventFromOutcome;
// Each provider by itself: the functions of the namespace, and its types.
is<typeof fromA55.createCharge, typeof a55.createCharge>(true);
is<fromA55.A55Charge, A55Charge>(true);
is<typeof readCallback, typeof dineropay.readCallback>(true);
is<ReturnType<typeof readCallback>, DineroPayCallback>(true);
is<typeof readWebhook, typeof dintero.readWebhook>(true);
is<ReturnType<typeof readWebhook>, DinteroWebhook>(true);
is<typeof fromNexi.bulkCharge, typeof nexi.bulkCharge>(true);
// @ts-expect-error another provider's
fromA55.bulkCharge;
// @ts-expect-error a function of the default entry
fromNexi.nextAction;
// @ts-expect-error the default entry brings its wasm
const begin: typeof import("billing-rules").init = slim.init;
// @ts-expect-error a name of the types' own
type Private = import("billing-rules").Opt<string>;

// Languages: each kind of line has its name, of the types that explain accepts.
const words: Language = { ...en, locale: "en-GB", names: { ...nb.names, setup: (line) => line.kind } };
const { setup: _, ...withoutSetup } = en.names;
// @ts-expect-error the name of a kind is missing
const fewer: LineNames = withoutSetup;
// @ts-expect-error a kind that there is not
const more: LineNames = { ...en.names, refund: "Refund" };
// @ts-expect-error no forms for the rest
const plural: Language["days"] = (_, { plural }) => plural(1, { one: "#" });
is<keyof typeof ar.names, LineKind>(true);
is<ReturnType<typeof explain>, string>(true);
is<typeof explainAlone, typeof explain>(true);
const named = (line: Line) => `${explain(line, words)} ${formatMoney(line.amount, pt)}`;
// @ts-expect-error the language is missing
const unnamed = (line: Line) => explain(line);
is<ReturnType<typeof dayIn>, string>(true);
// @ts-expect-error an instant, not a day
dayIn("Europe/Oslo", "2025-01-31");
is<ReturnType<typeof withTrial>, Terms<string>>(true);

// Ready for fetch.
const send = (request: HttpRequest): { method: string; headers: Record<string, string>; body?: string } => request;

try {
  send(a55.createCharge(charge));
} catch (error) {
  if (isBillingError(error)) is<typeof error, BillingError>(true);
  if (isBillingError(error) && error.code === "payment_in_flight") is<typeof error.code, "payment_in_flight">(true);
  // @ts-expect-error a code that there is not
  if (isBillingError(error) && error.code === "payment_inflight") throw error;
  if (error instanceof BillingError) is<(typeof error.errors)[0]["path"], string>(true);
}

export {
  begin,
  both,
  byDintero,
  byNexi,
  byProfile,
  cancelBy,
  days,
  digits,
  fewer,
  impatient,
  leaky,
  lost,
  made,
  more,
  named,
  patient,
  plural,
  replaced,
  resumed,
  shown,
  overpaid,
  text,
  undecided,
  unnamed,
  window,
  wrong,
};
