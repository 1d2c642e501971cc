//! Until when there is service, and whether it has begun.

use super::blocked;
use crate::date::Date;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;
use crate::subscription::status::Status;

/// Returns the day after the last day of service: paid, or of a trial.
pub(crate) fn until(life: &Subscription) -> Option<Date> {
    // The first payments may be skipped.
    let is_trial = life.terms.trial_start.is_some() && life.state.ledger.has_run_none(Date::FIRST);
    let trial = if is_trial { life.current.schedule.map(|schedule| schedule.start()) } else { None };
    life.state.ledger.paid_until().max(trial)
}

/// Returns whether the pause holds the end of service.
pub(crate) fn is_end_held(life: &Subscription, today: Date) -> bool {
    match until(life) {
        Some(end) => blocked::is_held(life, end),
        None => blocked::is_held(life, today),
    }
}

/// Returns whether a paid period or a trial continues after a day.
pub(crate) fn runs_after(life: &Subscription, on: Date) -> bool {
    let is_paid = life.state.ledger.paid_until().is_some_and(|end| end > on) && life.status == Status::Active;
    let in_trial = life.terms.trial_start.is_some_and(|trial_start| trial_start <= on)
        && life.status != Status::Error
        && until(life).is_some_and(|end| end > on);
    is_paid || in_trial
}

/// Returns whether a cancellation is pending: with the last paid period, or for a day.
pub(crate) fn is_ending(life: &Subscription) -> bool {
    life.state.ending || life.state.ends_on.is_some()
}

/// Returns whether service has ended, although something may still be collected.
pub(crate) fn is_over(life: &Subscription) -> bool {
    life.state.over.is_some() || life.status.is_final()
}

/// Returns whether anything was paid or the card verified. Until then, only the first payment is owed (R5.8).
pub(crate) fn has_begun(life: &Subscription) -> bool {
    life.state.card.is_established() || life.state.begun || life.state.ledger.own().any(Record::is_paid_for)
}

/// Returns whether the provider makes the payments from now on: the cardholder has completed something there (R5.7).
pub(crate) fn is_provided(life: &Subscription) -> bool {
    life.terms.is_internal() && life.state.card.is_established()
}
