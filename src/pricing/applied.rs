//! What applies to a payment beside the price: discounts, the least that a period costs, taxes, the set-up fee (R9).

use super::costs::{Costs, Entry};
use super::discount::Discount;
use super::line::{Line, LineKind, LineRule};
use super::note::Note;
use super::tax::Taxes;
use crate::error::Error;
use crate::json::object;
use crate::money::{Money, RoundingRule};

/// What applies to a payment beside the price.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applied {
    /// The discounts, in order.
    pub(crate) discounts: Vec<Discount>,
    /// The least that a full period costs.
    pub(crate) minimum: Option<Money>,
    /// The taxes.
    pub(crate) taxes: Option<Taxes>,
    /// The set-up fee.
    pub(crate) setup: Option<Money>,
}

object!(Applied {
    discounts: defaulted "discounts",
    minimum: optional "minimum",
    taxes: optional "taxes",
    setup: optional "setup",
});

impl Applied {
    /// Returns it in a box; `None` if nothing applies.
    pub(crate) fn some(self) -> Option<Box<Self>> {
        if self == Self::default() { None } else { Some(Box::new(self)) }
    }

    /// Returns what a full period costs after the discounts, and calls with each: the item, what it cost before, and how much is off.
    pub(crate) fn discounted(
        &self,
        full: Costs,
        rule: RoundingRule,
        each: &mut dyn FnMut(&Discount, Entry<'_>, Money),
    ) -> Result<Costs, Error> {
        let mut costs = full;
        for discount in &self.discounts {
            let left: Vec<Money> = costs.entries().map(|entry| entry.cost).collect();
            let parts = discount.parts(&left, rule)?;
            for (entry, part) in costs.entries().zip(&parts).filter(|(_, part)| part.amount() > 0) {
                each(discount, entry, *part);
            }
            costs = costs.less(&parts)?;
        }
        match self.minimum {
            Some(minimum) => costs.at_least(minimum),
            None => Ok(costs),
        }
    }

    /// Returns the line of the set-up fee.
    pub(crate) fn setup_line(&self) -> Option<Line> {
        let line = |fee| Line::apart(LineKind::Setup, fee, LineRule::Fee, Note::words("a set-up fee, once"));
        self.setup.map(line)
    }
}

/// Creates the line of a discount from that of the price before it.
pub(crate) fn discount_line(discount: &Discount, before: Line, amount: Money) -> Line {
    let note = Note::amount("a discount on ", before.price.unwrap_or(amount));
    let (kind, rule) = (LineKind::Discount, LineRule::Discount);
    Line { kind, rule, amount, note, discount: Some(discount.id.clone()), ..before }
}
