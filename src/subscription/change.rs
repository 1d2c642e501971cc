//! Changes of plan in the life of a subscription (R3.5 to R3.12).

use super::apply::overdue;
use super::event::Event;
use super::payment::{PaidPeriod, PaymentKind};
use super::record::{Fate, Place, PriceFrom, Record};
use super::simulate::{Script, simulate};
use super::state::Subscription;
use super::terms::no_schedule;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::json::object;
use crate::line::{Fraction, Line, LineKind, Span};
use crate::money::Money;
use crate::price::Part;
use crate::proration::{
    Effective, NextPayment, PlanChange, Proration, Running, Settled, another_cycle, check, restarted,
};
use crate::schedule::Schedule;

/// A change of plan that was asked for and has not taken force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingChange {
    pub(super) change: PlanChange,
    pub(super) customer_present: bool,
    /// The number and extra of the payment that it waits for.
    pub(super) payment: Option<Place>,
}

/// A change of plan with what it costs, and the event that carries it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangePlan {
    /// What it costs.
    pub proration: Proration,
    /// The event, with the digest of what it costs.
    pub event: Event,
}

object!(PendingChange {
    change: required "change",
    customer_present: defaulted "customerPresent",
    payment: optional "payment",
});

object!(ChangePlan { proration: required "proration", event: required "event" });

/// Computes what a change of plan costs a subscription on a day, and the event that carries it out (R3.5 to R3.12).
///
/// A change for a later day is computed as if every payment until then were made. Nothing is changed by this: apply the event.
///
/// # Errors
/// What [`prorate`](crate::prorate) refuses; `day_before_last_event`; `payment_in_flight`; `payment_overdue` for an older
/// payment that is open, or for another cycle while any is; `out_of_range` for a change before the day it is asked for;
/// `ended`, `ending`, `paused`; `no_schedule`, `provider_schedules`.
pub fn change_plan(subscription: &Subscription, change: &PlanChange, on: Date) -> Result<ChangePlan, Errors> {
    if subscription.state.on.is_some_and(|last| on < last) {
        return Err(super::next::day_before_last_event("/on").into());
    }
    let proration = subscription.as_of(on)?.quote(change, on).map_err(|errors| errors.under("/change"))?;
    let event = Event::plan_changed(change, Some(proration.digest.clone()), on);
    Ok(ChangePlan { proration, event })
}

/// What a change comes to, and how it is carried out.
enum Change {
    /// Nothing is paid yet: payment 1 has the new price, or the schedule is another from its start.
    BeforeStart,
    /// The period's own payment is open, and is made at the new price for the days left (R3.11).
    Reprice(Record),
    /// The difference is paid now or with the next payment.
    Prorate,
    /// It waits for the next due date.
    AtPeriodEnd,
}

impl Subscription {
    /// What a change costs, for its day.
    fn quote(&self, change: &PlanChange, on: Date) -> Result<Proration, Errors> {
        if change.at < on {
            let message = "a change takes place on the day that it is asked for, or later";
            return Err(Error::new(Code::OutOfRange, "/at", message).into());
        }
        if change.at == on {
            return self.assess(change).map(|(proration, _)| proration);
        }
        self.may_change()?;
        let script = Script { from: on, through: change.at, fail: None, events: None };
        simulate(self, &script)?.subscription.as_of(change.at)?.assess(change).map(|(proration, _)| proration)
    }

    /// That changes of plan are possible at all.
    fn may_change(&self) -> Result<Schedule, Error> {
        self.not_ended().map_err(Error::of_the_whole)?;
        self.scheduled_here().map_err(Error::of_the_whole)?;
        self.not_paused().map_err(Error::of_the_whole)?;
        if self.state.ending {
            let message = "the subscription ends with its period: withdraw the cancellation first";
            return Err(Error::new(Code::Ending, "", message));
        }
        self.current.schedule.ok_or_else(|| no_schedule(""))
    }

