//! Starting attempts (R5.5).

use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::subscription::days::decision::Decision;
use crate::subscription::days::next_action::decide;
use crate::subscription::owed::availability::{self, Availability};
use crate::subscription::owed::due;
use crate::subscription::owed::verification;
use crate::subscription::records::attempt::{Attempt, Outcome};
use crate::subscription::records::key::{AttemptId, PaymentKey};
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;

const REFERENCE: &str = "/event/reference";

/// Applies `attempt_started`. It changes nothing if the attempt was started before.
pub(crate) fn start(life: &mut Subscription, reference: &str, on: Date) -> Result<(), Errors> {
    if let Decision::Offered { record, by_cardholder } = decide(life, on)?
        && !record.sends_nothing()
        && AttemptId::parse(reference, &life.id) == Some(record.next_attempt())
    {
        let record = record.into_owned();
        begin(life, record, by_cardholder, on);
        return Ok(());
    }
    if let Some(day) = day_of_attempt(life, reference, on)? {
        return Err(not_due_before(day).into());
    }
    let id = find(life, reference).ok_or_else(unknown)?;
    if life.state.ledger.attempt(id).is_some_and(Attempt::is_unresolved) {
        return Ok(());
    }
    Err(Error::new(Code::NotDue, REFERENCE, "expected an attempt that is offered on the day").into())
}

/// Adds an attempt to a payment that is offered, which is recorded now if it has no record yet.
pub(crate) fn begin(life: &mut Subscription, record: Record, by_cardholder: bool, on: Date) {
    let key = record.key();
    if record.is_unbegun() {
        // The balance applies to it until now.
        life.state.ledger.put(record);
    } else {
        life.state.ledger.begin(record);
    }
    let lifts_block = by_cardholder && life.state.card.block.is_some();
    let attempt = Attempt::new(on, life.state.card.number, Outcome::InFlight);
    life.state.ledger.start(key, Attempt { by_cardholder, lifts_block, ..attempt });
}

/// Returns the attempt of a reference.
pub(crate) fn find(life: &Subscription, reference: &str) -> Option<AttemptId> {
    AttemptId::parse(reference, &life.id).filter(|id| life.state.ledger.attempt(*id).is_some())
}

pub(crate) fn unknown() -> Error {
    Error::new(Code::UnknownReference, REFERENCE, "expected the reference of an attempt of this subscription")
}

/// Returns the later day on which an attempt that is not offered yet will be offered.
fn day_of_attempt(life: &Subscription, reference: &str, on: Date) -> Result<Option<Date>, Errors> {
    let Some(id) = AttemptId::parse(reference, &life.id) else { return Ok(None) };
    if life.status.is_final() {
        return Ok(None);
    }
    let own = due::next(life)?;
    let of_trial = verification::of_trial(life, own.as_ref());
    let mut ahead = own.iter().chain(&of_trial).chain(life.state.ledger.open());
    let Some(record) = ahead.find(|record: &&Record| record.next_attempt() == id) else {
        return day_of_later(life, id, on);
    };
    Ok(match availability::of(life, record, on) {
        _ if record.due_date > on => Some(record.due_date),
        Availability::Waits(day) => Some(day),
        _ => None,
    })
}

/// Returns the due date of a later number of the schedule, if the id is that of its first attempt.
fn day_of_later(life: &Subscription, id: AttemptId, on: Date) -> Result<Option<Date>, Errors> {
    let number = id.payment.number;
    if id != PaymentKey::own(number).attempt(1) || number <= life.state.ledger.last_settled() {
        return Ok(None);
    }
    // A number past the last day of the calendar has no due date.
    let due_date = due::date_of(life, number).unwrap_or(None);
    Ok(due_date.filter(|due_date| *due_date > on))
}

fn not_due_before(day: Date) -> Error {
    let message = ["expected a day on or after `", &day.iso(), "`, on which this attempt is offered"].concat();
    Error::new(Code::NotDue, REFERENCE, message)
}
