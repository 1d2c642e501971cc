//! What a change of plan is on its day: what it costs, and how it is carried out (R3.6 to R3.12).

use super::apply::overdue;
use super::record::Record;
use super::state::Subscription;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::money::Money;
use crate::pricing::proration::{Effective, PlanChange, Proration, Running, Settled, another_cycle, check, restarted};
use crate::schedule::Schedule;
use crate::terms::no_schedule;

/// How a change is carried out.
pub(super) enum Change {
    /// Nothing is paid yet: payment 1 has the new price, or the schedule is another from its start.
    BeforeStart,
    /// The payment that is due on the day, and was never attempted, has the new price whole (R3.5).
    DueDate(Record),
    /// The period's own payment is open: this is what the change makes of it (R3.11).
    Open(Record),
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
    pub(super) fn without_proration(
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

    /// The schedule of a change that takes force before a payment, and its first number: another cycle begins with that payment.
    fn begun_on(
        &self,
        change: &PlanChange,
        schedule: &Schedule,
        day: Date,
        number: u32,
    ) -> Result<(Schedule, u32), Error> {
        match another_cycle(change, schedule) {
            Some(cycle) => Ok((restarted(schedule, change, cycle, day)?, number)),
            None => Ok((*schedule, self.current.first_number)),
        }
    }

    /// A change for a due date whose payment was never attempted takes force before it (R3.5).
    fn on_due_date(
        &self,
        change: &PlanChange,
        schedule: &Schedule,
        mut own: Record,
    ) -> Result<(Proration, Change), Errors> {
        self.nothing_in_flight().map_err(Error::at_root)?;
        let (new, first) = self.begun_on(change, schedule, own.due_date, own.number)?;
        let fresh = self.with_plan(change.to, new, first).fresh(own.number)?;
        let fresh = fresh.ok_or_else(|| Error::new(Code::Internal, "", "the due date has no payment"))?;
        let proration = self.without_proration(change, schedule, own.due_date, new, first);
        own.keep_amounts();
        let record = Record { kind: own.kind, attempts: own.attempts, customer_present: own.customer_present, ..fresh };
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

    pub(super) fn outside(&self, day: Date) -> Error {
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

    /// Before payment 1 there is nothing to prorate: the new price, or the new schedule from the start, is that of payment 1
    /// (R2.9).
    fn before_start(&self, change: &PlanChange, schedule: &Schedule) -> Result<Proration, Errors> {
        let number = self.payments().saturating_add(1);
        let start = self.scheduled(number)?.map_or(schedule.start(), |period| period.start);
        let (new, first) = self.begun_on(change, schedule, start, number)?;
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
}
