//! Putting a plan change into effect: price, schedule, and the price at which the current period is paid (R3.6, R3.9,
//! R3.12).

use super::pending;
use super::skips;
use crate::date::Date;
use crate::error::{Error, Errors};
use crate::money::Money;
use crate::payment::{PaidPeriod, PaymentKind};
use crate::pricing::credit::Left;
use crate::pricing::line::Line;
use crate::pricing::plan::Plan;
use crate::pricing::proration::{PlanChange, Proration, Settled, another_cycle, restarted};
use crate::subscription::owed::adjusting;
use crate::subscription::owed::assess::Change;
use crate::subscription::owed::balance;
use crate::subscription::owed::due;
use crate::subscription::owed::open_payment;
use crate::subscription::owed::seen::Seen;
use crate::subscription::owed::unused::{self, Unused};
use crate::subscription::records::key::{PaymentKey, PaymentNumber};
use crate::subscription::records::pending_change::PendingChange;
use crate::subscription::records::record::{PaymentStatus, Record};
use crate::subscription::records::state::{Current, Subscription};

/// Applies a pending change as assessed. Returns the payment that it creates, or that was open on its day.
pub(crate) fn carry_out(
    life: &mut Subscription,
    index: usize,
    proration: &Proration,
    how: Change,
) -> Result<Option<PaymentKey>, Errors> {
    let Some(pending) = life.state.changes.get(index).cloned() else { return Ok(None) };
    let change = pending.change;
    let to = change.price_after(due::price_on(life, proration.effective)?).into_owned();
    let made = match how {
        Change::Immediate => {
            let first = life.state.ledger.last_settled().next();
            let adjusted = adjusting::after(life, &change, first)?;
            begin(life, life.current.with(to, adjusted, proration.schedule, first));
            open_payment::renew_after(life, PaymentNumber::NONE)?;
            None
        }
        Change::DueDate(record) => {
            let key = record.key();
            let adjusted = adjusting::after(life, &change, record.number)?;
            if life.current.schedule != Some(proration.schedule) {
                drop_begun(life, record.number);
            }
            begin(life, life.current.with(to, adjusted, proration.schedule, record.number));
            skips::paused(life, record.number)?;
            life.state.ledger.replace(record);
            open_payment::renew_after(life, key.number)?;
            Some(key)
        }
        Change::Open(record) => {
            let key = record.key();
            life.current.adjusted = adjusting::after(life, &change, record.number.next())?;
            life.current.price = to;
            life.state.ledger.put(record);
            open_payment::renew_after(life, key.number)?;
            Some(key)
        }
        Change::Prorate if proration.settle == Settled::Now && proration.net.amount() > 0 => {
            let record = payment_of(life, &change, proration, pending.customer_present)?;
            let key = record.key();
            let off_unused = off_unused(life, &change)?;
            let after = life.state.refunds.count();
            if let Some(pending) = life.state.changes.get_mut(index) {
                (pending.payment, pending.off_unused, pending.after) = (Some(key), off_unused, after);
            }
            life.state.ledger.begin(record);
            return Ok(Some(key));
        }
        Change::Prorate => {
            balance::set(life, proration.balance)?;
            let after = life.state.refunds.count();
            put_in_force(life, &change, proration.effective, after, &proration.lines)?;
            None
        }
    };
    settle(life, index);
    Ok(made)
}

/// Puts a price and a schedule into effect.
fn begin(life: &mut Subscription, current: Current) {
    life.state.exhausted = life.has_exhausted(&current);
    life.current = current;
}

/// Drops the payments after a number that a pause has begun: the schedule that restarts with the number has other days.
fn drop_begun(life: &mut Subscription, number: PaymentNumber) {
    life.state.ledger.take_unattempted(number.next());
}

/// Returns the payment of a change that is due immediately (R3.12).
fn payment_of(
    life: &Subscription,
    change: &PlanChange,
    proration: &Proration,
    customer_present: bool,
) -> Result<Record, Errors> {
    // Numbers after that of the period may be skipped already.
    let running = life.state.ledger.running_on(change.at).map(|record| record.number);
    let key = life.state.ledger.key_beside(running.unwrap_or(life.state.ledger.last_settled()));
    let last = proration.lines.iter().rev().find_map(|line| line.period);
    let mut record = Record {
        period: last.map(|span| PaidPeriod::new(span.start, span.end)),
        customer_present,
        ..Record::beside(PaymentKind::PlanChange, key, change.at, proration.due_now)
    };
    balance::charge(life, &mut record, proration.lines.clone())?;
    Ok(record)
}

/// Puts a change into effect as of its own day, after its payment was made.
pub(crate) fn paid(life: &mut Subscription, payment: PaymentKey) -> Result<(), Errors> {
    let mut changes = life.state.changes.iter().enumerate();
    let Some((index, pending)) = changes.find(|(_, pending)| pending.payment == Some(payment)) else { return Ok(()) };
    let PendingChange { ref change, off_unused, after, .. } = pending.clone();
    let lines = life.state.ledger.get(payment).map_or(Vec::new(), |record| record.lines.clone());
    // What was skipped while the attempt was in flight comes first.
    while skips::next(&mut Seen::InPlace(life))? {}
    let spent = put_in_force(life, change, change.at, after, &lines)?;
    // Money that came again since then would have left the credit higher.
    balance::lower(life, off_unused.unwrap_or(life.nothing()).plus(spent.negated())?)?;
    settle(life, index);
    Ok(())
}

/// Returns the unused part that a change credits from a day on.
fn credited(life: &Subscription, change: &PlanChange, day: Date) -> Result<Option<Unused>, Error> {
    if change.prorate.unwrap_or(true) { unused::on(life, day) } else { Ok(None) }
}

