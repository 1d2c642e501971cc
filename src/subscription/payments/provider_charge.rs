//! Charges that the provider makes by its own schedule and reports (R5.7).

use super::success::{self, Taken};
use crate::date::Date;
use crate::decline::Decline;
use crate::error::{Code, Error, Errors};
use crate::money::Money;
use crate::subscription::event::ChargeStatus;
use crate::subscription::owed::adjusting;
use crate::subscription::owed::due;
use crate::subscription::records::attempt::{Attempt, Outcome};
use crate::subscription::records::key::{AttemptId, PaymentKey, PaymentNumber};
use crate::subscription::records::overpaid::{Overpayment, OverpaymentReason};
use crate::subscription::records::record::{PaymentStatus, Record};
use crate::subscription::records::state::Subscription;
use crate::subscription::status::Status;

/// A charge as the provider reports it.
pub(crate) struct Charge<'a> {
    /// The provider's reference of the charge.
    pub(crate) reference: &'a str,
    pub(crate) status: ChargeStatus,
    /// The amount, if the provider reports it.
    pub(crate) amount: Option<Money>,
    pub(crate) decline: Option<&'a Decline>,
    pub(crate) on: Date,
}

/// Applies `provider_charge`.
pub(crate) fn charge(life: &mut Subscription, charge: &Charge<'_>) -> Result<(), Errors> {
    if !life.terms.is_internal() {
        let message =
            "cannot apply the charge because the merchant triggers each payment; apply its outcome by its reference";
        return Err(Error::new(Code::UnknownReference, "/event/type", message).into());
    }
    if success::is_recorded(life, charge.reference, |_| true) {
        return match (declined_before(life, charge.reference), charge.status) {
            // A success wins, also after a decline of the same charge (R5.4).
            (Some(id), ChargeStatus::Succeeded) => take(life, id, charge),
            _ => Ok(()),
        };
    }
    // A decline after the end is about nothing that is owed.
    if life.status.is_final() && charge.status == ChargeStatus::Declined {
        return Ok(());
    }
    match number_charged(life, charge.on)? {
        Some(number) => record(life, number, charge),
        None => {
            if charge.status == ChargeStatus::Succeeded {
                overpay(life, charge)?;
            }
            Ok(())
        }
    }
}

/// Records a charge as an attempt at the payment of a number.
fn record(life: &mut Subscription, number: PaymentNumber, charge: &Charge<'_>) -> Result<(), Errors> {
    reach(life, number)?;
    let key = PaymentKey::own(number);
    let is_declined = charge.status == ChargeStatus::Declined;
    let outcome = if is_declined { Outcome::Declined } else { Outcome::Pending };
    let added = Attempt {
        provider_reference: Some(charge.reference.into()),
        decline: charge.decline.cloned(),
        ..Attempt::new(charge.on, life.state.card.number, outcome)
    };
    let Some(id) = life.state.ledger.add(key, added) else {
        return Err(Error::new(Code::Internal, "", "expected a record of the charged number").into());
    };
    if !is_declined {
        return take(life, id, charge);
    }
    if life.state.ledger.get(key).is_some_and(Record::is_open) && !life.status.is_final() {
        life.status = Status::Error;
    }
    Ok(())
}

fn take(life: &mut Subscription, id: AttemptId, charge: &Charge<'_>) -> Result<(), Errors> {
    success::take(life, id, Taken { on: charge.on, charge: Some(charge.reference), amount: charge.amount })
}

/// Records a charge that fits no payment as an overpayment.
fn overpay(life: &mut Subscription, charge: &Charge<'_>) -> Result<(), Error> {
    let price = adjusting::standing(life)?.unwrap_or(life.nothing());
    let is_over = life.status.is_final() || life.state.ending;
    life.overpayments.push(Overpayment {
        reference: None,
        provider_reference: Some(charge.reference.into()),
        amount: charge.amount.unwrap_or(price),
        on: charge.on,
        reason: if is_over { OverpaymentReason::PaidAfterEnd } else { OverpaymentReason::PaidTwice },
    });
    Ok(())
}

/// Returns the attempt that was reported as a decline of a charge.
fn declined_before(life: &Subscription, charge: &str) -> Option<AttemptId> {
    let mut attempts = life.state.ledger.attempts();
    let is_declined = |attempt: &Attempt| attempt.outcome == Outcome::Declined && attempt.has_charge(charge);
    attempts.find(|(_, attempt)| is_declined(attempt)).map(|(id, _)| id)
}

/// Returns the number that a charge on a day is for (R5.7): the latest due by then, if it is unsettled; otherwise the
/// oldest that is due and unsettled, or was given up; otherwise the next one, if that is near. `None` if it fits
/// nothing.
fn number_charged(life: &mut Subscription, on: Date) -> Result<Option<PaymentNumber>, Errors> {
    let until = life.state.ended.map_or(on, |ended| ended.min(on));
    let latest = life.current.number_due(until)?;
    if let Some(latest) = latest.filter(|latest| is_unsettled(life, *latest)) {
        return Ok(Some(latest));
    }
    let is_owed = |record: &&Record| {
        matches!(record.status, PaymentStatus::Open | PaymentStatus::GivenUp) && record.due_date <= until
    };
    life.state.ledger.recall_given_up(until, life.currency())?;
    if let Some(older) = life.state.ledger.own().find(is_owed) {
        return Ok(Some(older.number));
    }
    let next = latest.map_or(life.current.first(), PaymentNumber::next);
    let is_next = !life.status.is_final() && is_unsettled(life, next) && is_near(life, next, on)?;
    Ok(if is_next { Some(next) } else { None })
}

fn is_unsettled(life: &Subscription, number: PaymentNumber) -> bool {
    match life.state.ledger.get(PaymentKey::own(number)) {
        Some(record) => !record.is_paid_for(),
        // After a cancellation with the period, nothing new becomes due.
        None => !life.state.ending && number > life.state.imported,
    }
}

/// Returns whether a number is due soon after a day: within 5 days and a third of its period, or within one day in any
/// case.
fn is_near(life: &Subscription, number: PaymentNumber, on: Date) -> Result<bool, Errors> {
    const MOST: i64 = 5;
    let Some(next) = life.period_ahead(number)? else { return Ok(false) };
    let third = next.days().checked_div(3).unwrap_or(MOST);
    Ok((1..=third.clamp(1, MOST)).contains(&on.days_until(next.start)))
}

/// Begins the payment of a number, and gives up all older ones that nobody has reported.
fn reach(life: &mut Subscription, number: PaymentNumber) -> Result<(), Errors> {
    while let Some(own) = next_unsettled(life)?.filter(|own| own.number <= number) {
        if own.number == number {
            life.state.ledger.begin(own);
            break;
        }
        life.state.ledger.close(own, PaymentStatus::GivenUp);
    }
    Ok(())
}

/// Returns the next number, also of a subscription that has ended.
fn next_unsettled(life: &Subscription) -> Result<Option<Record>, Errors> {
    match life.state.ledger.open_own() {
        Some(open) => Ok(Some(open.clone())),
        None => due::numbered(life, life.state.ledger.last_begun().next()),
    }
}
