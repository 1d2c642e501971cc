//! What refuses an event: the end, a pause, an unresolved attempt.

use super::state::Subscription;
use crate::date::Date;
use crate::error::{Code, Error};

const TYPE: &str = "/event/type";

/// Refuses a day before that of the last event.
pub(super) fn not_before_last_event(life: &Subscription, day: Date, path: &str) -> Result<(), Error> {
    match life.state.on {
        Some(last) if day < last => {
            Err(Error::at(Code::EventOutOfOrder, path, "the day lies before that of the last event"))
        }
        _ => Ok(()),
    }
}

pub(super) fn not_ended(life: &Subscription) -> Result<(), Error> {
    if life.status.is_final() {
        return Err(Error::new(Code::SubscriptionEnded, TYPE, "the subscription has ended already"));
    }
    Ok(())
}

/// Refuses what needs service, once there is none.
pub(super) fn not_over(life: &Subscription) -> Result<(), Error> {
    if life.state.over.is_some() {
        let message = "the subscription is over, and collects what is owed";
        return Err(Error::new(Code::SubscriptionEnded, TYPE, message));
    }
    not_ended(life)
}

/// Refuses what only the merchant's own schedule can do.
pub(super) fn scheduled_here(life: &Subscription) -> Result<(), Error> {
    if life.terms.is_internal() {
        let message = "the provider schedules the payments by itself, and knows nothing of this";
        return Err(Error::new(Code::ProviderManaged, TYPE, message));
    }
    Ok(())
}

/// Refuses what would cross an unresolved attempt.
pub(super) fn nothing_in_flight(life: &Subscription) -> Result<(), Error> {
    if life.state.ledger.unresolved().is_some() {
        let message = "an attempt is out: learn what became of it first";
        return Err(Error::new(Code::PaymentInFlight, TYPE, message));
    }
    Ok(())
}

pub(super) fn not_paused(life: &Subscription) -> Result<(), Error> {
    if life.state.paused.is_some() {
        let message = "the subscription is paused: resume it first";
        return Err(Error::new(Code::SubscriptionPaused, TYPE, message));
    }
    Ok(())
}

pub(super) fn overdue() -> Error {
    Error::new(Code::PaymentOverdue, TYPE, "a payment is owed: settle it first")
}
