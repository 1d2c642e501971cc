//! What a change of plan costs, by living it in the model.

use billing_rules::{ChargeStatus, Code, Date, Effective, Event, PlanChange, PlanChangeQuote, Settle};

use crate::force_days::restart;
use crate::model::{ID, Model, Wish, plus};
use crate::pauses::Pause;
use crate::pays::{Attempt, Kind, Outcome, Pay};
use crate::todo::{Ask, Todo};

/// What a change comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    pub effective: Date,
    pub credit: i64,
    pub charge: i64,
    /// What the payment takes that the change makes or reprices.
    pub due_now: i64,
    pub balance: i64,
    /// The day and amount of the payment after it.
    pub next: Option<(Date, i64)>,
    /// The defaults, resolved.
    pub resolved: (Effective, Settle),
}

impl From<&PlanChangeQuote> for Quote {
    fn from(quote: &PlanChangeQuote) -> Self {
        let proration = &quote.proration;
        let Event::PlanChanged { effective, settle, .. } = &quote.event else { panic!("{:?}", quote.event) };
        Quote {
            effective: proration.effective,
            credit: proration.credit.amount(),
            charge: proration.charge.amount(),
            due_now: proration.due_now.amount(),
            balance: proration.balance.amount(),
            next: proration.next_payment.as_ref().map(|next| (next.due_date, next.amount.amount())),
            resolved: (effective.unwrap(), settle.unwrap()),
        }
    }
}

impl Model {
    /// What a change costs, by living it: for a later day, as if all payments until then were made.
    pub fn quote(&self, change: &PlanChange, on: Date) -> Result<Quote, Code> {
        let mut now = self.clone();
        now.live_until(on);
        if change.at < on {
            return Err(Code::OutOfRange);
        }
        now.may_change(change.at)?;
        // Over by the policy: nothing of it is ever charged.
        if now.own_due().is_some_and(|(_, due)| due <= on) && matches!(now.todo(on), Todo::Finish(..)) {
            return Err(Code::SubscriptionEnded);
        }
        if change.at > on {
            now.pay_all(on, plus(change.at, -1));
        }
        let at_period_end = now.schedule.is_some() && now.at_period_end(change);
        let wish = Wish { at_period_end, ..Wish::new(change.clone(), false) };
        let mut then = now.clone();
        then.live_until(change.at);
        if now.schedule.is_some() && at_period_end && !now.is_before(change.at) {
            then.pay_due(change.at);
        }
        then.wishes.push(wish.clone());
        let mut force = then.force_days().pop().flatten();
        // As a planned pause will have moved it.
        if then.pause.is_some_and(|pause| force.is_some_and(|day| pause.from <= day)) {
            then.pass_pause();
            force = then.force_days().pop().flatten();
        }
        let later = force.is_none_or(|day| day > change.at) && at_period_end;
        if !later {
            now.make_way(change.at);
        }
        now.live_until(change.at);
        let (mut quote, how) = now.assess(change, later)?;
        // A day inside a planned pause is none on which anything takes force.
        let inside =
            |pause: &Pause| pause.begun.is_none() && pause.until.is_none() && pause.blocks(force.unwrap_or(change.at));
        if self.pause.as_ref().is_some_and(inside) {
            return Err(Code::SubscriptionPaused);
        }
        quote.resolved.0 = if at_period_end { Effective::PeriodEnd } else { Effective::OnDate };
        if later {
            quote.effective = now.later_day(change, on, force)?;
        }
        now.wishes.push(Wish { immediate: !later && change.at == on, ..wish });
        let made = now.carry_out(now.wishes.len() - 1, how);
        now.day(change.at);
        // Where it leaves a debt that no payment follows, that is collected at once.
        let last = now.pays.iter().find(|pay| pay.kind == Kind::Final && pay.is_open()).map(Pay::place);
        let made = made.or(last.filter(|_| !later));
        let of = |place: (u32, u32)| {
            let known = now.pays.iter().find(|pay| pay.place() == place).cloned();
            known.or_else(|| now.own().filter(|own| own.place() == place))
        };
        if let Some(made) = made.and_then(of) {
            quote.due_now = made.amount();
            quote.balance = now.balance + made.owed() + made.carried - made.amount();
        } else {
            quote.balance = now.balance;
        }
        quote.next = now.next_after(change.at);
        Ok(quote)
    }

    /// The changes that another one of their day replaces: it is quoted as if they had not been requested.
    fn make_way(&mut self, day: Date) {
        let days = self.force_days();
        for index in (0..days.len()).rev().filter(|index| days[*index] == Some(day)) {
            if self.wishes[index].pay.is_none() || self.out().is_none() {
                self.drop_wish(index);
            }
        }
    }

