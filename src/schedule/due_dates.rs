//! The iterator over due dates.

use std::iter::FusedIterator;
use std::ops::Range;

use super::Schedule;
use crate::cycle::Series;
use crate::date::Date;

/// The due dates of a schedule, from [`Schedule::due_dates`].
#[derive(Debug, Clone)]
pub struct DueDates {
    start: Date,
    series: Series,
    /// How the numbers lie to the entries of the series.
    first: i64,
    numbers: Range<i64>,
}

impl DueDates {
    pub(super) fn of(schedule: &Schedule) -> Self {
        let (series, first) = (schedule.series(), schedule.first());
        Self { start: schedule.start, series, first, numbers: 1..schedule.last_in_calendar().saturating_add(1) }
    }

    fn date(&self, number: i64) -> Option<Date> {
        if number == 1 { Some(self.start) } else { self.series.entry(number.saturating_sub(self.first)) }
    }
}

impl Iterator for DueDates {
    type Item = Date;

    fn next(&mut self) -> Option<Date> {
        self.numbers.next().and_then(|number| self.date(number))
    }

    fn nth(&mut self, n: usize) -> Option<Date> {
        self.numbers.nth(n).and_then(|number| self.date(number))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.numbers.size_hint()
    }
}

impl DoubleEndedIterator for DueDates {
    fn next_back(&mut self) -> Option<Date> {
        self.numbers.next_back().and_then(|number| self.date(number))
    }
}

impl FusedIterator for DueDates {}
