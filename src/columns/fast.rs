//! The next due date of the rows that most books consist of, without a [`Schedule`](crate::Schedule): cycles of months or years,
//! without an anchor day and limits. It is the arithmetic of R2.2 without a branch that a processor cannot
//! predict, in a third of the time. Every other row, and every row that is rejected, has no answer here.

use super::dates::Days;
use super::rows::{each, set, written};
use super::{NONE, Schedules};
use crate::date::DayOfMonth;
use crate::error::Code;

impl Schedules<'_> {
    /// Fills the first due date after a day. What is the same in every row is decided here, and not in the loop.
    pub(super) fn fill_due_dates(&self, after: Days<'_>, due_date: &mut [i32], errors: &mut [u8]) {
        let of_all = self.step_of_all();
        match after {
            Days::All { days, day_of_month: Some(day_of_month), .. } => {
                let after_of = |_| Some((days, day_of_month));
                match of_all {
                    Some(step) => self.fill_by(after, after_of, |_| Some(step), due_date, errors),
                    None => self.fill_by(after, after_of, |row| self.step(row), due_date, errors),
                }
            }
            _ => {
                let after_of = |row| after.day_of_month(row);
                match of_all {
                    Some(step) => self.fill_by(after, after_of, |_| Some(step), due_date, errors),
                    None => self.fill_by(after, after_of, |row| self.step(row), due_date, errors),
                }
            }
        }
    }

    #[inline(always)]
    fn fill_by(
        &self,
        after: Days<'_>,
        after_of: impl Fn(usize) -> Option<(i32, DayOfMonth)>,
        step_of: impl Fn(usize) -> Option<u32>,
        due_date: &mut [i32],
        errors: &mut [u8],
    ) {
        let fast = |row: usize| {
            let (start, (days, after), step) = (self.start(row)?, after_of(row)?, step_of(row)?);
            if start <= days { next_due_date(start, step, after) } else { None }
        };
        each(
            errors,
            |row| fast(row).map_or_else(|| self.next_due_date_of(row, after), Ok),
            |row, date| set(due_date, row, date.unwrap_or(NONE)),
        );
    }

    #[inline(never)]
    fn next_due_date_of(&self, row: usize, after: Days<'_>) -> Result<i32, Code> {
        Ok(written(self.row(row)?.due_after(after.get(row)?)?))
    }
}

/// Returns the first due date after a day, which is not before the start, for a cycle of so many months.
#[inline(always)]
fn next_due_date(start: i32, step: u32, after: DayOfMonth) -> Option<i32> {
    let start = DayOfMonth::from_epoch_days(start)?;
    let distance = after.month.wrapping_sub(start.month);
    let whole = if step == 1 { distance } else { distance.checked_div(step)? };
    // In the month of a due date it may be ahead. In any other month the next one is.
    let is_ahead = (whole.wrapping_mul(step) == distance) & (after.day < start.day_in(after.month));
    let entry = whole.wrapping_add(1).wrapping_sub(u32::from(is_ahead));
    start.plus_months(entry.wrapping_mul(step)).map(DayOfMonth::epoch_days)
}