    /// What a change comes to on its day, the subscription being as that day finds it.
    fn assess(&self, change: &PlanChange) -> Result<(Proration, Change), Errors> {
        let schedule = self.may_change()?;
        check(change, &schedule, self.current.price)?;
        let at = change.at;
        let own = self.next_own()?;
        let running = self.own_records().rfind(|record| record.is_settled() && record.covers(at));
        let (proration, how) = match (running, own) {
            (None, Some(own)) if at < own.due_date && self.payments() < self.current.first_number => {
                (self.before_start(change, &schedule)?, Change::BeforeStart)
            }
            (_, Some(own)) if own.due_date <= at => self.while_open(change, &schedule, own)?,
            (Some(running), own) => {
                let later = own.map(|own| own.due_date);
                let proration = self.running(change, &schedule, running, later)?.change(change)?;
                let prorated = proration.effective == at;
                if prorated {
                    self.nothing_in_flight().map_err(Error::of_the_whole)?;
                }
                (proration, if prorated { Change::Prorate } else { Change::AtPeriodEnd })
            }
            (None, _) => {
                let message = ["no period of the subscription contains `", &at.to_string(), "`"].concat();
                return Err(Error::new(Code::OutsidePeriod, "/at", message).into());
            }
        };
        Ok((proration.with_digest(), how))
    }

    fn running(
        &self,
        change: &PlanChange,
        schedule: &Schedule,
        record: &Record,
        later: Option<Date>,
    ) -> Result<Running, Error> {
        Ok(Running {
            schedule: *schedule,
            price: self.current.price,
            credited: record.worth.unwrap_or(Money::zero(change.to.currency())),
            end: record.period.map_or(change.at, |period| period.end),
            part: record.part_left(change.at),
            later,
            first_number: self.current.first_number,
            next_number: self.payments().saturating_add(1),
            balance: self.balance,
            rule: self.terms.rule()?,
        })
    }

    /// A change while a payment of the schedule is due (R3.11).
    fn while_open(&self, change: &PlanChange, schedule: &Schedule, own: Record) -> Result<(Proration, Change), Errors> {
        let another = another_cycle(change, schedule).is_some();
        if another || !own.covers(change.at) {
            return Err(overdue().of_the_whole().into());
        }
        let later = self.scheduled(own.number.saturating_add(1))?.map(|period| period.start);
        let running = self.running(change, schedule, &own, later)?;
        let (direction, effective) = running.effective(change)?;
        let nothing = Money::zero(change.to.currency());
        let mut proration = Proration {
            direction,
            effective,
            settle: Settled::None,
            credit: nothing,
            charge: nothing,
            net: nothing,
            due_now: nothing,
            balance: self.balance,
            next_payment: later.map(|due_date| NextPayment { due_date, amount: change.to }),
            schedule: *schedule,
            first_number: self.current.first_number,
            lines: Vec::new(),
            computed_for: change.at,
            digest: String::new(),
        };
        if effective != change.at {
            return Ok((proration, Change::AtPeriodEnd));
        }
        self.nothing_in_flight().map_err(Error::of_the_whole)?;
        let repriced = self.repriced(own, change.to, change.at)?;
        proration.next_payment = Some(NextPayment { due_date: repriced.due_date, amount: repriced.amount });
        Ok((proration, Change::Reprice(repriced)))
    }

