//! A schedule that starts on another day.

use super::Schedule;
use crate::date::Date;
use crate::error::Error;

impl Schedule {
    /// Returns this schedule with payment 1 on another day; its anchor day, end date and payment count stay.
    pub(crate) fn starting_on(&self, start: Date) -> Result<Self, Error> {
        let mut schedule = Self { payment_count: self.payment_count, ..Self::new(start, self.cycle) };
        if let Some(day) = self.anchor_day() {
            schedule = schedule.with_anchor_day(day)?;
        }
        if let Some(end_date) = self.end_date {
            schedule = schedule.with_end_date(end_date)?;
        }
        Ok(schedule)
    }

    /// Returns the anchor day that a restart on a day keeps: this schedule's, if the day is the anchor day of its month
    /// (R3.6).
    pub(crate) fn anchor_kept_on(&self, day: Date) -> Option<u32> {
        let anchor_day = self.anchor_day().unwrap_or(self.start.day());
        let is_anchored = Date::in_month(day.month_number(), anchor_day) == Some(day);
        (self.cycle.has_anchor() && is_anchored).then_some(anchor_day)
    }
}
