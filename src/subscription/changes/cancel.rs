//! Cancellations, and their withdrawal (R5.3, R5.9).

use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::subscription::days::end;
use crate::subscription::event::When;
use crate::subscription::owed::guard;
use crate::subscription::owed::last_day;
use crate::subscription::owed::service;
use crate::subscription::owed::shortened;
use crate::subscription::quotes::cancellation_quote;
use crate::subscription::records::record::PaymentStatus;
use crate::subscription::records::state::{EndReason, Subscription};
use crate::subscription::status::Status;

/// A requested cancellation.
pub(crate) struct Cancellation<'a> {
    pub(crate) when: When,
    /// Whether it may take effect before the minimum term is over.
    pub(crate) is_early: bool,
    /// Whether the amount owed at the end is waived.
    pub(crate) waives: bool,
    /// The digest of the quote that was shown.
    pub(crate) digest: Option<&'a str>,
}

/// Applies `cancelled`.
pub(crate) fn cancel(life: &mut Subscription, cancellation: &Cancellation<'_>, on: Date) -> Result<(), Errors> {
    guard::not_ended(life)?;
    // It is over already, and the amount owed is being collected.
    if life.state.over.is_some() {
        return Ok(());
    }
    let Cancellation { when, is_early, waives, digest } = *cancellation;
    let when = cancellation_quote::resolved(life, when, is_early, on, "/event/when")?;
    let day = if let When::On(day) = when { Some(day) } else { None };
    if when == When::Now {
        guard::nothing_in_flight(life)?;
    }
    if let Some(shown) = digest
        && cancellation_quote::quote(life, when, on)?.digest != *shown
    {
        let message = "cannot cancel because the cost has changed since the quote; quote and show it again";
        return Err(Error::new(Code::DigestMismatch, "/event/digest", message).into());
    }
    // The last cancellation counts.
    (life.state.ending, life.state.ends_on) = (when == When::PeriodEnd, day);
    life.state.waives = waives;
    if when != When::Now {
        mark_unpaid_changes(life, when == When::PeriodEnd);
        return shortened::renew_open(life);
    }
    end::stop(life, on, waives)?;
    if life.state.ledger.open().next().is_some() {
        life.state.ending = true;
    } else {
        end::end(life, on, Status::Cancelled, PaymentStatus::Stopped, EndReason::Cancelled);
    }
    Ok(())
}

/// Sets whether the changes that are not paid are dropped, once no attempt at their payment is unresolved.
fn mark_unpaid_changes(life: &mut Subscription, falls: bool) {
    for pending in &mut life.state.changes {
        pending.falls = falls && pending.payment.is_some();
    }
}

/// Applies `cancellation_withdrawn`.
pub(crate) fn withdraw(life: &mut Subscription, on: Date) -> Result<(), Errors> {
    guard::not_ended(life)?;
    let end = last_day::end(life)?;
    if !service::is_ending(life) || life.state.over.is_some() || end.is_none_or(|end| end <= on) {
        let message = "cannot withdraw because no cancellation is pending";
        return Err(Error::new(Code::NothingToWithdraw, "/event/type", message).into());
    }
    if shortened::attempted(life).is_some() {
        let message = "cannot withdraw because a payment up to the end was attempted already";
        return Err(Error::new(Code::NothingToWithdraw, "/event/type", message).into());
    }
    (life.state.ending, life.state.ends_on) = (false, None);
    shortened::renew_open(life)?;
    mark_unpaid_changes(life, false);
    Ok(())
}
