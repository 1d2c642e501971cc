//! Money that went back: of each refund what it was subtracted from (R5.12).

use super::key::{PaymentKey, PaymentNumber};
use super::mark::Mark;
use crate::date::Date;
use crate::error::Error;
use crate::json::sealed::Sealed;
use crate::json::{Node, Shape, Writer, object};
use crate::money::{Money, RoundingRule};
use crate::pricing::share::Part;
use crate::subscription::event::MoneyBack;

/// Money of a payment that went back to the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refund {
    /// The caller's id of it.
    pub(crate) id: Mark,
    pub(crate) payment: PaymentKey,
    /// The due date of the payment.
    pub(crate) due_date: Date,
    pub(crate) kind: MoneyBack,
    /// The card of the attempt.
    pub(crate) card: u32,
    /// The amount that has not been reversed.
    pub(crate) amount: Money,
    /// The unused part that it comes off; `None` where there is none.
    pub(crate) pool: Option<Pool>,
    /// How much of it came off the unused part.
    pub(crate) off_unused: Option<Money>,
    /// How much of it came off the balance.
    pub(crate) off_balance: Option<Money>,
    /// Whether it is of a payment beside the schedule, which touches neither.
    pub(crate) is_beside: bool,
    /// Whether it was reported after the end of service.
    pub(crate) is_after_end: bool,
}

object!(Refund {
    id: required "id",
    payment: required "payment",
    due_date: required "dueDate",
    kind: required "kind",
    card: defaulted "card",
    amount: required "amount",
    pool: optional "pool",
    off_unused: optional "offUnused",
    off_balance: optional "offBalance",
    is_beside: defaulted "beside",
    is_after_end: defaulted "afterEnd",
});

/// The unused part of a period on the day on which money of it went back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    /// The number of the period.
    pub(crate) number: PaymentNumber,
    pub(crate) on: Date,
    /// The days left in the period.
    pub(crate) days: u32,
    /// The unused part, whatever went back before.
    pub(crate) unused: Money,
    /// The credit that was lower by it; what comes off the days after that is nothing any more.
    pub(crate) spent: Option<Spent>,
}

object!(Pool {
    number: required "number",
    on: required "on",
    days: required "days",
    unused: required "unused",
    spent: optional "spent",
});

impl Pool {
    /// Returns how many of its days are in a pause.
    fn days_in(&self, (paused, resumed): (Date, Date)) -> u32 {
        u32::try_from(self.on.max(paused).days_until(resumed)).unwrap_or(0)
    }
}

/// A credit of a plan change that was lower, because money had gone back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    /// The days that were credited.
    pub(crate) days: u32,
    /// The credit, had no money gone back.
    pub(crate) credit: Money,
    /// How much lower it was.
    pub(crate) amount: Money,
    /// How many refunds had been reported by then.
    pub(crate) after: u32,
}

object!(Spent { days: required "days", credit: required "credit", amount: required "amount", after: required "after" });

impl Refund {
    pub(crate) fn nothing(&self) -> Money {
        Money::zero(self.amount.currency())
    }

    /// Returns every amount that it contains.
    pub(crate) fn amounts(&self) -> impl Iterator<Item = Money> {
        let spent = self.pool.and_then(|pool| pool.spent);
        let pool =
            [self.pool.map(|pool| pool.unused), spent.map(|spent| spent.credit), spent.map(|spent| spent.amount)];
        [Some(self.amount), self.off_unused, self.off_balance].into_iter().chain(pool).flatten()
    }

    pub(crate) fn off_unused(&self) -> Money {
        self.off_unused.unwrap_or(self.nothing())
    }

    pub(crate) fn off_balance(&self) -> Money {
        self.off_balance.unwrap_or(self.nothing())
    }

    /// Returns whether its parts are 0 or more, and at most its amount.
    pub(crate) fn is_whole(&self) -> bool {
        let parts = [self.off_unused(), self.off_balance(), self.amount];
        parts.iter().all(|part| part.amount() >= 0) && self.forgiven().is_ok_and(|forgiven| forgiven.amount() >= 0)
    }

    /// Returns the amount that came off nothing.
    pub(crate) fn forgiven(&self) -> Result<Money, Error> {
        self.amount.plus(self.off_unused().negated())?.plus(self.off_balance().negated())
    }

    pub(crate) fn set(&mut self, off_unused: Money, off_balance: Money) {
        let some = |amount: Money| Some(amount).filter(|amount| amount.amount() > 0);
        (self.off_unused, self.off_balance) = (some(off_unused), some(off_balance));
    }

    /// Returns how much of it comes off the part for the last days of its period (R5.12).
    fn off(&self, last: LastDays, rule: RoundingRule) -> Result<Money, Error> {
        let Some(pool) = &self.pool else { return Ok(self.nothing()) };
        let out = last.paused.map_or(0, |paused| pool.days_in(paused));
        let share = Part::days(last.days.into(), pool.days.saturating_sub(out)).of(self.off_unused(), rule)?;
        // Of days before it, no more than came off.
        Ok(share.at_most(self.off_unused()))
    }

    /// Returns whether it comes off the unused part of a period.
    fn is_of(&self, number: PaymentNumber) -> bool {
        !self.is_after_end && self.pool.is_some_and(|pool| pool.number == number && pool.spent.is_none())
    }

    /// Returns whether it came off the unused part of a period, before the end.
    pub(crate) fn is_of_pool(&self, number: PaymentNumber) -> bool {
        !self.is_after_end && self.pool.is_some_and(|pool| pool.number == number)
    }

