//! What is stated beside the price: by terms, or by a plan change (R9.1, R9.3, R9.4, R9.5).

use super::discount::{self, Discount};
use super::price::Price;
use super::step::{self, Step};
use super::tax::Taxes;
use crate::error::Problems;
use crate::money::{Money, RoundingRule};

/// What is stated beside the price.
#[derive(Clone, Copy, Default)]
pub(crate) struct Beside<'a> {
    pub(crate) steps: Option<&'a [Step]>,
    pub(crate) discounts: Option<&'a [Discount]>,
    pub(crate) taxes: Option<&'a Taxes>,
    pub(crate) minimum: Option<Money>,
}

impl Beside<'_> {
    /// Checks it. `from` is the price before the steps.
    pub(crate) fn check(&self, from: &Price, rule: RoundingRule, problems: &mut Problems) {
        let nothing = Money::zero(from.currency());
        step::check(self.steps.unwrap_or_default(), from, rule, problems);
        discount::check(self.discounts.unwrap_or_default(), nothing, rule, problems);
        if let Some(taxes) = self.taxes {
            taxes.check(problems);
        }
        problems.extend(self.minimum.and_then(|minimum| rule.check(minimum, nothing, "/minimum").err()));
    }
}
