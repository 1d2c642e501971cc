//! Pauses (R5.10).

use super::apply::overdue;
use super::event::Resumption;
use super::record::PaymentStatus;
use super::state::Subscription;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::payment::PaidPeriod;
use crate::pricing::proration::anchored;
use crate::schedule::Schedule;

/// The most due dates that one pause skips.
const MOST: u32 = 10_000;

impl Subscription {
    pub(super) fn pause(&mut self, on: Date) -> Result<(), Errors> {
        self.not_over()?;
        self.scheduled_here()?;
        self.nothing_in_flight()?;
        self.not_paused()?;
        let own = self.next_own()?;
        // A trial's verification that was due and never begun has no record yet.
        let unverified = self.first_verification(own.as_ref()).is_some_and(|first| first.due_date < on);
        let owed = unverified || own.is_some_and(|own| own.due_date < on || own.was_attempted());
        if owed || self.state.records.iter().any(|record| record.is_open()) {
            return Err(overdue().into());
        }
        self.state.paused = Some(on);
        Ok(())
    }

    pub(super) fn resume(&mut self, how: Resumption, anchor_day: Option<u32>, on: Date) -> Result<(), Errors> {
        self.not_ended()?;
        let Some(paused) = self.state.paused else {
            return Err(Error::new(Code::SubscriptionNotPaused, "/event/type", "the subscription is not paused").into());
        };
        if let Some(day) = anchor_day {
            self.check_anchor_day(how, day)?;
        }
        match how {
            Resumption::Keep => self.skip_paused(paused, on)?,
            // A pause of no day moves nothing.
            Resumption::Shift if paused == on && anchor_day.is_none() => {}
            Resumption::Shift => self.shift(paused, paused.days_until(on), anchor_day)?,
        }
        self.state.paused = None;
        self.put_off_changes(on);
        Ok(())
    }

    /// Refuses an anchor day where the schedule does not restart, or has none.
    fn check_anchor_day(&self, how: Resumption, day: u32) -> Result<(), Error> {
        const PATH: &str = "/event/anchorDay";
        let has_anchor = self.current.schedule.is_some_and(|schedule| schedule.cycle().has_anchor());
        let (code, message) = match how {
            Resumption::Keep => (Code::AnchorDayNotAllowed, "the schedule stays as it is: only `shift` restarts it"),
            Resumption::Shift if !has_anchor => {
                (Code::AnchorDayOnDayCycle, "only cycles of months and years have an anchor day")
            }
            Resumption::Shift if !(1..=31).contains(&day) => (Code::OutOfRange, "expected a day from 1 to 31"),
            Resumption::Shift => return Ok(()),
        };
        Err(Error::new(code, PATH, message))
    }

    /// What fell due during the pause is skipped with its number, and days of the pause do not count in the periods that they
    /// lie in.
    fn skip_paused(&mut self, paused: Date, resumed: Date) -> Result<(), Errors> {
        for _ in 0..=MOST {
            match self.next_own()?.filter(|own| own.due_date < resumed) {
                Some(own) => self.settle_unpaid(own, PaymentStatus::Skipped),
                None => {
                    self.without_days(paused, resumed);
                    return Ok(());
                }
            }
        }
        Err(Error::new(Code::TooMany, "/event/on", "more than 10000 payments fell due during the pause").into())
    }

    pub(super) fn without_days(&mut self, paused: Date, resumed: Date) {
        for record in &mut self.state.records {
            let Some(period) = record.period.filter(|_| record.number > 0 && record.extra == 0) else { continue };
            let (first, last) = (period.start.max(paused), period.end.min(resumed));
            let days = u32::try_from(first.days_until(last)).unwrap_or(0);
            record.period_days = record.period_days.saturating_sub(days);
        }
    }

    /// The next payment moves by the days of the pause, the schedule restarts there, and the running period ends there. The anchor day
    /// stays where the new day is that of its month (R3.6).
    fn shift(&mut self, paused: Date, days: i64, anchor_day: Option<u32>) -> Result<(), Errors> {
        // A cancellation that is withdrawn later finds the schedule where the pause has moved it.
        let mut running = self.clone();
        running.state.ending = false;
        let (Some(own), Some(schedule)) = (running.next_own()?, self.current.schedule) else {
            // No payment follows, but the days that are paid for still do.
            self.move_last_period(paused, days, None);
            return Ok(());
        };
        let beyond = || Error::new(Code::OutOfRange, "/event/on", "the next payment would lie after 9999-12-31");
        let start = own.due_date.plus_days(days).ok_or_else(beyond)?;
        self.move_last_period(paused, days, Some(start));
        let settled = own.number.saturating_sub(self.current.first_number);
        let anchor_day = anchor_day.or_else(|| schedule.anchor_kept_on(start));
        let mut moved = anchored(Schedule::new(start, schedule.cycle()), anchor_day)?;
        if let Some(count) = schedule.payment_count() {
            moved = moved.with_payment_count(count.saturating_sub(settled))?;
        }
        match schedule.end_date().map(|end_date| moved.with_end_date(end_date)) {
            None => {}
            Some(Ok(bounded)) => moved = bounded,
            // The end date never moves, and now lies before every payment.
            Some(Err(_)) => {
                self.state.exhausted = true;
                return Ok(());
            }
        }
        self.current.schedule = Some(moved);
        self.current.first_number = own.number;
        Ok(())
    }

    /// Moves what a pause leaves of the last period to a new end, or by its days; all of it where it had not begun.
    fn move_last_period(&mut self, paused: Date, days: i64, end: Option<Date>) {
        let Some(record) = self.state.records.iter_mut().rfind(|record| record.is_own()) else { return };
        let moved = |period: PaidPeriod| {
            let start = if period.start < paused { period.start } else { period.start.plus_days(days)? };
            Some(PaidPeriod::new(start, end.or_else(|| period.end.plus_days(days))?))
        };
        record.period = record.period.map(|period| moved(period).unwrap_or(period));
    }
}
