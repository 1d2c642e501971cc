//! Attempts and their outcomes in the model (R5.4).

use billing_rules::{Code, Date, Money, OverpaymentReason, Status};

use crate::model::{Extra, ID, Model, nok};
use crate::pays::{Attempt, Kind, Outcome, Pay, PaymentStatus};
use crate::todo::Ask;

impl Model {
    pub fn begin(&mut self, ask: &Ask, by_cardholder: bool, on: Date) {
        let pay = match (ask.number, ask.extra) {
            (0, 0) => Pay::beside(Kind::Verification, (0, 0), ask.due, 0),
            (_, 0) => {
                let own = self.own().unwrap();
                if let Some(known) = self.pays.iter_mut().find(|pay| pay.place() == own.place()) {
                    *known = own.clone();
                }
                own
            }
            // Always begun already.
            _ => Pay::beside(Kind::Extra, (ask.number, ask.extra), ask.due, 0),
        };
        let (card, unbinds) = (self.card, by_cardholder && self.bound.is_some());
        let pay = self.put(pay);
        pay.attempts.pop_if(|attempt| attempt.outcome == Outcome::NotMade);
        let (amount, outcome, charge) = (pay.amount(), Outcome::Out, None);
        pay.attempts.push(Attempt { on, amount, by_cardholder, unbinds, card, outcome, charge });
    }

    /// Whether a charge was told before.
    pub fn knows(&self, charge: &str, holds: impl Fn(&Attempt) -> bool) -> bool {
        let mut attempts = self.pays.iter().flat_map(|pay| &pay.attempts);
        attempts.any(|attempt| attempt.charge.as_deref() == Some(charge) && holds(attempt))
            || self.overpayments.iter().chain(&self.returned).any(|extra| extra.charge.as_deref() == Some(charge))
    }

    /// R5.4: money was taken.
    pub fn take(
        &mut self,
        at: usize,
        index: usize,
        charge: Option<&String>,
        told: Option<Money>,
        on: Date,
    ) -> Result<(), Code> {
        let pay = &self.pays[at];
        let attempt = &pay.attempts[index];
        let (kind, status, amount) = (pay.kind, pay.status, attempt.amount);
        let reference = format!("{ID}-{}-{}-{}", pay.number, pay.extra, index + 1);
        if told.is_some_and(|told| told != nok(amount)) {
            return Err(Code::AmountMismatch);
        }
        let told_before = charge.is_some_and(|charge| {
            let same =
                |extra: &Extra| extra.reference.as_ref() == Some(&reference) && extra.charge.as_ref() == Some(charge);
            self.overpayments.iter().chain(&self.returned).any(same)
                || (self.internal && self.knows(charge, |attempt| attempt.outcome == Outcome::Succeeded))
        });
        let attempt = &mut self.pays[at].attempts[index];
        let again = attempt.outcome == Outcome::Succeeded;
        if again {
            match (&attempt.charge, charge) {
                (_, None) => return Ok(()),
                (None, Some(charge)) => {
                    attempt.charge = Some(charge.clone());
                    return Ok(());
                }
                (Some(known), Some(charge)) if known == charge => return Ok(()),
                _ => {}
            }
        } else {
            (attempt.outcome, attempt.on, attempt.charge) = (Outcome::Succeeded, on, charge.cloned());
        }
        if told_before {
            return Ok(());
        }
        let late = self.over.is_some() && !self.status.is_final() && !matches!(kind, Kind::Extra | Kind::Final);
        let late = late || self.status.is_final() && !(self.internal && Some(self.pays[at].due) <= self.ended);
        let reason = match status {
            _ if again => OverpaymentReason::PaidTwice,
            PaymentStatus::Paid | PaymentStatus::Included | PaymentStatus::Imported => OverpaymentReason::PaidTwice,
            PaymentStatus::Dropped if kind == Kind::Verification => {
                self.verified(at, index);
                return Ok(());
            }
            PaymentStatus::Dropped => OverpaymentReason::Dropped,
            PaymentStatus::Stopped => OverpaymentReason::PaidAfterEnd,
            PaymentStatus::Open | PaymentStatus::GivenUp | PaymentStatus::Skipped if late => {
                OverpaymentReason::PaidAfterEnd
            }
            PaymentStatus::Open | PaymentStatus::GivenUp | PaymentStatus::Skipped => {
                self.settle(at, index, on);
                return Ok(());
            }
        };
        self.overpayments.push(Extra { reference: Some(reference), charge: charge.cloned(), amount, reason });
        Ok(())
    }

