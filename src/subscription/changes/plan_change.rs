//! Requesting and withdrawing plan changes (R3.5, R3.12).

use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::pricing::proration::PlanChange;
use crate::subscription::days::force_days;
use crate::subscription::days::in_force;
use crate::subscription::days::pending;
use crate::subscription::owed::assess::assess;
use crate::subscription::owed::guard;
use crate::subscription::quotes::quote::{Quoted, quote};
use crate::subscription::records::pending_change::PendingChange;
use crate::subscription::records::state::Subscription;

/// Applies `plan_changed`. `digest` is that of the quote that was shown.
pub(crate) fn request(
    life: &mut Subscription,
    change: &PlanChange,
    customer_present: bool,
    digest: Option<&str>,
    on: Date,
) -> Result<(), Errors> {
    let Quoted { change, day, proration, .. } = quote(life, change, on)?;
    if digest.is_some_and(|shown| *shown != proration.digest) {
        let message = "cannot change the plan because the cost has changed since the quote; quote and show it again";
        return Err(Error::new(Code::DigestMismatch, "/digest", message).into());
    }
    let immediate = day == on;
    let requested = PendingChange { customer_present, immediate, ..PendingChange::new(change) };
    // Of several for a later day, the last one counts when that day comes: until then, another change may move a due
    // date.
    if !immediate {
        life.state.changes.push(requested);
        return Ok(());
    }
    let (requested, _) = pending::join(life, requested, on)?;
    let (proration, how) = assess(life, &requested.change, on)?;
    let index = life.state.changes.len();
    life.state.changes.push(requested);
    in_force::carry_out(life, index, &proration, how).map(drop)
}

/// Applies `plan_change_withdrawn` to the change requested last. The changes that it had replaced are not restored.
pub(crate) fn withdraw(life: &mut Subscription) -> Result<(), Errors> {
    guard::not_ended(life)?;
    let Some((last, earlier)) = life.state.changes.split_last() else {
        let message = "cannot withdraw because no plan change is pending";
        return Err(Error::new(Code::NothingToWithdraw, "/event/type", message).into());
    };
    let (index, withdrawn) = (earlier.len(), last.change.clone());
    if last.payment.is_some() {
        guard::nothing_in_flight(life)?;
    }
    let day = force_days::of(life)?.pop().flatten();
    pending::drop_at(life, index);
    if let Some(day) = day {
        pending::replace(life, &withdrawn, day)?;
    }
    Ok(())
}