    /// The period's own payment at a new price for the days from one on (R3.11).
    fn repriced(&self, mut own: Record, to: Money, at: Date) -> Result<Record, Errors> {
        let Some(period) = own.period else { return Ok(own) };
        for attempt in &mut own.attempts {
            attempt.amount = attempt.amount.or(Some(own.amount));
        }
        own.prices.retain(|entry| entry.from < at);
        own.prices.push(PriceFrom { from: at, price: to });
        if let [whole] = own.prices.as_slice() {
            let index = own.number.saturating_sub(self.current.first_number).saturating_add(1);
            let schedule = self.current.schedule.ok_or_else(|| no_schedule(""))?;
            let line = self.period_line(&schedule, index, whole.price)?;
            return self.charged(own, line.into_iter().collect());
        }
        let ends = own.prices.iter().skip(1).map(|entry| entry.from).chain([period.end]);
        let mut lines = Vec::new();
        for (entry, end) in own.prices.iter().zip(ends) {
            let days = u32::try_from(entry.from.days_until(end)).unwrap_or_default();
            let part = match own.of {
                0 => Part::Nothing,
                of => Part::Days(Fraction { left: days, of }),
            };
            let fraction = part.fraction();
            let words = fraction.map_or("free of charge".into(), |fraction| fraction.to_string());
            let note = [&words, " at ", &entry.price.to_string()].concat();
            let span = Some(Span { start: entry.from, end });
            let amount = part.of(entry.price, self.terms.rule()?)?;
            lines.push(Line { kind: LineKind::Period, period: span, fraction, amount, note });
        }
        self.charged(own, lines)
    }

    /// Before payment 1 there is nothing to prorate: the new price, or the new schedule from the start, is that of payment 1
    /// (R2.9).
    fn before_start(&self, change: &PlanChange, schedule: &Schedule) -> Result<Proration, Errors> {
        let number = self.payments().saturating_add(1);
        let start = self.scheduled(number)?.map_or(schedule.start(), |period| period.start);
        let running = Running {
            schedule: *schedule,
            price: self.current.price,
            credited: self.current.price,
            end: start,
            part: Part::Nothing,
            later: Some(start),
            first_number: self.current.first_number,
            next_number: number,
            balance: self.balance,
            rule: self.terms.rule()?,
        };
        let change = PlanChange { effective: Some(Effective::PeriodEnd), ..*change };
        let mut proration = running.change(&change)?;
        let after = self.with_plan(change.to, proration.schedule, number);
        let first = after.fresh(number)?;
        proration.next_payment = first.map(|own| NextPayment { due_date: own.due_date, amount: own.amount });
        Ok(proration)
    }

    fn with_plan(&self, price: Money, schedule: Schedule, first_number: u32) -> Subscription {
        let mut after = self.clone();
        after.current.price = price;
        if after.current.schedule != Some(schedule) {
            after.current.schedule = Some(schedule);
            after.current.first_number = first_number;
        }
        after
    }

    /// A change of plan was asked for.
    pub(super) fn ask_for_change(&mut self, event: &Event, on: Date) -> Result<(), Errors> {
        let Event::PlanChanged {
            to,
            at,
            cycle,
            payment_count,
            effective,
            settle,
            prorate,
            customer_present,
            digest,
            ..
        } = event
        else {
            return Ok(());
        };
        let (cycle, payment_count, effective) = (*cycle, *payment_count, *effective);
        let change =
            PlanChange { to: *to, at: *at, cycle, payment_count, effective, settle: *settle, prorate: *prorate };
        let proration = self.quote(&change, on).map_err(|errors| errors.under("/event"))?;
        if digest.as_ref().is_some_and(|shown| *shown != proration.digest) {
            let message = "the change costs something else by now: show it again";
            return Err(Error::new(Code::DigestMismatch, "/event/digest", message).into());
        }
        let customer_present = customer_present.unwrap_or_default();
        self.state.changes.push(PendingChange { change, customer_present, payment: None });
        if *at > on {
            return Ok(());
        }
        let index = self.state.changes.len().saturating_sub(1);
        self.carry_out(index).map_err(|errors| errors.under("/event"))
    }

