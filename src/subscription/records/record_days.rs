//! The days of a payment: its period, without those of pauses (R5.10).

use super::record::{PaymentStatus, Record};
use crate::date::Date;
use crate::payment::PaidPeriod;
use crate::pricing::line::Span;
use crate::pricing::share::Part;

impl Record {
    /// Returns the part of a full period from a day to the end of its own.
    pub(crate) fn part_left(&self, from: Date) -> Part {
        self.priced_until().map_or(Part::Nothing, |end| Part::days(self.days(from, end), self.period_days))
    }

    /// Returns the first day after those of its period that have a price.
    pub(crate) fn priced_until(&self) -> Option<Date> {
        self.period.map(|period| self.free_from.map_or(period.end, |free| free.min(period.end)))
    }

    /// Extends its period to a day, if it ends before. The added days are free.
    pub(crate) fn extend(&mut self, end: Date) {
        if let Some(period) = self.period.filter(|period| period.end < end) {
            self.free_from = self.priced_until();
            self.period = Some(PaidPeriod::new(period.start, end));
        }
    }

    /// Ends its period on a day, if it does not end before. A period that begins later has no days then.
    pub(crate) fn cut(&mut self, end: Date) {
        if self.period.is_some_and(|period| end < period.end) {
            self.period = self.period.map(|period| PaidPeriod::new(period.start.min(end), end));
        }
    }

    /// Returns the days from one to another without those of pauses.
    pub(crate) fn days(&self, from: Date, until: Date) -> i64 {
        let paused = self.pauses.iter().map(|pause| pause.start.max(from).days_until(pause.end.min(until)).max(0));
        from.days_until(until).saturating_sub(paused.sum())
    }

    /// Excludes the days of a pause from its period.
    pub(crate) fn leave_out(&mut self, paused: Date, resumed: Date) {
        self.period_days = self.days_without(paused, resumed);
        self.note_pause(paused, resumed);
    }

    /// Moves the days of its period from one on by some days. A period that ends on that day moves its end only if the next
    /// payment, which was due then, moves with it.
    pub(crate) fn shift(&mut self, from: Date, days: i64, is_followed: bool) {
        let is_moved = |end: Date| end > from || is_followed && end == from;
        let Some(period) = self.period.filter(|period| is_moved(period.end)) else { return };
        let is_ahead = period.start >= from;
        let start = if is_ahead { period.start.plus_days(days) } else { Some(period.start) };
        let end = period.end.plus_days(days);
        if let (Some(start), Some(end)) = (start, end) {
            self.period = Some(PaidPeriod::new(start, end));
        }
        if let Some(free) = self.free_from.filter(|free| *free > from) {
            self.free_from = free.plus_days(days);
        }
        if is_ahead && self.status == PaymentStatus::Skipped {
            self.due_date = self.due_date.plus_days(days).unwrap_or(self.due_date);
        }
    }

    /// Keeps the days of a pause that are in its period.
    pub(crate) fn note_pause(&mut self, paused: Date, resumed: Date) {
        let Some(period) = self.period else { return };
        let (start, end) = (period.start.max(paused), period.end.min(resumed));
        if start < end {
            self.pauses.push(Span { start, end });
        }
    }

    /// Returns the days of a full period without the days of a pause in its own (R5.10).
    pub(crate) fn days_without(&self, paused: Date, resumed: Date) -> u32 {
        let Some(period) = self.period else { return self.period_days };
        let (first, last) = (period.start.max(paused), period.end.min(resumed));
        self.period_days.saturating_sub(u32::try_from(first.days_until(last)).unwrap_or(0))
    }
}
