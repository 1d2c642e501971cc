//! Attempts: their start and what becomes of them (R5.4, R5.5).

use super::action::Action;
use super::availability::Availability;
use super::next_action::next_action;
use super::outcome::{Attempt, Outcome};
use super::record::{PaymentKey, PaymentStatus, Record};
use super::state::{CardBlock, Overpayment, OverpaymentReason, Status, Subscription};
use crate::date::Date;
use crate::decline::Decline;
use crate::error::{Code, Error, Errors};
use crate::indicator::EstablishedBy;
use crate::money::Money;
use crate::payment::{Payment, PaymentKind};
use crate::retry::{RetryAttempt, plan, revokes};

impl Subscription {
    pub(super) fn start(&mut self, reference: &str, on: Date) -> Result<(), Errors> {
        let action = next_action(self, on)?;
        let by_cardholder = matches!(action, Action::Checkout { .. });
        let offered = match action {
            Action::Checkout { payment, .. } | Action::Charge { payment } => Some(payment),
            _ => None,
        };
        match offered.filter(|payment| payment.reference == reference) {
            Some(payment) => self.begin(&payment, by_cardholder, on),
            None => {
                if let Some(day) = self.day_of_attempt(reference, on)? {
                    return Err(not_due_before(day).into());
                }
                let (record, attempt) = self.find(reference)?;
                match self.attempt(record, attempt).is_some_and(Attempt::is_out) {
                    true => Ok(()),
                    false => Err(not_due().into()),
                }
            }
        }
    }

    /// The later day on which an attempt that is not offered yet will be.
    fn day_of_attempt(&self, reference: &str, on: Date) -> Result<Option<Date>, Errors> {
        if self.status.is_final() {
            return Ok(None);
        }
        let own = self.next_own()?;
        let verification = self.first_verification(own.as_ref());
        let open = self.state.records.iter().filter(|record| record.is_open()).cloned();
        let mut ahead = own.into_iter().chain(verification).chain(open);
        let same = |record: &Record| self.reference(record.number, record.extra, record.next_attempt()) == reference;
        let Some(record) = ahead.find(same) else { return self.day_of_later(reference, on) };
        Ok(match self.availability(&record, on) {
            _ if record.due_date > on => Some(record.due_date),
            Availability::Waits(day) => Some(day),
            _ => None,
        })
    }

    /// The due date of a later number of the schedule, by the reference of its first attempt.
    fn day_of_later(&self, reference: &str, on: Date) -> Result<Option<Date>, Errors> {
        let rest = reference.strip_prefix(&self.id).and_then(|rest| rest.strip_prefix('-')?.strip_suffix("-0-1"));
        let Some(number) = rest.and_then(|number| number.parse::<u32>().ok()) else { return Ok(None) };
        let period = if number > self.payments() { self.scheduled(number).unwrap_or(None) } else { None };
        Ok(period.map(|period| period.start).filter(|due_date| *due_date > on))
    }

    /// Adds an attempt to a payment, which is recorded now if it never was.
    fn begin(&mut self, payment: &Payment, by_cardholder: bool, on: Date) -> Result<(), Errors> {
        let place = PaymentKey::of(payment);
        let (card, unbinds) = (self.state.card, by_cardholder && self.state.card_block.is_some());
        if !self.has_record(place) {
            let record = match payment.kind {
                PaymentKind::Verification => Some(self.verification(place, payment.due_date)),
                _ => self.next_own()?,
            };
            self.state.records.extend(record);
        }
        let same = |record: &Record| record.key() == place;
        if let Some(record) = self.state.records.iter_mut().find(|record| same(record)) {
            // The attempt that was not made is made again, under its own reference.
            record.attempts.pop_if(|attempt| attempt.outcome == Outcome::NotMade);
            let attempt = Attempt::new(on, card, Outcome::InFlight);
            record.attempts.push(Attempt { by_cardholder, unbinds, ..attempt });
        }
        Ok(())
    }

    /// One more attempt by the merchant at a payment, whether or not it is offered: to look ahead. Gives its index.
    pub(super) fn add_attempt(&mut self, index: usize, on: Date) -> usize {
        let card = self.state.card;
        let Some(record) = self.state.records.get_mut(index) else { return 0 };
        record.attempts.push(Attempt::new(on, card, Outcome::InFlight));
        record.attempts.len().saturating_sub(1)
    }

