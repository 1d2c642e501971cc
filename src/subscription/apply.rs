//! Applying what has happened.

use super::action::{Action, day_before_last_event, next_action};
use super::event::{Event, When};
use super::record::{Attempt, Fate, Outcome};
use super::state::{Status, Subscription, Surplus, SurplusReason};
use crate::date::Date;
use crate::decline::Decline;
use crate::error::{Code, Error, Errors};
use crate::indicator::{EstablishedBy, Indicator};
use crate::money::Money;
use crate::retry::{RetryAttempt, plan};

/// Applies an event. What was recorded already changes nothing; an error leaves all as it was (R5.4).
///
/// # Errors
/// `day_before_last_event`; `unknown_reference`; `not_due` for an attempt that is not offered on the day;
/// `payment_in_flight` for a cancellation at once while an attempt is out; `ended`; `not_finished`; `amount_mismatch`.
pub fn apply_event(subscription: &Subscription, event: &Event) -> Result<Subscription, Errors> {
    let on = event.on();
    if subscription.state.on.is_some_and(|last| on < last) {
        return Err(day_before_last_event("/event/on").into());
    }
    let mut next = subscription.as_of(on)?;
    match event {
        Event::AttemptStarted { reference, .. } => next.start(reference, on)?,
        Event::PaymentSucceeded { reference, provider_reference, amount, .. } => {
            next.succeed(reference, on, provider_reference.as_deref(), *amount)?;
        }
        Event::PaymentPending { reference, .. } => next.learn(reference, on, Outcome::Pending, None)?,
        Event::PaymentNotMade { reference, .. } => next.learn(reference, on, Outcome::NotMade, None)?,
        Event::PaymentDeclined { reference, decline, .. } => {
            next.learn(reference, on, Outcome::Declined, decline.clone())?;
        }
        Event::Cancelled { when, .. } => next.cancel(on, when.unwrap_or_default())?,
        Event::Finished { status, .. } => next.finish(on, *status)?,
    }
    next.state.on = Some(on);
    next.as_of(on)
}

impl Subscription {
    fn start(&mut self, reference: &str, on: Date) -> Result<(), Errors> {
        let offered = match next_action(self, on)? {
            Action::Checkout { payment, .. } | Action::Charge { payment } => Some(payment),
            _ => None,
        };
        let Some(payment) = offered.filter(|payment| payment.reference == reference) else {
            return match self.find(reference) {
                Ok((record, attempt)) if self.attempt(record, attempt).is_some_and(Attempt::is_out) => Ok(()),
                Ok(_) => Err(not_due().into()),
                Err(unknown) => Err(unknown.into()),
            };
        };
        let by_cardholder = payment.indicator == Some(Indicator::C1);
        self.begin(Attempt::started(on, by_cardholder, by_cardholder && self.state.bound))
    }

    /// Adds an attempt to the open payment, or to the next number as its first.
    fn begin(&mut self, attempt: Attempt) -> Result<(), Errors> {
        if !self.state.records.iter().any(|record| record.fate == Fate::Open) {
            self.state.records.extend(self.next_record()?);
        }
        if let Some(record) = self.state.records.last_mut() {
            // The attempt that was not made is made again, under its own reference.
            record.attempts.retain(|attempt| attempt.outcome != Outcome::NotMade);
            record.attempts.push(attempt);
        }
        Ok(())
    }

