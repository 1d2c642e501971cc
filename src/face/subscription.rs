//! The life of a subscription.

use super::{Function, function};
use crate::date::Date;
use crate::json::object;
use crate::notices::notices;
use crate::preview::{PreviewOptions, preview};
use crate::proration::PlanChange;
use crate::subscription::{
    Adopted, Event, Script, Subscription, Terms, apply_event, cancel_quote, change_plan, create_subscription,
    next_action, simulate,
};

pub(super) const FUNCTIONS: &[Function] = &[
    function!("createSubscription", input: NewSubscription => create_subscription(&input.id, input.terms, input.adopted)),
    function!("nextAction", subscription: required Subscription, today: required Date => next_action(&subscription, today)),
    function!("applyEvent", subscription: required Subscription, event: required Event => apply_event(&subscription, &event)),
    function!(
        "changePlan", subscription: required Subscription, change: required PlanChange, on: required Date
        => change_plan(&subscription, &change, on)
    ),
    function!("cancelQuote", subscription: required Subscription, on: required Date => cancel_quote(&subscription, on)),
    function!("preview", terms: required Terms, options: required PreviewOptions => preview(&terms, &options)),
    function!("notices", terms: required Terms, options: required PreviewOptions => notices(&terms, &options)),
    function!("simulate", subscription: required Subscription, script: required Script => simulate(&subscription, &script)),
];

/// What a subscription is made of.
struct NewSubscription {
    id: String,
    terms: Terms,
    adopted: Option<Adopted>,
}

object!(NewSubscription { id: required "id", terms: required "terms", adopted: optional "adopted" });
