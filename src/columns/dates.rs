//! Due dates and periods.

use super::column::{Column, has_length};
use super::rows::written;
use super::{NONE, Schedules};
use crate::error::Error;
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
        let after = after.into();
        after.check("/after", self.rows())?;
        has_length(due_date, "/dueDate", self.rows())?;
        self.check(errors)?;
        self.each_position(
            after,
            errors,
            NONE,
            |row, position| {
                let is_due = row.has(position.number.wrapping_add(1), position.end);
                let next = if is_due { position.end } else { NONE };
                if row.is_before_start() { row.start } else { next }
            },
            |schedule, after| Ok(written(schedule.due_after(after)?)),
            |first, dates| copy(due_date, first, dates),
        );
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
        let date = date.into();
        date.check("/date", self.rows())?;
        let Periods { number, start, end } = periods;
        has_length(number, "/number", self.rows())?;
        has_length(start, "/start", self.rows())?;
        has_length(end, "/end", self.rows())?;
        self.check(errors)?;
        self.each_position(
            date,
            errors,
            [NONE; 3],
            |row, position| {
                let is_in = !row.is_before_start() & row.has(position.number, position.start);
                if is_in { [position.number, position.start, position.end] } else { [NONE; 3] }
            },
            |schedule, date| {
                let period = schedule.period_around(date)?;
                let (first, after) = (period.map(|period| period.start), period.map(|period| period.end));
                Ok([numbered(period), written(first), written(after)])
            },
            |first, periods| {
                let columns = number.iter_mut().zip(start.iter_mut()).zip(end.iter_mut());
                for (((number, start), end), found) in columns.skip(first).zip(periods) {
                    [*number, *start, *end] = *found;
                }
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
        let date = date.into();
        date.check("/date", self.rows())?;
        has_length(number, "/number", self.rows())?;
        self.check(errors)?;
        self.each_position(
            date,
            errors,
            NONE,
            |row, position| {
                let is_due =
                    (position.start == row.day) & !row.is_before_start() & row.has(position.number, position.start);
                if is_due { position.number } else { NONE }
            },
            |schedule, date| Ok(numbered(schedule.period_around(date)?.filter(|period| period.start == date))),
            |first, numbers| copy(number, first, numbers),
        );
        Ok(())
    }
}

fn copy(column: &mut [i32], first: usize, values: &[i32]) {
    if let Some(cells) = column.get_mut(first..first.saturating_add(values.len())) {
        cells.copy_from_slice(values);
    }
}

/// Returns the column value of a period's number.
fn numbered(period: Option<Period>) -> i32 {
    period.and_then(|period| period.number.try_into().ok()).unwrap_or(NONE)
}
