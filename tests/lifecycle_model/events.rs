//! What events do to the model.

use billing_rules::{Code, Date, Event, MoneyBack, ReplacedBy, Status};

use crate::model::{ID, Model};
use crate::pays::{Bound, Kind, Meaning, Outcome, Pay, PaymentStatus};
use crate::refusal::Refusal;
use crate::todo::{Ask, Todo};
use crate::turn::Turn;

fn told_as(ask: &Ask) -> String {
    format!("{ID}-{}-{}-{}", ask.number, ask.extra, ask.attempt)
}

impl Model {
    /// Applies an event; on an error the model is to be thrown away.
    pub fn apply(&mut self, event: &Event) -> Result<(), Refusal> {
        let on = event.on();
        if self.last.is_some_and(|last| on < last) {
            return Err(Refusal::at(Code::EventOutOfOrder, "/event/on"));
        }
        self.live_until(on);
        self.last = Some(on);
        if self.is_repeated(event)? {
            return Ok(());
        }
        let in_flight = if self.out().is_some() { Err(Code::PaymentInFlight) } else { Ok(()) };
        let not_ended = if self.status.is_final() { Err(Code::SubscriptionEnded) } else { Ok(()) };
        let not_over = if self.over.is_some() { Err(Code::SubscriptionEnded) } else { Ok(()) };
        let here = if self.internal { Err(Code::ProviderManaged) } else { Ok(()) };
        match event {
            Event::AttemptStarted { reference, .. } => match self.todo(on) {
                Todo::Checkout(ask) if told_as(&ask) == *reference => self.begin(&ask, true, on),
                Todo::Charge(ask) if told_as(&ask) == *reference => self.begin(&ask, false, on),
                _ if self.find(reference).is_err() && self.lies_ahead(reference, on) => return Err(Code::NotDue.into()),
                _ => {
                    let (at, index) = self.find(reference)?;
                    if self.pays[at].attempts[index].outcome != Outcome::Out {
                        return Err(Code::NotDue.into());
                    }
                }
            },
            Event::PaymentSucceeded { reference, provider_reference, amount, .. } => {
                // Money taken for what is offered implies its start.
                let begun = self.find(reference).is_ok();
                match self.todo(on) {
                    Todo::Record(ask) if told_as(&ask) == *reference => self.begin(&ask, false, on),
                    Todo::Charge(ask) if told_as(&ask) == *reference && !begun => self.begin(&ask, false, on),
                    Todo::Checkout(ask) if told_as(&ask) == *reference && !begun => self.begin(&ask, true, on),
                    _ => {}
                }
                let (at, index) = self.find(reference)?;
                self.take(at, index, provider_reference.as_ref(), *amount, on)?;
            }
            Event::PaymentPending { reference, .. } => {
                let (at, index) = self.find(reference)?;
                let attempt = &mut self.pays[at].attempts[index];
                if attempt.outcome == Outcome::NotMade {
                    (attempt.outcome, attempt.on) = (Outcome::Out, on);
                }
            }
            Event::PaymentNotMade { reference, .. } => self.learn(reference, on, Outcome::NotMade)?,
            Event::PaymentDeclined { reference, decline, .. } => {
                self.learn(reference, on, Outcome::Declined(Meaning::of(decline.as_ref())))?;
            }
            Event::ProviderCharge { provider_reference, status, amount, decline, .. } => {
                self.provider_charge(provider_reference, *status, *amount, decline.as_ref(), on)?;
            }
            Event::VerificationRequested { .. } => {
                not_ended.and(not_over)?;
                self.request_verification(on);
            }
            Event::PlanChanged { .. } => self.wish(event, on)?,
            Event::PlanChangeWithdrawn { .. } => {
                not_ended?;
                let last = self.wishes.len().checked_sub(1).ok_or(Code::NothingToWithdraw)?;
                if self.wishes[last].pay.is_some() {
                    in_flight?;
                }
                // What it had replaced does not come back.
                let days = self.force_days();
                let same = |at: &usize| *at == last || days[*at].is_some() && days[*at] == days[last];
                for at in (0..=last).rev().filter(same) {
                    self.drop_wish(at);
                }
            }
            Event::UnscheduledCharge { amount, customer_present, .. } => {
                not_ended.and(here)?;
                if amount.amount() <= 0 {
                    return Err(Code::OutOfRange.into());
                }
                let place = self.place_beside(self.number_on(on));
                let present = customer_present.unwrap_or(false);
                self.pays.push(Pay { present, ..Pay::beside(Kind::Extra, place, on, amount.amount()) });
            }
            Event::CardReplaced { by, .. } => {
                not_ended?;
                self.card += 1;
                match by {
                    ReplacedBy::Verification => (self.established, self.bound) = (true, None),
                    ReplacedBy::Payment => self.lose_card(on),
                    ReplacedBy::Updater => self.bound = self.bound.filter(|bound| *bound == Bound::Revoked),
                    _ => unreachable!("the model does not have {by}"),
                }
            }
            Event::ProviderChanged { .. } => {
                not_ended.and(in_flight)?;
                self.card += 1;
                self.lose_card(on);
            }
            Event::Paused { from, until, schedule, .. } => {
                not_ended.and(not_over).and(here)?;
                self.request_pause(*from, *until, *schedule, on)?;
            }
            Event::Resumed { schedule, anchor_day, .. } => {
                not_ended?;
                self.request_resumption(*schedule, *anchor_day, on)?;
            }
            // It is over already, and what is collected goes on.
            Event::Cancelled { .. } if self.over.is_some() => not_ended?,
            Event::Cancelled { when, early, final_payment, digest, .. } => {
                not_ended?;
                self.cancel_on(*when, *early, *final_payment, on)?;
                if digest.as_deref().is_some_and(|digest| digest.len() < 64) {
                    return Err(Refusal::at(Code::DigestMismatch, "/event/digest"));
                }
            }
            Event::CancellationWithdrawn { .. } => {
                not_ended?;
                self.withdraw_cancellation(on)?;
            }
            Event::Refunded { id, amount, kind, reference, provider_reference, .. } => {
                let named = (reference.as_deref(), provider_reference.as_deref());
                self.refund(id, amount.amount(), kind.unwrap_or(MoneyBack::Refund), named, on)?;
            }
            Event::RefundReversed { of, amount, .. } => self.reverse(of, *amount)?,
            Event::Credited { amount, .. } => {
                here?;
                self.credit(amount.amount())?;
            }
            Event::BalancePaidOut { amount, .. } => self.pay_out(amount.amount())?,
            Event::OverpaymentRefunded { reference, provider_reference, .. } => {
                self.return_overpayment(reference.as_ref(), provider_reference.as_ref())?;
            }
            Event::PaymentRequested { customer_present, .. } => {
                not_ended.and(here)?;
                in_flight?;
                self.request_payment(customer_present.unwrap_or(false), on)?;
            }
            Event::PaymentsSkipped { payments, .. } => {
                not_ended.and(not_over).and(here)?;
                self.skip_payments(*payments, on)?;
            }
            Event::Rescheduled { next, anchor_day, between, .. } => {
                not_ended.and(not_over).and(here)?;
                self.reschedule(*next, *anchor_day, *between, on)?;
            }
            Event::Finished { status, .. } => match self.todo(on) {
                Todo::Finish(due, _) if due == *status => self.end(*status, PaymentStatus::Stopped, on),
                Todo::Nothing(ended) if ended.is_final() && ended == *status => {}
                _ if self.internal && status.is_final() && !self.status.is_final() => {
                    self.end(*status, PaymentStatus::GivenUp, on)
                }
                _ => return Err(Code::NotEnded.into()),
            },
            other => panic!("{other:?}"),
        }
        self.remember(event);
        if self.status.is_final() {
            self.ended = self.ended.or(Some(on));
        }
        self.was_active |= self.status == Status::Active;
        self.day(on);
        Ok(())
    }

