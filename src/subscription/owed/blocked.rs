//! What a pause blocks (R5.10). A pause that has ended is not stored, so every day from its first one on is blocked.

use crate::date::Date;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;

/// Returns whether a day is not before the first day of the pause.
pub(crate) fn is_held(life: &Subscription, day: Date) -> bool {
    life.state.paused.is_some_and(|pause| pause.from <= day)
}

/// Returns whether the pause blocks a payment: it is due on or after the first day, and was never attempted.
pub(crate) fn is_payment_held(life: &Subscription, record: &Record) -> bool {
    !record.was_attempted() && is_held(life, record.due_date)
}

/// Returns the first day on which something can happen that is planned for a day; `None` if an open-ended pause blocks it.
pub(crate) fn comes_on(life: &Subscription, day: Date) -> Option<Date> {
    life.state.paused.map_or(Some(day), |pause| pause.day_of(day))
}

/// Returns the first day on which a payment can be due; `None` if an open-ended pause blocks it.
pub(crate) fn payment_comes_on(life: &Subscription, record: &Record) -> Option<Date> {
    if record.was_attempted() { Some(record.due_date) } else { comes_on(life, record.due_date) }
}
