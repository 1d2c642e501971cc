//! A provider that schedules, in the model (R5.7).

use billing_rules::{ChargeStatus, Code, Date, Decline, Money, OverpaymentReason, Status};

use crate::model::{Extra, Model};
use crate::pays::{Attempt, Meaning, Outcome, Pay, PaymentStatus};
use crate::runs::Span;

impl Model {
    /// R5.7.
    pub fn provider_charge(
        &mut self,
        charge: &String,
        status: ChargeStatus,
        told: Option<Money>,
        decline: Option<&Decline>,
        on: Date,
    ) -> Result<(), Code> {
        if !self.internal {
            return Err(Code::UnknownReference);
        }
        let succeeded = status == ChargeStatus::Succeeded;
        if self.knows(charge, |_| true) {
            // Money taken wins, also after a decline of the same charge.
            let declined = |attempt: &Attempt| {
                matches!(attempt.outcome, Outcome::Declined(_)) && attempt.charge.as_ref() == Some(charge)
            };
            let all = self.pays.iter().enumerate();
            let mut found = all.filter_map(|(at, pay)| Some((at, pay.attempts.iter().position(declined)?)));
            return match found.next().filter(|_| succeeded) {
                Some((at, index)) => {
                    self.pays[at].attempts[index].charge = None;
                    self.take(at, index, Some(charge), told, on)
                }
                None => Ok(()),
            };
        }
        if self.status.is_final() && !succeeded {
            return Ok(());
        }
        let until = self.ended.map_or(on, |ended| ended.min(on));
        let owed = |number: &u32| {
            let known = self.pays.iter().find(|pay| pay.is_own() && pay.number == *number);
            // After a cancellation with the period nothing new falls due.
            known.map_or(self.period(*number).is_some() && *number > self.settled(), |known| !known.paid_for())
        };
        let latest = self.number_due(until).filter(owed);
        let unsettled = |pay: &&Pay| {
            pay.is_own() && matches!(pay.status, PaymentStatus::Open | PaymentStatus::GivenUp) && pay.due <= until
        };
        let older = self.pays.iter().find(unsettled).map(|pay| pay.number);
        // At most 5 days and a third of its period ahead, and at least one.
        let next = self.number_due(on).map_or(self.first, |number| number + 1);
        let near = |period: &Span| {
            let third = period.start.days_until(period.end) / 3;
            on.days_until(period.start) <= third.clamp(1, 5)
        };
        let ahead = self.ended.is_none() && self.period(next).is_some_and(|period| near(&period)) && owed(&next);
        let older = older.or(Some(next).filter(|_| ahead));
        let Some(number) = latest.or(older) else {
            if succeeded {
                let over = self.status.is_final() || self.ending;
                let reason = if over { OverpaymentReason::PaidAfterEnd } else { OverpaymentReason::PaidTwice };
                let amount = told.map_or(self.price, Money::amount);
                self.overpayments.push(Extra { reference: None, charge: Some(charge.clone()), amount, reason });
            }
            return Ok(());
        };
        loop {
            let open = self.pays.iter().find(|pay| pay.is_own() && pay.is_open()).cloned();
            let last = self.pays.iter().filter(|pay| pay.is_own()).map(|pay| pay.number).max().unwrap_or(0);
            let Some(own) = open.or_else(|| self.fresh(last + 1)).filter(|own| own.number <= number) else { break };
            let this = own.number == number;
            let own = self.put(own);
            if this {
                break;
            }
            own.status = PaymentStatus::GivenUp;
        }
        let at = self.pays.iter().position(|pay| pay.is_own() && pay.number == number).unwrap();
        let (amount, card) = (self.pays[at].amount(), self.card);
        let (by_cardholder, unbinds) = (false, false);
        let outcome = if succeeded { Outcome::Out } else { Outcome::Declined(Meaning::of(decline)) };
        let known = (!succeeded).then(|| charge.clone());
        self.pays[at].attempts.push(Attempt { on, amount, by_cardholder, unbinds, card, outcome, charge: known });
        if succeeded {
            let index = self.pays[at].attempts.len() - 1;
            return self.take(at, index, Some(charge), told, on);
        }
        if self.pays[at].is_open() && !self.status.is_final() {
            self.status = Status::Error;
        }
        Ok(())
    }
}