    pub(super) fn succeed(
        &mut self,
        reference: &str,
        on: Date,
        provider_reference: Option<&str>,
        told: Option<Money>,
    ) -> Result<(), Errors> {
        // Money that was taken is never refused: a success of what is offered implies that it was started (R5.4).
        let action = next_action(self, on)?;
        let by_cardholder = matches!(action, Action::Checkout { .. });
        let is_new = matches!(action, Action::Record { .. }) || self.find(reference).is_err();
        if let Action::Record { payment } | Action::Charge { payment } | Action::Checkout { payment, .. } = action
            && payment.reference == reference
            && is_new
        {
            self.begin(&payment, by_cardholder, on)?;
        }
        let (index, attempt) = self.find(reference)?;
        self.take(index, attempt, on, provider_reference, told)
    }

    /// Money was taken by an attempt.
    pub(super) fn take(
        &mut self,
        index: usize,
        attempt_index: usize,
        on: Date,
        provider_reference: Option<&str>,
        told: Option<Money>,
    ) -> Result<(), Errors> {
        let told_elsewhere = self.was_told(index, attempt_index, provider_reference);
        let late = match self.status.is_final() {
            true => !self.settles_after_end(index),
            false => self.state.over.is_some() && !self.state.records.get(index).is_some_and(Record::outlives_service),
        };
        let Some(record) = self.state.records.get_mut(index) else { return Ok(()) };
        let (number, extra, kind, status, owed) =
            (record.number, record.extra, record.kind, record.status, record.amount);
        let Some(attempt) = record.attempts.get_mut(attempt_index) else { return Ok(()) };
        let amount = attempt.amount.unwrap_or(owed);
        if let Some(told) = told.filter(|told| *told != amount) {
            let message = ["expected `", &amount.text(), "`, found `", &told.text(), "`"].concat();
            return Err(Error::new(Code::AmountMismatch, "/event/amount", message).into());
        }
        let once_more = match (attempt.outcome, &attempt.provider_reference, provider_reference) {
            (Outcome::Succeeded, _, None) => return Ok(()),
            (Outcome::Succeeded, None, Some(charge)) => {
                attempt.provider_reference = Some(charge.into());
                return Ok(());
            }
            (Outcome::Succeeded, Some(known), Some(charge)) if known == charge => return Ok(()),
            // Another charge under the same reference was one too many, unless it was told before.
            (Outcome::Succeeded, Some(_), Some(_)) => true,
            _ => false,
        };
        if !once_more {
            attempt.outcome = Outcome::Succeeded;
            attempt.on = on;
            attempt.provider_reference = provider_reference.map(String::from);
        }
        if told_elsewhere {
            return Ok(());
        }
        let reason = match status {
            _ if once_more => Some(OverpaymentReason::PaidTwice),
            PaymentStatus::Paid | PaymentStatus::Included | PaymentStatus::Imported => {
                Some(OverpaymentReason::PaidTwice)
            }
            PaymentStatus::Dropped => Some(OverpaymentReason::Dropped),
            PaymentStatus::Stopped => Some(OverpaymentReason::PaidAfterEnd),
            PaymentStatus::Open | PaymentStatus::GivenUp | PaymentStatus::Skipped if late => {
                Some(OverpaymentReason::PaidAfterEnd)
            }
            PaymentStatus::Open | PaymentStatus::GivenUp | PaymentStatus::Skipped => None,
        };
        match reason {
            // No money was taken, but the card is verified all the same.
            Some(OverpaymentReason::Dropped) if kind == PaymentKind::Verification => {
                self.verified(index, attempt_index)
            }
            Some(reason) => {
                let reference = Some(self.reference(number, extra, attempt_number(attempt_index)));
                let provider_reference = provider_reference.map(String::from);
                self.overpayments.push(Overpayment { reference, provider_reference, amount, on, reason });
            }
            None => self.settle(index, attempt_index, on)?,
        }
        Ok(())
    }

