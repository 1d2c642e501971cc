//! A stored log of events, run again.

use crate::date::Date;
use crate::digits::digits;
use crate::error::Errors;
use crate::subscription::action::Action;
use crate::subscription::apply::apply_event;
use crate::subscription::days::next_action::next_action;
use crate::subscription::event::Event;
use crate::subscription::records::state::Subscription;
use crate::subscription::simulate::{Moment, Simulation};

/// Applies the events until a day, as [`Subscription::replay`] describes.
pub(in crate::subscription) fn replay(
    created: &Subscription,
    events: &[Event],
    through: Date,
) -> Result<Simulation, Errors> {
    let mut subscription = created.clone();
    let mut timeline = Vec::with_capacity(events.len());
    for (index, event) in events.iter().enumerate().take_while(|(_, event)| event.on() <= through) {
        let action = answered(&subscription, event);
        let place = ["/events/", &digits(index)].concat();
        subscription =
            apply_event(&subscription, event).map_err(|errors| errors.moved(&[("/event", place.as_str())]))?;
        let status = subscription.status();
        timeline.push(Moment { on: event.on(), action, event: Some(event.clone()), status });
    }
    let action = next_action(&subscription, through)?;
    timeline.push(Moment { on: through, action: Some(action), event: None, status: subscription.status() });
    Ok(Simulation { subscription, timeline })
}

/// Returns the action that an event answers: one of the payment that it names, or the end.
fn answered(life: &Subscription, event: &Event) -> Option<Action> {
    let action = next_action(life, event.on()).ok()?;
    let is_answered = match (event, &action) {
        (Event::AttemptStarted { reference, .. } | Event::PaymentSucceeded { reference, .. }, action) => {
            action.payment().is_some_and(|payment| payment.reference == *reference)
        }
        (Event::ProviderCharge { .. }, Action::AwaitProvider { .. })
        | (Event::Finished { .. }, Action::Finish { .. }) => true,
        _ => false,
    };
    if is_answered { Some(action) } else { None }
}
