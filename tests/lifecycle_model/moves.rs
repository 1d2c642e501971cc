//! Events that move due dates or ask for a payment, in the model (R5.13), and the ids that callers give.
//!
//! Decisions where the rules are silent:
//! - `rescheduled`, `payments_skipped`: refused while paused (`subscription_paused`), while it ends on a later day
//!   (`cancellation_pending`), after the policy's end (`subscription_ended`), and the first with any attempt in flight;
//! - `next` before the day of the event: `out_of_range /event/next`; after the end date: `end_before_start /event/next`; a stub
//!   of more than one cycle (R3.8, counted back from `next`): `out_of_range /event/next`; in a trial a day on or before its start:
//!   `out_of_range /event/next`; `between` for a day that is not later, and `prorated` before the start: `out_of_range
//!   /event/between`;
//! - the due date as it is: nothing changes, unless `anchorDay` is given, with which the schedule restarts there;
//! - one `rescheduled` after another: a stub that was not attempted is replaced, counted from the due date that it had;
//! - an earlier due date cuts the running period once its payment is made: until then its days are left, and a cancellation before it
//!   finds them whole. Where that payment is given up or skipped, the period runs on;
//! - `free` after an earlier due date that has not come: only what lies after the running period is free;
//! - `payments_skipped`: before it was ever active `subscription_pending`; more than are left `out_of_range /event/payments`; those after an open payment
//!   are skipped once that is settled; skipped ahead, a number counts as settled immediately;
//! - the last debt of a schedule whose last numbers are skipped ahead is due on the last due date that has come;
//! - `payment_requested` without anything due: `not_due`; for a payment that is offered anyway it changes nothing, but that a
//!   customer who is present makes it a checkout on that day; it stays until the next decline;
//! - ids: the content is all but the day, with the defaults resolved.

use billing_rules::{Between, Code, Date, Event, MoneyBack, Schedule, Unit};

use crate::force_days::{bounded, restarted};
use crate::model::Model;
use crate::pays::{Pay, PaymentStatus};
use crate::refusal::Refusal;
use crate::runs::{Run, cycle_before};
use crate::todo::Todo;
use crate::turn::Turn;

/// The id of an event that has one.
pub fn id_of(event: &Event) -> Option<&String> {
    match event {
        Event::Refunded { id, .. }
        | Event::RefundReversed { id, .. }
        | Event::Credited { id, .. }
        | Event::BalancePaidOut { id, .. }
        | Event::OverpaymentRefunded { id, .. }
        | Event::UnscheduledCharge { id, .. }
        | Event::PaymentsSkipped { id, .. } => Some(id),
        _ => None,
    }
}

/// An event as its id knows it: without its day.
fn content(event: &Event) -> Event {
    let first: Date = "2000-01-01".parse().unwrap();
    let mut event = event.clone();
    match &mut event {
        Event::Refunded { kind, on, .. } => (*kind, *on) = (Some(kind.unwrap_or(MoneyBack::Refund)), first),
        Event::UnscheduledCharge { customer_present, on, .. } => {
            (*customer_present, *on) = (Some(customer_present.unwrap_or(false)), first);
        }
        Event::RefundReversed { on, .. }
        | Event::Credited { on, .. }
        | Event::BalancePaidOut { on, .. }
        | Event::OverpaymentRefunded { on, .. }
        | Event::PaymentsSkipped { on, .. } => *on = first,
        _ => {}
    }
    event
}

impl Model {
    /// Whether the id of an event is known, with the same content.
    pub fn is_repeated(&self, event: &Event) -> Result<bool, Refusal> {
        let Some(id) = id_of(event) else { return Ok(false) };
        match self.ids.get(id) {
            Some(known) if *known == content(event) => Ok(true),
            Some(_) => Err(Refusal::at(Code::IdReused, "/event/id")),
            None if (1..=64).contains(&id.chars().count()) => Ok(false),
            None => Err(Refusal::at(Code::InvalidString, "/event/id")),
        }
    }

    pub fn remember(&mut self, event: &Event) {
        if let Some(id) = id_of(event) {
            self.ids.insert(id.clone(), content(event));
        }
    }

