//! Charges that the provider makes by its own schedule and tells of (R5.7).

use super::event::ChargeStatus;
use super::outcome::{Attempt, Outcome};
use super::record::{PaymentStatus, Record};
use super::state::{Overpayment, OverpaymentReason, Status, Subscription};
use crate::date::Date;
use crate::decline::Decline;
use crate::error::{Code, Error, Errors};
use crate::money::Money;

impl Subscription {
    pub(super) fn provider_charge(
        &mut self,
        charge: &str,
        status: ChargeStatus,
        amount: Option<Money>,
        decline: Option<Decline>,
        on: Date,
    ) -> Result<(), Errors> {
        if !self.terms.is_internal() {
            let message = "the merchant triggers each payment: tell its outcome by its reference";
            return Err(Error::new(Code::UnknownReference, "/event/type", message).into());
        }
        if self.knows_charge(charge) {
            return match (self.declined_charge(charge), status) {
                // Money taken wins, also after a decline of the same charge (R5.4).
                (Some((index, attempt)), ChargeStatus::Succeeded) => {
                    self.take_reported(index, attempt, on, charge, amount)
                }
                _ => Ok(()),
            };
        }
        // A decline after the end is of nothing that is owed.
        if self.status.is_final() && status == ChargeStatus::Declined {
            return Ok(());
        }
        let Some(number) = self.number_charged(on)? else {
            if status == ChargeStatus::Succeeded {
                let amount = amount.unwrap_or(self.current.price);
                let over = self.status.is_final() || self.state.ending;
                let reason = if over { OverpaymentReason::PaidAfterEnd } else { OverpaymentReason::PaidTwice };
                let provider_reference = Some(charge.into());
                self.overpayments.push(Overpayment { reference: None, provider_reference, amount, on, reason });
            }
            return Ok(());
        };
        let index = self.reach(number)?;
        let Some(record) = self.state.records.get_mut(index) else { return Ok(()) };
        let card = self.state.card;
        let provider_reference = Some(charge.into());
        let attempt = Attempt::new(on, card, Outcome::Pending);
        record.attempts.push(Attempt { provider_reference, decline, ..attempt });
        let attempt = record.attempts.len().saturating_sub(1);
        match status {
            ChargeStatus::Succeeded => self.take_reported(index, attempt, on, charge, amount),
            ChargeStatus::Declined => {
                if let Some(attempt) = record.attempts.get_mut(attempt) {
                    attempt.outcome = Outcome::Declined;
                }
                if record.is_open() && !self.status.is_final() {
                    self.status = Status::Error;
                }
                Ok(())
            }
        }
    }

    /// The attempt that a charge was told to be a decline of.
    fn declined_charge(&self, charge: &str) -> Option<(usize, usize)> {
        let declined = |attempt: &Attempt| {
            attempt.outcome == Outcome::Declined && attempt.provider_reference.as_deref() == Some(charge)
        };
        let mut records = self.state.records.iter().enumerate();
        records.find_map(|(index, record)| Some((index, record.attempts.iter().position(declined)?)))
    }

    fn take_reported(
        &mut self,
        index: usize,
        attempt: usize,
        on: Date,
        charge: &str,
        amount: Option<Money>,
    ) -> Result<(), Errors> {
        // The attempt bears the charge's reference already, which must not make it one told before.
        if let Some(attempt) = self.state.records.get_mut(index).and_then(|record| record.attempts.get_mut(attempt)) {
            attempt.provider_reference = None;
        }
        self.take(index, attempt, on, Some(charge), amount)
    }

    /// The number that a charge on a day is for (R5.7): the latest due by then, if it is unsettled; else the oldest that is due and
    /// unsettled, or was given up; else the next one, where that is near. None when it fits nothing.
    fn number_charged(&self, on: Date) -> Result<Option<u32>, Errors> {
        let until = self.state.ended.map_or(on, |ended| ended.min(on));
        let record = |number: u32| self.own_records().find(move |record| record.number == number);
        let unsettled = |number: &u32| {
            // After a cancellation with the period nothing new falls due.
            let follows = !self.state.ending && *number > self.state.imported;
            record(*number).map_or(follows, |record| !record.is_paid_for())
        };
        let latest = self.number_due(until)?;
        if let Some(number) = latest.filter(unsettled) {
            return Ok(Some(number));
        }
        let is_owed = |record: &&Record| {
            matches!(record.status, PaymentStatus::Open | PaymentStatus::GivenUp) && record.due_date <= until
        };
        if let Some(older) = self.own_records().find(is_owed) {
            return Ok(Some(older.number));
        }
        let next = latest.map_or(self.current.first_number, |latest| latest.saturating_add(1));
        let near = !self.status.is_final() && unsettled(&next) && self.is_near(next, on)?;
        Ok(Some(next).filter(|_| near))
    }

    /// Whether a number falls due soon after a day: in at most 5 days and a third of its period, and in one day always.
    fn is_near(&self, number: u32, on: Date) -> Result<bool, Errors> {
        const MOST: i64 = 5;
        let Some(next) = self.scheduled(number)? else { return Ok(false) };
        let third = next.days().checked_div(3).unwrap_or(MOST);
        Ok((1..=third.clamp(1, MOST)).contains(&on.days_until(next.start)))
    }

    /// The last number due on or before a day.
    pub(super) fn number_due(&self, day: Date) -> Result<Option<u32>, Errors> {
        let Some(schedule) = self.current.schedule.filter(|schedule| schedule.start() <= day) else { return Ok(None) };
        let last = schedule.last_payment()?.map(|last| last.number);
        let index = match schedule.period_on(day)? {
            Some(period) => Some(period.number),
            None => last,
        };
        Ok(index.map(|index| self.current.first_number.saturating_add(index).saturating_sub(1)))
    }

    /// The record of a number, all older ones that nobody told of being given up.
    fn reach(&mut self, number: u32) -> Result<usize, Errors> {
        while let Some(own) = self.next_unsettled()?.filter(|own| own.number < number) {
            self.settle_unpaid(own, PaymentStatus::GivenUp);
        }
        if let Some(own) = self.next_unsettled()?.filter(|own| own.number == number) {
            self.own_record(own);
        }
        let found = self.state.records.iter().position(|record| record.is_own() && record.number == number);
        found.ok_or_else(|| Error::new(Code::Internal, "", "the number charged has no record").into())
    }

    /// The next number, also of a subscription that has ended.
    fn next_unsettled(&self) -> Result<Option<Record>, Errors> {
        match self.own_records().find(|record| record.is_open()) {
            Some(open) => Ok(Some(open.clone())),
            None => self.fresh(self.own_records().map(|record| record.number).max().unwrap_or(0).saturating_add(1)),
        }
    }

    /// The latest number that is due, as it stands: it is the one that the provider's next charge is for.
    pub(super) fn latest_due(&self, today: Date) -> Result<Option<Record>, Errors> {
        let Some(number) = self.number_due(today)? else { return Ok(None) };
        match self.own_records().find(|record| record.number == number) {
            Some(record) => Ok(Some(record.clone())),
            None => self.fresh(number),
        }
    }

    /// Whether a payment can still be settled by a success after the end: the provider's own, due by then (R5.7).
    pub(super) fn settles_after_end(&self, index: usize) -> bool {
        let due = self.state.records.get(index).map(|record| record.due_date);
        self.terms.is_internal() && due <= self.state.ended
    }
}
