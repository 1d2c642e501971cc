//! The minimum term in the model, by trying one day after the other (R10).
//!
//! Decisions where the rules are silent:
//! - a skipped number moves the end of the commitment on the day on which it is passed; one that is to be skipped counts as passed;
//! - a shift moves an end on a due date with that due date, any other by the days of the pause;
//! - a payment that is skipped because it was missed (R5.8) counts.

use std::collections::BTreeSet;

use billing_rules::{Code, Commitment, Date, NoticeTo, Schedule, Unit};

use crate::model::{Model, plus};
use crate::pays::{Pay, PaymentStatus};
use crate::refusal::Refusal;

/// Longer than any term of the histories.
const LONGEST: i64 = 3_000;

/// A schedule without its limits.
fn endless(schedule: Schedule) -> Schedule {
    let endless = Schedule::new(schedule.start(), schedule.cycle());
    schedule.anchor_day().map_or(endless, |day| endless.with_anchor_day(day).unwrap())
}

/// The due date at an index, from 0.
fn due_at(schedule: Schedule, index: u32) -> Date {
    endless(schedule).due_dates().nth(usize::try_from(index).unwrap()).unwrap()
}

/// The index of the due date on a day.
fn index_of(schedule: Schedule, day: Date) -> Option<u32> {
    let at = endless(schedule).due_dates().take_while(|due| *due <= day).position(|due| due == day);
    at.map(|at| u32::try_from(at).unwrap())
}

/// A day so much later (R2.2).
fn later(day: Date, every: u32, unit: Unit) -> Date {
    match every {
        0 => day,
        _ => {
            let cycle = billing_rules::Cycle::new(every.try_into().unwrap(), unit).unwrap();
            Schedule::new(day, cycle).due_dates().nth(1).unwrap()
        }
    }
}

impl Model {
    /// The first day without the commitment, as it was agreed.
    pub fn agreed_commitment(terms: &billing_rules::Terms) -> Option<Date> {
        match terms.commitment? {
            Commitment::Payments(payments) => terms.schedule.map(|schedule| due_at(schedule, payments)),
            Commitment::Until(day) => Some(day),
            other => panic!("{other:?}"),
        }
    }

    fn counts_payments(&self) -> bool {
        matches!(self.terms.commitment, Some(Commitment::Payments(_)))
    }

    fn is_stub(&self, number: u32) -> bool {
        let last = self.last_stub.is_some_and(|(run, _)| run.first == number);
        let run = self.older.iter().rfind(|run| run.first <= number).filter(|_| number < self.first);
        last || run.is_some_and(|run| run.stub.is_some())
    }

    /// A skipped number before the end of the commitment moves it by a payment.
    fn after_skipped(&self, number: u32, due: Date, until: Date) -> Date {
        let Some(schedule) = self.schedule.filter(|_| due < until && !self.is_stub(number)) else { return until };
        match index_of(schedule, until) {
            Some(index) => due_at(schedule, index + 1),
            None => Schedule::new(until, schedule.cycle()).due_dates().nth(1).unwrap(),
        }
    }

    /// A number of the schedule is passed over.
    pub fn pass_skipped(&mut self, number: u32, due: Date) {
        if self.counts_payments() {
            self.committed = self.committed.map(|until| self.after_skipped(number, due, until));
        }
    }

    /// The schedule was moved by a pause. `before` is the schedule as it was, with its first number.
    pub fn pass_shift(&mut self, before: (Option<Schedule>, u32), from: Date, days: i64) {
        let Some(until) = self.committed.filter(|until| from < *until && self.counts_payments()) else { return };
        let number = before.0.and_then(|schedule| index_of(schedule, until)).map(|index| before.1 + index);
        let index = number.and_then(|number| number.checked_sub(self.first));
        self.committed = match (self.schedule, index) {
            (Some(schedule), Some(index)) if (self.schedule, self.first) != before => Some(due_at(schedule, index)),
            _ => Some(plus(until, days)),
        };
    }

    /// The first day without the commitment, with what is to be skipped.
    fn committed_until(&self) -> Option<Date> {
        let mut until = self.committed?;
        if self.counts_payments() {
            for number in self.settled() + 1.. {
                let Some(span) = self.span(number).filter(|span| span.start < until) else { break };
                // One that was attempted is made.
                let own = self.pays.iter().find(|pay| pay.is_own() && pay.number == number);
                let attempted = own.is_some_and(Pay::was_attempted);
                if !attempted && self.is_to_skip(number, span.start) {
                    until = self.after_skipped(number, span.start, until);
                }
            }
        }
        Some(until)
    }

