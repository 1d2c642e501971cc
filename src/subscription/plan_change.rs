//! How a change of plan is asked for, paid, put in force, replaced and dropped (R3.5 to R3.12).

use super::event::Event;
use super::payment::{PaidPeriod, PaymentKind};
use super::plan_change_quote::Change;
use super::record::{PaymentKey, PaymentStatus, PendingChange, Record};
use super::state::Subscription;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::money::Money;
use crate::pricing::proration::{Effective, PlanChange, Proration, Settled, another_cycle, restarted};

impl Subscription {
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
        let proration = self.quote(&change, on).map_err(|errors| errors.prefixed("/event"))?;
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
        self.carry_out(index).map_err(|errors| errors.prefixed("/event"))
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
        let index = match self.unpaid_change() {
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
                let open = self.own_record(record.clone());
                *open = record;
                self.current.price = change.to;
                self.in_force(index);
            }
            Change::Prorate if proration.settle == Settled::Now && proration.net.amount() > 0 => {
                let record = self.change_record(&change, &proration, pending.customer_present)?;
                if let Some(pending) = self.state.changes.get_mut(index) {
                    pending.payment = Some(record.key());
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
        let place = self.key_beside(self.payments());
        let last = proration.lines.last().and_then(|line| line.period);
        let record = Record {
            period: last.map(|span| PaidPeriod::new(span.start, span.end)),
            customer_present,
            ..Record::beside(PaymentKind::PlanChange, place, change.at, proration.due_now)
        };
        self.charged(record, proration.lines.clone())
    }

    /// The payment of a change was made: it is in force as of its own day.
    pub(super) fn paid_change(&mut self, payment: PaymentKey) -> Result<(), Errors> {
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
        let next = number.saturating_add(1);
        let restarts = self.restart(change, change.at, next)?;
        let running = |record: &&mut Record| record.is_own() && record.number == number && !record.is_open();
        let running = self.state.records.iter_mut().find(running);
        if !restarts {
            if let Some(record) = running {
                // Without a proration the days stay paid at the lower of the two prices (R3.9).
                record.credited_price = match record.credited_price {
                    Some(credited_price) if !prorated && credited_price.amount() < change.to.amount() => {
                        Some(credited_price)
                    }
                    None if !prorated => None,
                    _ => Some(change.to),
                };
            }
            return Ok(());
        }
        if let Some(record) = running {
            record.period = record.period.map(|period| PaidPeriod::new(period.start, change.at));
        }
        // The new schedule begins whatever became of the old one.
        self.state.exhausted = false;
        let ending = std::mem::take(&mut self.state.ending);
        let fresh = self.fresh(next);
        self.state.ending = ending;
        if let Some(fresh) = fresh? {
            let nothing = Money::zero(change.to.currency());
            let included = Record {
                amount: nothing,
                from_balance: None,
                credited_price: Some(change.to),
                status: PaymentStatus::Included,
                ..fresh
            };
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
        let paid_by = |record: &&mut Record| Some(record.key()) == dropped.payment && record.is_open();
        if let Some(record) = self.state.records.iter_mut().find(paid_by) {
            record.status = PaymentStatus::Dropped;
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

    /// The days before one on which changes take place by themselves, and another day where that is one of those in between, in
    /// their order.
    pub(super) fn days_between(&self, other: Option<Date>, before: Date) -> Vec<Date> {
        let since = self.state.on;
        let mut sorted = Vec::new();
        let days = self.state.changes.iter().map(|change| change.change.at).chain(other);
        for day in days.filter(|day| *day < before && since.is_none_or(|on| *day > on)) {
            sorted.insert(sorted.partition_point(|earlier| *earlier <= day), day);
        }
        sorted
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
        if let Some(own) = own {
            self.restart(change, own.due_date, own.number)?;
        }
        Ok(())
    }

    /// Restarts the schedule on a day, with the number that is due then, where the change is to another cycle (R3.6). Tells
    /// whether it is.
    fn restart(&mut self, change: &PlanChange, on: Date, number: u32) -> Result<bool, Errors> {
        let Some(schedule) = self.current.schedule else { return Ok(false) };
        let Some(cycle) = another_cycle(change, &schedule) else { return Ok(false) };
        self.current.schedule = Some(restarted(&schedule, change, cycle, on)?);
        self.current.first_number = number;
        Ok(true)
    }

    /// The change that waits for its payment.
    pub(super) fn unpaid_change(&self) -> Option<usize> {
        self.state.changes.iter().position(|change| change.payment.is_some())
    }
}
