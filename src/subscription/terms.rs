//! What was agreed: price, schedule, recurrence, and what happens when a payment is declined.

use crate::error::{Code, Error, Errors, Problems};
use crate::indicator::Recurrence;
use crate::json::object;
use crate::money::{Money, Rounding, RoundingRule};
use crate::price::FirstPeriod;
use crate::retry::RetryPolicy;
use crate::schedule::Schedule;

/// The terms of a subscription. They stay as they were agreed; what later changes make of them is in
/// [`Subscription::current`](super::Subscription::current).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Terms {
    /// The price of a full period, 0 or more.
    pub price: Money,
    /// When payments fall due.
    pub schedule: Schedule,
    /// Who triggers the payments after the first: the merchant, so far.
    pub recurrence: Option<Recurrence>,
    /// What a short first period costs; default its part of the price.
    pub first_period: Option<FirstPeriod>,
    /// How parts of a price are rounded; default to the nearest, ties away from zero.
    pub rounding: Option<Rounding>,
    /// To multiples of how many minor units; default 1.
    pub round_to: Option<u32>,
    /// When a declined payment is tried again, and what happens when all of it fails.
    pub retry: Option<RetryPolicy>,
}

object!(Terms {
    price: required "price",
    schedule: required "schedule",
    recurrence: optional "recurrence",
    first_period: optional "firstPeriod",
    rounding: optional "rounding",
    round_to: optional "roundTo",
    retry: optional "retry",
} check Terms::check);

impl Terms {
    /// Terms with all defaults.
    pub fn new(price: Money, schedule: Schedule) -> Self {
        Self { price, schedule, recurrence: None, first_period: None, rounding: None, round_to: None, retry: None }
    }

    pub(super) fn check(self) -> Result<Self, Errors> {
        let mut problems = Problems::default();
        if self.recurrence == Some(Recurrence::Internal) {
            let message = "a subscription that the provider runs by itself cannot be followed yet";
            problems.push(Error::new(Code::UnknownValue, "/recurrence", message));
        }
        problems.check(self.price.not_negative("/price"));
        problems.check(RoundingRule::new(self.rounding.unwrap_or_default(), self.round_to.unwrap_or(1)));
        problems.done(Some(self))
    }
}
