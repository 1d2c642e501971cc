//! Pauses in the model (R5.10, R5.13).
//!
//! Decisions where the rules are silent:
//! - one pause at a time: while one is planned, another `paused` is `subscription_paused`;
//! - a pause that waits for an outcome begins on the day of that outcome; where that is its `until` or later, there is no pause;
//! - a payment due on the first day of the pause is blocked, unless it was attempted before, be it of the schedule or beside it
//!   (the engine said so first of those beside); one requested during the pause waits for its end;
//! - a life that was over before the pause is over in it, too (the engine said so first);
//! - during a pause the policy still ends a subscription whose open payment is used up, and so does a cancellation for a day;
//!   the end of the last paid period and a cancellation with the period wait for the end of the pause;
//! - a due date that the pause blocks drops no verification, and no plan change before the pause is over (as the engine);
//! - an open payment that was due before the pause does not move; the first due date from the first day of the pause on does,
//!   with all after it. Numbers due before the pause keep their days;
//! - under `keep` the numbers due in the pause are skipped as soon as no open payment is before them;
//! - until a planned pause begins its days count as left; a cancellation before it has them in the unused part;
//! - a change for a due date inside the pause takes force on `until` under `keep`, as a change of price alone; under `shift` it
//!   keeps its number; one for another day inside takes force on the day of the resumption, prorated as of that day;
//! - withdrawing a pause with `anchorDay` is `anchor_day_not_allowed`.

use billing_rules::{Code, Date, Resumption, Status, Unit};

use crate::force_days::{bounded, restarted};
use crate::model::{Model, plus};
use crate::pays::{Pay, PaymentStatus};
use crate::refusal::Refusal;
use crate::runs::Run;

/// D8: whether the days of a pause that waits for an outcome count from that outcome on.
pub const PAUSE_WAITS: bool = false;

/// D11: whether a change that waits for a period's end keeps its number under `shift`.
const SHIFT_KEEPS_NUMBER: bool = false;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    pub from: Date,
    pub until: Option<Date>,
    pub schedule: Option<Resumption>,
    /// The day on which it began.
    pub begun: Option<Date>,
}

impl Pause {
    /// Whether it blocks a due date.
    pub fn blocks(&self, day: Date) -> bool {
        self.begun.unwrap_or(self.from) <= day && self.until.is_none_or(|until| day < until)
    }
}

impl Model {
    pub fn is_paused(&self) -> bool {
        self.pause.is_some_and(|pause| pause.begun.is_some())
    }

    /// Since when a pause runs.
    pub fn paused_since(&self) -> Option<Date> {
        self.pause?.begun
    }

    /// Whether the running pause blocks a due date.
    pub fn is_blocked(&self, day: Date) -> bool {
        self.is_paused() && self.pause.is_some_and(|pause| pause.blocks(day))
    }

    /// Whether a payment waits for the end of the pause.
    pub fn is_held(&self, pay: &Pay) -> bool {
        !pay.was_attempted() && self.is_blocked(pay.due)
    }

    pub fn request_pause(
        &mut self,
        from: Option<Date>,
        until: Option<Date>,
        schedule: Option<Resumption>,
        on: Date,
    ) -> Result<(), Refusal> {
        if self.pause.is_some() {
            return Err(Code::SubscriptionPaused.into());
        }
        let from_day = from.unwrap_or(on);
        if from_day < on {
            return Err(Refusal::at(Code::OutOfRange, "/event/from"));
        }
        if until.is_some_and(|until| until <= from_day) {
            return Err(Refusal::at(Code::OutOfRange, "/event/until"));
        }
        self.pause = Some(Pause { from: from_day, until, schedule, begun: None });
        Ok(())
    }

    pub fn request_resumption(
        &mut self,
        schedule: Option<Resumption>,
        anchor: Option<u32>,
        on: Date,
    ) -> Result<(), Refusal> {
        let pause = self.pause.ok_or(Code::SubscriptionNotPaused)?;
        let how = schedule.or(pause.schedule).unwrap_or_default();
        if anchor.is_some() && (how == Resumption::Keep || pause.begun.is_none()) {
            return Err(Refusal::at(Code::AnchorDayNotAllowed, "/event/anchorDay"));
        }
        let by_days = self.schedule.is_none_or(|all| matches!(all.cycle().unit(), Unit::Day | Unit::Week));
        if anchor.is_some() && by_days {
            return Err(Refusal::at(Code::AnchorDayOnDayCycle, "/event/anchorDay"));
        }
        match pause.begun {
            Some(from) => self.resume(from, pause.until.map_or(on, |until| until.min(on)), how, anchor),
            None => self.pause = None,
        }
        Ok(())
    }

