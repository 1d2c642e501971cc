//! Quoting a plan change by simulating the subscription until its day (R3.5 to R3.12).

use super::ahead;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::money::Money;
use crate::payment::PaymentKind;
use crate::pricing::agreed::Named;
use crate::pricing::line::Line;
use crate::pricing::price::Price;
use crate::pricing::proration::{Effective, NextPayment, PlanChange, Proration, Settle, Settled};
use crate::subscription::action::Action;
use crate::subscription::days::advance;
use crate::subscription::days::end;
use crate::subscription::days::force_days;
use crate::subscription::days::in_force;
use crate::subscription::days::next_action::next_action;
use crate::subscription::days::pending;
use crate::subscription::owed::assess::{self, Change, assess};
use crate::subscription::owed::balance;
use crate::subscription::owed::due;
use crate::subscription::owed::service;
use crate::subscription::payments::finish;
use crate::subscription::records::key::PaymentKey;
use crate::subscription::records::pending_change::{PendingChange, PendingPlanChange};
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;

/// The cost of a change, with its defaults resolved.
pub(crate) struct Quoted {
    pub(crate) change: PlanChange,
    /// The day on which it takes effect.
    pub(crate) day: Date,
    pub(crate) proration: Proration,
    pub(crate) replaces: Vec<PendingPlanChange>,
    pub(crate) alters: Vec<PendingPlanChange>,
}

/// Quotes a change that is requested on a day, after the changes of earlier days.
pub(crate) fn quote(life: &Subscription, change: &PlanChange, on: Date) -> Result<Quoted, Errors> {
    if change.at < on {
        let message = "expected a day on or after that of the request";
        return Err(Error::new(Code::OutOfRange, "/at", message).into());
    }
    assess::schedule_to_change(life, on)?;
    assess::still_served(life, change.at)?;
    not_given_up(life, on)?;
    let before = ahead::lived(life, on, change.at)?;
    let (resolved, due_date) = resolved(life, &pending::lay_over(life, change, change.at)?, &before)?;
    let day = due_date.unwrap_or(change.at);
    let laid = pending::lay_over(life, &resolved, day)?;
    let change = PlanChange { effective: resolved.effective, settle: resolved.settle, ..change.clone() };
    let mut base = if day > change.at {
        ahead::lived(&ahead::settled(&before, change.at)?, change.at, day)?
    } else {
        before.clone()
    };
    let immediate = day == on;
    let requested = PendingChange { immediate, ..PendingChange::new(laid) };
    let (joined, mut replaces) = pending::join(&mut base, requested.clone(), day)?;
    // The changes of today have been made already.
    if !immediate {
        advance::to(&mut base, day)?;
    }
    let (proration, how) = assess(&base, &joined.change, day).map_err(|errors| {
        // A pause skips the last due date: nothing runs after it.
        let is_outside = day > change.at && errors.first().code() == Code::OutsidePeriod;
        if is_outside { nothing_follows().into() } else { errors }
    })?;
    let replaces_all = immediate && change.to.is_some();
    if replaces_all {
        replaces.extend(pending::list(&base)?);
    }
    let price = joined.change.price_after(&base.current.price).into_owned();
    let mut after = base.clone();
    let index = after.state.changes.len();
    after.state.changes.push(joined);
    let made = in_force::carry_out(&mut after, index, &proration, how)?;
    let proration = if change.at < day {
        waiting(proration, before, requested)?
    } else {
        carried_out(proration, &mut after, change.at, made)?
    };
    let alters = if replaces_all { Vec::new() } else { altered(&base, &after, day)? };
    Ok(with_digest(Quoted { change, day, proration, replaces, alters }, &price))
}

/// Returns an error if the policy has ended the subscription: an overdue payment can no longer be made (R6.1).
fn not_given_up(life: &Subscription, on: Date) -> Result<(), Errors> {
    if finish::is_given_up(life, on)? {
        let message = "cannot change the plan because the subscription is over after a missed payment; apply the event `finished`";
        return Err(Error::new(Code::SubscriptionEnded, "", message).into());
    }
    Ok(())
}

/// Returns a change with its defaults, which depend on what is in effect before its day, and the due date that it waits
/// for.
fn resolved(
    life: &Subscription,
    change: &PlanChange,
    before: &Subscription,
) -> Result<(PlanChange, Option<Date>), Errors> {
    let mut base = before.clone();
    pending::replace(&mut base, change, change.at)?;
    advance::to(&mut base, change.at)?;
    let effective = assess::effective(&base, change)?;
    let settle = change.settle.unwrap_or(Settle::Now);
    let change = PlanChange { effective: Some(effective), settle: Some(settle), ..change.clone() };
    if effective == Effective::OnDate || due::is_before_start(&base, change.at)? {
        return Ok((change, None));
    }
    let mut reached = before.clone();
    advance::to(&mut reached, change.at)?;
    let mut settled = ahead::settled(&reached, change.at)?;
    settled.state.changes.push(PendingChange::new(change.clone()));
    let day = force_days::of(&settled)?.pop().flatten();
    if day != Some(change.at) {
        assess::check_day(&reached, &change, change.at)?;
    }
    match day {
        Some(day) => Ok((change, Some(day))),
        None if service::is_ending(life) => Err(assess::outside(life, change.at).into()),
        None => Err(nothing_follows().into()),
    }
}

fn nothing_follows() -> Error {
    let message = "cannot change with the next due date because no payment follows; use `on_date`";
    Error::new(Code::NoNextPayment, "/effective", message)
}

