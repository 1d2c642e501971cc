//! Pauses (R5.10).

use super::apply::overdue;
use super::event::Resumption;
use super::payment::PaidPeriod;
use super::record::{PaymentStatus, Record};
use super::state::Subscription;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::schedule::Schedule;

/// The most due dates that one pause skips.
const MOST: u32 = 10_000;

impl Subscription {
    pub(super) fn pause(&mut self, on: Date) -> Result<(), Errors> {
        self.not_ended()?;
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

    pub(super) fn resume(&mut self, how: Resumption, on: Date) -> Result<(), Errors> {
        self.not_ended()?;
        let Some(paused) = self.state.paused else {
            return Err(Error::new(Code::SubscriptionNotPaused, "/event/type", "the subscription is not paused").into());
        };
        match how {
            Resumption::Keep => self.skip_paused(paused, on)?,
            Resumption::Shift => self.shift(paused.days_until(on))?,
        }
        self.state.paused = None;
        self.put_off_changes(on);
        Ok(())
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

    /// The next payment moves by the days of the pause, the schedule restarts there, and the running period ends there.
    fn shift(&mut self, days: i64) -> Result<(), Errors> {
        // A cancellation that is withdrawn later finds the schedule where the pause has moved it.
        let ending = std::mem::take(&mut self.state.ending);
        let own = self.next_own();
        self.state.ending = ending;
        let (Some(own), Some(schedule)) = (own?, self.current.schedule) else {
            return self.shift_end(days);
        };
        let beyond = || Error::new(Code::OutOfRange, "/event/on", "the next payment would lie after 9999-12-31");
        let start = own.due_date.plus_days(days).ok_or_else(beyond)?;
        if let Some(running) = self.last_period() {
            running.period = running.period.map(|period| PaidPeriod::new(period.start, start));
        }
        let settled = own.number.saturating_sub(self.current.first_number);
        let mut moved = Schedule::new(start, schedule.cycle());
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

    /// No payment follows, but the days that are paid for still do.
    fn shift_end(&mut self, days: i64) -> Result<(), Errors> {
        if let Some(running) = self.last_period() {
            let moved = |period: PaidPeriod| Some(PaidPeriod::new(period.start, period.end.plus_days(days)?));
            running.period = running.period.map(|period| moved(period).unwrap_or(period));
        }
        Ok(())
    }

    fn last_period(&mut self) -> Option<&mut Record> {
        self.state.records.iter_mut().rfind(|record| record.is_own())
    }
}