/// Returns how much lower the credit of a change is, because money went back.
fn off_unused(life: &Subscription, change: &PlanChange) -> Result<Option<Money>, Error> {
    let Some(unused) = credited(life, change, change.at)? else { return Ok(None) };
    let off = unused.before.plus(unused.amount.negated())?;
    Ok(Some(off).filter(|off| off.amount() > 0))
}

/// Puts price and schedule of a prorated change into effect. Returns how much lower its credit is, because money went back
/// before it: what was reported as the first refunds. The lines are those of the change.
fn put_in_force(
    life: &mut Subscription,
    change: &PlanChange,
    day: Date,
    after: u32,
    lines: &[Line],
) -> Result<Money, Errors> {
    let running = life.state.ledger.running_on(day).cloned();
    let unused = credited(life, change, day)?;
    let spent = spend(life, unused.as_ref(), after)?;
    let number = life.state.ledger.last_settled().next();
    let within = match &running {
        Some(record) => adjusting::within(life, record, change, day)?,
        None => None,
    };
    life.current.adjusted = adjusting::after(life, change, number)?;
    life.current.price = change.price_after(&life.current.price).into_owned();
    if restart(life, change, day, number)? {
        if let Some(record) = running {
            let period = record.period.map(|period| PaidPeriod::new(period.start, day));
            life.state.ledger.replace(Record { period, ..record });
        }
        drop_begun(life, number);
        include(life, number)?;
    } else if let Some(record) = running {
        let record = paid_at(life, Record { applied: within, ..record }, change, day, (unused.as_ref(), lines))?;
        life.state.ledger.replace(record);
    }
    open_payment::renew_after(life, PaymentNumber::NONE)?;
    Ok(spent)
}

/// Records that the credit of a change contains what the first refunds subtracted from the days it credits.
fn spend(life: &mut Subscription, credited: Option<&Unused>, after: u32) -> Result<Money, Errors> {
    let Some(unused) = credited else { return Ok(life.nothing()) };
    let rule = life.terms.rule()?;
    Ok(life.state.refunds.spend(unused.before, unused.last, after, rule)?)
}

/// Returns the current period as paid after a change of price, by what was paid for the days that are left and the lines of the
/// change.
fn paid_at(
    life: &Subscription,
    record: Record,
    change: &PlanChange,
    day: Date,
    (unused, lines): (Option<&Unused>, &[Line]),
) -> Result<Record, Errors> {
    let costs = Plan { applied: record.applied.as_deref(), ..life.plan()? }.costs()?;
    if change.prorate.unwrap_or(true) {
        let (part, rule) = (record.part_left(day), life.terms.rule()?);
        let (cap, taxes) = match unused {
            Some(unused) => {
                let left = Left { part, ..unused.left.clone() };
                (left.paid_after(&costs, Some(unused.amount))?, unused.taxes_after(lines)?)
            }
            None => (costs.total_of(|cost| part.of(cost, rule))?, Vec::new()),
        };
        return Ok(Record { credited_price: Some(costs), ..record }.paid_with(cap, taxes, rule)?);
    }
    // Without a proration, the days stay paid at the lower of the two prices (R3.9).
    let credited_price = record.credited_price.as_ref().map(|paid| paid.lower(&costs)).transpose()?;
    Ok(Record { credited_price, ..record })
}

/// Restarts the schedule on a day, with the number that is due then, if the change is to another cycle (R3.6). Returns
/// whether it is.
fn restart(life: &mut Subscription, change: &PlanChange, on: Date, number: PaymentNumber) -> Result<bool, Errors> {
    let Some(schedule) = life.current.schedule else { return Ok(false) };
    let Some(cycle) = another_cycle(change, &schedule) else { return Ok(false) };
    life.current.schedule = Some(restarted(&schedule, change, cycle, on)?);
    life.current.first_number = number.get();
    life.current.stub = None;
    life.state.skips.clear();
    // The new schedule begins even if the old one was exhausted.
    life.state.exhausted = false;
    // The first number is paid for by the change.
    skips::paused(life, number.next())?;
    Ok(true)
}

/// Settles the first number of the new schedule, which the payment of the change includes (R3.6).
fn include(life: &mut Subscription, number: PaymentNumber) -> Result<(), Errors> {
    // The payment of the change pays for the whole period, also of one that ends.
    let ends_on = life.state.ends_on.take();
    let first = due::unbegun(life, &life.current, number)?;
    life.state.ends_on = ends_on;
    if let Some(first) = first {
        life.state.setup_charged |= first.applied.as_ref().is_some_and(|applied| applied.setup.is_some());
        // An attempt that was not made keeps its reference.
        let begun = life.state.ledger.get(PaymentKey::own(number));
        let attempts = begun.map_or(Vec::new(), |begun| begun.attempts.clone());
        life.state.ledger.put(Record {
            attempts,
            amount: life.nothing(),
            from_balance: None,
            credited_price: first.costs(),
            cap: first.paid_for_days(),
            period: life.current.period(number)?.map(PaidPeriod::from),
            status: PaymentStatus::Included,
            ..first
        });
        life.state.ledger.cut_before(PaymentKey::own(number));
    }
    Ok(())
}

/// Removes a change that is in effect. A change for the day of its request replaces all that were requested before it
/// (R3.5), unless it changes quantities alone. Those are laid over the changes to come (R9.2).
fn settle(life: &mut Subscription, index: usize) {
    if index >= life.state.changes.len() {
        return;
    }
    let settled = life.state.changes.remove(index);
    if settled.immediate && settled.change.to.is_some() {
        (0..index).for_each(|_| pending::drop_at(life, 0));
    }
    if let Some(quantities) = &settled.change.quantities {
        life.state.changes.iter_mut().for_each(|pending| pending.change.lay_over(quantities));
    }
}
