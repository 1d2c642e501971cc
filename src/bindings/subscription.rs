//! The life of a subscription.

use crate::date::Date;
use crate::json::{Function, function, object};
use crate::pricing::proration::PlanChange;
use crate::subscription::{
    CancellationOptions, Event, Imported, Script, Subscription, apply_event, create_subscription, next_action,
    quote_cancellation, quote_plan_change, simulate,
};
use crate::terms::Terms;

pub(super) const FUNCTIONS: &[Function] = &[
    function!("createSubscription", input: NewSubscription => create_subscription(&input.id, input.terms, input.imported)),
    function!("nextAction", subscription: required Subscription, today: required Date => next_action(&subscription, today)),
    function!("applyEvent", subscription: required Subscription, event: required Event => apply_event(&subscription, &event)),
    function!(
        "quotePlanChange", subscription: required Subscription, change: required PlanChange, on: required Date
        => quote_plan_change(&subscription, &change, on)
    ),
    function!(
        "quoteCancellation", subscription: required Subscription, on: required Date, options: defaulted CancellationOptions
        => quote_cancellation(&subscription, on, options)
    ),
    function!("simulate", subscription: required Subscription, script: required Script => simulate(&subscription, &script)),
];

/// What a subscription is made of.
struct NewSubscription {
    id: String,
    terms: Terms,
    imported: Option<Imported>,
}

object!(NewSubscription { id: required "id", terms: required "terms", imported: optional "imported" });
