//! The effect of a plan change on the open payment of the period (R3.11).

use super::adjusting;
use super::balance;
use super::due;
use super::shortened;
use crate::date::Date;
use crate::error::{Error, Errors};
use crate::money::Money;
use crate::payment::PaidPeriod;
use crate::pricing::applied::Applied;
use crate::pricing::bill::{self, Billed, bill};
use crate::pricing::costs::{Costs, Entry};
use crate::pricing::credit::Left;
use crate::pricing::line::{Line, LineKind, LineRule, Span};
use crate::pricing::plan::Plan;
use crate::pricing::price::Price;
use crate::pricing::proration::{PlanChange, Proration, Settle, Settled};
use crate::pricing::share::Part;
use crate::pricing::tax::{is_of_credit, taxed};
use crate::subscription::records::key::PaymentNumber;
use crate::subscription::records::record::Record;
use crate::subscription::records::record_price::{LeftToPayment, PriceFrom};
use crate::subscription::records::state::Subscription;

/// Returns the payment after a change, and the cost. `unchanged` is the proration without lines and amounts, as of the
/// day.
pub(crate) fn changed(
    life: &Subscription,
    change: &PlanChange,
    own: Record,
    unchanged: Proration,
) -> Result<(Proration, Record), Errors> {
    let day = unchanged.effective;
    let is_prorated = change.prorate.unwrap_or(true);
    let to = change.price_after(due::price_on(life, day)?);
    let applied = adjusting::within(life, &own, change, day)?;
    let costs = plan(life, &to, applied.as_deref())?.costs()?;
    let left =
        own.left.clone().unwrap_or_else(|| own.leaves(life.nothing(), own.costs().unwrap_or_else(|| costs.clone())));
    let days = days_left(life, &own, &left, day)?;
    let lines = if days.part.fraction().is_some() { days.exchanged(&costs, None)? } else { Vec::new() };
    let sum = |credit: bool| bill::sum(lines.iter().filter(|line| is_of_credit(line) == credit), life.currency());
    let (credit, charge) = (sum(true)?, sum(false)?);
    let net = charge.plus(credit)?;
    // Without a later payment, the amount is due with this one (R3.5).
    let is_followed = due::date_after(life, own.number)?.is_some();
    let is_carried = change.settle == Some(Settle::NextPayment) && (is_followed || net.amount() < 0);
    if is_prorated && !is_carried {
        return Ok((unchanged, repriced(life, Record { applied, ..own }, &to, costs, day)?));
    }
    // The payment stays; the cost of the change is settled with the next one, once this is paid.
    let (proration, left) = if is_prorated {
        let proration = Proration { settle: Settled::NextPayment, credit, charge, net, ..unchanged };
        let net = left.net.plus(net)?;
        let cap = days.paid_after(&costs, None)?;
        let paid = own.clone().paid_with(cap, days.taxes_after(&lines, false)?, days.rule)?;
        (proration, LeftToPayment { base: left.base, ..paid.leaves(net, costs) })
    } else {
        let price = left.price.lower(&costs)?;
        let base = left.base.shifted(&left.price, &price)?;
        (unchanged, LeftToPayment { price, base, ..left })
    };
    Ok((proration, Record { left: Some(left), applied, ..own }))
}

/// Returns the days of a payment from one on, as they are paid once the payment is.
fn days_left(life: &Subscription, own: &Record, left: &LeftToPayment, day: Date) -> Result<Left, Error> {
    let (part, rule) = (own.part_left(day), life.terms.rule()?);
    let span = Span { start: day, end: own.priced_until().unwrap_or(day) };
    let paid = Record { cap: left.cap, taxes_paid: left.taxes_paid.clone(), ..own.clone() };
    Ok(Left { costs: left.price.clone(), part, span, rule, paid: left.cap, taxes: paid.taxes_paid(rule)? })
}

/// Returns what was agreed about prices, with a price and what applies beside it.
fn plan<'a>(life: &Subscription, price: &'a Price, applied: Option<&'a Applied>) -> Result<Plan<'a>, Error> {
    Ok(Plan { applied, ..life.terms.plan(price)? })
}

