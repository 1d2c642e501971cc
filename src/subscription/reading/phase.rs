//! Where in its life a subscription is.

use crate::date::Date;
use crate::error::Errors;
use crate::json::words;
use crate::subscription::action::Action;
use crate::subscription::days::next_action;
use crate::subscription::owed::blocked;
use crate::subscription::owed::due;
use crate::subscription::owed::service;
use crate::subscription::records::state::Subscription;

/// Where in its life a subscription is on a day: the first of these that applies (R11.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// There is no service any more, although something may still be collected.
    Ended,
    /// It ends on a day to come.
    Ending,
    /// A pause runs.
    Paused,
    /// A payment of the schedule was declined, or was due before the day.
    PastDue,
    /// The trial runs.
    Trial,
    /// Nothing was paid or verified yet.
    Pending,
    /// Everything that was due is paid.
    Paid,
}

words!(Phase {
    Ended "ended",
    Ending "ending",
    Paused "paused",
    PastDue "past_due",
    Trial "trial",
    Pending "pending",
    Paid "paid",
});

/// Returns the phase on a day, after the changes of earlier days.
pub(super) fn of(life: &Subscription, on: Date) -> Result<Phase, Errors> {
    let is_over = service::is_over(life) || matches!(next_action::action(life, on)?, Action::Finish { .. });
    Ok(if is_over {
        Phase::Ended
    } else if service::is_ending(life) {
        Phase::Ending
    } else if blocked::is_held(life, on) {
        Phase::Paused
    } else if is_past_due(life, on)? {
        Phase::PastDue
    } else if in_trial(life, on) {
        Phase::Trial
    } else if service::has_begun(life) {
        Phase::Paid
    } else {
        Phase::Pending
    })
}

fn is_past_due(life: &Subscription, on: Date) -> Result<bool, Errors> {
    let own = due::next(life)?;
    let is_owed = own.is_some_and(|own| own.due_date < on || own.due_date == on && own.was_declined());
    Ok(is_owed && service::has_begun(life))
}

/// Returns whether a day is one of the trial.
pub(super) fn in_trial(life: &Subscription, on: Date) -> bool {
    let start = life.current.schedule.map(|schedule| schedule.start());
    let has_begun = life.terms.trial_start.is_some_and(|trial_start| trial_start <= on);
    has_begun && start.is_some_and(|start| on < start) && life.state.ledger.has_run_none(on)
}
