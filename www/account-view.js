// An account as its customer sees it, in their language.
import { filled, writer } from "./account-language.js";
import { dayBefore } from "./days.js";
import { byId, h, missing } from "./dom.js";

const dash = "–";

/** Shows an account, or a dash while an input is wrong. */
export function showAccount(account) {
  const valid = account !== undefined;
  const card = byId("account-card");
  byId("account-results").classList.toggle("stale", !valid);
  for (const part of card.querySelectorAll(".computed")) part.hidden = !valid;
  const write = valid && writer(account.language);
  card.lang = valid ? write.language.locale : "en";
  card.dir = valid ? write.language.direction : "ltr";
  byId("account-summary").replaceChildren(...(valid ? summary(account, write) : missing("the account")));
  byId("account-head").replaceChildren(...(valid ? head(account, write) : []));
  byId("account-facts").replaceChildren(...(valid ? facts(account, write) : []));
  const sections = valid ? [planned(account, write), next(account, write), upcoming(account, write)] : [];
  byId("account-sections").replaceChildren(...sections.filter(Boolean));
}

function head({ plan, seen: { phase } }, { its, price }) {
  const costs = plan !== null && phase !== "ended" && h("p", { class: "account-plan" }, ...price(plan.to, plan.cycle));
  return [
    h("div", {}, h("p", { class: "account-title" }, its.title), costs),
    h("p", { class: `phase phase-${phase}` }, its.phase[phase]),
  ];
}

function summary(account, { its, day }) {
  const { phase, entitlement } = account.seen;
  const { active, until, reason } = entitlement;
  const through = until && { day: [day(dayBefore(until))] };
  const lead = active ? (through ? filled(its.access, through) : [its.accessWithoutEnd]) : [its.noAccess];
  const why = active ? its.because[reason] : its.whyNot[phase];
  return [
    h("span", { class: "lead" }, ...lead),
    h("span", {}, why, " ", ...(phase === "past_due" ? again(account, { its, day }) : [])),
  ];
}

/** What follows for a payment that was declined. */
function again({ byCardholder, chargeOn }, { its, day }) {
  if (byCardholder) return [its.payByCard];
  return chargeOn === null ? [] : filled(its.again, { day: [day(chargeOn)] });
}

function facts({ seen }, { its, day, money }) {
  const { paidThrough, endsOn, pause, balance } = seen;
  const side = balance.amount < 0 ? its.credit : balance.amount > 0 ? its.owed : "{amount}";
  const owed = { ...balance, amount: Math.abs(balance.amount) };
  const all = {
    paidThrough: paidThrough && [day(paidThrough)],
    lastDay: endsOn && [day(dayBefore(endsOn))],
    pause: pause && paused(pause, { its, day }),
    balance: filled(side, { amount: [money(owed)] }),
  };
  return Object.entries(all)
    .map(([name, value]) => value && h("div", { id: `account-${name}` }, h("dt", {}, its[name]), h("dd", {}, ...value)))
    .filter(Boolean);
}

function paused({ from, until }, { its, day }) {
  if (until === null) return filled(its.pauseWithoutEnd, { from: [day(from)] });
  return filled(its.pauseOf, { from: [day(from)], last: [day(dayBefore(until))] });
}

function planned({ plan, seen: { pending } }, { its, day, price }) {
  if (pending.length === 0) return undefined;
  let cycle = plan?.cycle;
  const changes = pending.map((change) => {
    // A change without a cycle keeps the one before it.
    cycle = change.cycle ?? cycle;
    // A change of quantities alone has no price.
    const quantities = Object.entries(change.quantities ?? {}).map(([id, quantity]) => ({ id, quantity }));
    const parts = { day: [day(change.on)], price: price(change.to ?? { items: quantities }, cycle) };
    return h("li", {}, ...filled(its.plannedOn, parts));
  });
  return h("section", { id: "account-pending" }, h("h3", {}, its.planned), h("ul", {}, ...changes));
}

function next({ seen: { nextCharge }, on }, { its, day, money, line }) {
  if (nextCharge === null) {
    return h("section", { id: "account-next" }, h("h3", {}, its.next), h("p", { class: "note" }, its.noNext));
  }
  const { dueDate, amount, lines } = nextCharge;
  const due = filled(dueDate < on ? its.wasDue : its.due, { day: [day(dueDate)] });
  const rows = lines.map((found) => amountRow([line(found)], money(found.amount)));
  return h(
    "table",
    { id: "account-next" },
    h("caption", {}, its.next, h("span", { class: "due-on" }, ...due)),
    h("tbody", {}, ...rows),
    h("tfoot", {}, amountRow([its.total], money(amount))),
  );
}

const amountRow = (what, amount) =>
  h("tr", {}, h("th", { scope: "row" }, ...what), h("td", { class: "amount" }, amount));

function upcoming({ coming: { payments, hasMore } }, { its, dayShort, money }) {
  if (payments.length === 0) return undefined;
  const columns = [its.dueDate, its.cancelBy, its.amount].map((name, index) =>
    h("th", { scope: "col", ...(index === 2 && { class: "amount" }) }, name),
  );
  const rows = payments.map(({ dueDate, cancelBy, amount }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, dayShort(dueDate)),
      h("td", {}, cancelBy === null ? dash : dayShort(cancelBy)),
      h("td", { class: "amount" }, money(amount)),
    ),
  );
  const table = h(
    "table",
    {},
    h("caption", {}, its.upcoming),
    h("thead", {}, h("tr", {}, ...columns)),
    h("tbody", {}, ...rows),
  );
  return h("div", { id: "account-upcoming" }, table, hasMore && h("p", { class: "note" }, its.more));
}
