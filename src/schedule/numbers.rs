//! The numbers of payments, and the due dates that belong to them.

use std::ops::RangeInclusive;

use super::period::{Bound, DateRange, Period};
use super::{Schedule, beyond_calendar};
use crate::cycle::Series;
use crate::date::Date;
use crate::error::{Code, Error};

impl Schedule {
    /// Returns whether the anchor day shortens the first period.
    pub(super) fn has_stub(&self) -> bool {
        self.base != self.start
    }

    /// Returns the day of the month on which payments are due in a month that is long enough.
    pub(super) fn day_of_month(&self) -> u32 {
        self.anchor_day().unwrap_or(self.start.day())
    }

    /// Returns the series of due dates from the base on.
    pub(super) fn series(&self) -> Series {
        Series::new(self.base, self.day_of_month(), self.cycle.step())
    }

    /// Returns the date one cycle before the start, on the anchor day; `None` before 0001-01-01.
    pub(crate) fn cycle_before_start(&self) -> Option<Date> {
        self.series().entry(-1)
    }

    /// Returns whether the schedule has a payment of this number.
    pub(super) fn has(&self, number: i64) -> bool {
        self.last().is_none_or(|(last, _)| number <= last)
    }

    /// Returns the number of the last payment and its limit.
    pub(super) fn last(&self) -> Option<(i64, Bound)> {
        let by_date = self.end_date.map(|date| (self.number_on_or_before(date), Bound::EndDate));
        let by_count = self.payment_count.map(|count| (i64::from(count.get()), Bound::PaymentCount));
        match (by_count, by_date) {
            (Some(count), Some(date)) => Some(if date.0 < count.0 { date } else { count }),
            (count, date) => count.or(date),
        }
    }

    /// Returns the offset between payments and entries of the series: payment n is entry n - first.
    pub(super) fn first(&self) -> i64 {
        if self.has_stub() { 2 } else { 1 }
    }

    /// Returns the number of the last due date on or before a day, ignoring limits; below 1 before the start.
    pub(super) fn number_on_or_before(&self, date: Date) -> i64 {
        if date < self.start {
            return 0;
        }
        self.series().entry_on_or_before(date).saturating_add(self.first()).max(1)
    }

    /// Returns due date `number`, ignoring limits.
    pub(super) fn due_date(&self, number: i64) -> Result<Date, Error> {
        if number == 1 {
            return Ok(self.start);
        }
        self.series().entry(number.saturating_sub(self.first())).ok_or_else(|| beyond_calendar(number))
    }

    pub(super) fn period_unbounded(&self, number: i64) -> Result<Period, Error> {
        let next = number.saturating_add(1);
        let (start, end) = (self.due_date(number)?, self.due_date(next)?);
        match (u32::try_from(number), end.plus_days(-1)) {
            (Ok(number), Some(last_day)) => Ok(Period { number, start, end, last_day }),
            _ => Err(beyond_calendar(next)),
        }
    }

    /// Returns the numbers of the payments in a date range.
    pub(super) fn numbers(&self, window: &DateRange) -> Result<RangeInclusive<i64>, Error> {
        const PATH: &str = "/range";
        let first = match window.from.and_then(|from| from.plus_days(-1)) {
            Some(day_before) => self.number_on_or_before(day_before).saturating_add(1),
            None => 1,
        };
        let ends = [
            self.last().map(|(last, _)| last),
            window.through.map(|through| self.number_on_or_before(through)),
            window.limit.map(|limit| first.saturating_add(limit.into()).saturating_sub(1)),
        ];
        let Some(last) = ends.into_iter().flatten().min() else {
            let message = "expected `through` or `limit`, as the schedule is open-ended";
            return Err(Error::new(Code::Unbounded, PATH, message));
        };
        if last.saturating_sub(first) >= DateRange::MOST.into() {
            return Err(Error::new(
                Code::TooMany,
                PATH,
                "expected a range of at most 10000 entries; request a smaller range",
            ));
        }
        Ok(first..=last)
    }

    /// Returns the number of the last payment within the limits and the calendar.
    pub(super) fn last_in_calendar(&self) -> i64 {
        let last = self.series().entry_on_or_before(Date::LAST).saturating_add(self.first()).max(1);
        self.last().map_or(last, |(bound, _)| bound.min(last))
    }
}
