//! Changes of plan in the model (R3.4 to R3.12).

use billing_rules::{Code, Date, Effective, Event, PlanChange, Proration, Schedule, Settle, Status};

use crate::events::bounded;
use crate::model::{Ask, Kind, Model, Pay, PaymentStatus, Todo, Wish, length, share};

/// What a change comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    pub effective: Date,
    pub credit: i64,
    pub charge: i64,
    pub due_now: i64,
    pub balance: i64,
}

impl From<&Proration> for Quote {
    fn from(proration: &Proration) -> Self {
        Quote {
            effective: proration.effective,
            credit: proration.credit.amount(),
            charge: proration.charge.amount(),
            due_now: proration.due_now.amount(),
            balance: proration.balance.amount(),
        }
    }
}

/// How it is carried out.
enum How {
    /// Another price, or another schedule, from payment 1 on.
    Before(Schedule),
    Reprice(Pay),
    /// Paid for at once.
    Pay(i64),
    /// In force at once, so much carried into the balance.
    Carry(i64),
    AtPeriodEnd,
}

impl Model {
    /// Whether the change is to another cycle, and the schedule that begins with it on a day.
    fn restart(&self, change: &PlanChange, on: Date) -> Result<Option<Schedule>, Code> {
        let old = self.schedule.unwrap();
        let Some(cycle) = change.cycle.filter(|cycle| length(*cycle) != length(old.cycle())) else { return Ok(None) };
        match old.end_date().is_some_and(|end| end < on) {
            true => Err(Code::EndBeforeStart),
            false => Ok(Some(bounded(Schedule::new(on, cycle), old.end_date(), change.payment_count))),
        }
    }

    fn possible(&self, change: &PlanChange) -> Result<bool, Code> {
        let old = self.schedule.unwrap();
        let another = change.cycle.is_some_and(|cycle| length(cycle) != length(old.cycle()));
        match () {
            () if another && change.settle == Some(Settle::NextPayment) => Err(Code::SettleNotAllowed),
            () if another && old.payment_count().is_some() && change.payment_count.is_none() => {
                Err(Code::PaymentCountRequired)
            }
            () if !another && change.payment_count.is_some() => Err(Code::PaymentCountNotAllowed),
            () => Ok(another),
        }
    }

    fn may_change(&self) -> Result<(), Code> {
        match () {
            () if self.status.is_final() => Err(Code::SubscriptionEnded),
            () if self.internal => Err(Code::ProviderManaged),
            () if self.paused.is_some() => Err(Code::SubscriptionPaused),
            () if self.ending => Err(Code::CancellationPending),
            () if self.schedule.is_none() => Err(Code::NoSchedule),
            () => Ok(()),
        }
    }

    /// R3.4, R3.5: whether it takes force on its day, or with the next due date.
    fn at_period_end(&self, change: &PlanChange) -> bool {
        let old = self.schedule.unwrap().cycle();
        let new = change.cycle.unwrap_or(old);
        let downgrade = length(new) <= length(old)
            && i128::from(change.to.amount()) * length(old) < i128::from(self.price) * length(new);
        match change.effective {
            Some(effective) => effective == Effective::PeriodEnd,
            None => downgrade,
        }
    }

