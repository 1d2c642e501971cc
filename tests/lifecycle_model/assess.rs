//! What a change of plan costs on its day, and how it is carried out (R3.4 to R3.11).

use billing_rules::{Code, Date, Effective, PlanChange, Schedule, Settle};

use crate::force_days::restart;
use crate::model::{Model, length, share};
use crate::pays::{Pay, PaymentStatus};
use crate::plans::amount_of;
use crate::quotes::Quote;

/// How it is carried out.
pub enum How {
    /// Another price, or another schedule, from payment 1 on.
    Before(Schedule),
    /// Before the payment of a due date.
    AtDue(Pay, Option<Schedule>),
    /// The open payment, repriced or as it was.
    Open(Pay),
    /// Paid for at once, within the period of a number.
    Pay(i64, u32),
    /// In force at once, so much carried into the balance.
    Carry(i64, u32),
    AtPeriodEnd,
}

impl Model {
    pub fn possible(&self, change: &PlanChange) -> Result<bool, Code> {
        let (old, another) = (self.schedule.unwrap(), self.is_another(change));
        match () {
            () if another && change.settle == Some(Settle::NextPayment) => Err(Code::SettleNotAllowed),
            () if another && old.payment_count().is_some() && change.payment_count.is_none() => {
                Err(Code::PaymentCountRequired)
            }
            () if !another && change.payment_count.is_some() => Err(Code::PaymentCountNotAllowed),
            () => Ok(another),
        }
    }

    pub fn may_change(&self, at: Date) -> Result<(), Code> {
        match () {
            () if self.status.is_final() => Err(Code::SubscriptionEnded),
            () if self.internal => Err(Code::ProviderManaged),
            () if self.paused_since().is_some_and(|from| from <= at) => Err(Code::SubscriptionPaused),
            () if self.schedule.is_none() => Err(Code::NoSchedule),
            () if (self.ending || self.ends_on.is_some()) && self.end_day().is_none_or(|end| end <= at) => {
                Err(Code::CancellationPending)
            }
            () => Ok(()),
        }
    }

    /// R3.4, R3.5: whether it takes force on its day, or on the first due date from there on.
    pub fn at_period_end(&self, change: &PlanChange) -> bool {
        let old = self.schedule.unwrap().cycle();
        let new = change.cycle.unwrap_or(old);
        let downgrade = length(new) <= length(old)
            && i128::from(amount_of(&change.to)) * length(old) < i128::from(self.price) * length(new);
        match change.effective {
            Some(effective) => effective == Effective::PeriodEnd,
            None => downgrade,
        }
    }

    pub fn assess(&self, change: &PlanChange, at_period_end: bool) -> Result<(Quote, How), Code> {
        self.may_change(change.at)?;
        // One for a later due date is compared with what is in force then.
        let another = if at_period_end { self.is_another(change) } else { self.possible(change)? };
        let (at, to) = (change.at, amount_of(&change.to));
        let effective = if at_period_end { Effective::PeriodEnd } else { Effective::OnDate };
        let resolved = (effective, change.settle.unwrap_or(Settle::Now));
        let (balance, next) = (self.balance, None);
        let nothing = Quote { effective: at, credit: 0, charge: 0, due_now: 0, balance, next, resolved };
        let old = self.schedule.unwrap();
        let own = self.own();
        if self.is_before(at) {
            let due = own.unwrap().due;
            let schedule = restart(old, change, due)?.unwrap_or(old);
            return Ok((Quote { effective: due, ..nothing }, How::Before(schedule)));
        }
        let on_due = own.as_ref().filter(|own| own.due == at && !own.was_attempted());
        if let Some(own) = on_due.filter(|_| !at_period_end) {
            if self.out().is_some() {
                return Err(Code::PaymentInFlight);
            }
            return Ok((nothing, How::AtDue(own.clone(), restart(old, change, at)?)));
        }
        let open = own.as_ref().filter(|own| own.due <= at && on_due.is_none());
        if open.is_some_and(|own| another || !own.covers(at)) {
            return Err(Code::PaymentOverdue);
        }
        let running = self.running_on(at).map(|at| &self.pays[at]);
        if open.is_none() && running.is_none() && on_due.is_none() {
            let ends = self.ending || self.ends_on.is_some();
            return Err(if ends { Code::CancellationPending } else { Code::OutsidePeriod });
        }
        if at_period_end {
            return Ok((nothing, How::AtPeriodEnd));
        }
        if self.out().is_some() {
            return Err(Code::PaymentInFlight);
        }
        let restart = restart(old, change, at)?;
        // In a skipped number a change makes no lines (R5.13).
        let skipped = running.is_some_and(|running| running.status == PaymentStatus::Skipped);
        let prorate = change.prorate.unwrap_or(true) && !skipped;
        let later = change.settle == Some(Settle::NextPayment);
        if let Some(own) = open {
            // What is left to the payment after it is told as what it comes to.
            let stands = own.credited_price.unwrap_or(own.prices.last().unwrap().1);
            let (credit, charge) = (-own.part(stands, at), own.part(to, at));
            let carried = prorate && later && (credit + charge < 0 || self.is_followed(own.number));
            let quote = if carried { Quote { credit, charge, ..nothing } } else { nothing };
            return Ok((quote, How::Open(self.changed(own.clone(), to, at, prorate, later))));
        }
        // R3.2, each rounded by itself.
        let running = running.unwrap();
        let credit = if prorate { -self.credit_on(running, at).amount } else { 0 };
        let charge = match restart {
            Some(schedule) => self.first_of(schedule, to),
            None if prorate => running.part(to, at),
            None => 0,
        };
        let net = credit + charge;
        let now = if later && (own.is_some() || net < 0) { 0 } else { net.max(0) };
        let quote = Quote { credit, charge, ..nothing };
        let number = running.number;
        Ok((quote, if now > 0 { How::Pay(net, number) } else { How::Carry(net, number) }))
    }

