//! The events of a history, made of random numbers: most of them possible, some not.

use billing_rules::{
    Action, ChargeStatus, Date, Effective, Event, Payment, PlanChange, ReplacedBy, Settle, Status, When,
};

use crate::dice::{About, Dice, cycle, decline};
use crate::model::{nok, plus};
use crate::quotes::Quote;
use crate::world::{World, next_id};

/// The same event on another day, with the days that it names as far ahead.
pub fn on_day(event: &Event, day: Date) -> Event {
    let mut event = event.clone();
    let by = event.on().days_until(day);
    match &mut event {
        Event::PlanChanged { on, at, digest, .. } => (*on, *at, *digest) = (day, plus(*at, by), None),
        Event::Rescheduled { on, next, .. } => (*on, *next) = (day, plus(*next, by)),
        Event::Paused { on, from, until, .. } => {
            (*from, *until) = (from.map(|from| plus(from, by)), until.map(|until| plus(until, by)));
            *on = day;
        }
        Event::Cancelled { on, when, digest, .. } => {
            if let Some(When::On(end)) = when {
                *when = Some(When::On(plus(*end, by)));
            }
            (*on, *digest) = (day, None);
        }
        Event::AttemptStarted { on, .. }
        | Event::PaymentSucceeded { on, .. }
        | Event::PaymentPending { on, .. }
        | Event::PaymentDeclined { on, .. }
        | Event::PaymentNotMade { on, .. }
        | Event::ProviderCharge { on, .. }
        | Event::VerificationRequested { on }
        | Event::PlanChangeWithdrawn { on }
        | Event::UnscheduledCharge { on, .. }
        | Event::CardReplaced { on, .. }
        | Event::ProviderChanged { on }
        | Event::Refunded { on, .. }
        | Event::RefundReversed { on, .. }
        | Event::Credited { on, .. }
        | Event::BalancePaidOut { on, .. }
        | Event::OverpaymentRefunded { on, .. }
        | Event::PaymentRequested { on, .. }
        | Event::PaymentsSkipped { on, .. }
        | Event::Resumed { on, .. }
        | Event::CancellationWithdrawn { on }
        | Event::Finished { on, .. } => *on = day,
        other => panic!("{other:?}"),
    }
    event
}

impl World {
    /// The answer to an action: a success, or any.
    pub fn obey(&mut self, action: &Action, success: bool, dice: &mut Dice) -> Option<Event> {
        let on = self.today;
        match action {
            Action::Checkout { payment, .. } | Action::Charge { payment } => {
                Some(Event::AttemptStarted { reference: payment.reference.clone(), on })
            }
            Action::Resolve { payment } if success => {
                let reference = payment.reference.clone();
                Some(Event::PaymentSucceeded { reference, on, provider_reference: None, amount: None })
            }
            Action::Resolve { payment } => Some(self.outcome(payment.reference.clone(), dice)),
            Action::Record { payment } => {
                let (reference, amount) = (payment.reference.clone(), Some(nok(0)));
                Some(Event::PaymentSucceeded { reference, on, provider_reference: None, amount })
            }
            Action::AwaitProvider { payment } => {
                let amount = if success { Some(payment.amount) } else { None };
                Some(self.provider_charge(amount, dice))
            }
            Action::Wait { until } => {
                // In time, a day early or a day late.
                self.today = plus(*until, if success { 0 } else { dice.days(3) - 1 }).max(on);
                None
            }
            Action::Finish { status, .. } => Some(Event::Finished { on, status: *status }),
            _ => None,
        }
    }

    pub fn paid(&self, payment: &Payment) -> Event {
        let (reference, on) = (payment.reference.clone(), self.today);
        Event::PaymentSucceeded { reference, on, provider_reference: None, amount: Some(payment.amount) }
    }

    pub fn outcome(&self, reference: String, dice: &mut Dice) -> Event {
        let on = self.today;
        // Few references, so that the same ones come again.
        let provider_reference = match dice.below(8) {
            0 | 1 if !self.internal => None,
            2 => Some(format!("charge-{}", dice.below(4))),
            _ => Some(format!("{reference}/{}", dice.below(3) / 2)),
        };
        match dice.below(10) {
            0..5 => {
                let amount = self.model.amount_of(&reference).filter(|_| dice.once_in(2)).map(nok);
                Event::PaymentSucceeded { reference, on, provider_reference, amount }
            }
            5..8 => Event::PaymentDeclined { reference, on, decline: decline(on, dice) },
            8 => Event::PaymentNotMade { reference, on },
            _ => Event::PaymentPending { reference, on },
        }
    }

    /// A charge by the provider's own schedule: a success of an amount, or a decline.
    pub fn provider_charge(&self, amount: Option<billing_rules::Money>, dice: &mut Dice) -> Event {
        let (on, status) =
            (self.today, if amount.is_some() { ChargeStatus::Succeeded } else { ChargeStatus::Declined });
        let decline = if amount.is_none() { decline(on, dice) } else { None };
        let provider_reference = format!("charge-{}", dice.below(12));
        Event::ProviderCharge { provider_reference, status, amount, decline, on }
    }

