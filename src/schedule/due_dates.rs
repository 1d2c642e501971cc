//! The iterator over due dates.

use std::iter::FusedIterator;
use std::ops::RangeInclusive;

use super::Schedule;
use crate::date::Date;

/// The due dates of a schedule, from [`Schedule::due_dates`].
#[derive(Debug, Clone)]
pub struct DueDates {
    pub(super) schedule: Schedule,
    pub(super) numbers: RangeInclusive<i64>,
}

impl Iterator for DueDates {
    type Item = Date;

    fn next(&mut self) -> Option<Date> {
        self.numbers.next().and_then(|number| self.schedule.due_date(number).ok())
    }

    fn nth(&mut self, n: usize) -> Option<Date> {
        self.numbers.nth(n).and_then(|number| self.schedule.due_date(number).ok())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.numbers.size_hint()
    }
}

impl DoubleEndedIterator for DueDates {
    fn next_back(&mut self) -> Option<Date> {
        self.numbers.next_back().and_then(|number| self.schedule.due_date(number).ok())
    }
}

impl FusedIterator for DueDates {}
