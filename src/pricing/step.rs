//! Other prices from a payment's number on: introductory prices, ramps (R9.5).

use super::discount::{MOST, entry};
use super::price::Price;
use crate::error::{Code, Problems};
use crate::json::object;
use crate::money::RoundingRule;

/// Another price from a payment's number on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The number of the first payment at this price, from 2. Numbers that are skipped count.
    pub from: u32,
    /// The price of a full period. An item without a quantity has the one in force.
    pub price: Price,
}

object!(Step { from: required "from", price: required "price" });

impl Step {
    /// Creates another price from a payment's number on.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Money, Step};
    ///
    /// let step = Step::new(4, "99.00 NOK".parse::<Money>()?);
    /// assert_eq!(step.from, 4);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn new(from: u32, price: impl Into<Price>) -> Self {
        Self { from, price: price.into() }
    }
}

/// Checks steps against the first price, at `/steps`.
pub(crate) fn check(steps: &[Step], price: &Price, rule: RoundingRule, problems: &mut Problems) {
    if steps.len() > MOST {
        problems.push(Code::TooMany, "/steps", "expected at most 20 entries");
    }
    let mut before = 1;
    for (index, step) in steps.iter().enumerate() {
        let path = entry("/steps", index);
        if step.from <= before {
            let message = "expected a number above that of the step before, from 2";
            problems.push(Code::OutOfRange, [&path, "/from"].concat(), message);
        }
        before = step.from;
        let path = [&path, "/price"].concat();
        if step.price.currency() != price.currency() {
            problems.push(Code::CurrencyMismatch, path, "expected the currency of the price");
            continue;
        }
        problems.take(step.price.check(rule, &path));
    }
}

/// Returns steps with a quantity for each item: its own, else the one in effect before the step.
pub(crate) fn resolved(steps: &[Step], price: &Price) -> Vec<Step> {
    let mut resolved: Vec<Step> = Vec::with_capacity(steps.len());
    for Step { from, price: to } in steps {
        let before = resolved.last().map_or(price, |step| &step.price);
        let to = to.resolved(Some(before));
        resolved.push(Step { from: *from, price: to });
    }
    resolved
}
