//! Successful payments (R5.4).

use super::start;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::indicator::EstablishedBy;
use crate::money::Money;
use crate::payment::PaymentKind;
use crate::subscription::days::advance;
use crate::subscription::days::end;
use crate::subscription::days::in_force;
use crate::subscription::days::next_action::decide;
use crate::subscription::owed::balance;
use crate::subscription::owed::due;
use crate::subscription::owed::open_payment;
use crate::subscription::owed::overlap;
use crate::subscription::records::attempt::{Attempt, Outcome};
use crate::subscription::records::key::{AttemptId, PaymentKey, PaymentNumber};
use crate::subscription::records::ledger::Success;
use crate::subscription::records::mark::Mark;
use crate::subscription::records::overpaid::{Overpayment, OverpaymentReason, Returned};
use crate::subscription::records::record::{PaymentStatus, Record};
use crate::subscription::records::state::Subscription;
use crate::subscription::status::Status;

/// A success that a provider reports.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken<'a> {
    pub(crate) on: Date,
    /// The provider's reference of the charge.
    pub(crate) charge: Option<&'a str>,
    /// The amount, if the provider reports it.
    pub(crate) amount: Option<Money>,
}

impl Taken<'_> {
    /// Creates a success on a day without further details.
    pub(crate) fn on(on: Date) -> Self {
        Self { on, charge: None, amount: None }
    }
}

/// Applies `payment_succeeded`. A success is never rejected: the success of an offered attempt implies its start
/// (R5.4).
pub(crate) fn succeed(life: &mut Subscription, reference: &str, taken: Taken<'_>) -> Result<(), Errors> {
    let known = start::find(life, reference);
    if let Some(id) = known
        && life.state.ledger.attempt(id).is_some_and(Attempt::is_unresolved)
    {
        return take(life, id, taken);
    }
    let seen = advance::seen(life, taken.on)?;
    let offered = decide(&seen, taken.on)?.offered();
    if let Some((record, by_cardholder)) = offered
        && AttemptId::parse(reference, &life.id) == Some(record.next_attempt())
        && (record.sends_nothing() || known.is_none())
    {
        let by_cardholder = by_cardholder && !record.sends_nothing();
        start::begin(life, record, by_cardholder, taken.on);
    }
    let id = start::find(life, reference).ok_or_else(start::unknown)?;
    take(life, id, taken)
}

/// Records that an attempt succeeded: it pays what is owed, or is an overpayment.
pub(crate) fn take(life: &mut Subscription, id: AttemptId, taken: Taken<'_>) -> Result<(), Errors> {
    let (Some(record), Some(attempt)) = (life.state.ledger.get(id.payment), life.state.ledger.attempt(id)) else {
        return Ok(());
    };
    let amount = record.taken_by(attempt);
    if let Some(reported) = taken.amount.filter(|reported| *reported != amount) {
        let message = ["expected `", &amount.text(), "`, got `", &reported.text(), "`"].concat();
        return Err(Error::new(Code::AmountMismatch, "/event/amount", message).into());
    }
    let was_reported = was_reported(life, id, taken.charge);
    let (kind, by_status) = (record.kind, why_not_owed(life, record));
    let success = life.state.ledger.succeed(id, taken.on, taken.charge);
    let why_not_owed = match success {
        Success::Known => return Ok(()),
        Success::Again => Some(OverpaymentReason::PaidTwice),
        Success::New => by_status,
    };
    // Nothing was charged, but the card is verified.
    let only_verifies = kind == PaymentKind::Verification && why_not_owed == Some(OverpaymentReason::Dropped);
    if success == Success::New && !only_verifies && (was_reported || why_not_owed.is_some()) {
        life.state.ledger.mark_surplus(id);
    }
    match why_not_owed {
        _ if was_reported => {}
        None => settle(life, id, taken.on)?,
        Some(_) if only_verifies => establish(life, id, EstablishedBy::Verification),
        Some(reason) => {
            life.overpayments.push(Overpayment {
                reference: Some(id.reference(&life.id)),
                provider_reference: taken.charge.map(String::from),
                amount,
                on: taken.on,
                reason,
            });
        }
    }
    Ok(())
}

/// Returns why a payment is not owed; `None` if it is.
fn why_not_owed(life: &Subscription, record: &Record) -> Option<OverpaymentReason> {
    let is_late = if life.status.is_final() {
        !settles_after_end(life, record)
    } else {
        life.state.over.is_some() && !record.outlives_service()
    };
    match record.status {
        PaymentStatus::Paid | PaymentStatus::Included | PaymentStatus::Imported => Some(OverpaymentReason::PaidTwice),
        PaymentStatus::Dropped => Some(OverpaymentReason::Dropped),
        PaymentStatus::Stopped => Some(OverpaymentReason::PaidAfterEnd),
        PaymentStatus::Open | PaymentStatus::GivenUp | PaymentStatus::Skipped if is_late => {
            Some(OverpaymentReason::PaidAfterEnd)
        }
        PaymentStatus::Open | PaymentStatus::GivenUp | PaymentStatus::Skipped => None,
    }
}

