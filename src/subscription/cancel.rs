//! How a subscription ends: cancelled, finished, or neither after all (R5.3, R5.9).

use super::action::Action;
use super::event::{Event, FinalPayment, When};
use super::next_action::next_action;
use super::record::{PaymentStatus, Record};
use super::state::{Over, Status, Subscription};
use crate::date::Date;
use crate::digest::Agreed;
use crate::error::{Code, Error, Errors};
use crate::json::object;
use crate::money::Money;
use crate::payment::{Payment, PaymentKind};
use crate::pricing::line::{Line, LineKind, LineRule, Span};
use crate::pricing::share::Share;

impl Subscription {
    pub(super) fn cancel(&mut self, event: &Event, on: Date) -> Result<(), Errors> {
        let Event::Cancelled { when, final_payment, digest, .. } = event else { return Ok(()) };
        let when = when.unwrap_or_default();
        self.not_ended()?;
        // It is over already, and collects what is owed.
        if self.state.over.is_some() {
            return Ok(());
        }
        let with_period = when == When::PeriodEnd && self.is_served_after(on);
        if !with_period {
            self.nothing_in_flight()?;
        }
        if let Some(shown) = digest {
            let quote = self.cancellation(when, on)?;
            if quote.digest != *shown {
                let message = "the cancellation costs something else by now: show it again";
                return Err(Error::new(Code::DigestMismatch, "/event/digest", message).into());
            }
        }
        if with_period {
            self.state.ending = true;
            self.state.waives = *final_payment == Some(FinalPayment::Waive);
            // A change that is not paid for is dropped, once no attempt at its payment is out.
            self.state.changes.iter_mut().for_each(|change| change.falls = change.payment.is_some());
            return Ok(());
        }
        let unused = self.unused_on(on)?.map_or(Money::zero(self.balance.currency()), |line| line.amount.negated());
        self.stop(on, unused, *final_payment == Some(FinalPayment::Waive))?;
        match self.state.records.iter().any(Record::is_open) {
            true => self.state.ending = true,
            false => self.end(on, Status::Cancelled, PaymentStatus::Stopped),
        }
        Ok(())
    }

    /// Whether a period that is paid for, or a trial, goes on after a day.
    fn is_served_after(&self, on: Date) -> bool {
        let served = self.paid_until().is_some_and(|end| end > on) && self.status == Status::Active;
        let in_trial = self.terms.trial_start.is_some_and(|trial_start| trial_start <= on)
            && self.status != Status::Error
            && self.served_until().is_some_and(|end| end > on);
        served || in_trial
    }

    /// The first day without service (R5.9): what is open is not made any more, but for unscheduled charges. What was not used is set
    /// against a debt, and what then remains of it is a payment of its own.
    fn stop(&mut self, on: Date, unused: Money, waive: bool) -> Result<(), Errors> {
        if let Some(paused) = self.state.paused.take() {
            self.without_days(paused, on);
        }
        self.state.over = Some(Over { on, balance: self.balance, unused });
        self.state.changes.clear();
        let kept = |record: &Record| record.kind == PaymentKind::Unscheduled && !waive;
        let open = |record: &&mut Record| record.is_open() && record.out().is_none();
        for record in self.state.records.iter_mut().filter(open).filter(|record| !kept(record)) {
            record.status = PaymentStatus::Stopped;
        }
        let debt = self.balance.at_least_zero();
        let set = if waive { debt } else { debt.at_most(unused) };
        self.balance = self.balance.plus(set.negated())?;
        if self.balance.amount() > 0 { self.collect(on) } else { Ok(()) }
    }

    /// A debt becomes a payment of its own, beside those of the last period.
    fn collect(&mut self, due_date: Date) -> Result<(), Errors> {
        let last = self.own_records().rfind(|record| record.due_date <= due_date).map_or(0, |record| record.number);
        let nothing = Money::zero(self.balance.currency());
        let record = Record::beside(PaymentKind::Final, self.key_beside(last), due_date, nothing);
        let balance = self.balance;
        let note = ["balance of ", &balance.text()].concat();
        let line = Line::apart(LineKind::Balance, balance, LineRule::Balance, note);
        self.state.records.push(Record { amount: balance, from_balance: Some(balance), lines: vec![line], ..record });
        Ok(())
    }

