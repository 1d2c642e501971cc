//! An offered payment: the next attempt, with its indicator and reference.

use crate::indicator::{EstablishedBy, Timing};
use crate::payment::{Payment, PaymentKind};
use crate::pricing::line::Line;
use crate::subscription::action::Action;
use crate::subscription::owed::availability;
use crate::subscription::records::key::AttemptId;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;
use crate::terms::initiation::Initiation;

/// Returns the action for a payment that can be made. The lines are those of the payment.
pub(crate) fn action(life: &Subscription, record: &Record, lines: Vec<Line>, by_cardholder: bool) -> Action {
    let payment = attempt(life, record, lines, by_cardholder);
    if record.sends_nothing() {
        Action::Record { payment }
    } else if by_cardholder {
        Action::Checkout { reason: availability::why_checkout(life, record).into(), payment }
    } else {
        Action::Charge { payment }
    }
}

/// Returns the next attempt at a payment.
pub(crate) fn next_attempt(life: &Subscription, record: &Record, by_cardholder: bool) -> Box<Payment> {
    attempt(life, record, record.lines.clone(), by_cardholder)
}

fn attempt(life: &Subscription, record: &Record, lines: Vec<Line>, by_cardholder: bool) -> Box<Payment> {
    payment(life, record, lines, (record.next_attempt(), by_cardholder), life.state.card.established)
}

/// Returns an unresolved attempt. Its initiator does not change when the card does.
pub(crate) fn sent(life: &Subscription, record: &Record, id: AttemptId, by_cardholder: bool) -> Box<Payment> {
    payment(life, record, record.lines.clone(), (id, by_cardholder), EstablishedBy::Payment)
}

fn payment(
    life: &Subscription,
    record: &Record,
    lines: Vec<Line>,
    (id, by_cardholder): (AttemptId, bool),
    established_by: EstablishedBy,
) -> Box<Payment> {
    let is_unscheduled = record.kind == PaymentKind::Unscheduled || life.current.schedule.is_none();
    let selected = life.terms.indication(Initiation {
        established_by,
        by_cardholder,
        amount: record.amount_kind,
        timing: if is_unscheduled { Timing::Unscheduled } else { Timing::Scheduled },
        resubmission: id.attempt > 1,
    });
    let (indicator, mastercard_code) = if record.sends_nothing() { (None, None) } else { selected };
    Box::new(Payment {
        number: record.number.get(),
        extra: record.extra,
        attempt: id.attempt,
        kind: record.kind,
        due_date: record.due_date,
        period: record.period,
        amount: record.amount,
        amount_kind: record.amount_kind,
        indicator,
        mastercard_code,
        reference: id.reference(&life.id),
        lines,
    })
}
