//! The one path: advance to the day, handle the event, advance again, drop what is not needed.

use super::advance;
use super::guard;
use super::state::Subscription;
use super::status::Status;
use crate::date::Date;
use crate::error::Errors;

/// Returns the subscription advanced to the day of an event.
pub(super) fn begin(life: &Subscription, on: Date) -> Result<Box<Subscription>, Errors> {
    guard::not_before_last_event(life, on, "/event/on")?;
    advance::copy(life, on)
}

/// Completes the step, after the event is handled.
pub(super) fn complete(mut life: Box<Subscription>, on: Date) -> Result<Subscription, Errors> {
    life.state.on = Some(on);
    life.state.begun |= life.status == Status::Active;
    advance::to(&mut life, on)?;
    life.state.ledger.forget();
    Ok(*life)
}