    /// The day on which it ends by itself.
    fn natural_end(&self) -> Option<Date> {
        if self.exhausted.is_some() {
            let ahead = (self.settled() + 1..).map_while(|number| self.span(number)).map(|span| span.end);
            let open = self.pays.iter().filter(|pay| pay.is_own() && pay.is_open()).filter_map(|pay| pay.period);
            let ends = ahead.chain(open.map(|(_, end)| end)).chain(self.served_until());
            return ends.max().or(Some(Date::new(2000, 1, 1).unwrap()));
        }
        let schedule = self.schedule?;
        let last = schedule.last_payment().unwrap()?;
        schedule.period(last.number).unwrap().map(|period| period.end).max(self.served_until())
    }

    /// Whether anything binds the customer.
    fn binds(&self) -> bool {
        let has_begun =
            self.established || self.was_active || self.pays.iter().any(|pay| pay.is_own() && pay.paid_for());
        let is_agreed = self.terms.commitment.is_some() || self.terms.notice.is_some();
        is_agreed && has_begun && self.over.is_none() && !self.status.is_final()
    }

    /// The first day after the trial, before which nothing binds.
    fn trial_end(&self) -> Option<Date> {
        let last = self.last;
        let is_ahead = |due: Date| last.is_none_or(|last| due > last);
        let has_run = self.pays.iter().any(|pay| {
            let is_idle =
                pay.status == PaymentStatus::Skipped && is_ahead(pay.due) || pay.is_open() && !pay.was_attempted();
            pay.is_own() && !is_idle
        });
        let start = self.schedule.map(|schedule| schedule.start());
        start.filter(|_| self.terms.trial_start.is_some() && !has_run)
    }

    /// The ends of periods, within the longest term.
    fn boundaries(&self, on: Date) -> BTreeSet<Date> {
        let mut found = BTreeSet::new();
        if let Some(schedule) = self.schedule {
            let last = plus(on, LONGEST);
            found.extend(endless(schedule).due_dates().take_while(|due| *due <= last));
            let stub =
                self.last_stub.map(|(run, _)| run).or(self.older.last().copied().filter(|run| run.stub.is_some()));
            found.extend(stub.map(|run| run.schedule.start()));
        }
        found
    }

    /// The first day on which a cancellation can take effect, whether or not a trial runs.
    fn bound(&self, on: Date) -> Date {
        let (committed, end) = (self.committed_until(), self.natural_end());
        let (notice, boundaries) = (self.terms.notice, self.boundaries(on));
        let can_end = |day: Date| {
            let is_noticed = notice.is_none_or(|notice| day >= later(on, notice.every, notice.unit));
            let is_one = match notice.map(|notice| notice.to) {
                Some(NoticeTo::PeriodEnd) if self.schedule.is_some() => boundaries.contains(&day),
                Some(NoticeTo::MonthEnd) => day.day() == 1,
                _ => true,
            };
            end.is_some_and(|end| end <= day) || is_noticed && is_one && committed.is_none_or(|until| until <= day)
        };
        (0..LONGEST).map(|days| plus(on, days)).find(|day| can_end(*day)).unwrap()
    }

    /// The first day on which a cancellation can take effect; none once it is over.
    pub fn earliest_end(&self, on: Date) -> Option<Date> {
        if self.over.is_some() || self.status.is_final() {
            return None;
        }
        if !self.binds() || self.trial_end().is_some_and(|end| on < end) {
            return Some(on);
        }
        let pending = self.end_day().unwrap_or(Date::new(9999, 12, 31).unwrap());
        Some(self.bound(on).min(pending).max(on))
    }

    /// R10.4: a cancellation that takes effect too early.
    pub fn must_not_end(&self, day: Date, on: Date) -> Result<(), Refusal> {
        let in_trial = self.trial_end().is_some_and(|end| on < end && day <= end);
        let is_pending = self.end_day().is_some_and(|end| end <= day);
        if !self.binds() || in_trial || is_pending || self.bound(on) <= day {
            return Ok(());
        }
        Err(Refusal::at(Code::Committed, "/event/when"))
    }
}
