//! The pending plan changes, and how they are dropped (R3.5).

use super::availability;
use super::force_days;
use super::key::PaymentKey;
use super::pending_change::{PendingChange, PendingPlanChange};
use super::record::{PaymentStatus, Record};
use super::state::Subscription;
use crate::date::Date;
use crate::error::Errors;

impl Subscription {
    /// Returns the plan changes that are not in effect yet, by the day on which they take effect (R3.5).
    pub fn pending(&self) -> Vec<PendingPlanChange> {
        // Past the calendar no day can be computed.
        list(self).unwrap_or_default()
    }
}

/// Returns the pending changes sorted by the day on which they take effect; of several for one day, the one requested
/// last.
pub(super) fn list(life: &Subscription) -> Result<Vec<PendingPlanChange>, Errors> {
    let mut found: Vec<PendingPlanChange> = Vec::with_capacity(life.state.changes.len());
    for (pending, force) in life.state.changes.iter().zip(force_days::of(life)?) {
        let on = force.unwrap_or(pending.change.at);
        let reference = pending.payment.map(|key| key.attempt(1).reference(&life.id));
        let pending = PendingPlanChange { change: pending.change, on, reference };
        let place = found.partition_point(|other| other.on < on);
        match found.get_mut(place).filter(|other| other.on == on) {
            Some(replaced) => *replaced = pending,
            None => found.insert(place, pending),
        }
    }
    Ok(found)
}

/// Removes the pending changes that `is_gone` selects, with the payments that they wait for. It receives each with its
/// day.
pub(super) fn take(
    life: &mut Subscription,
    is_gone: impl Fn(&PendingChange, Option<Date>) -> bool,
) -> Result<Vec<PendingPlanChange>, Errors> {
    let days = force_days::of(life)?;
    let with_days = life.state.changes.iter().zip(days);
    let gone: Vec<PendingChange> =
        with_days.filter(|(pending, day)| is_gone(pending, *day)).map(|(pending, _)| pending.clone()).collect();
    let mut taken = list(life)?;
    taken.retain(|taken| gone.iter().any(|one| one.change == taken.change));
    drop_all(life, |pending| gone.contains(pending));
    Ok(taken)
}

/// Drops pending changes, with the payments that they wait for.
pub(super) fn drop_all(life: &mut Subscription, is_dropped: impl Fn(&PendingChange) -> bool) {
    while let Some(index) = life.state.changes.iter().position(&is_dropped) {
        drop_at(life, index);
    }
}

/// Drops a change, with its payment.
pub(super) fn drop_at(life: &mut Subscription, index: usize) {
    if index >= life.state.changes.len() {
        return;
    }
    if let Some(key) = life.state.changes.remove(index).payment {
        life.state.ledger.close_open(PaymentStatus::Dropped, |record| record.key() == key);
    }
}

/// Drops the change that waits for a payment.
pub(super) fn drop_waiting_for(life: &mut Subscription, payment: PaymentKey) {
    if let Some(index) = life.state.changes.iter().position(|change| change.payment == Some(payment)) {
        drop_at(life, index);
    }
}

/// Returns the index of the change that waits for its payment.
pub(super) fn unpaid(life: &Subscription) -> Option<usize> {
    life.state.changes.iter().position(|change| change.payment.is_some())
}

/// Returns whether only the cardholder can make the payment that a change waits for.
pub(super) fn is_left_to_cardholder(life: &Subscription, unpaid: usize, day: Date) -> bool {
    let key = life.state.changes.get(unpaid).and_then(|change| change.payment);
    match key.and_then(|key| life.state.ledger.get(key)) {
        Some(record) => !record.sends_nothing() && !is_for_merchant_in_time(life, record, day),
        None => true,
    }
}

fn is_for_merchant_in_time(life: &Subscription, record: &Record, day: Date) -> bool {
    use availability::Availability::{Offered, Waits};
    matches!(availability::of(life, record, day), Offered { by_cardholder: false } | Waits(_))
}