    /// What holds for every event that moves due dates.
    fn may_move(&self) -> Result<Schedule, Refusal> {
        let schedule = self.schedule.ok_or(Code::NoSchedule)?;
        if self.is_paused() {
            return Err(Code::SubscriptionPaused.into());
        }
        if self.ending || self.ends_on.is_some() {
            return Err(Code::CancellationPending.into());
        }
        Ok(schedule)
    }

    pub fn reschedule(
        &mut self,
        next: Date,
        anchor: Option<u32>,
        between: Option<Between>,
        on: Date,
    ) -> Result<(), Refusal> {
        let schedule = self.may_move()?;
        if self.out().is_some() {
            return Err(Code::PaymentInFlight.into());
        }
        let own = self.own().ok_or(Code::NoNextPayment)?;
        if own.was_attempted() {
            return Err(Code::PaymentOverdue.into());
        }
        if self.is_finished(on) {
            return Err(Code::SubscriptionEnded.into());
        }
        if next < on {
            return Err(Refusal::at(Code::OutOfRange, "/event/next"));
        }
        if anchor.is_some() && matches!(schedule.cycle().unit(), Unit::Day | Unit::Week) {
            return Err(Refusal::at(Code::AnchorDayOnDayCycle, "/event/anchorDay"));
        }
        if anchor.is_some_and(|day| !(1..=31).contains(&day)) {
            return Err(Refusal::at(Code::OutOfRange, "/event/anchorDay"));
        }
        // Numbers that are skipped ahead have not begun either, nor has one that was not made.
        let is_ahead = |pay: &Pay| pay.status == PaymentStatus::Skipped && pay.due > on;
        let has_run = |pay: &Pay| pay.is_own() && !is_ahead(pay) && (!pay.is_open() || pay.was_attempted());
        let before = on < own.due && !self.pays.iter().any(has_run);
        let (later, between) = (next > own.due, between);
        if between.is_some() && !later || before && between == Some(Between::Prorated) {
            return Err(Refusal::at(Code::OutOfRange, "/event/between"));
        }
        if before && self.terms.trial_start.is_some_and(|start| next <= start) {
            return Err(Refusal::at(Code::OutOfRange, "/event/next"));
        }
        if next == own.due && anchor.is_none() {
            return Ok(());
        }
        let is_stub = own.number < self.first && self.older.last().is_some_and(|run| run.stub.is_some());
        let count = if is_stub { schedule.payment_count() } else { self.count_from(own.number) };
        // R5.13: no payment remains after the end date.
        let lives = schedule.end_date().is_none_or(|end| next <= end);
        let anew = |wanted| restarted(schedule, schedule.cycle(), next, wanted);
        let moved = lives.then(|| bounded(anew(anchor), schedule.end_date(), count));
        if !later || before || between == Some(Between::Free) {
            self.move_to(&own, next, moved, later && !before);
            return Ok(());
        }
        let cycle = cycle_before(anew(None), next);
        if own.due < cycle {
            return Err(Refusal::at(Code::OutOfRange, "/event/next"));
        }
        let run = Run {
            first: own.number,
            schedule: Schedule::new(own.due, schedule.cycle()),
            stub: Some(cycle.days_until(next)),
        };
        match moved {
            Some(moved) => {
                self.begin_run(own.number, schedule);
                (self.schedule, self.first) = (Some(moved), own.number + 1);
                self.older.push(run);
            }
            None => {
                (self.last_stub, self.exhausted) = (Some((run, next)), Some(own.number + 1));
                self.first = self.first.min(own.number + 1);
            }
        }
        self.renew(&own);
        Ok(())
    }

    /// The next number falls due on another day; the days that the running period gets by that are free.
    fn move_to(&mut self, own: &Pay, next: Date, moved: Option<Schedule>, free: bool) {
        match moved {
            Some(moved) => self.begin_run(own.number, moved),
            None => {
                (self.last_stub, self.exhausted) = (None, Some(own.number));
                self.first = self.first.min(own.number);
            }
        }
        let running = self.pays.iter().rposition(|pay| pay.is_own() && pay.number < own.number);
        if let Some(at) = running.filter(|_| free) {
            let pay = &mut self.pays[at];
            if let Some((start, end)) = pay.period.filter(|(_, end)| *end < next) {
                pay.holes.push((end, next));
                pay.period = Some((start, next));
            }
        }
        self.renew(own);
    }