/// Returns what the days of a payment from one on cost, with taxes.
fn part_of(life: &Subscription, own: &Record, from: Date, costs: &Costs) -> Result<Money, Error> {
    let (part, rule) = (own.part_left(from), life.terms.rule()?);
    let net = costs.total_of(|cost| part.of(cost, rule))?;
    own.taxes().map_or(Ok(net), |taxes| taxes.gross(net, rule))
}

/// Returns the period's own payment at a new price for the days from one on.
fn repriced(life: &Subscription, own: Record, to: &Price, costs: Costs, from: Date) -> Result<Record, Errors> {
    // The part that an earlier change left to this payment ends on the day.
    let net = match &own.left {
        Some(LeftToPayment { net, price, base, .. }) => {
            let rest = part_of(life, &own, from, price)?.plus(part_of(life, &own, from, base)?.negated())?;
            Some(net.plus(rest.negated())?)
        }
        None => None,
    };
    let costs_since = if own.amount.amount() == 0 { Some(from) } else { own.costs_since };
    let billed = billed_anew(life, own, to, from)?;
    let left = net.map(|net| billed.leaves(net, costs));
    Ok(Record { left, costs_since, ..billed })
}

/// Bills the payments after a number anew that were begun and never attempted, as they are at the price in effect: the end of a pause
/// begins several (R5.10).
pub(crate) fn renew_after(life: &mut Subscription, number: PaymentNumber) -> Result<(), Errors> {
    let is_later = |own: &&Record| own.number > number && own.is_open() && !own.was_attempted();
    let later: Vec<Record> = life.state.ledger.own().filter(is_later).cloned().collect();
    for own in later {
        let is_next = life.state.ledger.open_own().is_some_and(|open| open.number == own.number);
        let (price, due_date) = (life.current.price.clone(), own.due_date);
        let renewed = match due::unbegun(life, &life.current, own.number)? {
            Some(unbegun) if !keeps_days(life, &own)? => own.computed_anew(unbegun),
            _ => billed_anew(life, own, &price, due_date)?,
        };
        life.state.ledger.replace(if is_next { renewed } else { balance::left_out(renewed)? });
    }
    Ok(())
}

/// Returns whether a payment keeps its days, as a pause has moved the schedule since it was begun.
pub(crate) fn keeps_days(life: &Subscription, own: &Record) -> Result<bool, Error> {
    let is_paused = life.state.ledger.has(own.key()) && !own.pauses.is_empty();
    Ok(is_paused || life.current.period(own.number)?.is_none())
}

/// Returns a payment at a price for the days of its period from one on.
pub(crate) fn billed_anew(life: &Subscription, mut own: Record, to: &Price, from: Date) -> Result<Record, Errors> {
    let Some(period) = own.period else { return Ok(own) };
    own.keep_amounts();
    own.prices.retain(|entry| entry.from < from);
    // The price that the days have already, as after a change there and back.
    let applied = own.applied.as_deref();
    let price = PriceFrom::new(from, to, plan(life, to, applied)?.costs()?, applied);
    if own.prices.last().is_none_or(|last| PriceFrom { from: last.from, ..price.clone() } != *last) {
        own.prices.push(price);
    }
    let mut lines: Vec<Line> = shortened::of_days_before(&own).cloned().collect();
    let cut_off = shortened::days_cut_off(&own);
    if let Some(days) = cut_off {
        own.period = Some(PaidPeriod::new(period.start, days.end));
        own.forget_paid();
    }
    let mut charges = match in_whole(life, &own)? {
        Some(lines) => {
            if own.prices.iter().any(|whole| !whole.price.items().is_empty()) {
                own.forget_paid();
            }
            lines
        }
        None => in_parts(life, &mut own, cut_off.map_or(period.end, |days| days.end))?,
    };
    if cut_off.is_some() {
        shortened::cut(life, &mut own, &mut charges)?;
    }
    lines.extend(taxed(charges, own.taxes(), life.terms.rule()?)?);
    balance::charge(life, &mut own, lines)?;
    Ok(own)
}