    fn succeed(
        &mut self,
        reference: &str,
        on: Date,
        provider_reference: Option<&str>,
        amount: Option<Money>,
    ) -> Result<(), Errors> {
        if matches!(self.peek(on), Action::Record { payment } if payment.reference == reference) {
            self.begin(Attempt::started(on, false, false))?;
        }
        let (index, attempt_index) = self.find(reference)?;
        let (ended, id) = (self.status.is_final(), reference.to_string());
        let Some(record) = self.state.records.get_mut(index) else { return Ok(()) };
        if let Some(told) = amount.filter(|told| *told != record.amount) {
            let message = ["expected `", &record.amount.to_string(), "`, found `", &told.to_string(), "`"].concat();
            return Err(Error::new(Code::AmountMismatch, "/event/amount", message).into());
        }
        let owed = record.amount;
        let told_before = self.surplus.iter().any(|surplus| {
            surplus.reference == reference && surplus.provider_reference.as_deref() == provider_reference
        });
        let mut surplus = |reason| {
            let provider_reference = provider_reference.map(String::from);
            self.surplus.push(Surplus { reference: id.clone(), provider_reference, amount: owed, on, reason });
        };
        let Some(attempt) = record.attempts.get_mut(attempt_index) else { return Ok(()) };
        if attempt.outcome == Outcome::Succeeded {
            // The same charge told again changes nothing; another one under the same reference was one too many.
            match (&attempt.provider_reference, provider_reference) {
                (_, None) => {}
                (None, Some(charge)) => attempt.provider_reference = Some(charge.into()),
                (Some(known), Some(charge)) if known == charge || told_before => {}
                (Some(_), Some(_)) => surplus(SurplusReason::PaidTwice),
            }
            return Ok(());
        }
        attempt.outcome = Outcome::Succeeded;
        attempt.on = on;
        attempt.provider_reference = provider_reference.map(String::from);
        let (by_cardholder, unbinds) = (attempt.by_cardholder, attempt.unbinds);
        match record.fate {
            Fate::Paid => surplus(SurplusReason::PaidTwice),
            Fate::Stopped => surplus(SurplusReason::PaidAfterEnd),
            Fate::Open | Fate::GivenUp if ended => surplus(SurplusReason::PaidAfterEnd),
            Fate::Open | Fate::GivenUp => {
                record.fate = Fate::Paid;
                let from_balance = record.from_balance;
                self.balance = self.balance.plus(from_balance.negated())?;
                // A payment of 0 establishes nothing (R4.6), but it begins the subscription.
                if owed.amount() > 0 && by_cardholder {
                    self.state.established = EstablishedBy::Payment;
                    self.state.bound &= !unbinds;
                }
                self.status = Status::Active;
            }
        }
        Ok(())
    }

    /// An outcome other than success. It tells only of an attempt that is out, or that was taken for not made.
    fn learn(&mut self, reference: &str, on: Date, outcome: Outcome, decline: Option<Decline>) -> Result<(), Errors> {
        let (index, attempt_index) = self.find(reference)?;
        let policy = self.policy();
        let Some(record) = self.state.records.get_mut(index) else { return Ok(()) };
        let Some(attempt) = record.attempts.get_mut(attempt_index) else { return Ok(()) };
        let unknown = attempt.is_out() || attempt.outcome == Outcome::NotMade;
        if !unknown || attempt.outcome == outcome {
            return Ok(());
        }
        attempt.outcome = outcome;
        attempt.on = on;
        attempt.decline.clone_from(&decline);
        if outcome == Outcome::Declined && record.fate == Fate::Open {
            self.status = Status::Error;
            // What this decline says by itself: an earlier one may have been of another card.
            let this =
                RetryAttempt { on, amount: record.amount, decline: decline.unwrap_or_else(Decline::unexplained) };
            if plan(&[this], &policy, None).is_some_and(|plan| plan.binds_card) {
                self.state.bound = true;
                // Only an attempt from now on can bring a card that is not bound.
                let attempts = self.state.records.iter_mut().flat_map(|record| &mut record.attempts);
                attempts.for_each(|attempt| attempt.unbinds = false);
            }
        }
        Ok(())
    }

    fn cancel(&mut self, on: Date, when: When) -> Result<(), Errors> {
        if self.status.is_final() {
            return Err(Error::new(Code::Ended, "/event/type", "the subscription has ended already").into());
        }
        let served = self.paid_until()?.is_some_and(|end| end > on);
        if when == When::PeriodEnd && self.status == Status::Active && served {
            self.state.ending = true;
            return Ok(());
        }
        if self.state.records.iter().any(|record| record.out().is_some()) {
            let message = "an attempt is out: learn what became of it first";
            return Err(Error::new(Code::PaymentInFlight, "/event/type", message).into());
        }
        self.end(Status::Cancelled);
        Ok(())
    }

    fn finish(&mut self, on: Date, told: Status) -> Result<(), Errors> {
        match self.peek(on) {
            Action::Finish { status, .. } if status == told => {
                self.end(status);
                Ok(())
            }
            Action::None { status } if status == told => Ok(()),
            _ => {
                let message = "it is not over: this event answers the action `finish`, with its status";
                Err(Error::new(Code::NotFinished, "/event/status", message).into())
            }
        }
    }

    fn end(&mut self, status: Status) {
        self.status = status;
        for record in self.state.records.iter_mut().filter(|record| record.fate == Fate::Open) {
            record.fate = Fate::Stopped;
        }
    }

    /// What is offered on a day; nothing, where that cannot be told.
    fn peek(&self, on: Date) -> Action {
        next_action(self, on).unwrap_or(Action::None { status: self.status })
    }

    /// The record and the attempt of a reference.
    fn find(&self, reference: &str) -> Result<(usize, usize), Error> {
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

    fn attempt(&self, record: usize, attempt: usize) -> Option<&Attempt> {
        self.state.records.get(record)?.attempts.get(attempt)
    }
}

fn not_due() -> Error {
    Error::new(Code::NotDue, "/event/reference", "this attempt is not offered on the day")
}
