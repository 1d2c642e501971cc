//! Where a day is in the schedule of a row (R2), without a branch: a branch that a processor cannot predict costs as much as the row.

use super::NONE;
use super::schedules::{MONTH, YEAR};
use crate::date::Months;

/// A row of a book with a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) start: i32,
    pub(super) every: i32,
    pub(super) unit: u8,
    pub(super) anchor_day: i32,
    pub(super) end_date: i32,
    pub(super) payment_count: i32,
    pub(super) day: i32,
}

/// The period around the day of a row, if no limit ended the schedule. Before the start, only `is_known` and the start of the row count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Position {
    /// Whether everything here is right. It is not for a row that is rejected, nor for days before 1970 or from 2140 on.
    pub(super) is_known: bool,
    pub(super) number: i32,
    pub(super) start: i32,
    pub(super) end: i32,
}

impl Row {
    /// A row of a cycle of so many months, without limits.
    #[inline(always)]
    pub(super) fn of_months(start: i32, months: i32, day: i32) -> Self {
        Self { start, every: months, unit: MONTH, anchor_day: NONE, end_date: NONE, payment_count: NONE, day }
    }

    /// Returns whether the day is before the start.
    #[inline(always)]
    pub(super) fn is_before_start(&self) -> bool {
        self.day < self.start
    }

    /// Returns whether the limits permit a payment of this number on this day. As an unsigned number, [`NONE`] is above all of them.
    #[inline(always)]
    pub(super) fn has(&self, number: i32, due_date: i32) -> bool {
        (number.wrapping_sub(1).cast_unsigned() <= self.payment_count.wrapping_sub(1).cast_unsigned())
            & (due_date.cast_unsigned() <= self.end_date.cast_unsigned())
    }

    /// Returns the period around the day.
    #[inline(always)]
    pub(super) fn position(&self, months: Months) -> Position {
        let (start, day, step) = (self.start.cast_unsigned(), self.day.cast_unsigned(), self.step());
        let is_of_days = self.unit < MONTH;

        let start_month = months.of(start);
        let after_first = if self.anchor_day == NONE {
            start.wrapping_sub(months.first_day(start_month))
        } else {
            self.anchor_day.cast_unsigned().wrapping_sub(1)
        };
        let anchor = if self.anchor_day == NONE { start } else { months.day(start_month, after_first) };
        let base = start_month.wrapping_add(u32::from(anchor < start));
        let is_stub = u32::from(anchor != start);

        // Each distance is one step more, as the month of the day may be the one before the base.
        let month = months.of(day);
        let distance = if is_of_days { day.wrapping_sub(start) } else { month.wrapping_sub(base) }.wrapping_add(step);
        let whole = distance.checked_div(step).unwrap_or(0);
        // In the month of a due date it may be ahead. In any other month the next one is.
        let is_ahead = !is_of_days & (whole.wrapping_mul(step) == distance) & (day < months.day(month, after_first));
        let next = whole.wrapping_sub(is_ahead.into());

        let steps = next.wrapping_mul(step);
        let end_month = base.wrapping_add(steps);
        let (start_of, end) = if is_of_days {
            let end = start.wrapping_add(steps);
            (end.wrapping_sub(step), end)
        } else {
            let start_of = months.day(end_month.wrapping_sub(step), after_first);
            (if next == 0 { start } else { start_of }, months.day(end_month, after_first))
        };
        let is_in_table = if is_of_days { end < Months::END_DAY } else { Months::has(end_month) };
        Position {
            is_known: self.is_sound(after_first) & (is_in_table | self.is_before_start()),
            number: next.wrapping_add(is_stub).cast_signed(),
            start: start_of.cast_signed(),
            end: end.cast_signed(),
        }
    }

    /// Returns the days or months of a cycle.
    #[inline(always)]
    fn step(&self) -> u32 {
        const FACTORS: [u32; 4] = [1, 7, 1, 12];
        let factor = FACTORS.get(usize::from(self.unit) % 4).copied().unwrap_or(1);
        self.every.cast_unsigned().wrapping_mul(factor)
    }

    /// Returns whether the row is certainly not rejected, and its days are in the table.
    #[inline(always)]
    fn is_sound(&self, after_first: u32) -> bool {
        let is_in_table = |day: i32| day.cast_unsigned() < Months::END_DAY;
        is_in_table(self.start)
            & is_in_table(self.day)
            & (self.every.wrapping_sub(1).cast_unsigned() < 1000)
            & (self.unit <= YEAR)
            & (after_first < 31)
            & ((self.anchor_day == NONE) | (self.unit >= MONTH))
            & ((self.end_date == NONE) | is_in_table(self.end_date.wrapping_sub(self.start)))
            & (self.payment_count.wrapping_sub(1) >= 0)
    }
}
