//! Changes that share a day: a price and, for each item, a quantity (R3.5, R9.2).

use super::change::PlanChange;
use crate::pricing::price::Price;
use crate::pricing::quantities::Quantities;

impl PlanChange {
    /// Returns what is left of this change after another was requested for the same day: its price if the other has none,
    /// and the quantities of other items. `None` if nothing is left.
    pub(crate) fn without(&self, other: &Self) -> Option<Self> {
        self.parted(other).1
    }

    /// Returns what another change for the same day replaces of this one; `None` if it replaces nothing.
    pub(crate) fn replaced_by(&self, other: &Self) -> Option<Self> {
        self.parted(other).0
    }

    fn parted(&self, other: &Self) -> (Option<Self>, Option<Self>) {
        let (mut same, mut rest) = (None, self.quantities.clone());
        if let (Some(own), Some(others)) = (&self.quantities, &other.quantities) {
            let (one, two) = own.clone().split(others);
            (same, rest) = (Some(one).filter(|one| !one.is_empty()), Some(two).filter(|two| !two.is_empty()));
        }
        let (gone, kept) = if other.to.is_some() { (self.to.clone(), None) } else { (None, self.to.clone()) };
        let (beside_gone, beside_kept) = self.split_adjustments(other);
        let part = |to: Option<Price>, quantities: Option<Quantities>, beside: Self| {
            let is_some = to.is_some() || quantities.is_some() || beside.adjusts();
            let Self { steps, discounts, taxes, minimum, .. } = beside;
            is_some.then(|| Self { to, quantities, steps, discounts, taxes, minimum, ..self.clone() })
        };
        (part(gone, same, beside_gone), part(kept, rest, beside_kept))
    }

    /// Returns this change together with one for the same day that was requested later: the quantities are on top of the
    /// price.
    pub(crate) fn with(self, later: &Self) -> Self {
        let quantities = match (self.quantities.clone(), &later.quantities) {
            (Some(own), Some(others)) => Some(own.with(others)),
            (own, others) => own.or(others.clone()),
        };
        let beside = later.clone().with_adjustments_of(&self);
        let leading = if later.to.is_some() || self.to.is_none() { later.clone() } else { self };
        let Self { steps, discounts, taxes, minimum, .. } = beside;
        Self { quantities, steps, discounts, taxes, minimum, ..leading }
    }

    /// Replaces the quantities of the same items in its price and in its own quantities (R9.2).
    pub(crate) fn lay_over(&mut self, quantities: &Quantities) {
        if let Some(Price::Items(items)) = &self.to {
            self.to = Some(Price::Items(items.with_units(|item| quantities.of(&item.id).or(item.quantity))));
        }
        if let Some(own) = &mut self.quantities {
            quantities.lay_over(own);
        }
    }

    /// Removes the quantities of items that the price after it does not have. `before` is the price before it.
    pub(crate) fn keep_known(&mut self, before: &Price) {
        let after = self.to.as_ref().unwrap_or(before);
        if let Some(quantities) = &mut self.quantities {
            quantities.retain(|id| after.items().iter().any(|item| item.id == id));
            if quantities.is_empty() && self.to.is_some() {
                self.quantities = None;
            }
        }
    }
}