/// Returns the cost of a change for a later due date on its own day. Until then, only pending changes happen.
fn waiting(proration: Proration, mut life: Subscription, pending: PendingChange) -> Result<Proration, Errors> {
    let at = pending.change.at;
    advance::to(&mut life, at)?;
    life.state.changes.push(pending);
    let Taken { next, .. } = taken_from(&life, at, None)?;
    Ok(Proration { as_of: at, due_now: life.nothing(), next_payment: next, balance: life.balance, ..proration })
}

/// Returns the cost of a change that takes effect on its own day. `made` is the payment that it creates, or that was
/// open.
fn carried_out(
    proration: Proration,
    life: &mut Subscription,
    at: Date,
    made: Option<PaymentKey>,
) -> Result<Proration, Errors> {
    advance::to(life, at)?;
    // A debt without a later payment is collected immediately.
    let made = match made.or(end::open_final(life).map(Record::key)) {
        Some(key) => record_of(life, key)?,
        None => None,
    };
    let balance = match &made {
        Some(record) => balance::after(life, record)?,
        None => proration.balance,
    };
    let is_explained = !proration.lines.is_empty() || made.is_none();
    let Taken { due_now, lines, next } = taken_from(life, at, made)?;
    let lines = if is_explained { proration.lines } else { lines };
    Ok(Proration { as_of: at, due_now, next_payment: next, balance, lines, ..proration })
}

/// Returns the record of a payment, or a number of the schedule as not yet begun.
fn record_of(life: &Subscription, key: PaymentKey) -> Result<Option<Record>, Errors> {
    match life.state.ledger.get(key) {
        Some(record) => Ok(Some(record.clone())),
        None if key.extra == 0 => due::numbered(life, key.number),
        None => Ok(None),
    }
}

/// The amounts of the payments of the schedule and of plan changes, from a day on.
struct Taken {
    /// On the day itself.
    due_now: Money,
    lines: Vec<Line>,
    /// The first one after it.
    next: Option<NextPayment>,
}

/// Returns the amounts of the payments from a day on, assuming that every one succeeds. `made` counts on the day
/// itself, whenever it can be made again.
fn taken_from(life: &Subscription, day: Date, made: Option<Record>) -> Result<Taken, Errors> {
    let mut life = life.clone();
    let mut taken = Taken { due_now: life.nothing(), lines: Vec::new(), next: None };
    if let Some(record) = made {
        (taken.due_now, taken.lines) = (record.amount, record.lines);
    }
    let mut on = day;
    // Unscheduled charges may precede the next payment, each on its own day.
    for _ in 0..64 {
        let action = next_action(&life, on)?;
        let Some(payment) = action.payment() else {
            let Action::Wait { until } = action else { break };
            on = until;
            continue;
        };
        let is_beside =
            matches!(payment.kind, PaymentKind::Unscheduled | PaymentKind::Verification | PaymentKind::Final);
        let is_sent = matches!(action, Action::Resolve { .. });
        if !is_beside && !is_sent && payment.due_date > day {
            taken.next = Some(NextPayment { due_date: payment.due_date, amount: payment.amount });
            break;
        }
        ahead::follow(&mut life, &action, on)?;
    }
    Ok(taken)
}

/// Returns the pending changes for later days whose cost differs between two subscriptions, or that take effect in only
/// one of them.
fn altered(without: &Subscription, with: &Subscription, day: Date) -> Result<Vec<PendingPlanChange>, Errors> {
    let mut later = pending::list(without)?;
    later.retain(|pending| cost_of(without, pending, day) != cost_of(with, pending, day));
    Ok(later)
}

/// The cost of a pending change on its day.
#[derive(PartialEq)]
struct Cost {
    effective: Date,
    settle: Settled,
    net: Money,
    due_now: Money,
    next_payment: Option<NextPayment>,
    lines: Vec<Line>,
}

/// Returns the cost of a pending change on its day, if every payment from a day until then is made; `None` if it does
/// not take effect.
fn cost_of(life: &Subscription, pending: &PendingPlanChange, from: Date) -> Option<Cost> {
    let mut base = ahead::lived(life, from, pending.on).ok()?;
    let day = pending::take(&mut base, |other, _| other.change == pending.change).ok()?.first()?.1?;
    advance::to(&mut base, day).ok()?;
    let (proration, how) = assess(&base, &pending.change, day).ok()?;
    let Proration { effective, settle, net, due_now, next_payment, lines, .. } = proration;
    let (due_now, lines) = match how {
        Change::DueDate(own) => (own.amount, own.lines),
        _ => (due_now, lines),
    };
    Some(Cost { effective, settle, net, due_now, next_payment, lines })
}

/// Adds the digest of what is agreed to (R8.3).
fn with_digest(mut quoted: Quoted, price: &Price) -> Quoted {
    let replaced = quoted.replaces.iter().map(|other| ("replaces", other));
    let others = replaced.chain(quoted.alters.iter().map(|other| ("alters", other)));
    let named = others.map(|(name, PendingPlanChange { change, on, .. })| {
        let PlanChange { to, quantities, .. } = change;
        Named { name, on: *on, to: to.as_ref(), quantities: quantities.as_ref(), beside: change.beside() }
    });
    let others: Vec<Named<'_>> = named.collect();
    quoted.proration.set_digest(&quoted.change, price, &others);
    quoted
}
