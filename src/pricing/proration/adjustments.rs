//! What a plan change states beside the price (R9.3, R9.4, R9.5).

use super::change::PlanChange;
use crate::error::{Code, Problems};
use crate::money::Money;
use crate::pricing::beside::Beside;
use crate::pricing::discount::Discount;
use crate::pricing::step::Step;
use crate::pricing::tax::Taxes;

impl PlanChange {
    /// Sets the prices from later payment numbers on; none ends those in effect.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Money, PlanChange, Step, TaxRate, Taxes};
    ///
    /// let step = Step::new(7, "120.00 NOK".parse::<Money>()?);
    /// let change = PlanChange::new("100.00 NOK".parse()?, "2025-04-11".parse()?)
    ///     .with_steps([step])
    ///     .with_taxes(Taxes::included([TaxRate::new("vat", "25".parse()?)]))
    ///     .with_minimum("50.00 NOK".parse()?);
    /// assert_eq!(change.steps.map(|steps| steps.len()), Some(1));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn with_steps(mut self, steps: impl IntoIterator<Item = Step>) -> Self {
        self.steps = Some(steps.into_iter().collect());
        self
    }

    /// Sets the discounts from now on; none ends those in effect.
    ///
    /// # Examples
    /// [`at`](Self::at) has one.
    pub fn with_discounts(mut self, discounts: impl IntoIterator<Item = Discount>) -> Self {
        self.discounts = Some(discounts.into_iter().collect());
        self
    }

    /// Sets the taxes from the next payment of the schedule on.
    ///
    /// # Examples
    /// [`with_steps`](Self::with_steps) has one.
    pub fn with_taxes(mut self, taxes: Taxes) -> Self {
        self.taxes = Some(taxes);
        self
    }

    /// Sets the least that a full period costs; 0 for none.
    ///
    /// # Examples
    /// [`with_steps`](Self::with_steps) has one.
    pub fn with_minimum(mut self, minimum: Money) -> Self {
        self.minimum = Some(minimum);
        self
    }

    /// Returns what it states beside the price.
    pub(crate) fn beside(&self) -> Beside<'_> {
        Beside {
            steps: self.steps.as_deref(),
            discounts: self.discounts.as_deref(),
            taxes: self.taxes.as_ref(),
            minimum: self.minimum,
        }
    }

    /// Returns whether it changes something beside the price.
    pub(crate) fn adjusts(&self) -> bool {
        self.steps.is_some() || self.discounts.is_some() || self.taxes.is_some() || self.minimum.is_some()
    }

    /// Returns an error for each of them in an input that is about the price alone.
    pub(super) fn check_has_none(&self, problems: &mut Problems) {
        let given = [
            (self.steps.is_some(), "/steps"),
            (self.discounts.is_some(), "/discounts"),
            (self.taxes.is_some(), "/taxes"),
            (self.minimum.is_some(), "/minimum"),
        ];
        for (_, path) in given.into_iter().filter(|(given, _)| *given) {
            let message = "cannot compute this without a subscription; use `quotePlanChange`";
            problems.push(Code::UnknownField, path, message);
        }
    }

    /// Takes over from another change for the same day what this one does not state.
    pub(super) fn with_adjustments_of(mut self, earlier: &Self) -> Self {
        self.steps = self.steps.or_else(|| earlier.steps.clone());
        self.discounts = self.discounts.or_else(|| earlier.discounts.clone());
        self.taxes = self.taxes.or_else(|| earlier.taxes.clone());
        self.minimum = self.minimum.or(earlier.minimum);
        self
    }

    /// Splits what it states beside the price into what another change states, too, and the rest.
    pub(super) fn split_adjustments(&self, other: &Self) -> (Self, Self) {
        let (mut same, mut rest) = (Self::at(self.at), Self::at(self.at));
        let side = |is_same: bool| if is_same { 0 } else { 1 };
        let mut sides = [&mut same, &mut rest];
        if let Some(side) = sides.get_mut(side(other.steps.is_some())) {
            side.steps.clone_from(&self.steps);
        }
        if let Some(side) = sides.get_mut(side(other.discounts.is_some())) {
            side.discounts.clone_from(&self.discounts);
        }
        if let Some(side) = sides.get_mut(side(other.taxes.is_some())) {
            side.taxes.clone_from(&self.taxes);
        }
        if let Some(side) = sides.get_mut(side(other.minimum.is_some())) {
            side.minimum = self.minimum;
        }
        (same, rest)
    }
}