    /// A payment is paid by an attempt.
    fn settle(&mut self, index: usize, attempt_index: usize, on: Date) -> Result<(), Errors> {
        let ended = self.status.is_final();
        let Some(record) = self.state.records.get_mut(index) else { return Ok(()) };
        let Some(attempt) = record.attempts.get(attempt_index) else { return Ok(()) };
        let (kind, place, present_card) = (record.kind, record.key(), attempt.card == self.state.card);
        let (by_cardholder, unbinds, amount) = (attempt.by_cardholder, attempt.unbinds, record.taken_by(attempt));
        let was_open = record.is_open();
        // Whatever was owed and not taken by this attempt is the balance's.
        let owed = record.pay()?;
        self.balance = self.balance.plus(owed)?.plus(amount.negated())?;
        // A payment of 0 establishes nothing (R4.6).
        if amount.amount() > 0 && by_cardholder && present_card {
            self.state.established = EstablishedBy::Payment;
            self.state.card_block = self.state.card_block.filter(|_| !unbinds);
        }
        if ended {
            return Ok(());
        }
        match kind {
            PaymentKind::Verification => {
                self.verified(index, attempt_index);
                self.begin_running();
                if let Some(own) = self.next_own()?.filter(|own| {
                    own.number == 1 && own.due_date <= on && own.amount.amount() == 0 && !own.was_attempted()
                }) {
                    let owed = self.own_record(own).pay()?;
                    self.balance = self.balance.plus(owed)?;
                }
            }
            PaymentKind::PlanChange => self.paid_change(place)?,
            PaymentKind::Unscheduled if self.current.schedule.is_none() => self.begin_running(),
            PaymentKind::Unscheduled | PaymentKind::Final => {}
            PaymentKind::Initial | PaymentKind::Recurring => {
                let fails = |record: &Record| record.is_open() && record.was_declined();
                if !self.own_records().any(fails) {
                    self.status = Status::Active;
                }
            }
        }
        if was_open {
            self.end_if_settled();
        }
        Ok(())
    }

    /// The first success makes it run, and so does one after the first verification has failed.
    fn begin_running(&mut self) {
        let own_failed = self.own_records().next_back().is_some_and(|own| own.status != PaymentStatus::Imported);
        if self.status == Status::Pending || !own_failed {
            self.status = Status::Active;
        }
    }

    fn verified(&mut self, index: usize, attempt_index: usize) {
        let card = self.attempt(index, attempt_index).map(|attempt| attempt.card);
        if card == Some(self.state.card) {
            let unbinds = self.attempt(index, attempt_index).is_some_and(|attempt| attempt.unbinds);
            self.state.established = EstablishedBy::Verification;
            self.state.card_block = self.state.card_block.filter(|_| !unbinds);
        }
    }

    /// An outcome other than success. It tells only of an attempt that is out, or that was taken for not made.
    pub(super) fn learn(
        &mut self,
        reference: &str,
        on: Date,
        outcome: Outcome,
        decline: Option<Decline>,
    ) -> Result<(), Errors> {
        let (index, attempt_index) = self.find(reference)?;
        let Some(attempt) = self.state.records.get_mut(index).and_then(|record| record.attempts.get_mut(attempt_index))
        else {
            return Ok(());
        };
        let unknown = attempt.is_out() || attempt.outcome == Outcome::NotMade;
        if !unknown || attempt.outcome == outcome {
            return Ok(());
        }
        attempt.outcome = outcome;
        attempt.on = on;
        attempt.decline.clone_from(&decline);
        if outcome == Outcome::Declined {
            self.declined(index, attempt_index, decline.unwrap_or_else(Decline::unexplained), on);
        }
        Ok(())
    }

