//! A subscription that is cancelled for the end of its minimum term.

use crate::date::Date;
use crate::error::Errors;
use crate::subscription::changes::cancel::{self, Cancellation};
use crate::subscription::event::When;
use crate::subscription::owed::minimum_term;
use crate::subscription::owed::service;
use crate::subscription::records::state::Subscription;

/// Returns the subscription as it is cancelled for the first possible day, whose payments are those of the minimum term (R10.6);
/// `None` without a commitment that lasts, and if it ends anyway.
pub(super) fn ending(life: &Subscription, on: Date) -> Result<Option<Subscription>, Errors> {
    let until = minimum_term::committed_until(life)?;
    if until.is_none_or(|until| until <= on) || service::is_ending(life) || service::is_over(life) {
        return Ok(None);
    }
    let mut ending = life.clone();
    let when = When::On(minimum_term::end_once_begun(life, on)?);
    let cancelled =
        cancel::cancel(&mut ending, &Cancellation { when, is_early: true, waives: false, digest: None }, on);
    // A provider that runs the schedule cannot end it within an unpaid period.
    Ok(cancelled.is_ok().then_some(ending))
}

/// Returns the first day of [`ending`], or of a cancellation that is pending; `None` in terms without commitment and notice.
pub(super) fn earliest_end(life: &Subscription, on: Date) -> Result<Option<Date>, Errors> {
    let is_bound = minimum_term::is_agreed(life) && !service::is_over(life);
    Ok(if is_bound { Some(minimum_term::end_once_begun(life, on)?) } else { None })
}
