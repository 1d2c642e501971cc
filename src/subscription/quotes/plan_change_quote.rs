//! The cost of a plan change for a subscription (R3.5 to R3.12).

use super::quote::{Quoted, quote};
use crate::date::Date;
use crate::error::Errors;
use crate::json::object;
use crate::pricing::proration::{PlanChange, Proration};
use crate::subscription::days::advance;
use crate::subscription::event::Event;
use crate::subscription::owed::guard;
use crate::subscription::records::pending_change::PendingPlanChange;
use crate::subscription::records::state::Subscription;

/// A plan change with its cost, and the event that applies it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanChangeQuote {
    /// The cost.
    pub proration: Proration,
    /// The pending changes that it replaces: those for the same day, and all if it takes effect on the day of its
    /// request.
    pub replaces: Vec<PendingPlanChange>,
    /// The pending changes for later days whose amounts it alters, or that no longer have a due date.
    pub alters: Vec<PendingPlanChange>,
    /// The event, with the digest of the cost.
    pub event: Event,
}

object!(PlanChangeQuote {
    proration: required "proration",
    replaces: required "replaces",
    alters: required "alters",
    event: required "event",
});

/// Quotes a plan change, as [`Subscription::quote_plan_change`] describes.
pub(crate) fn quote_plan_change(
    subscription: &Subscription,
    change: &PlanChange,
    on: Date,
) -> Result<PlanChangeQuote, Errors> {
    guard::not_before_last_event(subscription, on, "/on")?;
    let life = advance::seen(subscription, on)?;
    let Quoted { change, proration, replaces, alters, .. } =
        quote(&life, change, on).map_err(|errors| errors.prefixed("/change"))?;
    let event = Event::plan_changed(&change, Some(proration.digest.clone()), on);
    Ok(PlanChangeQuote { proration, replaces, alters, event })
}
