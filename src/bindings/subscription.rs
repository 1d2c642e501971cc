//! The life of a subscription.

use crate::date::Date;
use crate::error::Errors;
use crate::json::{Function, function, object};
use crate::money::Money;
use crate::preview::PreviewOptions;
use crate::pricing::proration::PlanChange;
use crate::subscription::{
    CancellationOptions, Event, Imported, OverviewOptions, Script, Simulation, Subscription, create_subscription,
};
use crate::terms::Terms;

pub(super) const FUNCTIONS: &[Function] = &[
    function!("createSubscription", input: NewSubscription => create_subscription(&input.id, input.terms, input.imported)),
    function!("nextAction", subscription: required Subscription, today: required Date => subscription.next_action(today)),
    function!("applyEvent", subscription: required Subscription, event: required Event => subscription.apply(&event)),
    function!(
        "quotePlanChange", subscription: required Subscription, change: required PlanChange, on: required Date
        => subscription.quote_plan_change(&change, on)
    ),
    function!(
        "quoteCancellation", subscription: required Subscription, on: required Date, options: defaulted CancellationOptions
        => subscription.quote_cancellation(on, options)
    ),
    function!(
        "refundPlan", subscription: required Subscription, amount: required Money => subscription.refund_plan(amount)
    ),
    function!(
        "overview", subscription: required Subscription, on: required Date, options: defaulted OverviewOptions
        => subscription.overview(on, options)
    ),
    function!(
        "upcoming", subscription: required Subscription, options: required PreviewOptions => subscription.upcoming(&options)
    ),
    function!(
        "replay", created: required NewSubscription, events: required Vec<Event>, through: required Date
        => replay(created, &events, through)
    ),
    function!("simulate", subscription: required Subscription, script: required Script => subscription.simulate(&script)),
];

/// The input of a new subscription.
struct NewSubscription {
    id: String,
    terms: Terms,
    imported: Option<Imported>,
}

object!(NewSubscription { id: required "id", terms: required "terms", imported: optional "imported" });

fn replay(created: NewSubscription, events: &[Event], through: Date) -> Result<Simulation, Errors> {
    let created = create_subscription(&created.id, created.terms, created.imported);
    created.map_err(|errors| errors.moved(&[("/input", "/created")]))?.replay(events, through)
}
