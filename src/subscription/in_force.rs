//! How a change of plan takes force: price, schedule, and what the running period stands paid at (R3.6, R3.9, R3.12).

use super::plan_change::Change;
use super::record::{PaymentKey, PaymentStatus, Record};
use super::state::Subscription;
use crate::date::Date;
use crate::error::Errors;
use crate::money::Money;
use crate::payment::{PaidPeriod, PaymentKind};
use crate::pricing::proration::{PlanChange, Proration, Settled, another_cycle, restarted};

impl Subscription {
    /// Carries out a pending change, as it was assessed. Gives the payment that it makes, or that was open on its day.
    pub(super) fn carry_out(
        &mut self,
        index: usize,
        proration: &Proration,
        how: Change,
    ) -> Result<Option<PaymentKey>, Errors> {
        let Some(pending) = self.state.changes.get(index).cloned() else { return Ok(None) };
        let change = pending.change;
        let made = match how {
            Change::BeforeStart => {
                let number = self.payments().saturating_add(1);
                *self = self.with_plan(change.to, proration.schedule, number);
                None
            }
            Change::DueDate(record) => {
                *self = self.with_plan(change.to, proration.schedule, record.number);
                let key = record.key();
                if let Some(begun) = self.state.records.iter_mut().find(|begun| begun.key() == key) {
                    *begun = record;
                }
                Some(key)
            }
            Change::Open(record) => {
                let key = record.key();
                let open = self.own_record(record.clone());
                *open = record;
                self.current.price = change.to;
                Some(key)
            }
            Change::Prorate if proration.settle == Settled::Now && proration.net.amount() > 0 => {
                let record = self.change_record(&change, proration, pending.customer_present)?;
                let key = record.key();
                if let Some(pending) = self.state.changes.get_mut(index) {
                    pending.payment = Some(key);
                }
                self.state.records.push(record);
                return Ok(Some(key));
            }
            Change::Prorate => {
                self.balance = proration.balance;
                self.take_force(&change, proration.effective)?;
                None
            }
        };
        self.in_force(index);
        Ok(made)
    }

    /// The payment that a change is due at once with (R3.12).
    fn change_record(
        &self,
        change: &PlanChange,
        proration: &Proration,
        customer_present: bool,
    ) -> Result<Record, Errors> {
        let key = self.key_beside(self.payments());
        let last = proration.lines.last().and_then(|line| line.period);
        let record = Record {
            period: last.map(|span| PaidPeriod::new(span.start, span.end)),
            customer_present,
            ..Record::beside(PaymentKind::PlanChange, key, change.at, proration.due_now)
        };
        self.charged(record, proration.lines.clone())
    }

    /// The payment of a change was made: it is in force as of its own day.
    pub(super) fn paid_change(&mut self, payment: PaymentKey) -> Result<(), Errors> {
        let Some(index) = self.state.changes.iter().position(|change| change.payment == Some(payment)) else {
            return Ok(());
        };
        if let Some(pending) = self.state.changes.get(index).cloned() {
            self.take_force(&pending.change, pending.change.at)?;
        }
        self.in_force(index);
        Ok(())
    }

    /// Price, schedule and what the running period stands paid at, after a prorated change.
    fn take_force(&mut self, change: &PlanChange, day: Date) -> Result<(), Errors> {
        let prorated = change.prorate.unwrap_or(true);
        let rule = self.terms.rule()?;
        self.current.price = change.to;
        let next = self.payments().saturating_add(1);
        let restarts = self.restart(change, day, next)?;
        let running = |record: &&mut Record| record.is_own() && !record.is_open() && record.covers(day);
        let running = self.state.records.iter_mut().rfind(running);
        if !restarts {
            if let Some(record) = running {
                if prorated {
                    record.cap = Some(record.part_left(day).of(change.to, rule)?);
                }
                // Without a proration the days stay paid at the lower of the two prices (R3.9).
                record.credited_price = match record.credited_price {
                    Some(price) if !prorated && price.amount() < change.to.amount() => Some(price),
                    None if !prorated => None,
                    _ => Some(change.to),
                };
            }
            return Ok(());
        }
        if let Some(record) = running {
            record.period = record.period.map(|period| PaidPeriod::new(period.start, day));
        }
        // The new schedule begins whatever became of the old one.
        self.state.exhausted = false;
        if let Some(fresh) = self.begun_in(next)? {
            let nothing = Money::zero(change.to.currency());
            let included = Record {
                amount: nothing,
                from_balance: None,
                credited_price: Some(change.to),
                cap: fresh.paid_for_days(),
                status: PaymentStatus::Included,
                ..fresh
            };
            self.state.records.push(included);
        }
        Ok(())
    }

    /// A number of the schedule as it has never been begun, also while the subscription ends.
    fn begun_in(&self, number: u32) -> Result<Option<Record>, Errors> {
        let mut running = self.clone();
        running.state.ending = false;
        running.fresh(number)
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

    /// A change is in force and waits no more; one for the day of its request replaces all that were requested before it (R3.5).
    fn in_force(&mut self, index: usize) {
        if index >= self.state.changes.len() {
            return;
        }
        if self.state.changes.remove(index).immediate {
            (0..index).for_each(|_| self.drop_change(0));
        }
    }
}