    fn assess(&self, change: &PlanChange) -> Result<(Quote, How), Code> {
        self.may_change()?;
        let another = self.possible(change)?;
        let (at, to) = (change.at, change.to.amount());
        let nothing = Quote { effective: at, credit: 0, charge: 0, due_now: 0, balance: self.balance };
        let own = self.own();
        let running = self.pays.iter().rfind(|pay| pay.is_own() && !pay.is_open() && pay.covers(at));
        if let Some(own) = own.as_ref().filter(|own| own.due <= at) {
            // R3.11: the payment of the period is open.
            if another || !own.covers(at) {
                return Err(Code::PaymentOverdue);
            }
            if self.at_period_end(change) {
                let later = self.period(own.number + 1).ok_or(Code::NoNextPayment)?;
                return Ok((Quote { effective: later.start, ..nothing }, How::AtPeriodEnd));
            }
            if self.out().is_some() {
                return Err(Code::PaymentInFlight);
            }
            return Ok((nothing, How::Reprice(self.repriced(own.clone(), to, at))));
        }
        let Some(running) = running else {
            // R2.9: before payment 1.
            let own = own.filter(|_| self.settled() < self.first).ok_or(Code::OutsidePeriod)?;
            let schedule = self.restart(change, own.due)?.unwrap_or(self.schedule.unwrap());
            return Ok((Quote { effective: own.due, ..nothing }, How::Before(schedule)));
        };
        if self.at_period_end(change) {
            let effective = own.ok_or(Code::NoNextPayment)?.due;
            self.restart(change, effective)?;
            return Ok((Quote { effective, ..nothing }, How::AtPeriodEnd));
        }
        let restart = self.restart(change, at)?;
        if self.out().is_some() {
            return Err(Code::PaymentInFlight);
        }
        // R3.2, each rounded by itself.
        let left = at.days_until(running.period.unwrap().1);
        let part = |price| if running.of == 0 { 0 } else { share(price, left, running.of) };
        let prorate = change.prorate.unwrap_or(true);
        let credit = if prorate { -part(running.credited_price.unwrap_or(0)) } else { 0 };
        let charge = match restart {
            Some(_) => to,
            None if prorate => part(to),
            None => 0,
        };
        let net = credit + charge;
        let carried = change.settle == Some(Settle::NextPayment) && (own.is_some() || net < 0);
        let now = if carried { 0 } else { net.max(0) };
        let due_now = (now + self.balance.min(0)).max(0);
        let quote = Quote { effective: at, credit, charge, due_now, balance: self.balance + net - due_now };
        Ok((quote, if now > 0 { How::Pay(net) } else { How::Carry(net) }))
    }

    /// R3.11: the open payment at the old price for the days gone, and at the new one for those to come.
    fn repriced(&self, mut own: Pay, to: i64, at: Date) -> Pay {
        let (start, end) = own.period.unwrap();
        own.prices.retain(|(from, _)| *from < at);
        own.prices.push((at, to));
        own.gross = 0;
        if at == start {
            let mut priced = self.clone();
            priced.price = to;
            own.gross = priced.fresh(own.number).unwrap().gross;
        } else if own.of > 0 {
            let ends = own.prices.iter().skip(1).map(|(from, _)| *from).chain([end]);
            own.gross = own
                .prices
                .iter()
                .zip(ends)
                .map(|((from, price), end)| share(*price, from.days_until(end), own.of))
                .sum();
        }
        self.with_balance(own)
    }

    /// What a change costs: for a later day, as if all payments until then were made.
    pub fn quote(&self, change: &PlanChange, on: Date) -> Result<Quote, Code> {
        let mut now = self.clone();
        now.live_until(on);
        if change.at < on {
            return Err(Code::OutOfRange);
        }
        if change.at > on {
            now.may_change()?;
            now.pay_all(on, change.at);
        }
        now.assess(change).map(|(quote, _)| quote)
    }

    fn pay_all(&mut self, from: Date, through: Date) {
        let mut day = from;
        while day <= through {
            let told = |ask: &Ask| format!("{}-{}-{}-{}", crate::model::ID, ask.number, ask.extra, ask.attempt);
            let succeeded =
                |reference| Event::PaymentSucceeded { reference, on: day, provider_reference: None, amount: None };
            self.live_until(day);
            match self.todo(day) {
                Todo::Wait(until) => day = until,
                Todo::Finish(status, _) => self.apply(&Event::Finished { on: day, status }).unwrap(),
                Todo::Record(ask) => self.apply(&succeeded(told(&ask))).unwrap(),
                Todo::Checkout(ask) | Todo::Charge(ask) => {
                    self.apply(&Event::AttemptStarted { reference: told(&ask), on: day }).unwrap();
                    self.apply(&succeeded(told(&ask))).unwrap();
                }
                _ => break,
            }
        }
        self.live_until(through);
    }

    /// R3.5: a change was asked for.
    pub fn wish(&mut self, event: &Event, on: Date) -> Result<(), Code> {
        let Event::PlanChanged { to, at, cycle, payment_count, effective, settle, prorate, customer_present, .. } =
            event
        else {
            panic!("{event:?}")
        };
        let mut change = PlanChange::new(*to, *at);
        (change.cycle, change.payment_count, change.effective) = (*cycle, *payment_count, *effective);
        (change.settle, change.prorate) = (*settle, *prorate);
        self.quote(&change, on)?;
        let present = customer_present.unwrap_or(false);
        self.wishes.push(Wish { change, present, pay: None, at_period_end: *effective == Some(Effective::PeriodEnd) });
        match *at > on {
            true => Ok(()),
            false => self.carry_out(self.wishes.len() - 1),
        }
    }