    pub fn find(&self, reference: &str) -> Result<(usize, usize), Code> {
        let mut words = reference.strip_prefix(ID).unwrap().split('-').skip(1).map(|word| word.parse::<usize>());
        let mut next = || words.next().unwrap().unwrap();
        let (number, extra, attempt) = (next(), next(), next());
        let place = (u32::try_from(number).unwrap(), u32::try_from(extra).unwrap());
        let at = self.pays.iter().position(|pay| pay.place() == place).ok_or(Code::UnknownReference)?;
        match (1..=self.pays[at].attempts.len()).contains(&attempt) {
            true => Ok((at, attempt - 1)),
            false => Err(Code::UnknownReference),
        }
    }

    /// Whether it is the next attempt at a payment whose day, or whose retry's, has not come.
    fn lies_ahead(&self, reference: &str, on: Date) -> bool {
        let mut words = reference.strip_prefix(ID).unwrap().split('-').skip(1).map(|word| word.parse::<u32>().unwrap());
        let (number, extra, attempt) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        let place = (number, extra);
        let waits = |pay: &Pay| pay.due > on || matches!(self.turn(pay, on), Turn::Later(_));
        let is_next = |pay: &Pay| pay.place() == place && pay.next_attempt() == usize::try_from(attempt).unwrap();
        if self.status.is_final() {
            return false;
        }
        let own = self.own();
        let trial = own.as_ref().is_some_and(|own| own.number == 1 && !own.was_attempted())
            && !self.established
            && self.price > 0
            && self.terms.trial_start.is_some_and(|start| start > on);
        if let Some(pay) =
            self.pays.iter().filter(|pay| pay.is_open() && pay.out().is_none()).chain(&own).find(|pay| is_next(pay))
        {
            return waits(pay);
        }
        let later =
            own.is_some_and(|own| own.number < number) && self.period(number).is_some_and(|period| period.start > on);
        attempt == 1 && extra == 0 && if number == 0 { trial } else { later }
    }

    /// Another card, with which the cardholder has completed nothing.
    fn lose_card(&mut self, on: Date) {
        (self.established, self.bound, self.present_since) = (false, None, Some(on));
        self.blocked_by.clear();
    }

    fn request_verification(&mut self, on: Date) {
        let mut known = self.pays.iter().filter(|pay| pay.kind == Kind::Verification).peekable();
        let first = known.peek().is_none();
        if known.any(Pay::is_open) {
            return;
        }
        let place = if first { (0, 0) } else { self.place_beside(self.number_on(on)) };
        self.pays.push(Pay::beside(Kind::Verification, place, on, 0));
    }

    /// R5.6.
    pub fn place_beside(&self, number: u32) -> (u32, u32) {
        let extras = self.pays.iter().filter(|pay| pay.number == number).map(|pay| pay.extra);
        (number, extras.max().unwrap_or(0) + 1)
    }

    /// The number whose period a day lies in; 0 before the start, the last one after the end.
    pub fn number_on(&self, on: Date) -> u32 {
        let begun = self.pays.iter().filter(|pay| pay.is_own() && pay.due <= on).map(|pay| pay.number);
        match self.own().filter(|own| own.due <= on) {
            Some(own) => self.number_due(on).unwrap_or(own.number),
            None => begun.max().unwrap_or(0),
        }
    }
}