/// Returns whether a success after the end can still settle a payment: one by the provider's schedule that was due by
/// then (R5.7).
fn settles_after_end(life: &Subscription, record: &Record) -> bool {
    life.terms.is_internal() && Some(record.due_date) <= life.state.ended
}

/// Returns whether this charge was reported before: as an overpayment of the same attempt or, if the provider runs the
/// schedule, as one of its charges. Otherwise the provider's references are not compared across attempts, as a caller
/// may pass one that identifies the whole agreement.
fn was_reported(life: &Subscription, id: AttemptId, charge: Option<&str>) -> bool {
    let Some(charge) = charge else { return false };
    let reference = id.reference(&life.id);
    let is_same = |overpaid: &Overpayment| {
        overpaid.reference.as_ref() == Some(&reference) && overpaid.provider_reference.as_deref() == Some(charge)
    };
    let took = |attempt: &Attempt| attempt.outcome == Outcome::Succeeded;
    let returned = Returned { reference: Some(Mark::of(&reference)), charge: Mark::of(charge) };
    let is_returned = life.state.returned.contains(&returned);
    is_returned || life.overpayments.iter().any(is_same) || life.terms.is_internal() && is_recorded(life, charge, took)
}

/// Returns whether a charge of the provider's is recorded as an overpayment, or with an attempt that fits.
pub(crate) fn is_recorded(life: &Subscription, charge: &str, fits: impl Fn(&Attempt) -> bool) -> bool {
    life.state.ledger.attempts().any(|(_, attempt)| attempt.has_charge(charge) && fits(attempt))
        || life.overpayments.iter().any(|overpaid| overpaid.provider_reference.as_deref() == Some(charge))
        || life.state.returned.iter().any(|returned| returned.charge == Mark::of(charge))
}

/// Settles a payment by an attempt.
fn settle(life: &mut Subscription, id: AttemptId, on: Date) -> Result<(), Errors> {
    let (Some(record), Some(attempt)) = (life.state.ledger.get(id.payment), life.state.ledger.attempt(id)) else {
        return Ok(());
    };
    let (kind, was_open, amount) = (record.kind, record.is_open(), record.taken_by(attempt));
    // A payment of 0 establishes nothing (R4.6).
    let establishes = amount.amount() > 0 && attempt.by_cardholder;
    // The part that was owed and not charged by this attempt goes to the balance.
    pay(life, id.payment, amount)?;
    overlap::settle(life, id.payment)?;
    if establishes {
        establish(life, id, EstablishedBy::Payment);
    }
    if life.status.is_final() {
        return Ok(());
    }
    match kind {
        PaymentKind::Verification => {
            establish(life, id, EstablishedBy::Verification);
            begin_running(life);
            pay_first_of_zero(life, on)?;
        }
        PaymentKind::PlanChange => in_force::paid(life, id.payment)?,
        PaymentKind::Unscheduled if life.current.schedule.is_none() => begin_running(life),
        PaymentKind::Unscheduled | PaymentKind::Final => {}
        PaymentKind::Initial | PaymentKind::Recurring => {
            if !life.state.ledger.own().any(|record| record.is_open() && record.was_declined()) {
                life.status = Status::Active;
            }
        }
    }
    if was_open {
        end::if_settled(life);
    }
    Ok(())
}

fn pay(life: &mut Subscription, payment: PaymentKey, taken: Money) -> Result<(), Errors> {
    let fee = match life.state.ledger.get(payment) {
        Some(record) => record.setup(life.terms.rule()?)?,
        None => None,
    };
    if let Some(mut owed) = life.state.ledger.pay(payment)? {
        // The fee of a payment that was given up may have been charged with a later one (R9.5).
        if life.state.setup_charged
            && let Some(fee) = fee
        {
            owed = owed.plus(fee.negated())?;
        }
        balance::set(life, life.balance.plus(owed)?.plus(taken.negated())?)?;
    }
    if fee.is_some() && !life.state.setup_charged {
        life.state.setup_charged = true;
        open_payment::leave_out_setup(life)?;
    }
    Ok(())
}

/// Records that the cardholder has completed an attempt.
fn establish(life: &mut Subscription, id: AttemptId, by: EstablishedBy) {
    if let Some(attempt) = life.state.ledger.attempt(id) {
        life.state.card.establish(by, attempt);
    }
}

/// Settles a first payment of 0 with the verification that replaces it (R4.6).
fn pay_first_of_zero(life: &mut Subscription, on: Date) -> Result<(), Errors> {
    let Some(own) = due::next(life)? else { return Ok(()) };
    let is_due = own.number == PaymentNumber::FIRST && own.due_date <= on;
    if is_due && own.amount.amount() == 0 && !own.was_attempted() {
        let key = own.key();
        life.state.ledger.put(own);
        pay(life, key, life.nothing())?;
    }
    Ok(())
}

/// Activates the subscription: with the first success, or with one after the first verification has failed.
fn begin_running(life: &mut Subscription) {
    let mut begun = life.state.ledger.own().filter(|own| own.was_attempted() || !own.is_open());
    let own_failed = begun.next_back().is_some_and(|own| own.status != PaymentStatus::Imported);
    if life.status == Status::Pending || !own_failed {
        life.status = Status::Active;
    }
}
