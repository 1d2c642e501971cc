//! What was agreed beside the price, and what of it the payment of a number has (R9.3, R9.4, R9.5).

use super::applied::Applied;
use super::discount::Discount;
use super::price::Price;
use super::step::Step;
use super::tax::Taxes;
use crate::date::Date;
use crate::error::Error;
use crate::money::{Money, RoundingRule};

/// What was agreed beside the price.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Adjusting<'a> {
    pub(crate) steps: &'a [Step],
    pub(crate) discounts: &'a [Discount],
    /// How many payments each discount had before the number `from`. None of those that are missing.
    pub(crate) used: &'a [u32],
    /// The number from which the price is in force; 0 is like 1.
    pub(crate) from: u32,
    pub(crate) taxes: Option<&'a Taxes>,
    pub(crate) minimum: Option<Money>,
    /// The fee that is still to be charged.
    pub(crate) setup: Option<Money>,
    /// The first number that can have the fee.
    pub(crate) setup_from: u32,
}

/// The numbers of payments with one price.
struct Stretch<'a> {
    from: u32,
    /// The number after the last.
    end: u32,
    price: &'a Price,
}

/// A payment of the schedule, as far as it determines what applies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbered {
    pub(crate) number: u32,
    pub(crate) due_date: Date,
    /// The number that costs nothing, as it is a free stub.
    pub(crate) free: Option<u32>,
}

impl<'a> Adjusting<'a> {
    /// Returns whether nothing was agreed beside the price.
    pub(crate) fn is_nothing(&self) -> bool {
        let has_amount = self.minimum.is_some() || self.setup.is_some() || self.taxes.is_some();
        self.steps.is_empty() && self.discounts.is_empty() && !has_amount
    }

    /// Returns the price of a number: that of the last step up to it.
    pub(crate) fn price(&self, first: &'a Price, number: u32) -> &'a Price {
        self.steps.iter().rfind(|step| step.from <= number).map_or(first, |step| &step.price)
    }

    /// Returns the price after the last step.
    pub(crate) fn last_price(&self, first: &'a Price) -> &'a Price {
        self.price(first, u32::MAX)
    }

    /// Returns the prices from the first number on, in order.
    fn stretches(&self, first: &'a Price) -> impl Iterator<Item = Stretch<'a>> {
        let ends = self.steps.iter().map(|step| step.from).chain([u32::MAX]);
        let starts =
            [(self.from.max(1), first)].into_iter().chain(self.steps.iter().map(|step| (step.from, &step.price)));
        starts.zip(ends).map(|((from, price), end)| Stretch { from, end, price })
    }

    /// Returns how many numbers from one on and before another have a price above 0.
    fn counted(&self, first: &'a Price, start: u32, at: Numbered, rule: RoundingRule) -> Result<u32, Error> {
        let mut count = 0u32;
        for Stretch { from, end, price } in self.stretches(first) {
            let (from, end) = (from.max(start), end.min(at.number));
            if from < end && price.sum(rule)?.amount() > 0 {
                let free = at.free.is_some_and(|free| (from..end).contains(&free));
                count = count.saturating_add(end.saturating_sub(from)).saturating_sub(free.into());
            }
        }
        Ok(count)
    }

    fn used(&self, index: usize) -> u32 {
        self.used.get(index).copied().unwrap_or(0)
    }

    /// Returns how many payments each discount had before a number.
    pub(crate) fn used_before(&self, first: &'a Price, at: Numbered, rule: RoundingRule) -> Result<Vec<u32>, Error> {
        let counted = if self.discounts.is_empty() { 0 } else { self.counted(first, self.from, at, rule)? };
        Ok((0..self.discounts.len()).map(|index| self.used(index).saturating_add(counted)).collect())
    }

    /// Returns the same as far as it ends discounts: nothing is counted if all of them last forever or until a day.
    fn used_by_limit(&self, first: &'a Price, at: Numbered, rule: RoundingRule) -> Result<Vec<u32>, Error> {
        if self.discounts.iter().any(|discount| discount.payments.is_some()) {
            return self.used_before(first, at, rule);
        }
        Ok(vec![0; self.discounts.len()])
    }

    /// Returns what applies to the payment of a number; `None` if that is nothing.
    pub(crate) fn applied(
        &self,
        first: &'a Price,
        at: Numbered,
        rule: RoundingRule,
    ) -> Result<Option<Box<Applied>>, Error> {
        if self.is_nothing() {
            return Ok(None);
        }
        let used = self.used_by_limit(first, at, rule)?;
        let discounts = self.discounts.iter().zip(used);
        let applying = discounts.filter(|(discount, used)| discount.applies(*used, at.due_date));
        let costs = at.free != Some(at.number) && self.price(first, at.number).sum(rule)?.amount() > 0;
        let setup = if costs && !self.is_charged_before(first, at, rule)? { self.setup } else { None };
        let applied = Applied {
            discounts: applying.map(|(discount, _)| discount.clone()).collect(),
            minimum: self.minimum,
            taxes: self.taxes.cloned(),
            setup,
        };
        Ok(applied.some())
    }

    /// Returns whether a number before one has the set-up fee: the first whose price is above 0.
    fn is_charged_before(&self, first: &'a Price, at: Numbered, rule: RoundingRule) -> Result<bool, Error> {
        Ok(self.setup.is_some() && self.counted(first, self.setup_from, at, rule)? > 0)
    }

    /// Returns the next number whose payment may cost something else than that of a number, not counting a discount's last day.
    pub(crate) fn next_change(&self, first: &'a Price, at: Numbered, rule: RoundingRule) -> Result<Option<u32>, Error> {
        let step = self.steps.iter().map(|step| step.from).find(|from| *from > at.number);
        let mut next = step;
        if at.free != Some(at.number) && self.price(first, at.number).sum(rule)?.amount() > 0 {
            let used = self.used_by_limit(first, at, rule)?;
            let left =
                self.discounts.iter().zip(used).filter_map(|(discount, used)| discount.payments?.checked_sub(used));
            let ends = left.filter(|left| *left > 0).map(|left| at.number.saturating_add(left));
            next = ends.chain(next).min();
            if self.setup.is_some() && !self.is_charged_before(first, at, rule)? {
                next = Some(at.number.saturating_add(1));
            }
        }
        Ok(next)
    }
}