    /// The day on which a planned pause begins.
    pub fn begin_pause(&mut self, day: Date) -> bool {
        let Some(pause) = self.pause.as_mut().filter(|pause| pause.begun.is_none() && pause.from <= day) else {
            return false;
        };
        // What waited for an outcome begins then.
        let begun = if PAUSE_WAITS { pause.from.max(day) } else { pause.from };
        if pause.until.is_some_and(|until| until <= begun) {
            self.pause = None;
        } else {
            pause.begun = Some(begun);
        }
        true
    }

    /// The first day after a pause that has one.
    pub fn end_pause(&mut self, day: Date) -> bool {
        let Some(pause) = self.pause.filter(|pause| pause.until.is_some_and(|until| until <= day)) else {
            return false;
        };
        let (Some(from), Some(until)) = (pause.begun, pause.until) else { return false };
        self.resume(from, until, pause.schedule.unwrap_or_default(), None);
        true
    }

    /// A planned pause as if it were over.
    pub fn pass_pause(&mut self) {
        if let Some(Pause { from, until: Some(until), schedule, begun: None }) = self.pause {
            self.resume(from, until, schedule.unwrap_or_default(), None);
        }
    }

    fn resume(&mut self, from: Date, on: Date, how: Resumption, anchor: Option<u32>) {
        self.met.extend(self.out().map(|(at, _)| &self.pays[at]).filter(|pay| pay.is_own()).map(|pay| pay.number));
        self.put_off(from, on, how, anchor);
        self.pause = None;
        // Nothing else happens by itself while an outcome is awaited.
        while (how == Resumption::Keep || self.out().is_none()) && self.skip_paused() {}
    }

    /// R5.10: the days of the pause count nowhere; what fell due is skipped.
    fn keep(&mut self, from: Date, on: Date) {
        for pay in self.pays.iter_mut().filter(|pay| pay.is_own()) {
            let Some((start, end)) = pay.period else { continue };
            let (first, until) = (start.max(from), end.min(on));
            let days = pay.served(first, until);
            if days > 0 {
                pay.holes.push((first, until));
                pay.of = (pay.of - days).max(0);
                pay.pool.pass(first, until);
            }
        }
        if from < on {
            self.pauses.push((from, on, Resumption::Keep));
            self.kept.push((from, on));
        }
    }

    /// Whether a number was due in a pause that was kept, or is to be skipped.
    pub fn is_to_skip(&self, number: u32, due: Date) -> bool {
        let was_due = self.kept.iter().any(|(from, until)| *from <= due && due < *until);
        was_due && !self.met.contains(&number) || self.skips.contains(&number)
    }

    /// R5.10: a number that fell due in a pause that was kept.
    pub fn skip_paused(&mut self) -> bool {
        if self.kept.is_empty() && self.skips.is_empty() || self.status.is_final() || self.over.is_some() {
            return false;
        }
        // One that was skipped by an event is skipped also after the paid period of a cancellation.
        let ending = std::mem::replace(&mut self.ending, false);
        let own = self.own();
        self.ending = ending;
        let lives = |own: &Pay| !own.was_attempted() && (!ending || self.skips.contains(&own.number));
        let Some(own) = own.filter(lives) else { return false };
        let blocked = self.is_blocked(own.due) && !self.skips.contains(&own.number);
        if blocked || !self.is_to_skip(own.number, own.due) {
            return false;
        }
        self.skips.remove(&own.number);
        self.pass_skipped(own.number, own.due);
        self.put(own).leave(PaymentStatus::Skipped);
        true
    }