/// Returns the lines of a period that has one price: what it costs as a whole. `None` if its days have several prices, or if the
/// schedule does not have it any more.
fn in_whole(life: &Subscription, own: &Record) -> Result<Option<Vec<Line>>, Error> {
    let ([whole], Some(schedule)) = (own.prices.as_slice(), life.current.schedule) else { return Ok(None) };
    let plan = plan(life, &whole.price, own.applied.as_deref())?;
    if let Some(stub) = life.current.stub_of(own.number) {
        return Ok(Some(bill(plan, Billed::stub(&due::charged(life, stub), stub.period_days))?.lines));
    }
    let period = own.number.index_from(life.current.first()).map(|index| schedule.period(index)).transpose()?.flatten();
    period.map(|period| Ok(bill(plan, Billed::Period(&schedule, &period))?.lines)).transpose()
}

/// Returns the lines of the parts of a period, each at its price, and that of a set-up fee. What all the parts have is billed as one.
fn in_parts(life: &Subscription, own: &mut Record, end: Date) -> Result<Vec<Line>, Error> {
    let mut lines = Vec::new();
    let same = unchanged(&own.prices);
    let is_same = |line: &Line| line.item.as_ref().is_some_and(|id| same.contains(id));
    let ends = own.prices.iter().skip(1).map(|entry| entry.from).chain([end]);
    for (index, (entry, until)) in own.prices.iter().zip(ends).enumerate() {
        let of_days = |until: Date| {
            let part = Part::days(own.days(entry.from, until), own.period_days);
            let span = Span { start: entry.from, end: until };
            let billed = Billed::Part { part, span, kind: LineKind::Period, by: LineRule::OpenPayment };
            Ok::<_, Error>(bill(plan(life, &entry.price, entry.applied.as_deref())?, billed)?.lines)
        };
        if index == 0 && !same.is_empty() {
            lines.extend(of_days(end)?.into_iter().filter(|line| is_same(line)));
        }
        lines.extend(of_days(until)?.into_iter().filter(|line| !is_same(line)));
    }
    lines.extend(own.applied.as_ref().and_then(|applied| applied.setup_line()));
    own.pay_last_days(life.terms.rule()?)?;
    Ok(lines)
}

/// Leaves the set-up fee out of the open payment of the schedule, as an earlier one has paid it (R9.5). An attempt keeps its amount.
pub(crate) fn leave_out_setup(life: &mut Subscription) -> Result<(), Errors> {
    let Some(own) = life.state.ledger.open_own().filter(|own| has_setup(own)) else { return Ok(()) };
    let mut own = own.clone();
    own.keep_amounts();
    if let Some(applied) = &mut own.applied {
        applied.setup = None;
    }
    let is_kept =
        |line: &&Line| !matches!(line.kind, LineKind::Setup | LineKind::Balance | LineKind::Tax) || is_of_credit(line);
    let lines = own.lines.iter().filter(is_kept).cloned().collect();
    let lines = taxed(lines, own.taxes(), life.terms.rule()?)?;
    balance::charge(life, &mut own, lines)?;
    life.state.ledger.replace(own);
    Ok(())
}

fn has_setup(own: &Record) -> bool {
    own.applied.as_ref().is_some_and(|applied| applied.setup.is_some())
}

/// Returns the items that all the prices of a payment have, with the same quantity at the same cost. They are billed for
/// the period as one.
fn unchanged(prices: &[PriceFrom]) -> Vec<String> {
    let costs: Vec<Costs> = prices.iter().map(PriceFrom::costs).collect();
    let is_same = |entry: &Entry<'_>| costs.iter().all(|costs| costs.entries().any(|other| other.is_same(entry)));
    let first = costs.iter().take(1).flat_map(Costs::entries).filter(is_same);
    first.filter_map(|entry| entry.item.map(|item| item.id.into())).collect()
}
