//! What a ledger keeps of settled payments: less as they get older.

use super::Ledger;
use crate::date::Date;
use crate::error::Error;
use crate::money::{Currency, RoundingRule};
use crate::pricing::applied::Applied;
use crate::subscription::records::key::{PaymentKey, PaymentNumber};
use crate::subscription::records::mark::Mark;
use crate::subscription::records::record::{PaymentStatus, Record};

impl Ledger {
    /// Drops what is not needed any more on a day: the lines of payments that nobody can request, and of older ones
    /// everything except what a late report of the provider is compared with. Folds the payments that only such a report
    /// can need.
    pub(in crate::subscription) fn forget(&mut self, on: Date, rule: RoundingRule) -> Result<(), Error> {
        let (older, paid) = (self.last_run(on).prev(), self.last_paid());
        for record in self.records.iter_mut().filter(|record| !record.is_open() && record.unresolved().is_none()) {
            record.lines.clear();
            if record.number < older && Some(record.key()) != paid || !record.is_own() {
                record.prices.clear();
                (record.period, record.period_days, record.credited_price) = (None, 0, None);
                (record.pauses, record.free_from) = (Vec::new(), None);
                (record.cap, record.taxes_paid, record.left) = (None, Vec::new(), None);
            }
        }
        let due = self
            .own()
            .rfind(|record| record.due_date <= on && !record.is_skipped_ahead(on))
            .map_or(PaymentNumber::NONE, |record| record.number);
        self.fold(older.min(due), rule)
    }

    /// Returns the last payment of the schedule that is paid: its period can still run.
    fn last_paid(&self) -> Option<PaymentKey> {
        self.own().rfind(|record| record.is_paid_for()).map(Record::key)
    }

    /// Folds the payments before a number except the last that is paid, and later unscheduled ones except the last of each number,
    /// after which the next one is numbered.
    fn fold(&mut self, first: PaymentNumber, rule: RoundingRule) -> Result<(), Error> {
        let paid = self.last_paid();
        let last_beside = |record: &Record| {
            let later = |other: &Record| other.number == record.number && other.extra > record.extra;
            !self.records.iter().any(later)
        };
        let is_done = |record: &Record| {
            let acts = record.is_open() || record.unresolved().is_some() || record.stays();
            let is_older = record.number < first && Some(record.key()) != paid;
            !acts && (is_older || !record.is_own() && !last_beside(record))
        };
        let done: Vec<PaymentKey> = self.records.iter().filter(|record| is_done(record)).map(Record::key).collect();
        for key in done {
            if let Some(index) = self.records.iter().position(|record| record.key() == key) {
                let record = self.records.remove(index);
                // A late success has to know of the fee (R9.5): with its taxes.
                let setup = record.setup(rule)?;
                let applied = Applied { setup, ..Applied::default() }.some();
                self.settled.put(&Record { applied, ..record })?;
            }
        }
        Ok(())
    }

    /// Makes a folded payment a record again, before later ones.
    pub(in crate::subscription) fn recall(&mut self, key: PaymentKey, currency: Currency) -> Result<(), Error> {
        if !self.has(key)
            && let Some(record) = self.settled.take(key, currency)?
        {
            let is_later =
                |other: &Record| other.due_date > record.due_date || other.is_own() && other.number > record.number;
            let place = self.records.iter().position(is_later).unwrap_or(self.records.len());
            self.records.insert(place, record);
        }
        Ok(())
    }

    /// Makes the folded payments with the mark of a charge records again.
    pub(in crate::subscription) fn recall_marked(&mut self, mark: Mark, currency: Currency) -> Result<(), Error> {
        if !self.settled.has(mark) {
            return Ok(());
        }
        let is_of = |record: &Record| record.attempts.iter().any(|attempt| attempt.charge_mark == Some(mark));
        let marked = self.settled.keys_of(currency, is_of)?;
        marked.into_iter().try_for_each(|key| self.recall(key, currency))
    }

    /// Makes the oldest folded payment of the schedule that was given up, and was due by a day, a record again.
    pub(in crate::subscription) fn recall_given_up(&mut self, until: Date, currency: Currency) -> Result<(), Error> {
        let is_owed =
            |record: &Record| record.is_own() && record.status == PaymentStatus::GivenUp && record.due_date <= until;
        let oldest = self.settled.keys_of(currency, is_owed)?.pop();
        oldest.map_or(Ok(()), |key| self.recall(key, currency))
    }

    /// Returns the folded payments, the newest first.
    pub(in crate::subscription) fn folded(&self, currency: Currency) -> impl Iterator<Item = Result<Record, Error>> {
        self.settled.records(currency)
    }

    /// Returns the last number of the schedule among the folded ones.
    pub(in crate::subscription) fn last_folded(&self, currency: Currency) -> Result<PaymentNumber, Error> {
        self.settled.last_number(currency)
    }
}
