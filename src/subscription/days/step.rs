//! The one path: advance to the day, handle the event, advance again, drop what is not needed.

use super::advance;
use super::skips;
use crate::date::Date;
use crate::error::Errors;
use crate::subscription::owed::adjusting;
use crate::subscription::owed::guard;
use crate::subscription::records::state::Subscription;
use crate::subscription::status::Status;

/// Begins the step: the subscription becomes as the day of the event finds it.
pub(crate) fn begin(life: &mut Subscription, on: Date) -> Result<(), Errors> {
    guard::not_before_last_event(life, on, "/event/on")?;
    advance::to(life, on)
}

/// Completes the step, once the event is handled.
pub(crate) fn complete(life: &mut Subscription, on: Date) -> Result<(), Errors> {
    life.state.on = Some(on);
    life.state.begun |= life.status == Status::Active;
    advance::to(life, on)?;
    skips::forget(life)?;
    adjusting::begin_steps(life)?;
    // A pause can move what is due in it.
    let kept = life.state.paused.and_then(|pause| pause.from.plus_days(-1)).map_or(on, |before| before.min(on));
    life.state.ledger.forget(kept, life.terms.rule()?)?;
    Ok(())
}