    /// What happens by itself or by somebody's decision.
    pub fn event(&mut self, dice: &mut Dice) -> Event {
        let on = self.today;
        //        plan  withdrawn  extra  verify  card  provider  pause  cancel  withdrawn  finished  charge  money  moves
        let weights = match self.about {
            About::Payments => [1, 0, 1, 1, 3, 1, 0, 3, 2, 2, 0, 3, 3],
            About::Plans => [24, 3, 1, 0, 1, 0, 1, 1, 1, 0, 0, 5, 4],
            About::Beside => [1, 0, 9, 6, 6, 2, 1, 2, 1, 0, 0, 4, 3],
            About::Pauses => [7, 1, 1, 1, 1, 0, 14, 5, 4, 0, 0, 4, 6],
            About::Providers => [1, 0, 1, 2, 2, 1, 1, 2, 2, 2, 20, 4, 1],
            About::Money => [8, 1, 3, 0, 1, 0, 2, 3, 1, 0, 0, 26, 2],
            About::Moves => [8, 1, 1, 1, 1, 0, 6, 4, 2, 0, 0, 2, 20],
            About::MinimumTerms => [5, 1, 1, 1, 1, 0, 7, 14, 4, 1, 0, 2, 12],
            About::Everything => [8, 1, 4, 3, 3, 1, 7, 2, 2, 1, 3, 6, 6],
        };
        let paused = self.model.pause.is_some();
        match dice.weighted(&weights) {
            0 => self.plan_changed(dice),
            1 => Event::PlanChangeWithdrawn { on },
            2 => {
                let amount = nok(if dice.once_in(12) { 0 } else { 1 + dice.days(900) });
                Event::UnscheduledCharge {
                    id: next_id(),
                    amount,
                    note: None,
                    customer_present: dice.one(&[None, Some(true)]),
                    on,
                }
            }
            3 => Event::VerificationRequested { on },
            4 => {
                let by = dice.one(&[ReplacedBy::Verification, ReplacedBy::Payment, ReplacedBy::Updater]);
                Event::CardReplaced { by, on }
            }
            5 => Event::ProviderChanged { on },
            6 if paused == (dice.below(8) > 0) => self.resumed(dice),
            6 => self.paused(dice),
            7 => self.cancelled(dice),
            8 => Event::CancellationWithdrawn { on },
            9 => Event::Finished { on, status: dice.one(&[Status::Expired, Status::Cancelled, Status::Active]) },
            11 => self.money_event(dice).unwrap_or(Event::VerificationRequested { on }),
            12 => self.moving_event(dice),
            _ => {
                let price = self.engine.terms().price.full().unwrap();
                let amount = dice.one(&[Some(price), Some(price), Some(price), Some(price), None, None, Some(nok(77))]);
                self.provider_charge(amount, dice)
            }
        }
    }

    fn plan_changed(&mut self, dice: &mut Dice) -> Event {
        let on = self.today;
        let to = match dice.below(6) {
            0 => 0,
            1 => self.engine.current().price.full().unwrap().amount(),
            _ => dice.days(6_000),
        };
        let at = match dice.below(8) {
            0..5 => on,
            5 => plus(on, dice.days(6)),
            6 if dice.once_in(2) => plus(on, dice.days(50)),
            // The day of another one.
            6 => self.model.wishes.last().map_or(on, |wish| wish.change.at.max(on)),
            _ => self.engine.next_due_date().unwrap_or(on).max(plus(on, -1)),
        };
        let mut change = PlanChange::new(nok(to), at);
        if dice.once_in(3) && self.model.pause.is_none() {
            change.cycle = Some(cycle(dice));
            change.payment_count = dice.one(&[None, Some(1), Some(3)]);
        }
        change.effective = dice.one(&[None, None, Some(Effective::OnDate), Some(Effective::PeriodEnd)]);
        change.settle = dice.one(&[None, Some(Settle::Now), Some(Settle::NextPayment)]);
        change.prorate = dice.one(&[None, None, Some(true), Some(false)]);
        // What a page would show first.
        let quoted = self.engine.quote_plan_change(&change, on);
        let expected = self.model.quote(&change, on);
        let found = quoted.as_ref().map(Quote::from).map_err(|errors| errors.first().code());
        assert_eq!(found, expected, "{change:?} on {on} after {:#?}", self.history);
        let digest = quoted.ok().map(|plan| plan.proration.digest).filter(|_| dice.once_in(2));
        let mut event = Event::plan_changed(&change, digest, on);
        if let Event::PlanChanged { customer_present, .. } = &mut event {
            *customer_present = dice.one(&[None, None, Some(true)]);
        }
        event
    }
}