    fn carry_out(&mut self, mut at: usize) -> Result<(), Code> {
        let Wish { change, present, .. } = self.wishes[at];
        let (_, how) = self.assess(&change)?;
        if let How::AtPeriodEnd = how {
            self.wishes[at].at_period_end = true;
            return Ok(());
        }
        if let Some(unpaid) = self.wishes.iter().position(|wish| wish.pay.is_some()) {
            self.drop_wish(unpaid);
            at -= usize::from(unpaid < at);
        }
        match how {
            How::AtPeriodEnd => {}
            How::Before(schedule) => {
                let number = self.settled() + 1;
                self.price = change.to.amount();
                if self.schedule != Some(schedule) {
                    (self.schedule, self.first) = (Some(schedule), number);
                }
                self.wishes.drain(..=at);
            }
            How::Reprice(own) => {
                self.price = change.to.amount();
                let known = self.put(own.clone());
                *known = own;
                self.wishes.drain(..=at);
            }
            How::Pay(net) => {
                let place = self.place_beside(self.settled());
                let pay = Pay { present, ..Pay::beside(Kind::Change, place, change.at, net) };
                self.wishes[at].pay = Some(place);
                self.pays.push(self.with_balance(pay));
            }
            How::Carry(net) => {
                self.owed += net;
                self.balance += net;
                self.take_force(&change);
                self.wishes.drain(..=at);
            }
        }
        Ok(())
    }

    pub fn paid_change(&mut self, place: (u32, u32)) {
        let at = self.wishes.iter().position(|wish| wish.pay == Some(place)).unwrap();
        let change = self.wishes[at].change;
        self.take_force(&change);
        self.wishes.drain(..=at);
    }

    fn take_force(&mut self, change: &PlanChange) {
        let (number, to) = (self.settled(), change.to.amount());
        let restart = self.restart(change, change.at).unwrap();
        self.price = to;
        let running = self.pays.iter_mut().find(|pay| pay.is_own() && pay.number == number).unwrap();
        let Some(schedule) = restart else {
            running.credited_price = match (running.credited_price, change.prorate.unwrap_or(true)) {
                (_, true) => Some(to),
                (credited_price, false) => credited_price.map(|credited_price| credited_price.min(to)),
            };
            return;
        };
        running.period = running.period.map(|(start, _)| (start, change.at));
        (self.schedule, self.first, self.exhausted) = (Some(schedule), number + 1, false);
        let ending = std::mem::replace(&mut self.ending, false);
        let fresh = self.fresh(number + 1).unwrap();
        self.ending = ending;
        self.pays.push(Pay {
            gross: 0,
            from_balance: 0,
            credited_price: Some(to),
            status: PaymentStatus::Included,
            ..fresh
        });
    }

    /// A change whose day has come: the earliest first, of one day the one that was asked for last.
    pub fn take_wish(&mut self, day: Date) -> bool {
        if self.ending || self.wishes.is_empty() || self.status == Status::Cancelled {
            return false;
        }
        let own = self.own().filter(|own| own.due <= day && !own.was_attempted());
        let due = |wish: &Wish| match wish.at_period_end {
            true => own.as_ref().map(|own| own.due).filter(|due| *due > wish.change.at),
            false => Some(wish.change.at).filter(|at| *at <= day),
        };
        let waiting = self.wishes.iter().enumerate().filter(|(_, wish)| wish.pay.is_none());
        let mut due: Vec<(Date, usize)> = waiting.filter_map(|(at, wish)| Some((due(wish)?, at))).collect();
        due.sort_by_key(|(effect, at)| (*effect, std::cmp::Reverse(*at)));
        let Some((_, at)) = due.first().copied() else { return false };
        let change = self.wishes[at].change;
        if self.wishes[at].at_period_end {
            self.price = change.to.amount();
            let own = own.unwrap();
            if let Some(schedule) = self.restart(&change, own.due).unwrap() {
                (self.schedule, self.first) = (Some(schedule), own.number);
            }
            self.wishes.drain(..=at);
            return true;
        }
        match self.carry_out(at) {
            Ok(()) => true,
            Err(Code::PaymentOverdue) => false,
            Err(_) => {
                self.drop_wish(at);
                true
            }
        }
    }
}
