//! Every payment that has a record. Only this file changes a record.

mod fold;
#[cfg(test)]
mod tests;

use super::attempt::{Attempt, Outcome};
use super::key::{AttemptId, PaymentKey, PaymentNumber};
use super::record::{PaymentStatus, Record};
use super::requested::Requested;
use super::settled::Settled;
use crate::date::Date;
use crate::decline::Decline;
use crate::error::Error;
use crate::json::object;
use crate::money::{Currency, Money};

/// The payments that were begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// The payments that were settled long ago.
    settled: Settled,
    /// All other payments, in the order in which they were begun.
    records: Vec<Record>,
}

object!(Ledger { settled: defaulted "settled", records: required "records" });

/// Reading.
impl Ledger {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Record> + Clone {
        self.records.iter()
    }

    /// Returns the schedule's own payments, in order.
    pub(crate) fn own(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.records.iter().filter(|record| record.is_own())
    }

    pub(crate) fn open(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(|record| record.is_open())
    }

    /// Returns the schedule's own payment that is open.
    pub(crate) fn open_own(&self) -> Option<&Record> {
        self.own().find(|record| record.is_open())
    }

    pub(crate) fn get(&self, key: PaymentKey) -> Option<&Record> {
        self.records.iter().find(|record| record.key() == key)
    }

    pub(crate) fn has(&self, key: PaymentKey) -> bool {
        self.get(key).is_some()
    }

    pub(crate) fn attempt(&self, id: AttemptId) -> Option<&Attempt> {
        self.get(id.payment)?.attempts.get(id.index()?)
    }

    /// Returns every attempt at every payment.
    pub(crate) fn attempts(&self) -> impl Iterator<Item = (AttemptId, &Attempt)> {
        self.records.iter().flat_map(Record::attempts)
    }

    /// Returns the payment with the attempt whose outcome is unknown. There is at most one.
    pub(crate) fn unresolved(&self) -> Option<(&Record, AttemptId, &Attempt)> {
        self.records.iter().find_map(|record| record.unresolved().map(|(id, attempt)| (record, id, attempt)))
    }

    /// Returns the last settled number of the schedule. Numbers are settled in order, so it is also how many are
    /// settled.
    pub(crate) fn last_settled(&self) -> PaymentNumber {
        let settled = self.own().filter(|record| record.is_settled()).map(|record| record.number);
        settled.max().unwrap_or(PaymentNumber::NONE)
    }

    /// Returns the last settled number of the schedule, without those that are skipped ahead of a day.
    pub(crate) fn last_run(&self, on: Date) -> PaymentNumber {
        let is_run = |record: &&Record| record.is_settled() && !record.is_skipped_ahead(on);
        self.own().filter(is_run).map(|record| record.number).max().unwrap_or(PaymentNumber::NONE)
    }

    /// Returns whether no payment of the schedule was attempted or settled, except those that are skipped ahead of a day.
    pub(crate) fn has_run_none(&self, on: Date) -> bool {
        self.own().all(|record| record.is_skipped_ahead(on) || record.is_open() && !record.was_attempted())
    }

    /// Requests an open payment.
    pub(crate) fn request(&mut self, key: PaymentKey, requested: Requested) {
        if let Some(record) = self.get_mut(key) {
            record.requested = Some(requested);
        }
    }

    /// Returns the last number of the schedule that was begun.
    pub(crate) fn last_begun(&self) -> PaymentNumber {
        self.own().map(|record| record.number).max().unwrap_or(PaymentNumber::NONE)
    }

    /// Returns the payment of the period that contains a day, if that is no longer open.
    /// One that is paid comes before a later one that was never paid.
    pub(crate) fn running_on(&self, day: Date) -> Option<&Record> {
        let closed = || self.own().filter(|record| !record.is_open() && record.covers(day));
        closed().rfind(|record| record.is_paid_for()).or_else(|| closed().next_back())
    }

    /// Returns the day after the last one that is paid for.
    pub(crate) fn paid_until(&self) -> Option<Date> {
        let paid = self.records.iter().filter(|record| record.is_paid_for());
        paid.filter_map(|record| record.period.map(|period| period.end)).max()
    }

