//! What a change of plan is on its day: what it costs, and how it is carried out (R3.6 to R3.12).

use super::apply::overdue;
use super::record::{LeftToPayment, PaymentKey, PaymentStatus, PriceFrom, Record};
use super::state::Subscription;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::money::Money;
use crate::payment::{PaidPeriod, PaymentKind};
use crate::pricing::line::{LineKind, LineRule, Span};
use crate::pricing::proration::{
    Effective, PlanChange, Proration, Running, Settle, Settled, another_cycle, check, restarted,
};
use crate::pricing::share::{Part, Share};
use crate::schedule::Schedule;
use crate::terms::no_schedule;

/// How a change is carried out.
pub(super) enum Change {
    /// Nothing is paid yet: payment 1 has the new price, or the schedule is another from its start.
    BeforeStart,
    /// The payment that is due on the day, and was never attempted, has the new price whole (R3.5).
    DueDate(Record),
    /// The period's own payment is open, and is made at the new price for the days left (R3.11).
    Reprice(Record),
    /// The period's own payment is open and stays as it is (R3.11).
    Leave(Record),
    /// The difference is paid now or with the next payment.
    Prorate,
}

impl Subscription {
    /// That changes of plan are possible at all.
    pub(super) fn may_change(&self) -> Result<Schedule, Error> {
        self.not_ended().map_err(Error::at_root)?;
        self.scheduled_here().map_err(Error::at_root)?;
        self.not_paused().map_err(Error::at_root)?;
        self.current.schedule.ok_or_else(|| no_schedule(""))
    }

    /// That a day lies before the end of a subscription that ends.
    pub(super) fn still_served(&self, day: Date) -> Result<(), Error> {
        let end = self.state.over.map(|over| over.on).or(self.served_until());
        if self.state.ending && end.is_none_or(|end| day >= end) {
            return Err(self.outside(day));
        }
        Ok(())
    }

    /// When a change takes force where it does not say so: with the next due date for a downgrade, else on its day (R3.5).
    pub(super) fn effective(&self, change: &PlanChange) -> Result<Effective, Error> {
        let schedule = self.may_change()?;
        let direction = Running::direction(self.current.price, &schedule, change);
        Ok(change.effective.unwrap_or(Running::by_default(direction)))
    }

    /// Whether a day lies before payment 1, so that there is nothing to prorate.
    pub(super) fn is_before_start(&self, day: Date) -> Result<bool, Errors> {
        let own = self.next_own()?.filter(|own| day < own.due_date);
        Ok(own.is_some() && self.running_on(day).is_none() && self.payments() < self.current.first_number)
    }

    /// What a change costs on its day, the subscription being as that day finds it.
    pub(super) fn assess(&self, change: &PlanChange, day: Date) -> Result<(Proration, Change), Errors> {
        let schedule = self.may_change()?;
        check(change, &schedule, self.current.price, self.terms.rule()?)?;
        self.still_served(day)?;
        if self.is_before_start(day)? {
            return Ok((self.before_start(change, &schedule)?, Change::BeforeStart));
        }
        match (self.running_on(day), self.next_own()?) {
            (_, Some(own)) if own.due_date == day && !own.was_attempted() => self.on_due_date(change, &schedule, own),
            (_, Some(own)) if own.due_date <= day => self.while_open(change, &schedule, own, day),
            (Some(record), own) => {
                self.nothing_in_flight().map_err(Error::at_root)?;
                let later = own.map(|own| own.due_date);
                let change = PlanChange { effective: Some(Effective::OnDate), ..*change };
                let running = self.running(&schedule, record, later, day)?;
                Ok((running.change(&change)?, Change::Prorate))
            }
            (None, _) => Err(self.outside(day).into()),
        }
    }

    fn running(&self, schedule: &Schedule, record: &Record, later: Option<Date>, day: Date) -> Result<Running, Error> {
        let nothing = Money::zero(self.balance.currency());
        Ok(Running {
            schedule: *schedule,
            price: self.current.price,
            credited: record.credited_price.unwrap_or(nothing),
            end: record.period.map_or(day, |period| period.end),
            part: record.part_left(day),
            cap: record.cap,
            first_period: self.terms.first_period,
            later,
            first_number: self.current.first_number,
            next_number: self.payments().saturating_add(1),
            balance: self.balance,
            rule: self.terms.rule()?,
        })
    }

