//! The verification of the card: before a trial, instead of a first payment of 0, or on request (R2.9, R4.6).

use super::adjusting;
use super::blocked;
use super::due;
use super::guard;
use super::seen::Seen;
use crate::date::Date;
use crate::error::Errors;
use crate::indicator::AmountKind;
use crate::payment::PaymentKind;
use crate::pricing::bill;
use crate::pricing::line::Line;
use crate::subscription::records::key::{PaymentKey, PaymentNumber};
use crate::subscription::records::record::{PaymentStatus, Record};
use crate::subscription::records::state::Subscription;
use crate::subscription::status::Status;

/// Applies `verification_requested`. An open verification stays the only one.
pub(crate) fn request(life: &mut Subscription, on: Date) -> Result<(), Errors> {
    guard::not_over(life)?;
    let is_verification = |record: &Record| record.kind == PaymentKind::Verification;
    if life.state.ledger.open().any(is_verification) {
        return Ok(());
    }
    let key = if life.state.ledger.has(PaymentKey::VERIFICATION) || life.state.ledger.iter().any(is_verification) {
        life.state.ledger.key_beside(due::number_on(life, on)?)
    } else {
        PaymentKey::VERIFICATION
    };
    life.state.ledger.begin(new(life, key, on));
    Ok(())
}

/// Returns a verification that is due on a day.
pub(crate) fn new(life: &Subscription, key: PaymentKey, due_date: Date) -> Record {
    let nothing = life.nothing();
    let record = Record::beside(PaymentKind::Verification, key, due_date, nothing);
    Record { lines: vec![Line::verification(nothing)], customer_present: true, ..record }
}

/// Returns whether it is the initial verification of the subscription.
pub(crate) fn is_initial(life: &Subscription, record: &Record) -> bool {
    record.key() == PaymentKey::VERIFICATION
        && !life.state.card.is_established()
        && matches!(life.status, Status::Pending | Status::Error)
}

/// Returns the verification that begins a trial, if it was not begun yet (R2.9). `next` is the schedule's next payment.
pub(crate) fn of_trial(life: &Subscription, next: Option<&Record>) -> Option<Record> {
    let trial_start = life.terms.trial_start?;
    let is_first = next.is_some_and(|next| next.number == PaymentNumber::FIRST && !next.was_attempted());
    // A price of 0 throughout needs no card (R4.6).
    let is_needed = || !life.state.card.is_established() && is_ever_charged(life);
    if !is_first || life.state.ledger.has(PaymentKey::VERIFICATION) || !is_needed() {
        return None;
    }
    Some(trial(life, trial_start))
}

fn is_ever_charged(life: &Subscription) -> bool {
    let Some(schedule) = life.current.schedule else { return false };
    adjusting::priced(life, &life.current, schedule)
        .is_ok_and(|priced| life.terms.is_ever_charged(&priced).unwrap_or(false))
}

/// Returns the payment that begins a trial: its price (R9.5), or a verification. An amount that cannot be computed is none.
fn trial(life: &Subscription, trial_start: Date) -> Record {
    let verification = new(life, PaymentKey::VERIFICATION, trial_start);
    let taxes = adjusting::of(life, &life.current).taxes;
    let Ok(Some(lines)) = life.terms.trial_lines(taxes) else { return verification };
    let Ok(amount) = bill::sum(&lines, life.currency()) else { return verification };
    let (kind, amount_kind) = (PaymentKind::Initial, AmountKind::Variable);
    Record { kind, amount, amount_kind, lines, ..verification }
}

/// Returns the verification that replaces a first payment of 0: open, or to begin (R4.6).
pub(crate) fn in_place_of(life: &Subscription, own: &Record) -> Result<Option<Record>, Errors> {
    if own.number != PaymentNumber::FIRST || life.state.card.is_established() {
        return Ok(None);
    }
    if let Some(begun) = life.state.ledger.get(PaymentKey::VERIFICATION) {
        return Ok(if begun.is_open() { Some(begun.clone()) } else { None });
    }
    let second = due::numbered(life, own.number.next())?;
    let costs_later = match (second, life.current.schedule) {
        (Some(second), _) if second.amount.amount() > 0 => true,
        (Some(second), Some(schedule)) if !adjusting::of(life, &life.current).is_nothing() => {
            adjusting::priced(life, &life.current, schedule)?.first_charge(second.number.get())?.is_some()
        }
        _ => false,
    };
    Ok(if costs_later { Some(new(life, PaymentKey::VERIFICATION, own.due_date)) } else { None })
}

/// Returns the start of the schedule while a verification is open that is dropped then.
pub(crate) fn drops_on(life: &Subscription) -> Result<Option<Date>, Errors> {
    let is_open = life.state.ledger.get(PaymentKey::VERIFICATION).is_some_and(Record::is_open);
    if life.terms.trial_start.is_none() || !is_open {
        return Ok(None);
    }
    let first = due::next(life)?.filter(|next| next.number == PaymentNumber::FIRST);
    Ok(first.map(|first| first.due_date))
}

/// Drops a verification that is not completed by the start, unless it is in the place of a first payment of zero (R2.9).
pub(crate) fn drop_late(life: &mut Seen<'_>, day: Date) -> Result<bool, Errors> {
    if life.terms.trial_start.is_none() {
        return Ok(false);
    }
    let is_first = |own: &Record| own.number == PaymentNumber::FIRST && own.due_date <= day;
    let Some(own) = due::next(life)?.filter(|own| is_first(own) && !blocked::is_payment_held(life, own)) else {
        return Ok(false);
    };
    if own.amount.amount() == 0 && in_place_of(life, &own)?.is_some() {
        return Ok(false);
    }
    let is_initial = |record: &Record| record.key() == PaymentKey::VERIFICATION;
    let is_open = life.state.ledger.open().any(is_initial);
    Ok(is_open && life.change().state.ledger.close_open(PaymentStatus::Dropped, is_initial))
}