    /// Carries out a pending change whose day has come.
    fn carry_out(&mut self, index: usize) -> Result<(), Errors> {
        let Some(pending) = self.state.changes.get(index).cloned() else { return Ok(()) };
        let change = pending.change;
        let (proration, how) = self.assess(&change)?;
        if let Change::AtPeriodEnd = how {
            if let Some(pending) = self.state.changes.get_mut(index) {
                pending.change.effective = Some(Effective::PeriodEnd);
            }
            return Ok(());
        }
        // One that still waits for its payment is not wanted any more.
        let unpaid = self.state.changes.iter().position(|other| other.payment.is_some());
        let index = match unpaid {
            Some(unpaid) => {
                self.drop_change(unpaid);
                index.saturating_sub(usize::from(unpaid < index))
            }
            None => index,
        };
        match how {
            Change::AtPeriodEnd => {}
            Change::BeforeStart => {
                let number = self.payments().saturating_add(1);
                *self = self.with_plan(change.to, proration.schedule, number);
                self.in_force(index);
            }
            Change::Reprice(record) => {
                let same = |other: &&mut Record| other.place() == record.place();
                match self.state.records.iter_mut().find(same) {
                    Some(open) => *open = record,
                    None => self.state.records.push(record),
                }
                self.current.price = change.to;
                self.in_force(index);
            }
            Change::Prorate if proration.settle == Settled::Now && proration.net.amount() > 0 => {
                let record = self.change_record(&change, &proration, pending.customer_present)?;
                if let Some(pending) = self.state.changes.get_mut(index) {
                    pending.payment = Some(record.place());
                }
                self.state.records.push(record);
            }
            Change::Prorate => {
                self.balance = proration.balance;
                self.take_force(&change)?;
                self.in_force(index);
            }
        }
        Ok(())
    }

    /// The payment that a change is due at once with (R3.12).
    fn change_record(
        &self,
        change: &PlanChange,
        proration: &Proration,
        customer_present: bool,
    ) -> Result<Record, Errors> {
        let place = self.place_beside(self.payments());
        let last = proration.lines.last().and_then(|line| line.period);
        let record = Record {
            period: last.map(|span| PaidPeriod::new(span.start, span.end)),
            customer_present,
            ..Record::beside(PaymentKind::PlanChange, place, change.at, proration.due_now)
        };
        self.charged(record, proration.lines.clone())
    }

    /// The payment of a change was made: it is in force as of its own day.
    pub(super) fn paid_change(&mut self, payment: Place) -> Result<(), Errors> {
        let Some(index) = self.state.changes.iter().position(|change| change.payment == Some(payment)) else {
            return Ok(());
        };
        if let Some(pending) = self.state.changes.get(index).cloned() {
            self.take_force(&pending.change)?;
        }
        self.in_force(index);
        Ok(())
    }

    /// Price, schedule and what the running period stands paid at, after a prorated change.
    fn take_force(&mut self, change: &PlanChange) -> Result<(), Errors> {
        let number = self.payments();
        let prorated = change.prorate.unwrap_or(true);
        self.current.price = change.to;
        let another = self.current.schedule.and_then(|schedule| Some((schedule, another_cycle(change, &schedule)?)));
        let running = |record: &&mut Record| record.number == number && record.extra == 0 && record.is_settled();
        let running = self.state.records.iter_mut().find(running);
        let Some((schedule, cycle)) = another else {
            if let Some(record) = running {
                // Without a proration the days stay paid at the lower of the two prices (R3.9).
                record.worth = match record.worth {
                    Some(worth) if !prorated && worth.amount() < change.to.amount() => Some(worth),
                    None if !prorated => None,
                    _ => Some(change.to),
                };
            }
            return Ok(());
        };
        if let Some(record) = running {
            record.period = record.period.map(|period| PaidPeriod::new(period.start, change.at));
        }
        let schedule = restarted(&schedule, change, cycle, change.at)?;
        let number = number.saturating_add(1);
        self.current.schedule = Some(schedule);
        self.current.first_number = number;
        // The new schedule begins whatever became of the old one.
        self.state.exhausted = false;
        let ending = std::mem::take(&mut self.state.ending);
        let fresh = self.fresh(number);
        self.state.ending = ending;
        if let Some(fresh) = fresh? {
            let nothing = Money::zero(change.to.currency());
            let included =
                Record { amount: nothing, from_balance: None, worth: Some(change.to), fate: Fate::Included, ..fresh };
            self.state.records.push(included);
        }
        Ok(())
    }