    /// A proration without lines and amounts, of a change that takes force on a day.
    fn without_proration(
        &self,
        change: &PlanChange,
        old: &Schedule,
        day: Date,
        new: Schedule,
        first: u32,
    ) -> Proration {
        let nothing = Money::zero(change.to.currency());
        Proration {
            direction: Running::direction(self.current.price, old, change),
            effective: day,
            settle: Settled::None,
            credit: nothing,
            charge: nothing,
            net: nothing,
            due_now: nothing,
            balance: self.balance,
            next_payment: None,
            schedule: new,
            first_number: first,
            lines: Vec::new(),
            as_of: day,
            digest: String::new(),
        }
    }

    /// A change for a due date whose payment was never attempted takes force before it (R3.5).
    fn on_due_date(
        &self,
        change: &PlanChange,
        schedule: &Schedule,
        own: Record,
    ) -> Result<(Proration, Change), Errors> {
        self.nothing_in_flight().map_err(Error::at_root)?;
        let (new, first) = match another_cycle(change, schedule) {
            Some(cycle) => (restarted(schedule, change, cycle, own.due_date)?, own.number),
            None => (*schedule, self.current.first_number),
        };
        let fresh = self.with_plan(change.to, new, first).fresh(own.number)?;
        let fresh = fresh.ok_or_else(|| Error::new(Code::Internal, "", "the due date has no payment"))?;
        let proration = self.without_proration(change, schedule, own.due_date, new, first);
        let mut attempts = own.attempts;
        attempts.iter_mut().for_each(|attempt| attempt.amount = attempt.amount.or(Some(own.amount)));
        let record = Record { kind: own.kind, attempts, customer_present: own.customer_present, ..fresh };
        Ok((proration, Change::DueDate(record)))
    }

    /// That a change for a due date can be requested for a day: a period contains it, and no older payment is open.
    pub(super) fn check_day(&self, change: &PlanChange, day: Date) -> Result<(), Errors> {
        let own = self.next_own()?.filter(|own| own.due_date <= day);
        match own {
            Some(own) if own.due_date == day && !own.was_attempted() => Ok(()),
            Some(own) if self.owes_before(change, &own, day) => Err(overdue().at_root().into()),
            None if self.running_on(day).is_none() => Err(self.outside(day).into()),
            _ => Ok(()),
        }
    }

    fn outside(&self, day: Date) -> Error {
        if self.state.ending {
            let message = "the subscription ends on that day or before: withdraw the cancellation first";
            return Error::new(Code::CancellationPending, "", message);
        }
        let message = ["no period of the subscription contains `", &day.iso(), "`"].concat();
        Error::new(Code::OutsidePeriod, "/at", message)
    }

    /// Whether an older payment has to be settled before a change, or any where the change is to another cycle.
    pub(super) fn owes_before(&self, change: &PlanChange, own: &Record, day: Date) -> bool {
        let another = self.current.schedule.is_some_and(|schedule| another_cycle(change, &schedule).is_some());
        another || !own.covers(day)
    }

