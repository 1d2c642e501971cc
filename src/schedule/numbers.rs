//! The numbers of payments, and the due dates that belong to them.

use std::ops::RangeInclusive;

use super::period::{Bound, DateRange, Period};
use super::{Flaw, Schedule};
use crate::cycle::Series;
use crate::date::Date;
use crate::error::{Code, Error};

impl Schedule {
    /// Returns whether the anchor day shortens the first period.
    #[inline]
    pub(super) fn has_stub(&self) -> bool {
        self.base != self.start
    }

    /// Returns the day of the month on which payments are due in a month that is long enough.
    #[inline]
    pub(super) fn day_of_month(&self) -> u32 {
        self.anchor_day().unwrap_or(self.start.day())
    }

    /// Returns the series of due dates from the base on.
    #[inline]
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
    #[inline]
    pub(super) fn first(&self) -> i64 {
        if self.has_stub() { 2 } else { 1 }
    }

    /// Returns the number of the last due date on or before a day, ignoring limits; below 1 before the start.
    #[inline]
    pub(super) fn number_on_or_before(&self, date: Date) -> i64 {
        if date < self.start {
            return 0;
        }
        self.series().entry_on_or_before(date).saturating_add(self.first()).max(1)
    }

    /// Returns due date `number`, ignoring limits.
    #[inline]
    pub(super) fn due_date(&self, number: i64) -> Result<Date, Flaw> {
        if number == 1 {
            return Ok(self.start);
        }
        self.series().entry(number.saturating_sub(self.first())).ok_or(Flaw::BeyondCalendar(number))
    }

    /// Returns the first due date after a day; `None` if no payment follows.
    #[inline]
    pub(crate) fn due_after(&self, after: Date) -> Result<Option<Date>, Flaw> {
        if after < self.start {
            return Ok(Some(self.start));
        }
        let (series, first) = (self.series(), self.first());
        let entry = series.entry_on_or_before(after).saturating_add(1);
        let number = entry.saturating_add(first);
        if self.payment_count.is_some_and(|count| number > count.get().into()) {
            return Ok(None);
        }
        match (series.entry(entry), self.end_date) {
            (Some(date), Some(end_date)) if date > end_date => Ok(None),
            (Some(date), _) => Ok(Some(date)),
            // An end date is a day of the calendar.
            (None, Some(_)) => Ok(None),
            (None, None) => Err(Flaw::BeyondCalendar(number)),
        }
    }

    /// Returns the period of a payment; `None` if the schedule has fewer.
    pub(crate) fn numbered(&self, number: u32) -> Result<Option<Period>, Flaw> {
        if number == 0 {
            return Err(Flaw::PaymentNumber);
        }
        if self.has(number.into()) { self.period_unbounded(number.into()).map(Some) } else { Ok(None) }
    }

    /// Returns the period that contains a day; `None` before the start and after the last period.
    #[inline]
    pub(crate) fn period_around(&self, date: Date) -> Result<Option<Period>, Flaw> {
        let number = self.number_on_or_before(date);
        if number >= 1 && self.has(number) { self.period_unbounded(number).map(Some) } else { Ok(None) }
    }

    pub(super) fn period_unbounded(&self, number: i64) -> Result<Period, Flaw> {
        let next = number.saturating_add(1);
        let (start, end) = (self.due_date(number)?, self.due_date(next)?);
        match (u32::try_from(number), end.plus_days(-1)) {
            (Ok(number), Some(last_day)) => Ok(Period { number, start, end, last_day }),
            _ => Err(Flaw::BeyondCalendar(next)),
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
