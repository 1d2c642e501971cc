//! What has to happen next.

use super::action::Action;
use super::record::{PaymentKey, PriceFrom, Record};
use super::state::{CardBlock, Status, Subscription};
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::indicator::{EstablishedBy, Timing};
use crate::money::Money;
use crate::payment::{Payment, PaymentKind};
use crate::pricing::line::{Line, LineKind, LineRule};
use crate::pricing::period_price::period_line;
use crate::pricing::proration::from_balance;
use crate::pricing::scheduled::{PricedSchedule, Scheduled};
use crate::retry::{OnExhausted, Plan, RetryPolicy, plan};
use crate::schedule::Schedule;
use crate::terms::Initiation;

/// Tells what has to happen next, on a day (R5).
///
/// # Errors
/// `event_out_of_order`; `out_of_range` when a payment would lie after 9999-12-31.
pub fn next_action(subscription: &Subscription, today: Date) -> Result<Action, Errors> {
    subscription.not_before_last_event(today, "/today")?;
    subscription.as_of(today)?.action(today)
}

/// Where a payment that is due stands on a day.
pub(super) enum Availability {
    /// It can be made, by the merchant or only by the cardholder.
    Offered { by_cardholder: bool },
    /// It can be tried again on a day.
    Waits(Date),
    /// All that the policy allows has been tried.
    UsedUp,
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
        if self.terms.is_internal() && self.state.established != EstablishedBy::None {
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
        match () {
            () if record.sends_nothing() => Action::Record { payment },
            () if by_cardholder => Action::Checkout { reason: self.why_checkout(record).into(), payment },
            () => Action::Charge { payment },
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

    /// The schedule's own payment that is to be made next: the open one, or the one of the next number as it has never been
    /// begun.
    pub(super) fn next_own(&self) -> Result<Option<Record>, Errors> {
        match self.own_records().find(|record| record.is_open()) {
            Some(open) => Ok(Some(open.clone())),
            None => self.fresh(self.payments().saturating_add(1)),
        }
    }

    /// A number of the schedule as it has never been begun; none past the last.
    pub(super) fn fresh(&self, number: u32) -> Result<Option<Record>, Errors> {
        let (Some(period), Some(schedule)) = (self.scheduled(number)?, self.current.schedule) else { return Ok(None) };
        let price = self.current.price;
        let Some(payment) = self.terms.priced(schedule, price)?.payment(period.number)? else { return Ok(None) };
        let Scheduled { period, period_days, line } = payment;
        let established = self.state.established != EstablishedBy::None;
        let kind = PaymentKind::scheduled(number, established);
        let record = Record {
            period_days,
            prices: vec![PriceFrom { from: period.start, price }],
            period: Some(period.into()),
            ..Record::beside(kind, PaymentKey::own(number), period.start, line.amount)
        };
        self.charged(record, vec![line]).map(Some)
    }

    /// What a period of a schedule costs.
    pub(super) fn period_line(&self, schedule: &Schedule, number: u32, price: Money) -> Result<Option<Line>, Errors> {
        period_line(schedule, price, number, self.terms.first_period, self.terms.rule()?)
    }

    /// A record with the amount that its lines and the balance make. A balance in the customer's favour pays as far as it
    /// goes, and one against them is collected with the schedule's own payments (R3.7).
    pub(super) fn charged(&self, mut record: Record, mut lines: Vec<Line>) -> Result<Record, Errors> {
        let currency = self.terms.price.currency();
        let gross = lines.iter().map(|line| line.amount).try_fold(Money::zero(currency), Money::plus)?;
        let reserved = self.state.records.iter().filter(|other| other.is_open() && other.key() != record.key());
        let mut balance = self.balance;
        for from_balance in reserved.filter_map(|other| other.from_balance) {
            balance = balance.plus(from_balance.negated())?;
        }
        let from_balance = if record.is_own() && balance.amount() > 0 && !self.terms.is_internal() {
            balance
        } else {
            from_balance(balance, gross)?
        };
        record.from_balance = Some(from_balance).filter(|amount| amount.amount() != 0);
        record.amount = gross.plus(from_balance)?;
        if let Some(amount) = record.from_balance {
            let note = ["balance of ", &balance.text()].concat();
            lines.push(Line::apart(LineKind::Balance, amount, LineRule::Balance, note));
        }
        let price = record.price().filter(|_| record.is_own());
        record.amount_kind = PricedSchedule::amount_kind(price, record.amount);
        record.lines = lines;
        Ok(record)
    }

    /// The verification that a trial begins with, when it has never been begun (R2.9).
    pub(super) fn first_verification(&self, own: Option<&Record>) -> Option<Record> {
        let first = own.filter(|own| own.number == 1 && !own.was_attempted());
        // A price of 0 throughout needs no card (R4.6).
        let unproven = self.state.established == EstablishedBy::None && self.current.price.amount() > 0;
        let unproven = unproven && !self.has_record(PaymentKey::VERIFICATION);
        let trial_start = self.terms.trial_start.filter(|_| unproven && first.is_some());
        trial_start.map(|trial_start| self.verification(PaymentKey::VERIFICATION, trial_start))
    }

    /// The verification that stands in for a first payment of zero: open, or to be begun (R4.6).
    pub(super) fn open_verification(&self, own: &Record) -> Result<Option<Record>, Errors> {
        if own.number != 1 || self.state.established != EstablishedBy::None {
            return Ok(None);
        }
        let found = self.state.records.iter().find(|record| record.key() == PaymentKey::VERIFICATION);
        let later = || Ok::<_, Errors>(self.fresh(2)?.is_some_and(|record| record.amount.amount() > 0));
        Ok(match found {
            Some(record) => Some(record.clone()).filter(Record::is_open),
            None if later()? => Some(self.verification(PaymentKey::VERIFICATION, own.due_date)),
            None => None,
        })
    }

    pub(super) fn verification(&self, place: PaymentKey, due_date: Date) -> Record {
        let nothing = Money::zero(self.terms.price.currency());
        let record = Record::beside(PaymentKind::Verification, place, due_date, nothing);
        Record { lines: vec![Line::verification(nothing)], customer_present: true, ..record }
    }

    pub(super) fn has_record(&self, place: PaymentKey) -> bool {
        self.state.records.iter().any(|record| record.key() == place)
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

    pub(super) fn availability(&self, record: &Record, today: Date) -> Availability {
        let policy = self.policy();
        let plan = plan(&record.declines(self.state.card), &policy, None).map(|plan| plan.seen_on(today));
        let by_cardholder = record.customer_present
            || self.state.established == EstablishedBy::None
            || self.state.card_block.is_some()
            || plan.as_ref().is_some_and(Plan::needs_cardholder);
        // A checkout beside the schedule that nobody completes is not offered for ever.
        let days = policy.days.last().copied().unwrap_or_default();
        let beside = matches!(record.kind, PaymentKind::Unscheduled | PaymentKind::Final)
            || record.kind == PaymentKind::Verification && !self.is_initial(record);
        let abandoned =
            beside && by_cardholder && record.due_date.plus_days(days.into()).is_some_and(|last| last < today);
        let abandoned = abandoned || by_cardholder && self.checkout_is_over(record, today);
        match plan {
            None if abandoned => Availability::UsedUp,
            None => Availability::Offered { by_cardholder },
            // The cardholder is not bound to the days of retries (R4.3).
            Some(plan) if by_cardholder && today <= plan.last_day => Availability::Offered { by_cardholder },
            Some(_) if by_cardholder => Availability::UsedUp,
            Some(plan) => match plan.retry_on {
                Some(day) if today < day => Availability::Waits(day),
                Some(_) => Availability::Offered { by_cardholder },
                None => Availability::UsedUp,
            },
        }
    }

    /// The last day on which a payment can be made as things stand, where there is one.
    pub(super) fn last_day(&self, record: &Record) -> Option<Date> {
        const LEAST: u32 = 7;
        let policy = self.policy();
        if let Some(plan) = plan(&record.declines(self.state.card), &policy, None) {
            return Some(plan.last_day);
        }
        let days = policy.days.last().copied().unwrap_or_default();
        if !record.is_own() {
            return record.due_date.plus_days(days.into());
        }
        let since = self.state.checkout_since.max(record.costs_since).max(Some(record.due_date));
        since.and_then(|since| since.plus_days(days.max(LEAST).into()))
    }

    /// Whether a checkout of a scheduled payment that nobody attempts has run out: after the policy's last day, at least 7 days, counted
    /// from the later of the due date and the event that made it a checkout (R4.3). Until the first success there is no such end (R5.8).
    fn checkout_is_over(&self, record: &Record, today: Date) -> bool {
        const LEAST: u32 = 7;
        let days = self.policy().days.last().copied().unwrap_or_default().max(LEAST);
        let since = self.state.checkout_since.max(record.costs_since).max(Some(record.due_date));
        record.is_own()
            && !record.sends_nothing()
            && (self.state.begun || record.was_declined())
            && since.and_then(|since| since.plus_days(days.into())).is_some_and(|last| last < today)
    }

    /// The retry policy of the terms, or the default one.
    pub(super) fn policy(&self) -> RetryPolicy {
        self.terms.retry.clone().unwrap_or_default()
    }

    pub(super) fn policy_end(&self) -> OnExhausted {
        self.policy().on_exhausted.unwrap_or_default()
    }

    fn why_checkout(&self, record: &Record) -> &'static str {
        match () {
            () if record.kind == PaymentKind::Verification => "the cardholder has to verify the card",
            () if self.state.card_block == Some(CardBlock::Revoked) => {
                "the cardholder has revoked the charges, and has to agree to them anew"
            }
            () if self.state.card_block.is_some() => {
                "the card cannot be charged any more: the cardholder has to pay, or to bring another card"
            }
            () if self.state.established == EstablishedBy::None => {
                "the cardholder has not completed a payment with this card yet"
            }
            () if record.customer_present => "the cardholder is there to pay",
            () => "the merchant may not try again: the cardholder has to pay",
        }
    }
}

impl Record {
    /// Whether its success is only recorded: there is no money in it, and no card to verify.
    pub(super) fn sends_nothing(&self) -> bool {
        self.amount.amount() == 0 && self.kind != PaymentKind::Verification
    }
}
