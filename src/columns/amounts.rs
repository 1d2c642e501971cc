//! What periods cost.

use super::column::{Column, has_length};
use super::rows::{amount, each, in_range, optional, set};
use super::schedules::count;
use super::{NO_AMOUNT, Schedules};
use crate::error::{Code, Error};
use crate::money::RoundingRule;
use crate::pricing::share::FirstPeriod;
use crate::schedule::{Period, Schedule};

/// How the prices of a book are charged: the same for every row.
///
/// # Examples
/// ```
/// use billing_rules::columns::Pricing;
/// use billing_rules::{FirstPeriod, Rounding, RoundingRule};
///
/// let whole_units = RoundingRule::new(Rounding::HalfUp, 100)?;
/// let pricing = Pricing { first_period: FirstPeriod::Free, rounding: whole_units };
/// assert_eq!(Pricing::default().first_period, FirstPeriod::Prorated);
/// # assert_ne!(pricing, Pricing::default());
/// # Ok::<(), billing_rules::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
// Exhaustive: nothing else sets the amount of a share.
pub struct Pricing {
    /// What a stub costs; default its share of the price.
    pub first_period: FirstPeriod,
    /// How a share is rounded; default to the nearest unit, ties away from zero.
    pub rounding: RoundingRule,
}

impl Schedules<'_> {
    /// Fills the amount of a payment of each row, by its number: the amount of [`period_price`](crate::period_price). A row without
    /// a number, or without so many payments, has [`NO_AMOUNT`].
    ///
    /// # Errors
    /// `out_of_range` for columns of several lengths. The errors of a row are in its error column.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Date;
    /// use billing_rules::columns::{MONTH, NO_AMOUNT, NONE, Pricing, Schedules};
    ///
    /// let start = [Date::new(2025, 1, 22)?.epoch_days(); 3];
    /// let book = Schedules::new(&start, 1, MONTH).with_anchor_day(1);
    /// let (mut amounts, mut errors) = ([0; 3], [0; 3]);
    /// book.amounts(&[3_100; 3], &[1, 2, NONE], &Pricing::default(), &mut amounts, &mut errors)?;
    /// assert_eq!(amounts, [1_000, 3_100, NO_AMOUNT]);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn amounts<'c>(
        &self,
        price: impl Into<Column<'c, i64>>,
        number: impl Into<Column<'c, i32>>,
        pricing: &Pricing,
        amounts: &mut [i64],
        errors: &mut [u8],
    ) -> Result<(), Error> {
        let (price, number) = (price.into(), number.into());
        price.check("/price", self.rows())?;
        number.check("/number", self.rows())?;
        has_length(amounts, "/amounts", self.rows())?;
        self.check(errors)?;
        each(
            errors,
            |row| {
                let (schedule, price) = (self.row(row)?, amount(price.get(row))?);
                let Some(number) = optional(number.get(row)) else { return Ok(None) };
                pricing.numbered(&schedule, price, count(number)?)
            },
            |row, amount| set(amounts, row, amount.flatten().unwrap_or(NO_AMOUNT)),
        );
        Ok(())
    }
}

impl Pricing {
    /// Returns what the payment with a number costs; `None` after the last.
    #[inline]
    fn numbered(&self, schedule: &Schedule, price: i64, number: u32) -> Result<Option<i64>, Code> {
        not_negative(price)?;
        let period = schedule.numbered(number)?;
        self.on_grid(price)?;
        period.map(|period| self.period(schedule, price, &period)).transpose()
    }

    /// Returns what a period costs (R3.8).
    #[inline]
    pub(super) fn period(&self, schedule: &Schedule, price: i64, period: &Period) -> Result<i64, Code> {
        if !schedule.is_stub(period) {
            return Ok(price);
        }
        match self.first_period {
            FirstPeriod::Prorated => self.share(price, period.days(), schedule.nominal_days(period)?),
            FirstPeriod::Full => Ok(price),
            FirstPeriod::Free => Ok(0),
        }
    }

    /// Returns the share of a price for some days, rounded once (R1.4).
    #[inline]
    pub(super) fn share(&self, price: i64, days: i64, of: i64) -> Result<i64, Code> {
        self.rounding.share(price, days, of).ok_or(Code::OutOfRange).and_then(in_range)
    }

    /// Checks that an amount is a multiple of what the rule rounds to.
    #[inline]
    pub(super) fn on_grid(&self, amount: i64) -> Result<(), Code> {
        if self.rounding.has_on_grid(amount) { Ok(()) } else { Err(Code::AmountOffGrid) }
    }
}

/// Checks that a price is 0 or more.
#[inline]
pub(super) fn not_negative(price: i64) -> Result<(), Code> {
    if price < 0 { Err(Code::OutOfRange) } else { Ok(()) }
}