    /// Returns the key of a new unscheduled payment.
    pub(crate) fn key_beside(&self, number: PaymentNumber) -> PaymentKey {
        let extras = self.records.iter().filter(|record| record.number == number).map(|record| record.extra);
        PaymentKey { number, extra: extras.max().unwrap_or(0).saturating_add(1) }
    }
}

/// What a success means for an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Success {
    /// Its outcome was unknown or different.
    New,
    /// It was reported before.
    Known,
    /// It is a duplicate: another charge under the same reference.
    Again,
}

/// Writing.
impl Ledger {
    pub(crate) fn new(first: Option<Record>) -> Self {
        Self { settled: Settled::default(), records: first.into_iter().collect() }
    }

    fn get_mut(&mut self, key: PaymentKey) -> Option<&mut Record> {
        self.records.iter_mut().find(|record| record.key() == key)
    }

    fn attempt_mut(&mut self, id: AttemptId) -> Option<&mut Attempt> {
        self.get_mut(id.payment)?.attempts.get_mut(id.index()?)
    }

    /// Begins a payment, unless it was begun before.
    pub(crate) fn begin(&mut self, record: Record) {
        if !self.has(record.key()) {
            self.records.push(record);
        }
    }

    /// Removes the payments of the schedule from a number on that are open and were never attempted. Returns that of the number.
    pub(crate) fn take_unattempted(&mut self, number: PaymentNumber) -> Option<Record> {
        let is_it = |record: &Record| record.is_own() && record.number >= number && record.is_open();
        let taken = self.records.extract_if(.., |record| is_it(record) && !record.was_attempted());
        taken.filter(|record| record.number == number).last()
    }

    /// Replaces a payment that was begun.
    pub(crate) fn replace(&mut self, record: Record) {
        if let Some(begun) = self.get_mut(record.key()) {
            *begun = record;
        }
    }

    /// Replaces a payment, or begins it.
    pub(crate) fn put(&mut self, record: Record) {
        match self.get_mut(record.key()) {
            Some(begun) => *begun = record,
            None => self.records.push(record),
        }
    }

    /// Settles a payment without a charge, also one that was never begun.
    pub(crate) fn close(&mut self, record: Record, status: PaymentStatus) {
        match self.get_mut(record.key()) {
            Some(begun) => begun.status = status,
            None => self.records.push(Record { status, ..record }),
        }
    }

    /// Closes open payments of some kind. Returns whether there were any.
    pub(crate) fn close_open(&mut self, status: PaymentStatus, closes: impl Fn(&Record) -> bool) -> bool {
        let mut found = false;
        for record in self.records.iter_mut().filter(|record| record.is_open() && closes(record)) {
            record.status = status;
            found = true;
        }
        found
    }

    /// Starts an attempt at a payment. An attempt that was not made is made again, under its own reference.
    pub(crate) fn start(&mut self, key: PaymentKey, attempt: Attempt) {
        if let Some(record) = self.get_mut(key) {
            record.attempts.pop_if(|attempt| attempt.outcome == Outcome::NotMade);
            record.attempts.push(attempt);
        }
    }

    /// Adds an attempt that was not offered.
    pub(crate) fn add(&mut self, key: PaymentKey, attempt: Attempt) -> Option<AttemptId> {
        let record = self.get_mut(key)?;
        let id = key.attempt_at(record.attempts.len());
        record.attempts.push(attempt);
        Some(id)
    }

    /// Records that an attempt succeeded, and returns what that means for it. `charge` is the provider's reference.
    pub(crate) fn succeed(&mut self, id: AttemptId, on: Date, charge: Option<&str>) -> Success {
        let Some(attempt) = self.attempt_mut(id) else { return Success::Known };
        if attempt.outcome != Outcome::Succeeded {
            attempt.outcome = Outcome::Succeeded;
            attempt.on = on;
            (attempt.provider_reference, attempt.charge_mark) = (charge.map(String::from), None);
            return Success::New;
        }
        match charge.map(|charge| (charge, attempt.is_charge(charge))) {
            Some((_, Some(false))) => Success::Again,
            Some((charge, None)) => {
                attempt.provider_reference = Some(charge.into());
                Success::Known
            }
            _ => Success::Known,
        }
    }

