//! Cancellations, and their withdrawal (R5.3, R5.9).

use super::cancellation_quote;
use super::end;
use super::event::{FinalPayment, When};
use super::guard;
use super::record::PaymentStatus;
use super::service;
use super::state::{EndReason, Subscription};
use super::status::Status;
use super::unused;
use crate::date::Date;
use crate::error::{Code, Error, Errors};

/// A requested cancellation.
pub(super) struct Cancellation<'a> {
    pub(super) when: When,
    /// Whether the amount owed at the end is waived.
    pub(super) waives: bool,
    /// The digest of the quote that was shown.
    pub(super) digest: Option<&'a str>,
}

impl<'a> Cancellation<'a> {
    pub(super) fn new(when: Option<When>, final_payment: Option<FinalPayment>, digest: Option<&'a str>) -> Self {
        Self { when: when.unwrap_or_default(), waives: final_payment == Some(FinalPayment::Waive), digest }
    }
}

/// Applies `cancelled`.
pub(super) fn cancel(life: &mut Subscription, cancellation: &Cancellation<'_>, on: Date) -> Result<(), Errors> {
    guard::not_ended(life)?;
    // It is over already, and the amount owed is being collected.
    if life.state.over.is_some() {
        return Ok(());
    }
    let Cancellation { when, waives, digest } = *cancellation;
    let with_period = when == When::PeriodEnd && service::runs_after(life, on);
    if !with_period {
        guard::nothing_in_flight(life)?;
    }
    if let Some(shown) = digest
        && cancellation_quote::quote(life, when, on)?.digest != *shown
    {
        let message = "cannot cancel because the cost has changed since the quote; quote and show it again";
        return Err(Error::new(Code::DigestMismatch, "/event/digest", message).into());
    }
    if with_period {
        end_with_period(life, waives);
        return Ok(());
    }
    end::stop(life, on, unused::amount_on(life, on)?, waives)?;
    if life.state.ledger.open().next().is_some() {
        life.state.ending = true;
    } else {
        end::end(life, on, Status::Cancelled, PaymentStatus::Stopped, EndReason::Cancelled);
    }
    Ok(())
}

fn end_with_period(life: &mut Subscription, waives: bool) {
    life.state.ending = true;
    life.state.waives = waives;
    // A change that is not paid is dropped, once no attempt at its payment is unresolved.
    for pending in &mut life.state.changes {
        pending.falls = pending.payment.is_some();
    }
}

/// Applies `cancellation_withdrawn`.
pub(super) fn withdraw(life: &mut Subscription, on: Date) -> Result<(), Errors> {
    guard::not_ended(life)?;
    if !life.state.ending || life.state.over.is_some() || service::until(life).is_none_or(|end| end <= on) {
        let message = "cannot withdraw because no cancellation is pending";
        return Err(Error::new(Code::NothingToWithdraw, "/event/type", message).into());
    }
    life.state.ending = false;
    for pending in &mut life.state.changes {
        pending.falls = false;
    }
    Ok(())
}
