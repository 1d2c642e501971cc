//! Conditions that reject an event: the end, a pause, an unresolved attempt.

use super::service;
use crate::date::Date;
use crate::error::{Code, Error};
use crate::money::Money;
use crate::subscription::records::state::Subscription;

const TYPE: &str = "/event/type";

/// Returns an error for a day before the last event.
pub(crate) fn not_before_last_event(life: &Subscription, day: Date, path: &str) -> Result<(), Error> {
    match life.state.on {
        Some(last) if day < last => {
            Err(Error::at(Code::EventOutOfOrder, path, "expected a day on or after that of the last event"))
        }
        _ => Ok(()),
    }
}

pub(crate) fn not_ended(life: &Subscription) -> Result<(), Error> {
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
pub(crate) fn not_over(life: &Subscription) -> Result<(), Error> {
    if life.state.over.is_some() {
        let message = "cannot apply the event because the subscription is over and only collects what is owed";
        return Err(Error::new(Code::SubscriptionEnded, TYPE, message));
    }
    not_ended(life)
}

/// Returns an error unless the merchant runs the schedule.
pub(crate) fn scheduled_here(life: &Subscription) -> Result<(), Error> {
    if life.terms.is_internal() {
        let message = "cannot apply the event because the provider runs the schedule; change it at the provider";
        return Err(Error::new(Code::ProviderManaged, TYPE, message));
    }
    Ok(())
}

/// Returns an error while an attempt is unresolved.
pub(crate) fn nothing_in_flight(life: &Subscription) -> Result<(), Error> {
    if life.state.ledger.unresolved().is_some() {
        let message = "cannot apply the event because an attempt is in flight; apply its outcome first";
        return Err(Error::new(Code::PaymentInFlight, TYPE, message));
    }
    Ok(())
}

/// Returns an error while a pause is planned or running.
pub(crate) fn not_paused(life: &Subscription) -> Result<(), Error> {
    if life.state.paused.is_some() {
        let message = "cannot apply the event because the subscription is paused; resume it first";
        return Err(Error::new(Code::SubscriptionPaused, TYPE, message));
    }
    Ok(())
}

/// Returns an error for an anchor day that the cycle cannot have.
pub(crate) fn anchor_day(life: &Subscription, day: u32, path: &'static str) -> Result<(), Error> {
    if !life.current.schedule.is_some_and(|schedule| schedule.cycle().has_anchor()) {
        let message = "cannot accept an anchor day because the cycle is in days or weeks; leave it out";
        return Err(Error::new(Code::AnchorDayOnDayCycle, path, message));
    }
    if !(1..=31).contains(&day) {
        return Err(Error::new(Code::OutOfRange, path, "expected a day from 1 to 31"));
    }
    Ok(())
}

/// Returns an error while a cancellation is pending.
pub(crate) fn not_ending(life: &Subscription) -> Result<(), Error> {
    if service::is_ending(life) {
        let message = "cannot apply the event because the subscription ends; withdraw the cancellation first";
        return Err(Error::new(Code::CancellationPending, TYPE, message));
    }
    Ok(())
}

pub(crate) fn nothing_follows() -> Error {
    Error::new(Code::NoNextPayment, TYPE, "cannot apply the event because no payment follows")
}

pub(crate) fn overdue() -> Error {
    Error::new(Code::PaymentOverdue, TYPE, "cannot apply the event because a payment is overdue; settle it first")
}

/// Returns the error once the policy has ended the subscription (R6.1).
pub(crate) fn given_up() -> Error {
    let message =
        "cannot apply the event because the subscription is over after a missed payment; apply the event `finished`";
    Error::new(Code::SubscriptionEnded, TYPE, message)
}

/// Returns an error for the amount of an event in another currency, or of 0 and below.
pub(crate) fn amount_above_zero(life: &Subscription, amount: Money) -> Result<(), Error> {
    life.nothing().same_currency(amount, "/event/amount/currency")?;
    if amount.amount() <= 0 {
        return Err(Error::new(Code::OutOfRange, "/event/amount/amount", "expected an amount above zero"));
    }
    Ok(())
}
