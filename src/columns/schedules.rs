//! The schedules of a book, a column a field.

use super::NONE;
use super::column::{Column, has_length};
use super::rows::{day, optional, required};
use crate::cycle::{Cycle, Unit};
use crate::date::Date;
use crate::error::{Code, Error};
use crate::schedule::Schedule;

/// The unit of cycles of days, in a column of units.
pub const DAY: u8 = 0;
/// The unit of cycles of weeks, in a column of units.
pub const WEEK: u8 = 1;
/// The unit of cycles of months, in a column of units.
pub const MONTH: u8 = 2;
/// The unit of cycles of years, in a column of units.
pub const YEAR: u8 = 3;

/// The schedules of a book: a row for each subscription, a column for each field of a [`Schedule`].
///
/// # Examples
/// The [module](super) has one.
#[derive(Debug, Clone, Copy)]
pub struct Schedules<'a> {
    pub(super) start: &'a [i32],
    pub(super) every: Column<'a, i32>,
    pub(super) unit: Column<'a, u8>,
    pub(super) anchor_day: Column<'a, i32>,
    pub(super) end_date: Column<'a, i32>,
    pub(super) payment_count: Column<'a, i32>,
}

impl<'a> Schedules<'a> {
    /// Creates a book from the starts and the cycles, which are `every` (1 to 1000) units: [`DAY`], [`WEEK`], [`MONTH`] or
    /// [`YEAR`].
    ///
    /// # Examples
    /// The [module](super) has one.
    pub fn new(start: &'a [i32], every: impl Into<Column<'a, i32>>, unit: impl Into<Column<'a, u8>>) -> Self {
        let none = Column::All(NONE);
        let (every, unit) = (every.into(), unit.into());
        Self { start, every, unit, anchor_day: none, end_date: none, payment_count: none }
    }

    /// Sets the anchor days, 1 to 31 or [`NONE`] (R2.3).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Date;
    /// use billing_rules::columns::{MONTH, NONE, Schedules};
    ///
    /// let day = |text: &str| text.parse::<Date>().map(Date::epoch_days);
    /// let start = [day("2025-01-20")?; 2];
    /// let book = Schedules::new(&start, 1, MONTH).with_anchor_day(&[1, NONE]).with_end_date(day("2025-12-31")?);
    /// let (mut due, mut errors) = ([0; 2], [0; 2]);
    /// book.next_due_date(start[0], &mut due, &mut errors)?;
    /// assert_eq!(due, [day("2025-02-01")?, day("2025-02-20")?]);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn with_anchor_day(mut self, anchor_day: impl Into<Column<'a, i32>>) -> Self {
        self.anchor_day = anchor_day.into();
        self
    }

    /// Sets the last days on which a payment may be due, or [`NONE`] (R2.4).
    ///
    /// # Examples
    /// [`with_anchor_day`](Self::with_anchor_day) has one.
    pub fn with_end_date(mut self, end_date: impl Into<Column<'a, i32>>) -> Self {
        self.end_date = end_date.into();
        self
    }

    /// Sets the numbers of payments, or [`NONE`] (R2.5).
    ///
    /// # Examples
    /// The [module](super) has one.
    pub fn with_payment_count(mut self, payment_count: impl Into<Column<'a, i32>>) -> Self {
        self.payment_count = payment_count.into();
        self
    }

    /// Returns how many rows the book has.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::columns::{MONTH, Schedules};
    ///
    /// assert_eq!(Schedules::new(&[0, 31], 1, MONTH).rows(), 2);
    /// ```
    pub fn rows(&self) -> usize {
        self.start.len()
    }

    /// Checks that all columns have the same length, those of the answers as well.
    pub(super) fn check(&self, errors: &[u8]) -> Result<(), Error> {
        let rows = self.rows();
        self.every.check("/every", rows)?;
        self.unit.check("/unit", rows)?;
        self.anchor_day.check("/anchorDay", rows)?;
        self.end_date.check("/endDate", rows)?;
        self.payment_count.check("/paymentCount", rows)?;
        has_length(errors, "/errors", rows)
    }

    /// Returns the schedule of a row.
    #[inline]
    pub(super) fn row(&self, row: usize) -> Result<Schedule, Code> {
        let start = day(self.start.get(row).copied())?;
        let mut schedule = Schedule::new(start, self.cycle(row)?);
        if let Some(anchor_day) = optional(self.anchor_day.get(row)) {
            schedule = schedule.anchored(count(anchor_day)?)?;
        }
        if let Some(end_date) = optional(self.end_date.get(row)) {
            schedule = schedule.ending(Date::from_epoch_days(end_date).ok_or(Code::OutOfRange)?)?;
        }
        if let Some(payment_count) = optional(self.payment_count.get(row)) {
            schedule = schedule.counted(count(payment_count)?)?;
        }
        Ok(schedule)
    }

    #[inline]
    fn cycle(&self, row: usize) -> Result<Cycle, Code> {
        let every = u16::try_from(required(self.every.get(row))?).map_err(|_| Code::OutOfRange)?;
        let unit = match self.unit.get(row) {
            Some(DAY) => Unit::Day,
            Some(WEEK) => Unit::Week,
            Some(MONTH) => Unit::Month,
            Some(YEAR) => Unit::Year,
            _ => return Err(Code::UnknownValue),
        };
        Cycle::checked(every, unit).ok_or(Code::OutOfRange)
    }
}

/// Reads a number from 0.
#[inline]
pub(super) fn count(value: i32) -> Result<u32, Code> {
    u32::try_from(value).map_err(|_| Code::OutOfRange)
}