    /// What a decline means for the payment, the subscription and the card.
    pub(super) fn declined(&mut self, index: usize, attempt_index: usize, decline: Decline, on: Date) {
        let (policy, present_card) = (self.policy(), self.state.card);
        let Some(record) = self.state.records.get(index).filter(|_| !self.status.is_final()) else { return };
        let Some(attempt) = record.attempts.get(attempt_index) else { return };
        let (kind, place, open, initial) = (record.kind, record.key(), record.is_open(), self.is_initial(record));
        // What this decline says by itself, whatever has become of the payment: an earlier one may have been of another card.
        let bound = (attempt.card == present_card).then(|| {
            let revoked = revokes(&decline);
            let this = RetryAttempt { on, amount: record.taken_by(attempt), decline };
            let binds = plan(&[this], &policy, None).is_some_and(|plan| plan.binds_card);
            binds.then_some(if revoked { CardBlock::Revoked } else { CardBlock::Card })
        });
        if let Some(binding) = bound.flatten() {
            let was_bound = self.state.card_block.is_some();
            let revoked = self.state.card_block == Some(CardBlock::Revoked);
            self.state.card_block = Some(if revoked { CardBlock::Revoked } else { binding });
            if !was_bound && self.state.established != EstablishedBy::None {
                self.state.checkout_since = Some(on);
            }
            // Only an attempt from now on can bring a card that is not bound.
            let attempts = self.state.records.iter_mut().flat_map(|record| &mut record.attempts);
            attempts.for_each(|attempt| attempt.unbinds = false);
        }
        match kind {
            _ if !open => {}
            PaymentKind::Initial | PaymentKind::Recurring => self.status = Status::Error,
            PaymentKind::Verification if initial => self.status = Status::Error,
            PaymentKind::PlanChange => {
                if let Some(change) = self.state.changes.iter().position(|change| change.payment == Some(place)) {
                    self.drop_change(change);
                }
            }
            PaymentKind::Verification | PaymentKind::Unscheduled | PaymentKind::Final => {}
        }
    }

    /// The record and the attempt of a reference.
    pub(super) fn find(&self, reference: &str) -> Result<(usize, usize), Error> {
        for (index, record) in self.state.records.iter().enumerate() {
            let mut numbers = (1..).zip(&record.attempts).map(|(number, _)| number);
            if let Some(attempt) = numbers.position(|n| self.reference(record.number, record.extra, n) == reference) {
                return Ok((index, attempt));
            }
        }
        Err(Error::new(
            Code::UnknownReference,
            "/event/reference",
            "no attempt of this subscription has this reference",
        ))
    }

    /// Whether this very charge was told before: as an overpayment of the same attempt, or, where the provider schedules, as a
    /// charge by its own schedule. Elsewhere the provider's references are not compared across attempts, for a caller may
    /// give one that stands for the whole agreement.
    fn was_told(&self, index: usize, attempt_index: usize, charge: Option<&str>) -> bool {
        let (Some(record), Some(charge)) = (self.state.records.get(index), charge) else { return false };
        let reference = self.reference(record.number, record.extra, attempt_number(attempt_index));
        let same = |overpaid: &Overpayment| {
            overpaid.reference.as_ref() == Some(&reference) && overpaid.provider_reference.as_deref() == Some(charge)
        };
        self.overpayments.iter().any(same) || (self.terms.is_internal() && self.took(charge))
    }

    /// Whether a charge of the provider's is recorded, of any attempt or as overpaid.
    pub(super) fn knows_charge(&self, charge: &str) -> bool {
        self.charged_by(charge, |_| true)
    }

    /// Whether a charge of the provider's is recorded as one that took money.
    fn took(&self, charge: &str) -> bool {
        self.charged_by(charge, |attempt| attempt.outcome == Outcome::Succeeded)
    }

    fn charged_by(&self, charge: &str, holds: impl Fn(&Attempt) -> bool) -> bool {
        let known = |told: &Option<String>| told.as_deref() == Some(charge);
        let mut attempts = self.state.records.iter().flat_map(|record| &record.attempts);
        attempts.any(|attempt| known(&attempt.provider_reference) && holds(attempt))
            || self.overpayments.iter().any(|overpaid| known(&overpaid.provider_reference))
    }

    pub(super) fn attempt(&self, record: usize, attempt: usize) -> Option<&Attempt> {
        self.state.records.get(record)?.attempts.get(attempt)
    }
}

fn attempt_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}

fn not_due_before(day: Date) -> Error {
    let message = ["this attempt is offered on `", &day.iso(), "`, not before"].concat();
    Error::new(Code::NotDue, "/event/reference", message)
}

fn not_due() -> Error {
    Error::new(Code::NotDue, "/event/reference", "this attempt is not offered on the day")
}