    /// One that was not made is made again, as it is now.
    pub fn renew(&mut self, own: &Pay) {
        // One of which nothing was begun is as any that is to come.
        if own.attempts.is_empty() {
            self.pays.retain(|pay| pay.place() != own.place() || !pay.is_open());
        }
        let fresh = self.fresh(own.number);
        let Some(known) = self.pays.iter_mut().find(|pay| pay.place() == own.place()) else { return };
        match fresh {
            Some(fresh) => *known = Pay { attempts: own.attempts.clone(), requested: own.requested, ..fresh },
            None => known.leave(PaymentStatus::Dropped),
        }
    }

    /// The period before a number that has paid for days from its due date on.
    pub fn overlap_before(&self, number: u32, due: Date) -> Option<usize> {
        let ends_later = |pay: &Pay| pay.period.is_some_and(|(start, end)| due.max(start) < end);
        self.pays.iter().rposition(|pay| pay.is_own() && pay.number < number && pay.paid_for() && ends_later(pay))
    }

    /// R5.13: a number was paid, so the period before it ends on its due date. Money that went back since its credit was computed
    /// counts.
    pub fn settle_overlap(&mut self, at: usize) {
        let Pay { number, due, overlap, .. } = self.pays[at];
        if let Some(before) = self.overlap_before(number, due) {
            let credit = self.credit_on(&self.pays[before], due);
            let more = credit.amount - overlap;
            self.owed -= more;
            self.carry(-more);
            self.give_credit(before, credit);
            self.pays[before].pool.stop();
        }
        for pay in self.pays.iter_mut().filter(|pay| pay.is_own() && pay.number < number) {
            pay.period = pay.period.map(|(start, end)| (start.min(due), end.min(due)));
        }
    }

    pub fn skip_payments(&mut self, payments: u32, on: Date) -> Result<(), Refusal> {
        self.schedule.ok_or(Code::NoSchedule)?;
        if !self.was_active {
            return Err(Code::SubscriptionPending.into());
        }
        self.may_move()?;
        if self.is_finished(on) {
            return Err(Code::SubscriptionEnded.into());
        }
        if !(1..=10_000).contains(&payments) {
            return Err(Refusal::at(Code::OutOfRange, "/event/payments"));
        }
        let own = self.own().ok_or(Code::NoNextPayment)?;
        let mut number = own.number + u32::from(own.was_attempted());
        let mut first = number;
        let taken = |now: &Self, number: u32| now.span(number).is_some_and(|span| now.is_to_skip(number, span.start));
        while taken(self, first) {
            first += 1;
        }
        if self.period(first).is_none() {
            return Err(Code::NoNextPayment.into());
        }
        for _ in 0..payments {
            while taken(self, number) {
                number += 1;
            }
            if self.period(number).is_none() {
                return Err(Refusal::at(Code::OutOfRange, "/event/payments"));
            }
            self.skips.insert(number);
        }
        Ok(())
    }

    pub fn request_payment(&mut self, present: bool, on: Date) -> Result<(), Refusal> {
        if self.is_paused() {
            return Err(Code::SubscriptionPaused.into());
        }
        let todo = self.todo(on);
        if matches!(todo, Todo::Checkout(_)) && !present {
            return Err(Code::CheckoutRequired.into());
        }
        if matches!(todo, Todo::Checkout(_) | Todo::Record(_)) {
            return Ok(());
        }
        // One that is offered already becomes a checkout, or stays as it is.
        if let Todo::Charge(ask) = todo {
            self.present_for = if present { Some(((ask.number, ask.extra), on)) } else { self.present_for };
            return Ok(());
        }
        if matches!(todo, Todo::Finish(..)) {
            return Err(Code::NotDue.into());
        }
        let own = self.own().filter(|own| own.due <= on);
        let open = self.pays.iter().find(|pay| pay.is_open() && !pay.is_own() && !self.is_held(pay));
        let pay = own.or_else(|| open.cloned()).ok_or(Code::NotDue)?;
        if present {
            self.present_for = Some((pay.place(), on));
            return Ok(());
        }
        let Some(pay) = self.pays.iter_mut().find(|known| known.place() == pay.place()) else { return Ok(()) };
        pay.requested = Some(on);
        let asked = pay.clone();
        match self.turn(&asked, on) {
            Turn::Later(_) | Turn::Cardholder => Err(Code::CheckoutRequired.into()),
            _ => Ok(()),
        }
    }
}
