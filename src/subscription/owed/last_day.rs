//! The day on which a cancelled subscription ends (R5.9).

use super::blocked;
use super::service;
use crate::date::Date;
use crate::error::Error;
use crate::subscription::records::state::Subscription;

/// Returns the first day without service of a subscription that was cancelled for a later day; `None` if it was not, and while
/// no end is known. A schedule whose last paid period is over before the day of the cancellation ends then.
pub(crate) fn end(life: &Subscription) -> Result<Option<Date>, Error> {
    if let Some(over) = life.state.over {
        return Ok(Some(over.on));
    }
    if life.state.ending {
        return Ok(service::until(life));
    }
    let Some(day) = life.state.ends_on else { return Ok(None) };
    if follows(life)? {
        return Ok(Some(day));
    }
    // Nothing ends during a pause.
    let paid = life.state.ledger.paid_until().filter(|end| !blocked::is_held(life, *end));
    Ok(Some(paid.map_or(day, |end| end.min(day))))
}

/// Returns whether a number of the schedule is not settled, also one that is due after the end.
pub(crate) fn follows(life: &Subscription) -> Result<bool, Error> {
    if life.state.ledger.open_own().is_some() {
        return Ok(true);
    }
    let next = life.state.ledger.last_settled().next();
    let is_past = life.state.exhausted && life.current.stub_of(next).is_none();
    Ok(!is_past && life.current.period(next)?.is_some())
}
