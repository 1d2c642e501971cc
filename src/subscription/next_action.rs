//! What has to happen next.

use super::action::Action;
use super::availability::Availability;
use super::record::Record;
use super::state::{Status, Subscription};
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::indicator::{EstablishedBy, Timing};
use crate::payment::{Payment, PaymentKind};
use crate::retry::OnExhausted;
use crate::terms::Initiation;

/// Tells what has to happen next, on a day (R5).
///
/// # Errors
/// `event_out_of_order`; `out_of_range` when a payment would lie after 9999-12-31.
pub fn next_action(subscription: &Subscription, today: Date) -> Result<Action, Errors> {
    subscription.not_before_last_event(today, "/today")?;
    subscription.as_of(today)?.action(today)
}

/// What is left to do when nothing is due: the first of some days, or nothing.
#[derive(Default)]
struct Days(Option<Date>);

impl Days {
    fn add(&mut self, day: Date) {
        self.0 = Some(self.0.map_or(day, |first| first.min(day)));
    }
}

impl Subscription {
    /// That a day does not lie before that of the last event.
    pub(super) fn not_before_last_event(&self, day: Date, path: &str) -> Result<(), Error> {
        if self.state.on.is_some_and(|last| day < last) {
            return Err(Error::at(Code::EventOutOfOrder, path, "the day lies before that of the last event"));
        }
        Ok(())
    }

    /// What there is to do on a day, the subscription being as the days before have left it.
    pub(super) fn action(&self, today: Date) -> Result<Action, Errors> {
        if self.status.is_final() {
            return Ok(Action::None { status: self.status });
        }
        if let Some((record, number, by_cardholder)) = self.attempt_out() {
            return Ok(Action::Resolve { payment: self.sent(record, number, by_cardholder) });
        }
        if self.state.paused.is_some() {
            return Ok(Action::None { status: self.status });
        }
        let mut days = Days::default();
        let own = self.next_own()?;
        match &own {
            Some(own) if own.due_date <= today => return self.oldest_action(own, today),
            Some(own) => days.add(own.due_date),
            None => {}
        }
        // What lies beside the schedule waits in the order of the events, one at a time.
        let (verification, later) = match self.first_verification(own.as_ref()) {
            Some(first) if first.due_date > today => (None, Some(first.due_date)),
            first => (first, None),
        };
        later.into_iter().for_each(|day| days.add(day));
        let open = self.state.records.iter().filter(|record| record.is_open() && !record.is_own());
        let mut beside = verification.into_iter().chain(open.cloned());
        let next = beside.next();
        if let Some(record) = &next {
            match self.availability(record, today) {
                Availability::Waits(until) => days.add(until),
                Availability::Offered { by_cardholder } => return Ok(self.offer(record, by_cardholder)),
                Availability::UsedUp => return Ok(self.exhausted(today)),
            }
        }
        let finish = |status| Action::Finish { status, on: today, balance: self.balance };
        if self.state.over.is_some() && next.is_none() {
            return Ok(finish(Status::Cancelled));
        }
        if self.state.over.is_none()
            && (self.state.ending || own.is_none() && next.is_none() && self.current.schedule.is_some())
        {
            match self.served_until().filter(|end| *end > today) {
                Some(end) => days.add(end),
                // One that never began to run does not expire (R5.2).
                None if self.state.ending || self.status == Status::Pending => return Ok(finish(Status::Cancelled)),
                None => return Ok(finish(Status::Expired)),
            }
        }
        let end = self.served_until().filter(|_| self.state.ending);
        let force = self.force_days()?.into_iter().flatten();
        force.filter(|day| *day > today && end.is_none_or(|end| *day < end)).for_each(|day| days.add(day));
        Ok(days.0.map_or(Action::None { status: self.status }, |until| Action::Wait { until }))
    }

    /// The attempt whose outcome is not known, with its record and number.
    pub(super) fn attempt_out(&self) -> Option<(&Record, u32, bool)> {
        let out = |record: &Record| record.out().map(|(number, attempt)| (number, attempt.by_cardholder));
        self.state.records.iter().find_map(|record| out(record).map(|(number, by)| (record, number, by)))
    }

    /// What there is to do while the schedule's own payment is due: a change of plan of an earlier day is paid before it (R3.5).
    fn oldest_action(&self, own: &Record, today: Date) -> Result<Action, Errors> {
        let older = |record: &&Record| {
            record.is_open() && record.kind == PaymentKind::PlanChange && record.due_date < own.due_date
        };
        let mut older = self.state.records.iter().filter(older);
        if let Some(record) = older.next()
            && let Availability::Offered { by_cardholder } = self.availability(record, today)
        {
            return Ok(self.offer(record, by_cardholder));
        }
        self.own_action(own, today)
    }