    /// Returns whether both come off the same days: no plan change credited them in between.
    fn shares_days(&self, other: &Self) -> bool {
        let credited = |refund: &Self| refund.pool.and_then(|pool| Some((pool.number, pool.spent?.after)));
        let number = |refund: &Self| refund.pool.map(|pool| pool.number);
        !self.is_after_end && !other.is_after_end && number(self) == number(other) && credited(self) == credited(other)
    }

    /// Returns the unused part on its day, less what earlier refunds subtracted from it.
    pub(crate) fn unused_after(&self, earlier: &[Self], rule: RoundingRule) -> Result<Money, Error> {
        let Some(pool) = self.pool else { return Ok(self.nothing()) };
        let last = LastDays { number: pool.number, days: pool.days, paused: None };
        let mut left = pool.unused;
        for other in earlier.iter().filter(|other| other.shares_days(self)) {
            left = left.plus(other.off(last, rule)?.negated())?;
        }
        Ok(left.at_least_zero())
    }

    /// Computes anew how much lower the credits of a period were. Returns how much higher they all are now.
    pub(crate) fn spend_again(
        list: &mut [Self],
        number: PaymentNumber,
        rule: RoundingRule,
        nothing: Money,
    ) -> Result<Money, Error> {
        let of_pool = list.iter_mut().filter(|refund| refund.is_of_pool(number));
        let (mut freed, mut credited, mut rest): (Money, Option<u32>, Option<Money>) = (nothing, None, None);
        for refund in of_pool {
            let Some(spent) = refund.pool.and_then(|pool| pool.spent) else { continue };
            let left = match rest {
                Some(rest) if credited == Some(spent.after) => rest,
                _ => spent.credit,
            };
            let last = LastDays { number, days: spent.days, paused: None };
            let amount = refund.off(last, rule)?.at_most(left);
            (credited, rest) = (Some(spent.after), Some(left.plus(amount.negated())?));
            freed = freed.plus(spent.amount)?.plus(amount.negated())?;
            if let Some(pool) = &mut refund.pool {
                pool.spent = Some(Spent { amount, ..spent });
            }
        }
        Ok(freed)
    }
}

/// Every refund, in the order in which they were reported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refunds(Vec<Refund>);

impl Sealed for Refunds {}

impl Shape for Refunds {
    fn read(node: &Node<'_>) -> Self {
        Self(Vec::read(node))
    }

    fn write(&self, to: &mut Writer) {
        self.0.write(to);
    }
}

/// The last days of a period, of which a part is computed.
#[derive(Clone, Copy)]
pub(crate) struct LastDays {
    pub(crate) number: PaymentNumber,
    pub(crate) days: u32,
    /// A pause that runs, and the day until which its days are left out.
    pub(crate) paused: Option<(Date, Date)>,
}

impl Refunds {
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Refund> {
        self.0.iter()
    }

    pub(crate) fn add(&mut self, refund: Refund) {
        self.0.push(refund);
    }

    pub(crate) fn list_mut(&mut self) -> &mut [Refund] {
        &mut self.0
    }

    /// Returns how many there are.
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// Returns what has gone back of a payment, as a list of amounts.
    pub(crate) fn of(&self, payment: PaymentKey) -> impl Iterator<Item = Money> {
        self.0.iter().filter(move |refund| refund.payment == payment).map(|refund| refund.amount)
    }

    /// Returns the part of a period for its last days that is left, as money went back. `unused` is the part before that.
    pub(crate) fn left_of(&self, unused: Money, last: LastDays, rule: RoundingRule) -> Result<Money, Error> {
        let mut left = unused;
        for refund in self.0.iter().filter(|refund| refund.is_of(last.number)) {
            left = left.plus(refund.off(last, rule)?.negated())?;
        }
        Ok(left.at_least_zero())
    }

    /// Records that a credit of a period was lower by what the first refunds subtracted from it. Returns by how much.
    pub(crate) fn spend(
        &mut self,
        credit: Money,
        last: LastDays,
        after: u32,
        rule: RoundingRule,
    ) -> Result<Money, Error> {
        let mut rest = credit;
        let first = usize::try_from(after).unwrap_or(usize::MAX);
        for refund in self.0.iter_mut().take(first).filter(|refund| refund.is_of(last.number)) {
            let amount = refund.off(last, rule)?.at_most(rest);
            rest = rest.plus(amount.negated())?;
            if let Some(pool) = &mut refund.pool {
                pool.spent = Some(Spent { days: last.days, credit, amount, after });
            }
        }
        credit.plus(rest.negated())
    }

    /// Excludes the days of a pause from those over which money came off (R5.10). `end` is that of the period.
    pub(crate) fn leave_out(&mut self, number: PaymentNumber, end: Date, (paused, resumed): (Date, Date)) {
        for pool in self.pools_of(number) {
            pool.days = pool.days.saturating_sub(pool.days_in((paused, resumed.min(end))));
        }
    }

    /// Adds the days of a pause before money went back to those over which it came off, as the period is longer by them. Of a
    /// period that begins later all days move. `start` is its first day.
    pub(crate) fn move_on(&mut self, number: PaymentNumber, start: Date, (paused, resumed): (Date, Date)) {
        for pool in self.pools_of(number) {
            let before = u32::try_from(paused.max(start).days_until(pool.on)).unwrap_or(0);
            pool.days = pool.days.saturating_add(before);
            if start >= paused {
                pool.on = start.plus_days(paused.days_until(resumed)).unwrap_or(pool.on);
            }
        }
    }

    fn pools_of(&mut self, number: PaymentNumber) -> impl Iterator<Item = &mut Pool> {
        let of_period = self.0.iter_mut().filter(move |refund| refund.is_of(number));
        of_period.filter_map(|refund| refund.pool.as_mut())
    }
}
