//! What is set besides the start and the cycle: the anchor day, the end date and the payment count.

use std::num::{NonZeroU8, NonZeroU32};

use super::{Flaw, Schedule};
use crate::cycle::Step;
use crate::date::Date;

impl Schedule {
    /// Returns this schedule with an anchor day (R2.3).
    #[inline]
    pub(crate) fn anchored(mut self, day: u32) -> Result<Self, Flaw> {
        let given = u8::try_from(day).ok().filter(|day| *day <= 31).and_then(NonZeroU8::new).ok_or(Flaw::AnchorDay)?;
        if let Step::Days(_) = self.cycle.step() {
            return Err(Flaw::AnchorDayOnDayCycle);
        }
        let month = self.start.month_number();
        let anchored = |month| Date::in_month(month, day);
        self.base = match anchored(month) {
            Some(date) if date >= self.start => date,
            _ => anchored(month.saturating_add(1)).ok_or(Flaw::SecondPaymentBeyondCalendar)?,
        };
        self.anchor_day = Some(given);
        Ok(self)
    }

    /// Returns this schedule with an end date (R2.4).
    #[inline]
    pub(crate) fn ending(mut self, end_date: Date) -> Result<Self, Flaw> {
        if end_date < self.start {
            return Err(Flaw::EndBeforeStart { start: self.start, end_date });
        }
        self.end_date = Some(end_date);
        Ok(self)
    }

    /// Returns this schedule with a payment count (R2.5).
    #[inline]
    pub(crate) fn counted(mut self, count: u32) -> Result<Self, Flaw> {
        self.payment_count = Some(NonZeroU32::new(count).ok_or(Flaw::NoPayment)?);
        Ok(self)
    }
}
