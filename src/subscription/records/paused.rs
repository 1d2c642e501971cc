//! The stored pause (R5.10).

use crate::date::Date;
use crate::json::object;
use crate::subscription::event::Resumption;

/// A pause that is planned or running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// The first day.
    pub(crate) from: Date,
    /// The first day after it; `None` if it lasts until it is resumed.
    pub(crate) until: Option<Date>,
    /// What happens to the schedule at its end.
    pub(crate) schedule: Option<Resumption>,
}

object!(Pause { from: required "from", until: optional "until", schedule: optional "schedule" });

impl Pause {
    /// Returns what happens to the schedule at its end.
    pub(crate) fn resumption(&self) -> Resumption {
        self.schedule.unwrap_or_default()
    }

    /// Returns the first day after one that is over.
    pub(crate) fn end(&self) -> Date {
        self.until.unwrap_or(self.from)
    }

    /// Returns how many days of one that is over are between two days.
    pub(crate) fn days_in(&self, start: Date, end: Date) -> i64 {
        self.from.max(start).days_until(self.end().min(end)).max(0)
    }

    /// Returns whether a day lies between its first day and its end.
    pub(crate) fn has(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Returns the first day on which something can happen that is planned for a day: itself before the pause, otherwise
    /// the end of the pause unless the day lies after it and does not move. `None` if the pause is open-ended.
    pub(crate) fn day_of(&self, day: Date) -> Option<Date> {
        match self.until {
            _ if day < self.from => Some(day),
            Some(until) if day >= until && self.resumption() == Resumption::Keep => Some(day),
            until => until,
        }
    }
}