    /// Whether there is no service any more, though something may still be collected.
    pub(super) fn is_over(&self) -> bool {
        self.state.over.is_some() || self.status.is_final()
    }

    /// What is owed at the end, while it is not paid.
    pub(super) fn open_final(&self) -> Option<&Record> {
        self.state.records.iter().find(|record| record.kind == PaymentKind::Final && record.is_open())
    }

    /// The end of the last paid period of one that ends with it, once that has come.
    pub(super) fn reach_end(&mut self, day: Date) -> Result<bool, Errors> {
        let end = self.served_until().unwrap_or(day);
        if !self.state.ending || self.state.over.is_some() || end > day {
            return Ok(false);
        }
        self.stop(end, Money::zero(self.balance.currency()), self.state.waives)?;
        Ok(true)
    }

    /// A schedule that is over with a debt collects it on its last due date (R5.9).
    pub(super) fn collect_last_debt(&mut self) -> Result<bool, Errors> {
        let is_owed = self.balance.amount() > 0 && !self.terms.is_internal() && self.current.schedule.is_some();
        let collects = self.state.records.iter().any(|record| record.kind == PaymentKind::Final);
        if !is_owed || collects || self.state.ending || self.state.over.is_some() || self.next_own()?.is_some() {
            return Ok(false);
        }
        let Some(last) = self.own_records().next_back().map(|record| record.due_date) else { return Ok(false) };
        self.collect(last)?;
        Ok(true)
    }

    /// Once service is over, the success that settles the last payment ends it.
    pub(super) fn end_if_settled(&mut self) {
        if let Some(over) = self.state.over.filter(|_| !self.status.is_final())
            && !self.state.records.iter().any(Record::is_open)
        {
            self.end(over.on, Status::Cancelled, PaymentStatus::Stopped);
        }
    }

    pub(super) fn withdraw_cancellation(&mut self, on: Date) -> Result<(), Errors> {
        self.not_ended()?;
        if !self.state.ending || self.state.over.is_some() || self.served_until().is_none_or(|end| end <= on) {
            let message = "no cancellation waits to take force";
            return Err(Error::new(Code::NothingToWithdraw, "/event/type", message).into());
        }
        self.state.ending = false;
        self.state.changes.iter_mut().for_each(|change| change.falls = false);
        Ok(())
    }

    /// Changes whose day has passed while nothing could take force do so from a day on.
    pub(super) fn put_off_changes(&mut self, on: Date) {
        for change in self.state.changes.iter_mut().filter(|change| change.payment.is_none()) {
            change.change.at = change.change.at.max(on);
        }
    }

    pub(super) fn finish(&mut self, on: Date, told: Status) -> Result<(), Errors> {
        match next_action(self, on)? {
            Action::None { status } if status.is_final() && status == told => Ok(()),
            Action::Finish { status, .. } if status == told => {
                self.end(on, status, PaymentStatus::Stopped);
                Ok(())
            }
            // The provider that schedules also decides when it is over (R5.7).
            _ if self.terms.is_internal() && told.is_final() && !self.status.is_final() => {
                self.end(on, told, PaymentStatus::GivenUp);
                Ok(())
            }
            _ => {
                let message = "it is not over: this event answers the action `finish`, with its status";
                Err(Error::new(Code::NotEnded, "/event/status", message).into())
            }
        }
    }

    fn end(&mut self, on: Date, status: Status, open: PaymentStatus) {
        if self.state.over.is_none() {
            let nothing = Money::zero(self.balance.currency());
            let unused = self.unused_on(on).ok().flatten().map_or(nothing, |line| line.amount.negated());
            self.state.over = Some(Over { on, balance: self.balance, unused });
        }
        self.status = status;
        self.state.ended = Some(on);
        self.state.changes.clear();
        self.state.paused = None;
        for record in self.state.records.iter_mut().filter(|record| record.is_open()) {
            record.status = open;
        }
    }
}