    /// Records that the success of an attempt is an overpayment.
    pub(crate) fn mark_surplus(&mut self, id: AttemptId) {
        if let Some(attempt) = self.attempt_mut(id) {
            attempt.is_surplus = true;
        }
    }

    /// Records an outcome other than success. Returns whether it is new: only for an attempt that is unresolved, or
    /// that counted as not made.
    pub(crate) fn resolve(&mut self, id: AttemptId, outcome: Outcome, on: Date, decline: Option<&Decline>) -> bool {
        let Some(attempt) = self.attempt_mut(id) else { return false };
        let is_unknown = attempt.is_unresolved() || attempt.outcome == Outcome::NotMade;
        if !is_unknown || attempt.outcome == outcome {
            return false;
        }
        attempt.outcome = outcome;
        attempt.on = on;
        attempt.decline = decline.cloned();
        true
    }

    /// Settles a payment with a charge. Returns what was owed for it before the balance, including what a change had
    /// left to it: that applies now, and the days are covered at the price of the change. It is dropped with a payment
    /// that was given up (R3.11).
    pub(crate) fn pay(&mut self, key: PaymentKey) -> Result<Option<Money>, Error> {
        let Some(record) = self.get_mut(key) else { return Ok(None) };
        let was_open = record.is_open();
        record.status = PaymentStatus::Paid;
        let gross = record.gross()?;
        if !record.is_own() {
            return Ok(Some(gross));
        }
        let left = record.left.take();
        let left = if was_open { left } else { None };
        if record.credited_price.is_none() {
            record.credited_price = left.as_ref().map(|left| left.price.clone()).or_else(|| record.costs());
        }
        match left {
            Some(left) => {
                (record.cap, record.taxes_paid) = (left.cap, left.taxes_paid);
                gross.plus(left.net).map(Some)
            }
            None => {
                record.cap = record.cap.or(record.paid_for_days());
                Ok(Some(gross))
            }
        }
    }

    /// Records that the card was blocked: only a later attempt can lift the block.
    pub(crate) fn forget_lifted_blocks(&mut self, currency: Currency) -> Result<(), Error> {
        let forget = |record: &mut Record| record.attempts.iter_mut().for_each(|attempt| attempt.lifts_block = false);
        self.records.iter_mut().for_each(forget);
        self.settled.change_all(currency, forget)
    }

    /// Excludes the days of a pause from the periods that contain them (R5.10).
    pub(crate) fn leave_out(&mut self, paused: Date, resumed: Date) {
        for record in self.records.iter_mut().filter(|record| record.is_own()) {
            record.leave_out(paused, resumed);
        }
    }

    /// Extends the period of a number to a day, by free days.
    pub(crate) fn extend(&mut self, number: PaymentNumber, end: Date) {
        if let Some(record) = self.get_mut(PaymentKey::own(number)) {
            record.extend(end);
        }
    }

    /// Ends the periods before a number on the due date of that number, which has paid for the days from then on.
    pub(crate) fn cut_before(&mut self, key: PaymentKey) {
        let period = self.get(key).filter(|record| record.is_own()).and_then(|record| record.period);
        let Some(period) = period else { return };
        for before in self.records.iter_mut().filter(|record| record.is_own() && record.number < key.number) {
            before.cut(period.start);
        }
    }

    /// Moves the days of periods after a pause by its days. A period that had not begun moves whole. `next` is the day on
    /// which the next payment was due, if one follows.
    pub(crate) fn shift(&mut self, paused: Date, resumed: Date, next: Option<Date>) {
        let days = paused.days_until(resumed);
        let last = self.own().next_back().map(Record::key);
        for record in self.records.iter_mut().filter(|record| record.is_own()) {
            record.shift(paused, days, next == Some(paused) && Some(record.key()) == last);
            record.note_pause(paused, resumed);
        }
    }
}
