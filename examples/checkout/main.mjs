// A checkout page: what a plan comes to, computed as the server does, what a change of plan would cost, and the order. The order says by
// the digest what the customer has seen; the server goes by its own price list, and refuses it when that comes to something else.
import { formatDecimal, isBillingError, preview, ready } from "billing-rules/preview";
import { dayIn } from "../service/day.mjs";
import plans from "../service/plans.json";
import { termsOf } from "../service/terms.mjs";

// In the time zone of the service. On two sides of a midnight the digests differ, and the service shows its own.
const today = dayIn("UTC");
const $ = (id) => document.getElementById(id);
const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });
const options = (names) => names.map((name) => element("option", name));
const money = (amount) => `${formatDecimal(amount)} ${amount.currency}`;

/** What is shown, and would be agreed to. */
let shown;

function show(offer) {
  shown = offer;
  const { dueNow, nextCharge, end, payments, hasMore } = offer;
  $("due-now").textContent = money(dueNow);
  $("next-charge").textContent = nextCharge ? `${money(nextCharge.amount)} on ${nextCharge.dueDate}` : "nothing more";
  $("end").textContent = end.lastDueDate
    ? `after ${end.payments} payments, the last on ${end.lastDueDate}`
    : "when you cancel it";
  const rows = payments.map(({ dueDate, amount, cancelBy }) => {
    const row = element("tr", "");
    row.append(...[dueDate, money(amount), cancelBy ?? ""].map((text) => element("td", text)));
    return row;
  });
  $("payments").replaceChildren(...rows);
  $("more").hidden = !hasMore;
}

const terms = () => termsOf(plans[$("plan").value], today);

function choose() {
  show(preview(terms(), { on: today }));
  $("answer").textContent = "";
  const plan = $("plan").value;
  const others = Object.keys(plans).filter(
    (name) => name !== plan && plans[name].price.currency === plans[plan].price.currency,
  );
  $("other").replaceChildren(...options(others));
  $("change").hidden = others.length === 0;
  quote();
}

/** What the change costs on that day, when all is paid until then. A subscription needs the default entry: it is loaded when it is asked for. */
async function quote() {
  $("lines").replaceChildren();
  $("quote").textContent = "";
  if ($("change").hidden || !$("at").value) return;
  const { createSubscription, quotePlanChange } = await import("billing-rules");
  try {
    const subscription = createSubscription({ id: "preview", terms: terms() });
    const { proration } = quotePlanChange(
      subscription,
      { to: plans[$("other").value].price, at: $("at").value },
      today,
    );
    const next = proration.nextPayment;
    $("lines").replaceChildren(
      ...proration.lines.map(({ amount, note }) => element("li", `${money(amount)}: ${note}`)),
    );
    $("quote").textContent =
      `${money(proration.dueNow)} then${next ? `, and ${money(next.amount)} on ${next.dueDate}` : ""}`;
  } catch (error) {
    if (!isBillingError(error)) throw error;
    $("quote").textContent = error.message;
  }
}

async function order(event) {
  event.preventDefault();
  const body = JSON.stringify({ id: crypto.randomUUID(), plan: $("plan").value, digest: shown.digest });
  const response = await fetch("/subscriptions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  const answer = await response.json();
  // Its own computation, for another look: this order was not agreed to.
  if (answer.preview) show(answer.preview);
  $("answer").textContent = response.ok ? `Thank you. Your subscription is ${answer.id}.` : answer.error;
}

// Compiled apart from the page, as older browsers want it.
await ready();
$("plan").replaceChildren(...options(Object.keys(plans)));
$("plan").addEventListener("change", choose);
$("change").addEventListener("input", quote);
$("order").addEventListener("submit", order);
choose();