    /// What there is to do about the schedule's own payment, which is due.
    fn own_action(&self, own: &Record, today: Date) -> Result<Action, Errors> {
        let unpaid_for = own.period.is_some_and(|period| period.end <= today);
        if unpaid_for && !self.has_begun() && !own.was_declined() {
            return Ok(Action::Finish { status: Status::Cancelled, on: today, balance: self.balance });
        }
        // A first payment of zero proves no card: it is verified in its place (R4.6).
        let verification = if own.amount.amount() == 0 { self.open_verification(own)? } else { None };
        let record = verification.as_ref().unwrap_or(own);
        if self.provider_schedules() {
            let latest = self.latest_due(today)?;
            let record = latest.as_ref().unwrap_or(own);
            return Ok(Action::AwaitProvider { payment: self.payment(record, record.next_attempt(), false) });
        }
        Ok(match self.availability(record, today) {
            Availability::Offered { by_cardholder } => self.offer(record, by_cardholder),
            Availability::Waits(until) => Action::Wait { until },
            Availability::UsedUp => self.exhausted(today),
        })
    }

    /// Whether anything was paid, or the card proven: until then the first payment alone is owed (R5.8).
    pub(super) fn has_begun(&self) -> bool {
        let proven = self.state.established != EstablishedBy::None || self.state.begun;
        proven || self.own_records().any(Record::is_paid_for)
    }

    fn offer(&self, record: &Record, by_cardholder: bool) -> Action {
        let payment = self.payment(record, record.next_attempt(), by_cardholder);
        if record.sends_nothing() {
            Action::Record { payment }
        } else if by_cardholder {
            Action::Checkout { reason: self.why_checkout(record).into(), payment }
        } else {
            Action::Charge { payment }
        }
    }

    /// How it ends when the policy is used up.
    fn exhausted(&self, today: Date) -> Action {
        let status = match self.policy_end() {
            OnExhausted::Cancel => Status::Cancelled,
            OnExhausted::Expire | OnExhausted::SkipPayment => Status::Expired,
        };
        Action::Finish { status, on: today, balance: self.balance }
    }

    /// An attempt at a payment.
    pub(super) fn payment(&self, record: &Record, attempt: u32, by_cardholder: bool) -> Box<Payment> {
        self.initiated(record, attempt, by_cardholder, self.state.established)
    }

    /// An attempt that is out: who initiated it does not change when the card does.
    fn sent(&self, record: &Record, attempt: u32, by_cardholder: bool) -> Box<Payment> {
        self.initiated(record, attempt, by_cardholder, EstablishedBy::Payment)
    }

    fn initiated(
        &self,
        record: &Record,
        attempt: u32,
        by_cardholder: bool,
        established_by: EstablishedBy,
    ) -> Box<Payment> {
        let unscheduled = record.kind == PaymentKind::Unscheduled || self.current.schedule.is_none();
        let indication = self.terms.indication(Initiation {
            established_by,
            by_cardholder,
            amount: record.amount_kind,
            timing: if unscheduled { Timing::Unscheduled } else { Timing::Scheduled },
            resubmission: attempt > 1,
        });
        let nothing_sent = record.sends_nothing();
        Box::new(Payment {
            number: record.number,
            extra: record.extra,
            attempt,
            kind: record.kind,
            due_date: record.due_date,
            period: record.period,
            amount: record.amount,
            amount_kind: record.amount_kind,
            indicator: indication.indicator.filter(|_| !nothing_sent),
            mastercard_code: indication.mastercard_code.filter(|_| !nothing_sent),
            reference: self.reference(record.number, record.extra, attempt),
            lines: record.lines.clone(),
        })
    }

    /// The day after the last one that is paid for.
    pub(super) fn paid_until(&self) -> Option<Date> {
        let paid = self.state.records.iter().filter(|record| record.is_paid_for());
        paid.filter_map(|record| record.period.map(|period| period.end)).max()
    }

    /// The day after the last one of service: paid for, or of a trial.
    pub(super) fn served_until(&self) -> Option<Date> {
        let start = self.current.schedule.map(|schedule| schedule.start());
        let trial = start.filter(|_| self.terms.trial_start.is_some() && self.own_records().next().is_none());
        self.paid_until().max(trial)
    }
}