    /// A change is in force: those asked for before it are replaced (R3.5).
    fn in_force(&mut self, index: usize) {
        self.state.changes.drain(..=index.min(self.state.changes.len().saturating_sub(1)));
    }

    /// A change that is not carried out any more, with its payment.
    pub(super) fn drop_change(&mut self, index: usize) {
        if index >= self.state.changes.len() {
            return;
        }
        let dropped = self.state.changes.remove(index);
        let paid_by = |record: &&mut Record| Some(record.place()) == dropped.payment && record.is_open();
        if let Some(record) = self.state.records.iter_mut().find(paid_by) {
            record.fate = Fate::Dropped;
        }
    }

    /// The last change that was asked for is withdrawn.
    pub(super) fn withdraw_change(&mut self) -> Result<(), Errors> {
        self.not_ended()?;
        let Some(last) = self.state.changes.len().checked_sub(1) else {
            let message = "no change of plan waits to take force";
            return Err(Error::new(Code::NothingToWithdraw, "/event/type", message).into());
        };
        if self.state.changes.get(last).is_some_and(|change| change.payment.is_some()) {
            self.nothing_in_flight()?;
        }
        self.drop_change(last);
        Ok(())
    }

    /// The days before one on which changes take place by themselves.
    pub(super) fn change_days(&self, before: Date) -> Vec<Date> {
        let since = self.state.on;
        let days = self.state.changes.iter().map(|change| change.change.at);
        days.filter(|at| *at < before && since.is_none_or(|on| *at > on)).collect()
    }

    /// Carries out what is due of the pending changes: one of a day, or one of the next due date (R3.5).
    pub(super) fn commit_change(&mut self, day: Date) -> Result<bool, Errors> {
        if self.state.ending {
            return Ok(false);
        }
        let own = self.next_own()?.filter(|own| own.due_date <= day && !own.was_attempted());
        let due = |pending: &PendingChange| {
            let at_period_end = pending.change.effective == Some(Effective::PeriodEnd);
            let effect = if at_period_end { own.as_ref()?.due_date } else { pending.change.at };
            let passed = effect <= day && (!at_period_end || effect > pending.change.at);
            (passed && pending.payment.is_none()).then_some(effect)
        };
        // The first one; on one day, the one that was asked for last replaces the others.
        let due = self.state.changes.iter().enumerate().filter_map(|(index, pending)| Some((due(pending)?, index)));
        let Some((_, index)) = due.min_by_key(|(effect, index)| (*effect, std::cmp::Reverse(*index))) else {
            return Ok(false);
        };
        let Some(pending) = self.state.changes.get(index).cloned() else { return Ok(false) };
        let change = pending.change;
        if change.effective == Some(Effective::PeriodEnd) {
            self.begin_with(&change, own)?;
            self.in_force(index);
            return Ok(true);
        }
        let before = self.state.changes.clone();
        match self.carry_out(index) {
            Ok(()) => Ok(self.state.changes != before),
            // It waits until what is owed is settled.
            Err(errors) if errors.first().code() == Code::PaymentOverdue => Ok(false),
            Err(_) => {
                self.drop_change(index);
                Ok(true)
            }
        }
    }

    /// A change takes force with the number that is due.
    fn begin_with(&mut self, change: &PlanChange, own: Option<Record>) -> Result<(), Errors> {
        self.current.price = change.to;
        let another = self.current.schedule.and_then(|schedule| Some((schedule, another_cycle(change, &schedule)?)));
        if let (Some((schedule, cycle)), Some(own)) = (another, own) {
            self.current.schedule = Some(restarted(&schedule, change, cycle, own.due_date)?);
            self.current.first_number = own.number;
        }
        Ok(())
    }
}
