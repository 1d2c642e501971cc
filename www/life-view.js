// A life as a summary, figures, a drawing and a table.
import { byId, h, missing } from "./dom.js";
import { count, date, dateShort, money, moneySum } from "./format.js";
import { showLifePicture } from "./life-picture.js";
import { paymentName } from "./signup-view.js";

const MOST_ROWS = 80;
const dash = "–";

const attemptOf = ({ number, extra, attempt }) => `${number}-${extra}-${attempt}`;

/** Shows a life, or dashes while an input is wrong. */
export function showLife(life) {
  const results = byId("life-results");
  const valid = life !== undefined;
  results.classList.toggle("stale", !valid);
  results.querySelector(".computed").hidden = !valid;
  byId("life-summary").replaceChildren(...(valid ? summary(life) : missing("the timeline")));
  const figures = valid ? figuresOf(life) : {};
  for (const name of ["collected", "declined", "status", "next"]) {
    byId(`life-${name}`).replaceChildren(...(figures[name] ?? [dash]));
  }
  const rows = valid ? life.rows : [];
  byId("life-rows").replaceChildren(...rows.slice(0, MOST_ROWS).map(row));
  const more = rows.length - MOST_ROWS;
  byId("life-note").textContent = more > 0 ? `${count(more, "more line is", "more lines are")} not shown.` : "";
  showLifePicture(life);
}

const isDeclined = ({ event }) => event.type === "payment_declined";
const isPaid = ({ event, payment }) => event.type === "payment_succeeded" && payment.amount.amount > 0;

/** Sums whole minor units, however large. */
function collected({ rows, terms }) {
  const units = rows.filter(isPaid).reduce((sum, { payment }) => sum + BigInt(payment.amount.amount), 0n);
  return moneySum({ amount: 0 }, { amount: units, currency: terms.price.currency }, 1);
}

const STAGES = { paused: "paused", trial: "in its trial", error: "in error" };
const ENDS = { cancelled: "It is cancelled on ", expired: "It expires on " };

function summary(life) {
  const { rows, stages, subscription, through } = life;
  const paid = count(rows.filter(isPaid).length, "payment", "payments");
  const over = ENDS[subscription.status];
  const lead = over
    ? h("span", { class: "lead" }, over, date(rows.at(-1).on), ".")
    : h(
        "span",
        { class: "lead" },
        "On ",
        date(through),
        ` it is ${STAGES[stages.at(-1).stage] ?? subscription.status}.`,
      );
  const declined = rows.filter(isDeclined).length;
  const rest = [`${paid} made, in all `, h("strong", {}, collected(life))];
  if (declined > 0) rest.push(`; ${count(declined, "attempt", "attempts")} declined`);
  return [lead, h("span", {}, ...rest, ".")];
}

function figuresOf(life) {
  const { rows, subscription } = life;
  return {
    collected: [collected(life)],
    declined: [String(rows.filter(isDeclined).length)],
    status: [subscription.status],
    next: subscription.nextDueDate ? [dateShort(subscription.nextDueDate)] : ["none"],
  };
}

const attemptName = (payment) => paymentName(payment) + (payment.attempt > 1 ? `, attempt ${payment.attempt}` : "");

function what({ event, payment }) {
  switch (event.type) {
    case "payment_succeeded":
      return [`${attemptName(payment)}: ${payment.amount.amount > 0 ? "paid" : "done"}`];
    case "payment_declined":
      return [`${attemptName(payment)}: declined`];
    case "paused":
      return ["Paused"];
    case "resumed":
      return ["Resumed"];
    case "plan_changed":
      return ["A change of plan to ", money(event.to)];
    case "cancelled":
      return [event.when === "now" ? "Cancelled" : "Cancelled, with its period"];
    default:
      return [event.status === "expired" ? "It expires" : "It ends"];
  }
}

function row(entry) {
  const { on, event, payment, status } = entry;
  const canDecline = payment !== undefined && (payment.amount.amount > 0 || payment.kind === "verification");
  const state = { succeeded: "paid", declined: "declined" }[event.type.replace("payment_", "")] ?? "event";
  return h(
    "tr",
    { class: `row-${state}` },
    h("th", { scope: "row" }, dateShort(on)),
    h("td", {}, ...what(entry)),
    h("td", {}, h("span", { class: `status status-${status}` }, status)),
    h(
      "td",
      { class: "amount" },
      payment && money(payment.amount),
      canDecline && declineButton(payment, isDeclined(entry)),
    ),
  );
}

function declineButton(payment, declined) {
  const label = `Decline: ${attemptName(payment)}`;
  const state = { "aria-pressed": declined, "aria-label": label, "data-attempt": attemptOf(payment) };
  return h("button", { type: "button", ...state }, "Decline");
}
