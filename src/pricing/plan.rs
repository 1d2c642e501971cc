//! What was agreed about prices.

use super::applied::Applied;
use super::costs::Costs;
use super::price::Price;
use super::share::FirstPeriod;
use crate::error::Error;
use crate::money::RoundingRule;

/// What was agreed about prices: all that determines what the payments of a schedule cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan<'a> {
    /// The price of a full period.
    pub(crate) price: &'a Price,
    /// What a stub costs.
    pub(crate) first_period: Option<FirstPeriod>,
    pub(crate) rule: RoundingRule,
    /// What applies beside the price.
    pub(crate) applied: Option<&'a Applied>,
}

impl Plan<'_> {
    /// Returns what a full period costs, item by item, after discounts.
    pub(crate) fn costs(&self) -> Result<Costs, Error> {
        let full = Costs::of(self.price, self.rule)?;
        match self.applied {
            Some(applied) => applied.discounted(full, self.rule, &mut |_, _, _| {}),
            None => Ok(full),
        }
    }

    /// Returns whether a full period costs anything.
    pub(crate) fn costs_something(&self) -> bool {
        self.price.sum(self.rule).is_ok_and(|sum| sum.amount() > 0)
    }
}