    /// What a schedule's first payment takes at a price.
    fn first_of(&self, schedule: Schedule, price: i64) -> i64 {
        if schedule.anchor_day().is_none() {
            return price;
        }
        let mut then = self.clone();
        (then.price, then.schedule, then.first, then.exhausted, then.ending) = (price, Some(schedule), 1, None, false);
        then.ends_on = None;
        then.older.clear();
        then.last_stub = None;
        then.fresh(1).map_or(price, |first| first.gross)
    }

    /// Whether a number follows that is not to be skipped.
    fn is_followed(&self, number: u32) -> bool {
        let mut later = (number + 1..).map_while(|number| Some((number, self.period(number)?.start)));
        later.any(|(number, due)| !self.is_to_skip(number, due))
    }

    /// R3.11: the open payment after a change.
    fn changed(&self, mut own: Pay, to: i64, at: Date, prorate: bool, later: bool) -> Pay {
        let billed = own.prices.last().unwrap().1;
        let stands = own.credited_price.unwrap_or(billed);
        if !prorate {
            let lower = stands.min(to);
            own.carried_base = own.carried_base.map(|base| base - (stands - lower));
            own.credited_price = Some(lower);
            return own;
        }
        let net = own.part(to, at) - own.part(stands, at);
        if later && (net < 0 || self.is_followed(own.number)) {
            own.carried += net;
            (own.credited_price, own.carried_base) = (Some(to), own.carried_base.or(Some(stands)));
            return own;
        }
        // What was left for later at another price ends where this one begins.
        if let Some(base) = own.carried_base.take() {
            own.carried -= own.part(stands, at) - own.part(base, at);
        }
        self.repriced(own, to, at)
    }

    /// R3.11: at the old price for the days gone, and at the new one for those to come.
    fn repriced(&self, mut own: Pay, to: i64, at: Date) -> Pay {
        // What was cut off is credited at the new price.
        let free = own.amount() == 0;
        let cut = own.cut.take();
        own.period = own.period.map(|(start, end)| (start, cut.map_or(end, |cut| cut.end)));
        let end = own.period.unwrap().1;
        own.prices.retain(|(from, _)| *from < at);
        // There and back, the days have their price already.
        if own.prices.last().is_none_or(|(_, price)| *price != to) {
            own.prices.push((at, to));
        }
        (own.gross, own.credited_price) = (0, None);
        if let [(_, price)] = own.prices[..] {
            // At one price it costs what it has always cost.
            own.gross = share(price, own.whole.0, own.whole.1);
        } else if own.of > 0 {
            let ends = own.prices.iter().skip(1).map(|(from, _)| *from).chain([end]);
            own.gross = own
                .prices
                .iter()
                .zip(ends)
                .map(|((from, price), end)| share(*price, own.served(*from, end), own.of))
                .sum();
        }
        own.checkout_from = Some(at).filter(|_| free).or(own.checkout_from);
        let mut own = if cut.is_some() { self.cut(own) } else { own };
        if let (Some(now), Some(before)) = (&mut own.cut, cut) {
            now.attempts = before.attempts;
        }
        self.with_balance(own)
    }
}
