//! The next day on which there is something to do (R11).

use super::advance;
use super::decision::Decision;
use super::next_action::decide;
use crate::date::Date;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;

/// Returns the first day on which the action is neither `wait` nor `none`, as [`Subscription::next_action_on`] describes.
pub(crate) fn of(life: &Subscription) -> Option<Date> {
    let last = life.state.on.unwrap_or(Date::FIRST);
    let mut day = last;
    loop {
        // Somebody has to see an error.
        let Ok(seen) = advance::seen(life, day) else { return Some(day) };
        match decide(&seen, day) {
            Ok(Decision::None) => return None,
            Ok(Decision::Wait(until)) if until > day => day = until,
            Ok(decision) if day == last => return Some(since(life, &decision).map_or(day, |since| since.min(day))),
            Ok(_) | Err(_) => return Some(day),
        }
    }
}

/// Returns the day before the last event since which an action is open, if it is such an action.
fn since(life: &Subscription, decision: &Decision<'_>) -> Option<Date> {
    match decision {
        Decision::InFlight { .. } => started(life),
        Decision::Offered { record, by_cardholder: true } if !record.sends_nothing() => Some(offered(life, record)),
        Decision::Awaited(record) => Some(record.due_date),
        _ => None,
    }
}

/// Returns the start of the attempt whose outcome is unknown, or the day on which it was last reported pending.
fn started(life: &Subscription) -> Option<Date> {
    life.state.ledger.unresolved().map(|(_, _, attempt)| attempt.on)
}

/// Returns the day from which a payment is offered to the cardholder: its due date, or the event after which nobody else
/// can make it.
fn offered(life: &Subscription, payment: &Record) -> Date {
    let record = life.state.ledger.get(payment.key());
    let declined = record.and_then(|record| record.attempts.last()).map(|attempt| attempt.on);
    let requested = record.and_then(|record| record.requested).filter(|requested| requested.customer_present);
    let since = [declined, life.state.card.checkout_since, requested.map(|requested| requested.on)];
    let since = since.into_iter().flatten().max();
    since.map_or(payment.due_date, |since| since.max(payment.due_date))
}