    /// A change while a payment of the schedule is due (R3.11).
    fn while_open(
        &self,
        change: &PlanChange,
        schedule: &Schedule,
        own: Record,
        day: Date,
    ) -> Result<(Proration, Change), Errors> {
        if self.owes_before(change, &own, day) {
            return Err(overdue().at_root().into());
        }
        self.nothing_in_flight().map_err(Error::at_root)?;
        let mut proration = self.without_proration(change, schedule, day, *schedule, self.current.first_number);
        let prorated = change.prorate.unwrap_or(true);
        let later = self.scheduled(own.number.saturating_add(1))?.map(|period| period.start);
        let billed = own.price().unwrap_or(change.to);
        let nothing = Money::zero(change.to.currency());
        let left = own.left.unwrap_or(LeftToPayment { net: nothing, price: billed, base: billed });
        let part = own.part_left(day);
        let credit = part.of(left.price, self.terms.rule()?)?.negated();
        let charge = part.of(change.to, self.terms.rule()?)?;
        let net = charge.plus(credit)?;
        // Without a later payment what is owed is due with this one (R3.5).
        let carried = change.settle == Some(Settle::NextPayment) && (later.is_some() || net.amount() < 0);
        if prorated && !carried {
            let record = self.repriced(own, change.to, day)?;
            return Ok((proration, Change::Reprice(record)));
        }
        // The payment stays; what the change comes to is settled with the next one, once this is paid.
        let left = if prorated {
            proration = Proration { settle: Settled::NextPayment, credit, charge, net, ..proration };
            LeftToPayment { net: left.net.plus(net)?, price: change.to, base: left.base }
        } else {
            let price = left.price.at_most(change.to);
            LeftToPayment { price, base: left.base.plus(price)?.plus(left.price.negated())?, net: left.net }
        };
        let record = Record { left: Some(left), ..own };
        Ok((proration, Change::Leave(record)))
    }

    /// The balance once an open payment is paid, with what a change has left to it.
    pub(super) fn balance_after(&self, record: &Record) -> Result<Money, Error> {
        let balance = self.balance.plus(record.gross()?)?.plus(record.amount.negated())?;
        record.left.map_or(Ok(balance), |left| balance.plus(left.net))
    }

    /// The period's own payment at a new price for the days from one on (R3.11).
    fn repriced(&self, own: Record, to: Money, at: Date) -> Result<Record, Errors> {
        // What an earlier change had left to this payment ends on the day.
        let (part, rule) = (own.part_left(at), self.terms.rule()?);
        let left = match own.left {
            Some(LeftToPayment { net, price, base }) => {
                let rest = part.of(price, rule)?.plus(part.of(base, rule)?.negated())?;
                Some(LeftToPayment { net: net.plus(rest.negated())?, price: to, base: to })
            }
            None => None,
        };
        let costs_since = Some(at).filter(|_| own.amount.amount() == 0).or(own.costs_since);
        Ok(Record { left, costs_since, ..self.billed_anew(own, to, at)? })
    }

    fn billed_anew(&self, mut own: Record, to: Money, at: Date) -> Result<Record, Errors> {
        let Some(period) = own.period else { return Ok(own) };
        for attempt in &mut own.attempts {
            attempt.amount = attempt.amount.or(Some(own.amount));
        }
        own.left = None;
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
            let part = Part::days(entry.from.days_until(end), own.period_days);
            let span = Span { start: entry.from, end };
            let share = Share { part, price: entry.price, span, rule: self.terms.rule()? };
            lines.push(share.charge(LineKind::Period, LineRule::OpenPayment)?);
        }
        self.charged(own, lines)
    }

    /// Before payment 1 there is nothing to prorate: the new price, or the new schedule from the start, is that of payment 1
    /// (R2.9).
    fn before_start(&self, change: &PlanChange, schedule: &Schedule) -> Result<Proration, Errors> {
        let number = self.payments().saturating_add(1);
        let start = self.scheduled(number)?.map_or(schedule.start(), |period| period.start);
        let (new, first) = match another_cycle(change, schedule) {
            Some(cycle) => (restarted(schedule, change, cycle, start)?, number),
            None => (*schedule, self.current.first_number),
        };
        Ok(self.without_proration(change, schedule, start, new, first))
    }

    pub(super) fn with_plan(&self, price: Money, schedule: Schedule, first_number: u32) -> Subscription {
        let mut after = self.clone();
        after.current.price = price;
        if after.current.schedule != Some(schedule) {
            after.current.schedule = Some(schedule);
            after.current.first_number = first_number;
        }
        after
    }

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
            Change::Reprice(record) => {
                let key = record.key();
                let open = self.own_record(record.clone());
                *open = record;
                self.current.price = change.to;
                Some(key)
            }
            Change::Leave(record) => {
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
