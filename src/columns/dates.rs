//! Due dates and periods.

use super::column::{Column, has_length};
use super::rows::{day, each, set, written};
use super::{NONE, Schedules};
use crate::date::{Date, DayOfMonth};
use crate::error::{Code, Error};
use crate::schedule::Period;

/// The columns that [`Schedules::period_on`] fills. The last day of a period is the one before its end.
#[derive(Debug)]
// Exhaustive: a period has no other column.
pub struct Periods<'a> {
    /// The number of the payment for the period, from 1.
    pub number: &'a mut [i32],
    /// The first day, which is the due date.
    pub start: &'a mut [i32],
    /// The first day after the period.
    pub end: &'a mut [i32],
}

impl Schedules<'_> {
    /// Fills the first due date after a day, [`NONE`] if no payment follows: [`next_due_date`](crate::Schedule::next_due_date) of
    /// each row.
    ///
    /// # Errors
    /// `out_of_range` for columns of several lengths. The errors of a row are in its error column.
    ///
    /// # Examples
    /// The [module](super) has one.
    pub fn next_due_date<'c>(
        &self,
        after: impl Into<Column<'c, i32>>,
        due_date: &mut [i32],
        errors: &mut [u8],
    ) -> Result<(), Error> {
        let after = Days::new(after.into());
        after.check("/after", self.rows())?;
        has_length(due_date, "/dueDate", self.rows())?;
        self.check(errors)?;
        self.fill_due_dates(after, due_date, errors);
        Ok(())
    }

    /// Fills the period that contains a day, [`NONE`] before the start and after the last period:
    /// [`period_on`](crate::Schedule::period_on) of each row.
    ///
    /// # Errors
    /// `out_of_range` for columns of several lengths. The errors of a row are in its error column.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Date;
    /// use billing_rules::columns::{MONTH, NONE, Periods, Schedules};
    ///
    /// let day = |text: &str| text.parse::<Date>().map(Date::epoch_days);
    /// let start = [day("2025-01-31")?, day("2025-03-05")?];
    /// let (mut number, mut from, mut end, mut errors) = ([0; 2], [0; 2], [0; 2], [0; 2]);
    /// let periods = Periods { number: &mut number, start: &mut from, end: &mut end };
    /// Schedules::new(&start, 1, MONTH).period_on(day("2025-03-01")?, periods, &mut errors)?;
    /// assert_eq!((number, from), ([2, NONE], [day("2025-02-28")?, NONE]));
    /// assert_eq!(end, [day("2025-03-31")?, NONE]);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn period_on<'c>(
        &self,
        date: impl Into<Column<'c, i32>>,
        periods: Periods<'_>,
        errors: &mut [u8],
    ) -> Result<(), Error> {
        let date = Days::new(date.into());
        date.check("/date", self.rows())?;
        let Periods { number, start, end } = periods;
        has_length(number, "/number", self.rows())?;
        has_length(start, "/start", self.rows())?;
        has_length(end, "/end", self.rows())?;
        self.check(errors)?;
        each(
            errors,
            |row| Ok(self.row(row)?.period_around(date.get(row)?)?),
            |row, period| {
                let period = period.flatten();
                set(number, row, numbered(period));
                set(start, row, written(period.map(|period| period.start)));
                set(end, row, written(period.map(|period| period.end)));
            },
        );
        Ok(())
    }

    /// Fills the number of the payment that is due on a day, [`NONE`] if none is.
    ///
    /// # Errors
    /// `out_of_range` for columns of several lengths. The errors of a row are in its error column.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Date;
    /// use billing_rules::columns::{MONTH, NONE, Schedules};
    ///
    /// let day = |text: &str| text.parse::<Date>().map(Date::epoch_days);
    /// let start = [day("2025-01-31")?, day("2025-01-30")?, day("2025-01-27")?];
    /// let (mut number, mut errors) = ([0; 3], [0; 3]);
    /// Schedules::new(&start, 1, MONTH).due_on(day("2025-02-28")?, &mut number, &mut errors)?;
    /// assert_eq!(number, [2, 2, NONE]);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn due_on<'c>(
        &self,
        date: impl Into<Column<'c, i32>>,
        number: &mut [i32],
        errors: &mut [u8],
    ) -> Result<(), Error> {
        let date = Days::new(date.into());
        date.check("/date", self.rows())?;
        has_length(number, "/number", self.rows())?;
        self.check(errors)?;
        each(
            errors,
            |row| {
                let (schedule, date) = (self.row(row)?, date.get(row)?);
                Ok(schedule.period_around(date)?.filter(|period| period.start == date))
            },
            |row, period| set(number, row, numbered(period.flatten())),
        );
        Ok(())
    }
}

/// Returns the column value of a period's number.
fn numbered(period: Option<Period>) -> i32 {
    period.and_then(|period| period.number.try_into().ok()).unwrap_or(NONE)
}

/// A column of days. One that is the same in every row is read once.
#[derive(Clone, Copy)]
pub(super) enum Days<'a> {
    All { days: i32, date: Result<Date, Code>, day_of_month: Option<DayOfMonth> },
    Each(&'a [i32]),
}

impl<'a> Days<'a> {
    pub(super) fn new(column: Column<'a, i32>) -> Self {
        match column {
            Column::All(days) => {
                Self::All { days, date: day(Some(days)), day_of_month: DayOfMonth::from_epoch_days(days) }
            }
            Column::Each(values) => Self::Each(values),
        }
    }

    pub(super) fn check(self, path: &'static str, rows: usize) -> Result<(), Error> {
        match self {
            Self::Each(values) => has_length(values, path, rows),
            Self::All { .. } => Ok(()),
        }
    }

    #[inline]
    pub(super) fn get(self, row: usize) -> Result<Date, Code> {
        match self {
            Self::All { date, .. } => date,
            Self::Each(values) => day(values.get(row).copied()),
        }
    }

    #[inline(always)]
    pub(super) fn day_of_month(self, row: usize) -> Option<(i32, DayOfMonth)> {
        match self {
            Self::All { days, day_of_month, .. } => Some((days, day_of_month?)),
            Self::Each(values) => {
                let days = *values.get(row)?;
                Some((days, DayOfMonth::from_epoch_days(days)?))
            }
        }
    }
}
