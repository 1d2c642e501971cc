//! What the payments of a schedule cost together, in closed form: runs of numbers whose payments cost the same.

use super::scheduled::PricedSchedule;
use crate::error::{Error, Errors};
use crate::money::Money;
use crate::pricing::proration::NextPayment;

impl PricedSchedule<'_> {
    /// Returns the amount of a payment with its taxes, and its due date; `None` after the last.
    fn amount(&self, number: u32) -> Result<Option<NextPayment>, Errors> {
        let Some(payment) = self.payment(number)? else { return Ok(None) };
        let due_date = payment.period.start;
        Ok(Some(NextPayment { due_date, amount: payment.total(self.plan)? }))
    }

    /// Returns the first payment above 0 from a number on.
    pub(crate) fn first_charge(&self, from: u32) -> Result<Option<NextPayment>, Errors> {
        let mut number = Some(from);
        while let Some(at) = number {
            let Some(payment) = self.amount(at)? else { return Ok(None) };
            if payment.amount.amount() > 0 {
                return Ok(Some(payment));
            }
            number = self.next_change(at)?;
        }
        Ok(None)
    }

    /// Returns the largest payment.
    #[cfg(feature = "_providers")]
    pub(crate) fn largest(&self) -> Result<Option<Money>, Errors> {
        let (mut largest, mut number) = (None, Some(self.first));
        while let Some(at) = number {
            let Some(payment) = self.amount(at)? else { break };
            largest = largest.max(Some(payment.amount.amount()));
            number = self.next_change(at)?;
        }
        Ok(largest.map(|amount| Money::new(amount, self.plan.price.currency())).transpose()?)
    }

    /// Returns the sum of the payments from a number through another, in minor units.
    pub(crate) fn sum(&self, from: u32, through: u32) -> Result<i128, Errors> {
        let (mut sum, mut number) = (0i128, from);
        while number <= through {
            let Some(payment) = self.amount(number)? else { break };
            let end = self.next_change(number)?.unwrap_or(u32::MAX).min(through.saturating_add(1));
            let count = i128::from(end.saturating_sub(number).max(1));
            sum = sum.saturating_add(count.saturating_mul(payment.amount.amount().into()));
            number = number.saturating_add(1).max(end);
        }
        Ok(sum)
    }

    /// Returns whether the payments from a number on have an amount, and none after them another.
    pub(crate) fn is_even_from(&self, number: u32, amount: Money) -> Result<bool, Errors> {
        let has_amount = self.amount(number)?.is_some_and(|payment| payment.amount == amount);
        Ok(has_amount && self.next_change(number)?.is_none())
    }

    /// Returns what a full period costs after the last step, before discounts, with taxes: at least the minimum (R8.2).
    pub(crate) fn standing(&self) -> Result<Money, Error> {
        let (adjusting, rule) = (self.adjusting, self.plan.rule);
        let price = adjusting.last_price(self.plan.price).sum(rule)?;
        let price = adjusting.minimum.filter(|minimum| minimum.amount() > price.amount()).unwrap_or(price);
        adjusting.taxes.map_or(Ok(price), |taxes| taxes.gross(price, rule))
    }
}
