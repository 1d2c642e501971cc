//! The payments that the schedule makes, as they come: with the balance, and the verification in the place of one that proves no card.

use super::record::{PaymentKey, PriceFrom, Record};
use super::state::Subscription;
use crate::date::Date;
use crate::error::Errors;
use crate::indicator::EstablishedBy;
use crate::money::Money;
use crate::payment::PaymentKind;
use crate::pricing::line::{Line, LineKind, LineRule};
use crate::pricing::proration::from_balance;
use crate::pricing::scheduled::{PricedSchedule, Scheduled};

impl Subscription {
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
}
