//! The one way through: advance to the day, handle what happened, advance again, forget what is not needed.

use super::advance;
use super::guard;
use super::state::Subscription;
use super::status::Status;
use crate::date::Date;
use crate::error::Errors;

/// Returns the subscription as the day of an event finds it.
pub(super) fn begin(life: &Subscription, on: Date) -> Result<Box<Subscription>, Errors> {
    guard::not_before_last_event(life, on, "/event/on")?;
    advance::copy(life, on)
}

/// Completes the step, once the event is handled.
pub(super) fn complete(mut life: Box<Subscription>, on: Date) -> Result<Subscription, Errors> {
    life.state.on = Some(on);
    life.state.begun |= life.status == Status::Active;
    advance::to(&mut life, on)?;
    life.state.ledger.forget();
    Ok(*life)
}
