//! What events do to the model.

use billing_rules::{
    ChargeStatus, Code, Date, Decline, Event, Money, OverpaymentReason, ReplacedBy, Resumption, Schedule, Status, When,
};

use crate::model::{
    Ask, Attempt, Bound, Extra, ID, Kind, Meaning, Model, Outcome, Pay, PaymentStatus, Todo, nok, plus,
};

fn told_as(ask: &Ask) -> String {
    format!("{ID}-{}-{}-{}", ask.number, ask.extra, ask.attempt)
}

impl Model {
    /// Applies an event; on an error the model is to be thrown away.
    pub fn apply(&mut self, event: &Event) -> Result<(), Code> {
        let on = event.on();
        if self.last.is_some_and(|last| on < last) {
            return Err(Code::EventOutOfOrder);
        }
        self.live_until(on);
        self.last = Some(on);
        let in_flight = if self.out().is_some() { Err(Code::PaymentInFlight) } else { Ok(()) };
        let not_ended = if self.status.is_final() { Err(Code::SubscriptionEnded) } else { Ok(()) };
        let here = if self.internal { Err(Code::ProviderManaged) } else { Ok(()) };
        match event {
            Event::AttemptStarted { reference, .. } => match self.todo(on) {
                Todo::Checkout(ask) if told_as(&ask) == *reference => self.begin(&ask, true, on),
                Todo::Charge(ask) if told_as(&ask) == *reference => self.begin(&ask, false, on),
                _ => {
                    let (at, index) = self.find(reference)?;
                    if self.pays[at].attempts[index].outcome != Outcome::Out {
                        return Err(Code::NotDue);
                    }
                }
            },
            Event::PaymentSucceeded { reference, provider_reference, amount, .. } => {
                if let Todo::Record(ask) = self.todo(on)
                    && told_as(&ask) == *reference
                {
                    self.begin(&ask, false, on);
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
                not_ended?;
                self.request_verification(on);
            }
            Event::PlanChanged { .. } => self.wish(event, on)?,
            Event::PlanChangeWithdrawn { .. } => {
                not_ended?;
                let last = self.wishes.last().ok_or(Code::NothingToWithdraw)?;
                if last.pay.is_some() {
                    in_flight?;
                }
                self.drop_wish(self.wishes.len() - 1);
            }
            Event::UnscheduledCharge { amount, customer_present, .. } => {
                not_ended.and(here)?;
                if amount.amount() <= 0 {
                    return Err(Code::OutOfRange);
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
                    ReplacedBy::Payment => (self.established, self.bound) = (false, None),
                    ReplacedBy::Updater => self.bound = self.bound.filter(|bound| *bound == Bound::Revoked),
                }
            }
            Event::ProviderChanged { .. } => {
                not_ended.and(in_flight)?;
                self.card += 1;
                (self.established, self.bound) = (false, None);
            }
            Event::Paused { .. } => {
                not_ended.and(here).and(in_flight)?;
                if self.paused.is_some() {
                    return Err(Code::SubscriptionPaused);
                }
                let own = self.own().is_some_and(|own| own.due < on || own.was_attempted());
                if own || self.pays.iter().any(Pay::is_open) || self.trial_unverified(on) {
                    return Err(Code::PaymentOverdue);
                }
                self.paused = Some(on);
            }
            Event::Resumed { schedule, .. } => {
                not_ended?;
                let paused = self.paused.ok_or(Code::SubscriptionNotPaused)?;
                match schedule {
                    Resumption::Keep => self.keep(paused, on),
                    Resumption::Shift => self.shift(paused.days_until(on)),
                }
                self.paused = None;
                self.put_off(on);
            }
            Event::Cancelled { when, .. } => {
                not_ended?;
                let paid = self.status == Status::Active && self.paid_until().is_some_and(|until| until > on);
                let trial = self.terms.trial_start.is_some_and(|start| start <= on)
                    && self.status != Status::Error
                    && self.served_until().is_some_and(|until| until > on);
                if *when == Some(When::PeriodEnd) && (paid || trial) {
                    self.ending = true;
                } else {
                    in_flight?;
                    self.end(Status::Cancelled, PaymentStatus::Stopped);
                }
            }
            Event::CancellationWithdrawn { .. } => {
                not_ended?;
                if !self.ending || self.served_until().is_none_or(|until| until <= on) {
                    return Err(Code::NothingToWithdraw);
                }
                self.ending = false;
                self.put_off(on);
            }
            Event::Finished { status, .. } => match self.todo(on) {
                Todo::Finish(due, _) if due == *status => self.end(*status, PaymentStatus::Stopped),
                Todo::Nothing(ended) if ended.is_final() && ended == *status => {}
                _ if self.internal && status.is_final() && !self.status.is_final() => {
                    self.end(*status, PaymentStatus::GivenUp)
                }
                _ => return Err(Code::NotEnded),
            },
            other => panic!("{other:?}"),
        }
        if self.status.is_final() {
            self.ended = self.ended.or(Some(on));
        }
        self.day(on);
        Ok(())
    }

    fn find(&self, reference: &str) -> Result<(usize, usize), Code> {
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

    fn begin(&mut self, ask: &Ask, by_cardholder: bool, on: Date) {
        let pay = match (ask.number, ask.extra) {
            (0, 0) => Pay::beside(Kind::Verification, (0, 0), ask.due, 0),
            (_, 0) => self.own().unwrap(),
            // Always begun already.
            _ => Pay::beside(Kind::Extra, (ask.number, ask.extra), ask.due, 0),
        };
        let (card, unbinds) = (self.card, by_cardholder && self.bound.is_some());
        let pay = self.put(pay);
        pay.attempts.retain(|attempt| attempt.outcome != Outcome::NotMade);
        let (amount, outcome, charge) = (pay.amount(), Outcome::Out, None);
        pay.attempts.push(Attempt { on, amount, by_cardholder, unbinds, card, outcome, charge });
    }

    /// Whether a charge was told before.
    fn knows(&self, charge: &str, holds: impl Fn(&Attempt) -> bool) -> bool {
        let mut attempts = self.pays.iter().flat_map(|pay| &pay.attempts);
        attempts.any(|attempt| attempt.charge.as_deref() == Some(charge) && holds(attempt))
            || self.overpayments.iter().any(|extra| extra.charge.as_deref() == Some(charge))
    }

    /// R5.4: money was taken.
    fn take(
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
            self.overpayments.iter().any(same)
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
        let late = self.status.is_final() && !(self.internal && Some(self.pays[at].due) <= self.ended);
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

    fn settle(&mut self, at: usize, index: usize, on: Date) {
        let attempt = self.pays[at].attempts[index].clone();
        let pay = &mut self.pays[at];
        pay.status = PaymentStatus::Paid;
        if pay.is_own() {
            pay.credited_price = pay.credited_price.or(pay.prices.last().map(|(_, price)| *price));
        }
        let (kind, place, gross) = (pay.kind, pay.place(), pay.gross);
        self.owed += gross;
        self.balance += gross - attempt.amount;
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
                    let price = self.price;
                    let own = self.put(own);
                    (own.status, own.credited_price) = (PaymentStatus::Paid, Some(price));
                }
            }
            Kind::Change => self.paid_change(place),
            Kind::Extra if self.schedule.is_none() => self.begins_to_run(),
            Kind::Extra => {}
        }
    }