    /// The due date on which a change takes force, where it can: those before it are taken as in force.
    fn later_day(&self, change: &PlanChange, on: Date, force: Option<Date>) -> Result<Date, Code> {
        let day = force.ok_or(if self.ending || self.ends_on.is_some() {
            Code::CancellationPending
        } else {
            Code::NoNextPayment
        })?;
        let mut then = self.clone();
        let from = change.at.max(on);
        then.pay_due(from);
        then.pay_all(from, plus(day, -1));
        if then.status.is_final() {
            return Err(Code::SubscriptionEnded);
        }
        then.make_way(day);
        // A pause has skipped the last due date.
        let mut seen = then.clone();
        seen.live_until(day);
        let ends = then.ending || then.ends_on.is_some();
        if !ends && seen.own_due().is_none() && seen.running_on(day).is_none() {
            return Err(Code::NoNextPayment);
        }
        then.possible(change)?;
        if (then.ending || then.ends_on.is_some()) && then.end_day().is_none_or(|end| end <= day) {
            return Err(Code::CancellationPending);
        }
        restart(then.schedule.unwrap(), change, day)?;
        Ok(day)
    }

    /// What is out succeeds, and what is owed by then is paid, whether or not the policy would try it again.
    fn pay_due(&mut self, from: Date) {
        if self.out().is_some() {
            self.pay_one(from);
        }
        let owed = |own: &Pay| own.due < from || own.due == from && own.was_attempted();
        while let Some(pay) = self.own().filter(owed).or_else(|| self.unpaid_change().cloned()) {
            if self.over.is_some() || self.status.is_final() {
                return;
            }
            let place = pay.place();
            self.put(pay);
            let at = self.pays.iter().position(|pay| pay.place() == place).unwrap();
            let (amount, card) = (self.pays[at].amount(), self.card);
            let (by_cardholder, unbinds, outcome, charge) = (false, false, Outcome::Out, None);
            self.pays[at].attempts.push(Attempt { on: from, amount, by_cardholder, unbinds, card, outcome, charge });
            let last = self.pays[at].attempts.len() - 1;
            self.take(at, last, None, None, from).unwrap();
            self.live_until(from);
        }
    }

    /// The first payment that falls due after a day, every one until then being made.
    fn next_after(&mut self, day: Date) -> Option<(Date, i64)> {
        let mut today = day;
        loop {
            self.live_until(today);
            match self.todo(today) {
                Todo::Wait(until) => today = until,
                Todo::Checkout(ask) | Todo::Charge(ask) | Todo::Record(ask)
                    if ask.due > day && self.is_scheduled(&ask) =>
                {
                    return Some((ask.due, ask.amount));
                }
                Todo::Checkout(_) | Todo::Charge(_) | Todo::Record(_) | Todo::Resolve(_) => self.pay_one(today),
                _ => return None,
            }
        }
    }

    /// Whether it is of the schedule, or of a change of plan.
    fn is_scheduled(&self, ask: &Ask) -> bool {
        let known = self.pays.iter().find(|pay| pay.place() == (ask.number, ask.extra));
        known.map_or(ask.number > 0, |pay| matches!(pay.kind, Kind::Own | Kind::Change))
    }

    fn pay_one(&mut self, on: Date) {
        let (Todo::Checkout(ask) | Todo::Charge(ask) | Todo::Record(ask) | Todo::Resolve(ask)) = self.todo(on) else {
            return;
        };
        let reference = format!("{}-{}-{}-{}", ID, ask.number, ask.extra, ask.attempt);
        if matches!(self.todo(on), Todo::Checkout(_) | Todo::Charge(_)) {
            self.apply(&Event::AttemptStarted { reference: reference.clone(), on }).unwrap();
        }
        self.apply(&Event::PaymentSucceeded { reference, on, provider_reference: None, amount: None }).unwrap();
    }

    pub fn pay_all(&mut self, from: Date, through: Date) {
        let mut day = from;
        while day <= through {
            self.live_until(day);
            match self.todo(day) {
                Todo::Wait(until) => day = until,
                Todo::Finish(status, _) => self.apply(&Event::Finished { on: day, status }).unwrap(),
                Todo::Record(_) | Todo::Checkout(_) | Todo::Charge(_) => self.pay_one(day),
                Todo::Await(ask) => {
                    let provider_reference = format!("ahead-{}", ask.number);
                    let (status, amount, decline) = (ChargeStatus::Succeeded, None, None);
                    let charge = Event::ProviderCharge { provider_reference, status, amount, decline, on: day };
                    self.apply(&charge).unwrap();
                }
                _ => break,
            }
        }
        self.live_until(through);
    }
}