    pub fn settle(&mut self, at: usize, index: usize, on: Date) {
        let attempt = self.pays[at].attempts[index].clone();
        let pay = &mut self.pays[at];
        let was_open = pay.is_open();
        (pay.status, pay.paid_by) = (PaymentStatus::Paid, Some(index));
        if pay.is_own() {
            pay.credited_price = pay.credited_price.or(pay.prices.last().map(|(_, price)| *price));
        }
        let (kind, place, owed) = (pay.kind, pay.place(), pay.owed());
        let carried = std::mem::take(&mut pay.carried);
        self.owed += owed + carried;
        self.carry(owed + carried - attempt.amount);
        if kind == Kind::Own {
            self.settle_overlap(at);
        }
        if attempt.amount > 0 && attempt.by_cardholder && attempt.card == self.card {
            self.established = true;
            self.bound = self.bound.filter(|_| !attempt.unbinds);
        }
        if self.status.is_final() {
            return;
        }
        match kind {
            Kind::Own => {
                if !self.pays.iter().any(|pay| pay.is_own() && pay.is_open() && pay.was_declined()) {
                    self.status = Status::Active;
                }
            }
            Kind::Verification => {
                self.verified(at, index);
                self.begins_to_run();
                let zero = self
                    .own()
                    .filter(|own| own.number == 1 && own.due <= on && own.amount() == 0 && !own.was_attempted());
                if let Some(own) = zero {
                    let own = self.put(own);
                    own.status = PaymentStatus::Paid;
                    own.credited_price = own.credited_price.or(own.prices.last().map(|(_, price)| *price));
                    // What a change has left to it counts now.
                    let due = own.owed() + std::mem::take(&mut own.carried);
                    self.owed += due;
                    self.carry(due);
                }
            }
            Kind::Change => self.paid_change(place),
            Kind::Extra if self.schedule.is_none() => self.begins_to_run(),
            Kind::Extra | Kind::Final => {}
        }
        // R5.9: the last one that is collected ends it.
        if was_open && self.over.is_some() && !self.pays.iter().any(Pay::is_open) {
            self.status = Status::Cancelled;
        }
    }

    /// The first success makes it active, and so does one after a verification alone has failed.
    fn begins_to_run(&mut self) {
        let own = |pay: &Pay| pay.is_own() && pay.status != PaymentStatus::Imported;
        let own = self.pays.iter().any(|pay| own(pay) && (pay.was_attempted() || !pay.is_open()));
        if self.status == Status::Pending || !own {
            self.status = Status::Active;
        }
    }

    fn verified(&mut self, at: usize, index: usize) {
        let attempt = &self.pays[at].attempts[index];
        if attempt.card == self.card {
            self.established = true;
            self.bound = self.bound.filter(|_| !attempt.unbinds);
        }
    }

    pub fn learn(&mut self, reference: &str, on: Date, outcome: Outcome) -> Result<(), Code> {
        let (at, index) = self.find(reference)?;
        let known = self.pays[at].attempts[index].outcome;
        if known == outcome || !matches!(known, Outcome::Out | Outcome::NotMade) {
            return Ok(());
        }
        let attempt = &mut self.pays[at].attempts[index];
        (attempt.outcome, attempt.on) = (outcome, on);
        let (outcome, card) = (outcome, attempt.card);
        self.cut_open();
        let Outcome::Declined(meaning) = outcome else { return Ok(()) };
        self.pays[at].requested = None;
        let initial = self.is_initial(&self.pays[at]);
        // The card is bound whatever has become of the payment.
        if let Some(bound) = meaning.binds.filter(|_| card == self.card && !self.status.is_final()) {
            self.block(bound, String::new(), on);
        }
        let pay = &self.pays[at];
        if !pay.is_open() {
            return Ok(());
        }
        if pay.is_own() || initial {
            self.status = Status::Error;
        }
        if pay.kind == Kind::Change {
            let place = Some(pay.place());
            let wish = self.wishes.iter().position(|wish| wish.pay == place);
            self.drop_wish(wish.unwrap());
        }
        Ok(())
    }
}