/// What a cancellation leaves unused, gives back and collects.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CancellationQuote {
    /// The first day without service.
    pub effective: Date,
    /// The part of what was paid that is for days to come, 0 or more.
    pub unused: Money,
    /// The balance; negative in the customer's favour.
    pub balance: Money,
    /// What is the customer's: unused and balance together, where that is above 0. Nothing is refunded by itself.
    pub refund: Money,
    /// What is owed: the balance less what is unused, where that is above 0. Unscheduled charges are no part of it.
    pub owed: Money,
    /// The line that explains what is unused; none when nothing is.
    pub lines: Vec<Line>,
    /// Unscheduled charges that are open, and are collected all the same.
    pub open_charges: Vec<Payment>,
    /// The day for which this was computed.
    pub as_of: Date,
    /// The digest of what is agreed to (R8.3).
    pub digest: String,
}

object!(CancellationQuote {
    effective: required "effective",
    unused: required "unused",
    balance: required "balance",
    refund: required "refund",
    owed: required "owed",
    lines: required "lines",
    open_charges: required "openCharges",
    as_of: required "asOf",
    digest: required "digest",
});

/// When a cancellation that is quoted takes force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct CancellationOptions {
    /// At once, which is the default, or with the last period paid for.
    pub when: Option<When>,
}

object!(CancellationOptions { when: optional "when" });

/// Quotes a cancellation on a day: what is unused of what was paid, what is given back and what is still owed (R3.2, R3.9, R5.9). After
/// the end the quote is as of its day.
///
/// # Errors
/// `event_out_of_order`.
pub fn quote_cancellation(
    subscription: &Subscription,
    on: Date,
    options: CancellationOptions,
) -> Result<CancellationQuote, Errors> {
    subscription.not_before_last_event(on, "/on")?;
    subscription.as_of(on)?.cancellation(options.when.unwrap_or_default(), on)
}

impl Subscription {
    fn cancellation(&self, when: When, on: Date) -> Result<CancellationQuote, Errors> {
        let nothing = Money::zero(self.terms.price.currency());
        let at_end = when == When::PeriodEnd && self.is_served_after(on);
        let (effective, balance) = match self.state.over {
            Some(over) => (over.on, over.balance),
            None if at_end => (self.served_until().unwrap_or(on), self.balance),
            None => (on, self.balance),
        };
        let line = if at_end && self.state.over.is_none() { None } else { self.unused_on(effective)? };
        let unused = line.as_ref().map_or(nothing, |line| line.amount.negated());
        // After the end it is as of its day, whatever was settled since.
        let unused = self.state.over.map_or(unused, |over| over.unused);
        let line = line.filter(|line| line.amount.negated() == unused);
        let net = unused.plus(balance.negated())?;
        let (refund, owed) = (net.at_least_zero(), net.negated().at_least_zero());
        let open = |record: &&Record| record.kind == PaymentKind::Unscheduled && record.is_open();
        let charges = self.state.records.iter().filter(open);
        let mut agreed = Agreed::new("cancellation 1");
        agreed.day("asOf", on);
        agreed.day("effective", effective);
        agreed.money("unused", unused);
        agreed.money("balance", balance);
        agreed.money("refund", refund);
        agreed.money("owed", owed);
        Ok(CancellationQuote {
            effective,
            unused,
            balance,
            refund,
            owed,
            lines: line.into_iter().collect(),
            open_charges: charges.map(|record| *self.payment(record, record.next_attempt(), false)).collect(),
            as_of: on,
            digest: agreed.digest(),
        })
    }

    /// The line of what is unused from a day on; none where nothing is.
    fn unused_on(&self, on: Date) -> Result<Option<Line>, Errors> {
        let mut now = self.clone();
        // The days of a pause were not used, whatever becomes of it.
        if let Some(paused) = now.state.paused {
            now.without_days(paused, on);
        }
        let running = now.own_records().rfind(|record| !record.is_open() && record.covers(on));
        Ok(running.map(|record| now.unused(record, on)).transpose()?.flatten())
    }

    fn unused(&self, record: &Record, on: Date) -> Result<Option<Line>, Error> {
        let (Some(credited_price), Some(period)) = (record.credited_price, record.period) else { return Ok(None) };
        let (part, span) = (record.part_left(on), Span { start: on, end: period.end });
        let share = Share { part, price: credited_price, span, rule: self.terms.rule()? };
        Ok(Some(share.credit(record.cap)?).filter(|line| line.amount.amount() != 0))
    }
}
