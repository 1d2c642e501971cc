//! The pending plan changes, and how they are dropped (R3.5).

use super::force_days;
use crate::date::Date;
use crate::error::Errors;
use crate::pricing::proration::PlanChange;
use crate::pricing::quantities::Quantities;
use crate::subscription::owed::availability;
use crate::subscription::owed::due;
use crate::subscription::records::key::PaymentKey;
use crate::subscription::records::pending_change::{PendingChange, PendingPlanChange};
use crate::subscription::records::record::{PaymentStatus, Record};
use crate::subscription::records::state::Subscription;

impl Subscription {
    /// Returns the plan changes that are not in effect yet, by the day on which they take effect (R3.5).
    pub fn pending(&self) -> Vec<PendingPlanChange> {
        // Past the calendar no day can be computed.
        list(self).unwrap_or_default()
    }
}

/// Returns the pending changes sorted by the day on which they take effect. Of those for one day, a later request replaces
/// the price of an earlier one, and the quantities of the same items.
pub(crate) fn list(life: &Subscription) -> Result<Vec<PendingPlanChange>, Errors> {
    let mut found: Vec<PendingPlanChange> = Vec::with_capacity(life.state.changes.len());
    for (pending, force) in life.state.changes.iter().zip(force_days::of(life)?) {
        let on = force.unwrap_or(pending.change.at);
        let reference = pending.payment.map(|key| key.attempt(1).reference(&life.id));
        found.retain_mut(|other| {
            if other.on != on {
                return true;
            }
            let rest = other.change.without(&pending.change);
            let is_left = rest.is_some();
            other.change = rest.unwrap_or_else(|| other.change.clone());
            is_left
        });
        let place = found.partition_point(|other| other.on <= on);
        found.insert(place, PendingPlanChange { change: pending.change.clone(), on, reference });
    }
    Ok(found)
}

/// Removes the pending changes that `is_taken` selects, with the payments that they wait for. It receives each with its
/// day.
pub(crate) fn take(
    life: &mut Subscription,
    is_taken: impl Fn(&PendingChange, Option<Date>) -> bool,
) -> Result<Vec<(PendingChange, Option<Date>)>, Errors> {
    let days = force_days::of(life)?;
    let with_days = life.state.changes.iter().cloned().zip(days);
    let taken: Vec<_> = with_days.filter(|(pending, day)| is_taken(pending, *day)).collect();
    drop_all(life, |pending| taken.iter().any(|(taken, _)| taken == pending));
    Ok(taken)
}

/// Removes what a change for a day replaces of the pending changes of that day. Returns that as it was listed.
pub(crate) fn replace(life: &mut Subscription, by: &PlanChange, day: Date) -> Result<Vec<PendingPlanChange>, Errors> {
    let of_day = list(life)?.into_iter().filter(|listed| listed.on == day);
    let part =
        |listed: PendingPlanChange| listed.change.replaced_by(by).map(|change| PendingPlanChange { change, ..listed });
    let replaced = of_day.filter_map(part).collect();
    let mut index = 0;
    for force in force_days::of(life)? {
        let Some(pending) = life.state.changes.get_mut(index) else { break };
        if is_of_day(pending, force, day) {
            let Some(rest) = pending.change.without(by) else {
                drop_at(life, index);
                continue;
            };
            pending.change = rest;
        }
        index = usize::saturating_add(index, 1);
    }
    Ok(replaced)
}

/// Lays the pending quantities that take effect before a day over a change, as they will be then (R9.2).
pub(crate) fn lay_over(life: &Subscription, change: &PlanChange, before: Date) -> Result<PlanChange, Errors> {
    let mut laid = change.clone();
    if life.state.changes.is_empty() {
        return Ok(laid);
    }
    let mut all = Quantities::default();
    // Those of an earlier day are laid over later ones, too.
    for listed in list(life)?.into_iter().filter(|listed| listed.on < before) {
        if let Some(quantities) = listed.change.quantities {
            all = quantities.with(&all);
        }
    }
    laid.lay_over(&all);
    Ok(laid)
}

fn is_of_day(pending: &PendingChange, force: Option<Date>, day: Date) -> bool {
    force == Some(day) || pending.payment.is_some() && pending.change.at == day
}

/// Returns a change that takes effect on a day together with the pending ones of the day that it does not replace, and what
/// it replaces. All of these are removed.
pub(crate) fn join(
    life: &mut Subscription,
    requested: PendingChange,
    day: Date,
) -> Result<(PendingChange, Vec<PendingPlanChange>), Errors> {
    // A change that is applied today drops one that still waits for its payment (R3.12), unless it shares its day.
    let is_dropped = |change: &PlanChange, is_waiting: bool| {
        is_waiting && requested.immediate && (requested.change.to.is_some() || change.at != day)
    };
    let mut replaced = list(life)?;
    replaced.retain(|listed| is_dropped(&listed.change, listed.reference.is_some()));
    drop_all(life, |pending| is_dropped(&pending.change, pending.payment.is_some()));
    replaced.extend(replace(life, &requested.change, day)?);
    let mut others = take(life, |pending, force| is_of_day(pending, force, day))?.into_iter().map(|(other, _)| other);
    let Some(first) = others.next() else { return Ok((requested, replaced)) };
    let mut earlier = others.fold(first, joined);
    let price = requested.change.price_after(due::price_on(life, day)?);
    earlier.change.keep_known(&price);
    Ok((joined(earlier, requested), replaced))
}

/// Returns two changes for one day as one. The second was requested later.
pub(crate) fn joined(earlier: PendingChange, later: PendingChange) -> PendingChange {
    let change = earlier.change.clone().with(&later.change);
    let leading = if later.change.to.is_some() || earlier.change.to.is_none() { later } else { earlier };
    PendingChange { change, payment: None, off_unused: None, ..leading }
}

/// Drops pending changes, with the payments that they wait for.
pub(crate) fn drop_all(life: &mut Subscription, is_dropped: impl Fn(&PendingChange) -> bool) {
    while let Some(index) = life.state.changes.iter().position(&is_dropped) {
        drop_at(life, index);
    }
}

/// Drops a change, with its payment.
pub(crate) fn drop_at(life: &mut Subscription, index: usize) {
    if index >= life.state.changes.len() {
        return;
    }
    if let Some(key) = life.state.changes.remove(index).payment {
        life.state.ledger.close_open(PaymentStatus::Dropped, |record| record.key() == key);
    }
}

/// Drops the change that waits for a payment.
pub(crate) fn drop_waiting_for(life: &mut Subscription, payment: PaymentKey) {
    if let Some(index) = life.state.changes.iter().position(|change| change.payment == Some(payment)) {
        drop_at(life, index);
    }
}

/// Returns the index of the change that waits for its payment.
pub(crate) fn unpaid(life: &Subscription) -> Option<usize> {
    life.state.changes.iter().position(|change| change.payment.is_some())
}

/// Returns whether only the cardholder can make the payment that a change waits for.
pub(crate) fn is_left_to_cardholder(life: &Subscription, unpaid: usize, day: Date) -> bool {
    let key = life.state.changes.get(unpaid).and_then(|change| change.payment);
    match key.and_then(|key| life.state.ledger.get(key)) {
        Some(record) => !record.sends_nothing() && !is_for_merchant_in_time(life, record, day),
        None => true,
    }
}

fn is_for_merchant_in_time(life: &Subscription, record: &Record, day: Date) -> bool {
    use availability::Availability::{Offered, Waits};
    matches!(availability::unrequested(life, record, day), Offered { by_cardholder: false } | Waits(_))
}
