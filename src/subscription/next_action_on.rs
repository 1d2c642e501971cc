//! The next day on which there is something to do (R11).

use super::action::Action;
use super::key::PaymentKey;
use super::next_action::next_action;
use super::state::Subscription;
use crate::date::Date;
use crate::payment::Payment;

/// Returns the first day on which the action is neither `wait` nor `none`, as [`Subscription::next_action_on`] describes.
pub(super) fn of(life: &Subscription) -> Option<Date> {
    let last = life.state.on.unwrap_or(Date::FIRST);
    let mut day = last;
    loop {
        match next_action(life, day) {
            Ok(Action::None { .. }) => return None,
            Ok(Action::Wait { until }) if until > day => day = until,
            Ok(action) if day == last => return Some(since(life, &action).map_or(day, |since| since.min(day))),
            // Somebody has to see an error.
            Ok(_) | Err(_) => return Some(day),
        }
    }
}

/// Returns the day before the last event since which an action is open, if it is such an action.
fn since(life: &Subscription, action: &Action) -> Option<Date> {
    match action {
        Action::Resolve { .. } => started(life),
        Action::Checkout { payment, .. } => Some(offered(life, payment)),
        Action::AwaitProvider { payment } => Some(payment.due_date),
        _ => None,
    }
}

/// Returns the start of the attempt whose outcome is unknown, or the day on which it was last reported pending.
fn started(life: &Subscription) -> Option<Date> {
    life.state.ledger.unresolved().map(|(_, _, attempt)| attempt.on)
}

/// Returns the day from which a payment is offered to the cardholder: its due date, or the event after which nobody else
/// can make it.
fn offered(life: &Subscription, payment: &Payment) -> Date {
    let record = life.state.ledger.get(PaymentKey::of(payment));
    let declined = record.and_then(|record| record.attempts.last()).map(|attempt| attempt.on);
    let requested = record.and_then(|record| record.requested).filter(|requested| requested.customer_present);
    let since = [declined, life.state.card.checkout_since, requested.map(|requested| requested.on)];
    let since = since.into_iter().flatten().max();
    since.map_or(payment.due_date, |since| since.max(payment.due_date))
}
