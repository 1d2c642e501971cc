//! Applying the pending plan changes whose day has come (R3.5, R3.12).

use super::force_days;
use super::in_force;
use super::pending;
use crate::date::Date;
use crate::error::Errors;
use crate::pricing::proration::Effective;
use crate::subscription::owed::assess::{assess, owes_before};
use crate::subscription::owed::availability;
use crate::subscription::owed::blocked;
use crate::subscription::owed::due;
use crate::subscription::owed::seen::Seen;
use crate::subscription::owed::service;
use crate::subscription::records::pending_change::PendingChange;
use crate::subscription::records::state::Subscription;

/// Carries out the first of the pending changes whose day has come, together with the others for the same day (R3.5, R9.2).
pub(crate) fn next(life: &mut Seen<'_>, day: Date) -> Result<bool, Errors> {
    let days = force_days::of(life)?;
    let waiting = life.state.changes.iter().zip(&days);
    let ready = waiting.filter_map(|(pending, force)| match force {
        Some(force) if *force <= day && pending.payment.is_none() && !blocked::is_held(life, *force) => Some(*force),
        _ => None,
    });
    let Some(force) = ready.min() else { return Ok(false) };
    let life = life.change();
    if let Some(unpaid) = pending::unpaid(life) {
        // A checkout that nobody attempts is dropped for the next change; a payment by the merchant is made first.
        let is_dropped = pending::is_left_to_cardholder(life, unpaid, day);
        if is_dropped {
            pending::drop_at(life, unpaid);
        }
        return Ok(is_dropped);
    }
    let of_day = life.state.changes.iter().zip(&days).filter(|(_, day)| **day == Some(force));
    let Some(mut joined) = of_day.map(|(pending, _)| pending.clone()).reduce(pending::joined) else { return Ok(false) };
    if waits_for_payment(life, &joined, force, day)? {
        return Ok(false);
    }
    joined.change.keep_known(due::price_on(life, force)?);
    let index = replace_all(life, &days, force, joined.clone());
    match assess(life, &joined.change, force) {
        Ok((proration, how)) => {
            in_force::carry_out(life, index, &proration, how)?;
        }
        // A change that has become impossible in the meantime is dropped.
        Err(_) => pending::drop_at(life, index),
    }
    Ok(true)
}

/// Replaces the changes for a day by one. Returns its index: that of the last of them.
fn replace_all(life: &mut Subscription, days: &[Option<Date>], force: Date, by: PendingChange) -> usize {
    let all = days.iter().enumerate().filter(|(_, day)| **day == Some(force));
    let of_day: Vec<usize> = all.map(|(index, _)| index).collect();
    let last = of_day.last().copied().unwrap_or_default();
    let index = last.saturating_sub(of_day.len().saturating_sub(1));
    of_day.iter().rev().for_each(|other| pending::drop_at(life, *other));
    life.state.changes.insert(index, by);
    index
}

/// Returns whether a change whose day has come waits until an earlier payment of the schedule is settled: one that the
/// merchant has yet to make, or that the change does not reprice.
fn waits_for_payment(life: &Subscription, pending: &PendingChange, force: Date, day: Date) -> Result<bool, Errors> {
    let Some(own) = due::next(life)?.filter(|own| own.due_date < force) else { return Ok(false) };
    let is_for_merchant = own.sends_nothing() || availability::is_for_merchant(life, &own, day);
    Ok(is_for_merchant && !own.was_attempted()
        || pending.change.effective == Some(Effective::PeriodEnd)
        || owes_before(life, &pending.change, &own, force))
}

/// Drops a change that is left without a due date (R3.5).
pub(crate) fn drop_dueless(life: &mut Seen<'_>) -> Result<bool, Errors> {
    if service::is_ending(life) || life.state.paused.is_some() {
        return Ok(false);
    }
    let Some(index) = force_days::of(life)?.iter().position(Option::is_none) else { return Ok(false) };
    pending::drop_at(life.change(), index);
    Ok(true)
}

/// Drops the change whose payment only the cardholder can make, once the next due date comes (R3.12), and one that a cancellation has
/// left unpaid.
pub(crate) fn drop_unpaid(life: &mut Seen<'_>, day: Date) -> Result<bool, Errors> {
    let Some(unpaid) = pending::unpaid(life) else { return Ok(false) };
    let is_due = due::date_or_end(life)?.is_some_and(|due| day >= due && !blocked::is_held(life, due));
    let is_late = is_due && pending::is_left_to_cardholder(life, unpaid, day);
    let is_dropped = is_late || life.state.changes.get(unpaid).is_some_and(|change| change.falls);
    if is_dropped {
        pending::drop_at(life.change(), unpaid);
    }
    Ok(is_dropped)
}