    /// R5.10: the schedule restarts with the first number due in the pause or later, so many days later.
    fn shift(&mut self, from: Date, on: Date, anchor: Option<u32>) {
        let days = from.days_until(on);
        if days == 0 && anchor.is_none() {
            return;
        }
        let later = |day: Date| if day < from { day } else { plus(day, days) };
        let (ending, ends_on) = (std::mem::replace(&mut self.ending, false), self.ends_on.take());
        let own = self.own();
        (self.ending, self.ends_on) = (ending, ends_on);
        // The first number that moves.
        let mut moves = own.map(|own| own.number + u32::from(own.due < from || own.was_attempted()));
        while moves.is_some_and(|number| self.span(number).is_some_and(|span| span.start < from)) {
            moves = moves.map(|number| number + 1);
        }
        let moved = moves.and_then(|number| Some((number, self.span(number)?)));
        for pay in self.pays.iter_mut().filter(|pay| pay.is_own()) {
            let Some((start, end)) = pay.period else { continue };
            // A period that ends on the first day of the pause goes on only where the next one moves.
            if end < from || end == from && moved.is_none_or(|(_, span)| span.start > from) {
                continue;
            }
            let begun = start < from || pay.is_open();
            pay.pool.resume(from.max(start));
            pay.holes.iter_mut().for_each(|(first, until)| (*first, *until) = (later(*first), later(*until)));
            if begun && end > from {
                pay.holes.push((from, on));
            }
            pay.period = Some((if begun { start } else { later(start) }, plus(end, days)));
            if !begun && pay.status == PaymentStatus::Skipped {
                pay.due = later(pay.due);
            }
        }
        if days > 0 {
            self.pauses.push((from, on, Resumption::Shift));
            self.kept.push((from, on));
        }
        if let (Some((number, span)), Some(schedule)) = (moved, self.schedule) {
            let start = plus(span.start, days);
            if schedule.end_date().is_some_and(|end| end < start) {
                (self.exhausted, self.last_stub) = (Some(number), None);
                self.first = self.first.min(number);
                return;
            }
            if let Some((run, end)) = self.last_stub.filter(|(run, _)| run.first == number) {
                let schedule = billing_rules::Schedule::new(start, run.schedule.cycle());
                self.last_stub = Some((Run { schedule, ..run }, plus(end, days)));
                return;
            }
            self.shift_runs(number, start, days, anchor);
            let known = self.pays.iter().find(|pay| pay.place() == (number, 0)).cloned();
            if let Some(known) = known {
                self.renew(&known);
            }
        }
    }

    fn shift_runs(&mut self, number: u32, start: Date, days: i64, anchor: Option<u32>) {
        let schedule = self.schedule.unwrap();
        let anew = |schedule, start, count| {
            let moved = restarted(schedule, schedule.cycle(), start, anchor);
            bounded(moved, schedule.end_date(), count)
        };
        if number >= self.first {
            let count = self.count_from(number);
            self.begin_run(number, anew(schedule, start, count));
            return;
        }
        // A stub, or a run before it, moves with what follows it.
        for run in self.older.iter_mut().filter(|run| run.first >= number) {
            run.schedule = billing_rules::Schedule::new(plus(run.schedule.start(), days), run.schedule.cycle());
        }
        self.schedule = Some(anew(schedule, plus(schedule.start(), days), schedule.payment_count()));
    }

    /// What a pause does to the schedule and to the changes whose day lies in it.
    fn put_off(&mut self, from: Date, on: Date, how: Resumption, anchor: Option<u32>) {
        let days = if self.wishes.is_empty() { Vec::new() } else { self.force_days() };
        let number_of = |day: Date| {
            (self.settled() + 1..self.settled() + 400)
                .find(|number| self.span(*number).is_none_or(|span| span.start >= day))
        };
        let numbers: Vec<Option<u32>> = (days.iter())
            .zip(&self.wishes)
            .map(|(day, wish)| {
                let anew = how == Resumption::Shift && wish.at_period_end && !SHIFT_KEEPS_NUMBER;
                let day = day.filter(|_| !anew);
                let day = day.filter(|day| from <= *day && *day < on)?;
                number_of(day).filter(|number| self.span(*number).is_some_and(|span| span.start == day))
            })
            .collect();
        // The days that the end cuts off a payment are counted anew.
        let ends_on = self.ends_on;
        self.make_whole();
        self.ends_on = ends_on;
        match how {
            Resumption::Keep => self.keep(from, on),
            Resumption::Shift => {
                let before = (self.schedule, self.first);
                self.shift(from, on, anchor);
                if from < on || anchor.is_some() {
                    self.pass_shift(before, from, from.days_until(on));
                }
            }
            _ => unreachable!("the model does not have {how:?}"),
        }
        self.cut_open();
        let new: Vec<Option<Date>> =
            numbers.iter().map(|number| number.and_then(|number| self.span(number)).map(|span| span.start)).collect();
        // One whose day lies before the pause waits for an older payment.
        let held = |at: usize| days.get(at).copied().flatten().is_some_and(|day| day >= from);
        for (at, wish) in self.wishes.iter_mut().enumerate().filter(|(at, wish)| wish.pay.is_none() && held(*at)) {
            let put = wish.change.at.max(on);
            match (numbers.get(at).copied().flatten(), how) {
                (Some(_), Resumption::Keep) => {
                    (wish.change.at, wish.at_period_end, wish.change.prorate) = (on, false, Some(false));
                    wish.late = true;
                }
                (Some(_), Resumption::Shift) => {
                    wish.change.at = new.get(at).copied().flatten().unwrap_or(put);
                }
                _ => wish.change.at = put,
            }
        }
    }

    /// Whether a payment of the schedule is over by its policy, or by R5.8.
    pub fn is_finished(&self, on: Date) -> bool {
        self.own_due().is_some_and(|(_, due)| due <= on)
            && matches!(self.todo(on), crate::todo::Todo::Finish(status, _) if status != Status::Active)
    }
}
