//! The boundaries between periods: the due dates, whatever limit the schedule has (R10.1).

use super::Schedule;
use crate::cycle::Series;
use crate::date::Date;
use crate::error::Error;

impl Schedule {
    /// Returns due date `number`, also after the last payment.
    pub(crate) fn boundary(&self, number: u32) -> Result<Date, Error> {
        Ok(self.due_date(number.into())?)
    }

    /// Returns the first due date on or after a day, also after the last payment.
    pub(crate) fn boundary_from(&self, day: Date) -> Result<Date, Error> {
        let before = day.plus_days(-1).map_or(0, |before| self.number_on_or_before(before));
        Ok(self.due_date(before.saturating_add(1))?)
    }

    /// Returns the number of the due date on a day, also after the last payment; `None` if no payment is due then.
    pub(crate) fn boundary_on(&self, day: Date) -> Option<u32> {
        let number = self.number_on_or_before(day);
        let is_due = number > 0 && self.due_date(number) == Ok(day);
        if is_due { u32::try_from(number).ok() } else { None }
    }

    /// Returns the day one payment after a day: the next due date if the day is one, otherwise a cycle later.
    pub(crate) fn one_payment_after(&self, day: Date) -> Option<Date> {
        match self.boundary_on(day) {
            Some(number) => self.due_date(i64::from(number).saturating_add(1)).ok(),
            None => Series::new(day, day.day(), self.cycle.step()).entry(1),
        }
    }
}
