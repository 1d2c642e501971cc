//! What is in effect beside the price, as it is stored (R9.3, R9.4, R9.5).

use crate::json::object;
use crate::money::Money;
use crate::pricing::discount::Discount;
use crate::pricing::step::Step;
use crate::pricing::tax::Taxes;
use crate::terms::Terms;

/// What is in effect beside the price, once it is no longer as in the terms.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Adjusted {
    /// Prices from later numbers on. Every item has its quantity.
    pub steps: Vec<Step>,
    /// The discounts.
    pub discounts: Vec<Discount>,
    /// How many payments each discount had before the number `from`.
    pub used: Vec<u32>,
    /// The number from which the price is in effect.
    pub from: u32,
    /// The taxes.
    pub taxes: Option<Taxes>,
    /// The least that a full period costs.
    pub minimum: Option<Money>,
}

object!(Adjusted {
    steps: defaulted "steps",
    discounts: defaulted "discounts",
    used: defaulted "used",
    from: required "from",
    taxes: optional "taxes",
    minimum: optional "minimum",
});

impl Adjusted {
    /// Returns what the terms have, if that cannot be read from the terms themselves: the steps with their quantities.
    pub(crate) fn of(terms: &Terms) -> Option<Box<Self>> {
        if terms.steps.is_empty() {
            return None;
        }
        let (discounts, taxes, minimum) = (terms.discounts.clone(), terms.taxes.clone(), terms.minimum);
        Some(Box::new(Self { steps: terms.resolved_steps(), discounts, used: Vec::new(), from: 1, taxes, minimum }))
    }

    /// Returns every amount that it contains.
    pub(crate) fn amounts(&self) -> impl Iterator<Item = Money> {
        self.steps.iter().map(|step| Money::zero(step.price.currency())).chain(self.minimum)
    }
}
