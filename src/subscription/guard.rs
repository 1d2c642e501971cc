//! Conditions that reject an event: the end, a pause, an unresolved attempt.

use super::state::Subscription;
use crate::date::Date;
use crate::error::{Code, Error};

const TYPE: &str = "/event/type";

/// Returns an error for a day before the last event.
pub(super) fn not_before_last_event(life: &Subscription, day: Date, path: &str) -> Result<(), Error> {
    match life.state.on {
        Some(last) if day < last => {
            Err(Error::at(Code::EventOutOfOrder, path, "expected a day on or after that of the last event"))
        }
        _ => Ok(()),
    }
}

pub(super) fn not_ended(life: &Subscription) -> Result<(), Error> {
    if life.status.is_final() {
        return Err(Error::new(
            Code::SubscriptionEnded,
            TYPE,
            "cannot apply the event because the subscription has ended",
        ));
    }
    Ok(())
}

/// Returns an error if there is no service any more.
pub(super) fn not_over(life: &Subscription) -> Result<(), Error> {
    if life.state.over.is_some() {
        let message = "cannot apply the event because the subscription is over and only collects what is owed";
        return Err(Error::new(Code::SubscriptionEnded, TYPE, message));
    }
    not_ended(life)
}

/// Returns an error unless the merchant runs the schedule.
pub(super) fn scheduled_here(life: &Subscription) -> Result<(), Error> {
    if life.terms.is_internal() {
        let message = "cannot apply the event because the provider runs the schedule; change it at the provider";
        return Err(Error::new(Code::ProviderManaged, TYPE, message));
    }
    Ok(())
}

/// Returns an error while an attempt is unresolved.
pub(super) fn nothing_in_flight(life: &Subscription) -> Result<(), Error> {
    if life.state.ledger.unresolved().is_some() {
        let message = "cannot apply the event because an attempt is in flight; apply its outcome first";
        return Err(Error::new(Code::PaymentInFlight, TYPE, message));
    }
    Ok(())
}

pub(super) fn not_paused(life: &Subscription) -> Result<(), Error> {
    if life.state.paused.is_some() {
        let message = "cannot apply the event because the subscription is paused; resume it first";
        return Err(Error::new(Code::SubscriptionPaused, TYPE, message));
    }
    Ok(())
}

pub(super) fn overdue() -> Error {
    Error::new(Code::PaymentOverdue, TYPE, "cannot apply the event because a payment is overdue; settle it first")
}
