//! What a change of plan costs a subscription (R3.5 to R3.12).

use super::apply::overdue;
use super::event::Event;
use super::record::{PriceFrom, Record};
use super::simulate::{Script, simulate};
use super::state::Subscription;
use super::terms::no_schedule;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::json::object;
use crate::money::Money;
use crate::pricing::line::{Fraction, Line, LineKind, LineRule, Span};
use crate::pricing::period_price::Part;
use crate::pricing::proration::{
    Effective, NextPayment, PlanChange, Proration, Running, Settled, another_cycle, check,
};
use crate::schedule::Schedule;

/// A change of plan with what it costs, and the event that carries it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanChangeQuote {
    /// What it costs.
    pub proration: Proration,
    /// The event, with the digest of what it costs.
    pub event: Event,
}

object!(PlanChangeQuote { proration: required "proration", event: required "event" });

/// Computes what a change of plan costs a subscription on a day, and the event that carries it out (R3.5 to R3.12).
///
/// A change for a later day is computed as if every payment until then were made. Nothing is changed by this: apply the event.
///
/// # Errors
/// What [`prorate`](crate::prorate) refuses; `event_out_of_order`; `payment_in_flight`; `payment_overdue` for an older
/// payment that is open, or for another cycle while any is; `out_of_range` for a change before the day it is asked for;
/// `subscription_ended`, `cancellation_pending`, `subscription_paused`; `no_schedule`, `provider_managed`.
pub fn quote_plan_change(
    subscription: &Subscription,
    change: &PlanChange,
    on: Date,
) -> Result<PlanChangeQuote, Errors> {
    subscription.not_before_last_event(on, "/on")?;
    let proration = subscription.as_of(on)?.quote(change, on).map_err(|errors| errors.prefixed("/change"))?;
    let event = Event::plan_changed(change, Some(proration.digest.clone()), on);
    Ok(PlanChangeQuote { proration, event })
}

/// What a change comes to, and how it is carried out.
pub(super) enum Change {
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
    pub(super) fn quote(&self, change: &PlanChange, on: Date) -> Result<Proration, Errors> {
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
        self.not_ended().map_err(Error::at_root)?;
        self.scheduled_here().map_err(Error::at_root)?;
        self.not_paused().map_err(Error::at_root)?;
        if self.state.ending {
            let message = "the subscription ends with its period: withdraw the cancellation first";
            return Err(Error::new(Code::CancellationPending, "", message));
        }
        self.current.schedule.ok_or_else(|| no_schedule(""))
    }

    /// What a change comes to on its day, the subscription being as that day finds it.
    pub(super) fn assess(&self, change: &PlanChange) -> Result<(Proration, Change), Errors> {
        let schedule = self.may_change()?;
        check(change, &schedule, self.current.price, self.terms.rule()?)?;
        let at = change.at;
        let own = self.next_own()?;
        let running = self.running_on(at);
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
                    self.nothing_in_flight().map_err(Error::at_root)?;
                }
                (proration, if prorated { Change::Prorate } else { Change::AtPeriodEnd })
            }
            (None, _) => {
                let message = ["no period of the subscription contains `", &at.iso(), "`"].concat();
                return Err(Error::new(Code::OutsidePeriod, "/at", message).into());
            }
        };
        Ok((proration.with_digest(change), how))
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
            credited: record.credited_price.unwrap_or(Money::zero(change.to.currency())),
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
            return Err(overdue().at_root().into());
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
            as_of: change.at,
            digest: String::new(),
        };
        if effective != change.at {
            return Ok((proration, Change::AtPeriodEnd));
        }
        self.nothing_in_flight().map_err(Error::at_root)?;
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
            let part = match own.period_days {
                0 => Part::Nothing,
                period_days => Part::Days(Fraction { days, period_days }),
            };
            let fraction = part.fraction();
            let words = fraction.map_or("free of charge".into(), Fraction::text);
            let note = [&words, " at ", &entry.price.text()].concat();
            let span = Some(Span { start: entry.from, end });
            let amount = part.of(entry.price, self.terms.rule()?)?;
            let line = Line::apart(LineKind::Period, amount, LineRule::OpenPayment, note);
            lines.push(Line { price: Some(entry.price), period: span, fraction, ..line });
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