    /// The first success makes it active, and so does one after a verification alone has failed.
    fn begins_to_run(&mut self) {
        let own = self.pays.iter().any(|pay| pay.is_own() && pay.status != PaymentStatus::Imported);
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

    fn learn(&mut self, reference: &str, on: Date, outcome: Outcome) -> Result<(), Code> {
        let (at, index) = self.find(reference)?;
        let known = self.pays[at].attempts[index].outcome;
        if known == outcome || !matches!(known, Outcome::Out | Outcome::NotMade) {
            return Ok(());
        }
        let attempt = &mut self.pays[at].attempts[index];
        (attempt.outcome, attempt.on) = (outcome, on);
        let (Outcome::Declined(meaning), card) = (outcome, attempt.card) else { return Ok(()) };
        let initial = self.is_initial(&self.pays[at]);
        // The card is bound whatever has become of the payment.
        if let Some(bound) = meaning.binds.filter(|_| card == self.card && !self.status.is_final()) {
            self.bound = if self.bound == Some(Bound::Revoked) { self.bound } else { Some(bound) };
            // What was begun before this says nothing about the card that is bound now.
            self.pays.iter_mut().flat_map(|pay| &mut pay.attempts).for_each(|old| old.unbinds = false);
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

    fn end(&mut self, status: Status, open: PaymentStatus) {
        self.status = status;
        self.wishes.clear();
        self.paused = None;
        self.pays.iter_mut().filter(|pay| pay.is_open()).for_each(|pay| pay.status = open);
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

    /// Whether a trial's verification is owed since before a day, though nobody has begun it.
    fn trial_unverified(&self, on: Date) -> bool {
        let first = self.own().is_some_and(|own| own.number == 1);
        let known = self.pays.iter().any(|pay| pay.place() == (0, 0));
        first && !known && !self.established && self.price > 0 && self.terms.trial_start.is_some_and(|start| start < on)
    }

    /// R5.6.
    pub fn place_beside(&self, number: u32) -> (u32, u32) {
        let extras = self.pays.iter().filter(|pay| pay.number == number).map(|pay| pay.extra);
        (number, extras.max().unwrap_or(0) + 1)
    }

    /// The number whose period a day lies in; 0 before the start, the last one after the end.
    fn number_on(&self, on: Date) -> u32 {
        let begun = self.pays.iter().filter(|pay| pay.is_own() && pay.due <= on).map(|pay| pay.number);
        match self.own().filter(|own| own.due <= on) {
            Some(own) => self.number_due(on).unwrap_or(own.number),
            None => begun.max().unwrap_or(0),
        }
    }

    /// R5.10: what fell due is skipped, and the days of the pause count nowhere.
    fn keep(&mut self, paused: Date, on: Date) {
        while let Some(own) = self.own().filter(|own| own.due < on) {
            self.put(own).status = PaymentStatus::Skipped;
        }
        for pay in self.pays.iter_mut().filter(|pay| pay.is_own()) {
            let Some((start, end)) = pay.period else { continue };
            let days = start.max(paused).days_until(end.min(on));
            pay.of = (pay.of - days.max(0)).max(0);
        }
    }

    /// R5.10: the schedule restarts with the next number, so many days later, and the running period ends there.
    fn shift(&mut self, days: i64) {
        let ending = std::mem::replace(&mut self.ending, false);
        let own = self.own();
        self.ending = ending;
        let last = self.pays.iter().rposition(Pay::is_own);
        let (Some(own), Some(schedule)) = (own, self.schedule) else {
            if let Some(last) = last {
                self.pays[last].period = self.pays[last].period.map(|(start, end)| (start, plus(end, days)));
            }
            return;
        };
        let start = plus(own.due, days);
        if let Some(last) = last {
            self.pays[last].period = self.pays[last].period.map(|(first, _)| (first, start));
        }
        if schedule.end_date().is_some_and(|end| end < start) {
            self.exhausted = true;
            return;
        }
        let count = schedule.payment_count().map(|count| count - (own.number - self.first));
        self.schedule = Some(bounded(Schedule::new(start, schedule.cycle()), schedule.end_date(), count));
        self.first = own.number;
    }

    fn put_off(&mut self, on: Date) {
        for wish in self.wishes.iter_mut().filter(|wish| wish.pay.is_none()) {
            wish.change.at = wish.change.at.max(on);
        }
    }

    /// R5.7.
    fn provider_charge(
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
        let tomorrow = plus(on, 1);
        let until = self.ended.map_or(tomorrow, |ended| ended.min(tomorrow));
        let owed = |number: &u32| {
            let known = self.pays.iter().find(|pay| pay.is_own() && pay.number == *number);
            // After a cancellation with the period nothing new falls due.
            known.map_or(!self.ending && *number > self.settled(), |known| !known.paid_for())
        };
        // The number that is due on the very day comes before tomorrow's.
        let due_on = |number: &u32| self.number_due(plus(on, -1)) != Some(*number);
        let today = self.number_due(on).filter(|number| on <= until && due_on(number)).filter(owed);
        let latest = today.or(self.number_due(until).filter(owed));
        let given_up = |pay: &&Pay| pay.is_own() && pay.status == PaymentStatus::GivenUp && pay.due <= tomorrow;
        let older = self.pays.iter().find(given_up).map(|pay| pay.number).filter(|_| succeeded);
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

pub fn bounded(mut schedule: Schedule, end_date: Option<Date>, count: Option<u32>) -> Schedule {
    if let Some(end_date) = end_date {
        schedule = schedule.with_end_date(end_date).unwrap();
    }
    if let Some(count) = count {
        schedule = schedule.with_payment_count(count).unwrap();
    }
    schedule
}
