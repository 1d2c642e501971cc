//! Engine and model side by side, and what must hold for any history.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};

use billing_rules::{
    Action, CancellationOptions, ChargeStatus, Date, Effective, EstablishedBy, Event, Imported, Indicator, LineKind,
    OnExhausted, Payment, PlanChange, ReplacedBy, Settle, Status, Subscription, Terms, When, from_json, to_json,
};

use crate::dice::{About, Dice, cycle, decline};
use crate::ends::CancelQuote;
use crate::model::{Extra, ID, Model, Todo, nok, plus};
use crate::quotes::Quote;

/// No id is used twice.
static NEXT_ID: AtomicU64 = AtomicU64::new(0);

pub fn next_id() -> String {
    NEXT_ID.fetch_add(1, Ordering::Relaxed).to_string()
}

/// Where R5.2 lets an event lead. Staying is always possible.
const TRANSITIONS: &[(Status, &str, &[Status])] = {
    use Status::*;
    &[
        // What is collected after the end settles it (R5.9).
        (Pending, "payment_succeeded", &[Active, Cancelled]),
        (Error, "payment_succeeded", &[Active, Cancelled]),
        (Active, "payment_succeeded", &[Cancelled]),
        (Pending, "provider_charge", &[Active, Error]),
        (Error, "provider_charge", &[Active]),
        (Active, "provider_charge", &[Error]),
        (Pending, "payment_declined", &[Error]),
        (Active, "payment_declined", &[Error]),
        (Pending, "cancelled", &[Cancelled]),
        (Active, "cancelled", &[Cancelled]),
        (Error, "cancelled", &[Cancelled]),
        (Pending, "finished", &[Cancelled]),
        (Active, "finished", &[Cancelled, Expired]),
        (Error, "finished", &[Cancelled, Expired]),
    ]
};

fn word(event: &Event) -> &'static str {
    match event {
        Event::PaymentSucceeded { .. } => "payment_succeeded",
        Event::PaymentDeclined { .. } => "payment_declined",
        Event::ProviderCharge { .. } => "provider_charge",
        Event::Cancelled { .. } => "cancelled",
        Event::Finished { .. } => "finished",
        _ => "another",
    }
}

/// The same event on another day, with the days that it names as far ahead.
fn on_day(event: &Event, day: Date) -> Event {
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

/// The charges that were told, so that each counts once.
#[derive(Default)]
struct Taken {
    /// By our reference: the amount, and the provider's references.
    by_reference: BTreeMap<String, (i64, BTreeSet<String>)>,
    /// By the provider's reference alone: where it schedules, one stands for one charge.
    by_charge: BTreeMap<String, i64>,
}

impl Taken {
    fn sum(&self) -> i64 {
        let sum = |(amount, named): &(i64, BTreeSet<String>)| amount * i64::try_from(named.len().max(1)).unwrap();
        self.by_reference.values().map(sum).sum::<i64>() + self.by_charge.values().sum::<i64>()
    }
}

pub struct World {
    about: About,
    internal: bool,
    /// The subscription before any event.
    created: Subscription,
    pub engine: Subscription,
    pub model: Model,
    pub today: Date,
    offered: Option<Payment>,
    /// Every payment that was started or recorded, by its reference, as it was offered then.
    pub sent: BTreeMap<String, Payment>,
    told: Taken,
    /// What went back to the customer, and what was given.
    pub back: i64,
    pub given: i64,
    /// The ids that were counted, and what is left of each refund.
    pub counted: BTreeSet<String>,
    pub backs: BTreeMap<String, i64>,
    /// What was taken for a number and extra, and is no overpayment.
    taken: BTreeSet<(u32, u32)>,
    not_made: BTreeSet<String>,
    pub history: Vec<Event>,
}

impl World {
    pub fn new((terms, imported): (Terms, Option<(u32, bool)>), about: About) -> Self {
        let model = Model::new(&terms, imported);
        let today = terms.schedule.map_or("2025-06-01".parse().unwrap(), |schedule| plus(schedule.start(), -3));
        let engine = match imported {
            Some((payments, known)) => {
                let established_by = if known { EstablishedBy::Payment } else { EstablishedBy::None };
                Subscription::import(ID, terms, Imported::new(payments, established_by)).unwrap()
            }
            None => Subscription::new(ID, terms).unwrap(),
        };
        let today = engine.terms().trial_start.map_or(today, |start| today.min(plus(start, -1)));
        let (offered, sent, told, taken, not_made, history) = Default::default();
        let (internal, back, given) = (model.internal, 0, 0);
        let (counted, backs) = Default::default();
        if std::env::var("MODEL_SHOW").is_ok() {
            eprintln!("TERMS {:?} IMPORTED {imported:?}", engine.terms());
        }
        Self {
            about,
            internal,
            created: engine.clone(),
            engine,
            model,
            today,
            offered,
            sent,
            told,
            back,
            given,
            counted,
            backs,
            taken,
            not_made,
            history,
        }
    }

    /// What to do next, after all that can be said of it without the model.
    pub fn ask(&mut self) -> Action {
        let action = self.engine.next_action(self.today).unwrap();
        let mut model = self.model.clone();
        model.live_until(self.today);
        self.same_todo(&action, &model, self.today);
        if self.about == About::MinimumTerms {
            let found = self.engine.earliest_end(self.today).unwrap();
            assert_eq!(found, model.earliest_end(self.today), "on {} after {:#?}", self.today, self.history);
        }
        match &action {
            Action::Checkout { payment, .. } if !self.internal => assert_eq!(payment.indicator, Some(Indicator::C1)),
            Action::Charge { payment } => assert_eq!(payment.indicator, Some(Indicator::M1)),
            Action::Record { payment } => assert_eq!((payment.indicator, payment.amount.amount()), (None, 0)),
            // Frozen: the very payment that was offered when it was started. One that was told not to be made has thawed.
            Action::Resolve { payment } if !self.not_made.contains(&payment.reference) => {
                let mut sent = self.sent[&payment.reference].clone();
                // The end of a pause may make its period longer.
                sent.period = payment.period;
                assert_eq!(**payment, sent, "{:#?}", self.history);
            }
            Action::Wait { until } => {
                assert!(*until > self.today);
                // Nothing changes before.
                assert_eq!(self.engine.next_action(plus(*until, -1)).as_ref(), Ok(&action), "{:#?}", self.history);
            }
            Action::Finish { on, .. } => assert_eq!(*on, self.today),
            _ => {}
        }
        if let Action::Checkout { payment, .. } | Action::Charge { payment } | Action::Record { payment } = &action {
            let Payment { number, extra, attempt, amount, .. } = &**payment;
            assert_eq!(payment.reference, format!("{ID}-{number}-{extra}-{attempt}"));
            assert!(amount.amount() >= 0);
            assert_eq!(payment.lines.iter().map(|line| line.amount.amount()).sum::<i64>(), amount.amount());
            let moved = payment.lines.iter().filter(|line| line.kind == LineKind::Balance).count();
            let nothing = matches!(action, Action::Record { .. }) || self.is_verification(payment);
            assert!(moved <= 1 && (*amount == nok(0)) == nothing);
            // A reference that was used before stands for the same payment again.
            let before = self.sent.get(&payment.reference);
            let may_move = self.not_made.contains(&payment.reference);
            let is_same = |before: &Payment| may_move || before.due_date == payment.due_date;
            assert!(before.is_none_or(|before| is_same(before) && before.kind == payment.kind));
            self.offered = Some(Payment::clone(payment));
        }
        // Later days, as they would be if nothing happened until then.
        for days in [1, 6, 33] {
            let day = plus(self.today, days);
            model.live_until(day);
            let later = self.engine.next_action(day).unwrap();
            self.same_todo(&later, &model, day);
        }
        action
    }

    /// Both say the same of a day. Until when there is nothing to do is a day on which something may change: which one is free
    /// where a pause ends by itself.
    fn same_todo(&self, action: &Action, model: &Model, day: Date) {
        let (found, expected) = (Todo::from(action), model.todo(day));
        let idle =
            |todo| matches!(todo, Todo::Wait(_) | Todo::Nothing(Status::Active | Status::Error | Status::Pending));
        let both_wait = idle(found) && idle(expected);
        if !both_wait || model.pause.is_none() {
            assert_eq!(found, expected, "on {day} after {:#?}", self.history);
        }
    }

    fn is_verification(&self, payment: &Payment) -> bool {
        payment.lines.iter().any(|line| line.kind == LineKind::Verification)
    }

    pub fn step(&mut self, mut dice: Dice) {
        let dice = &mut dice;
        self.today = plus(
            self.today,
            match dice.below(20) {
                0..12 => 0,
                12..18 => dice.days(4),
                _ => dice.days(41),
            },
        );
        // D8: a pause does not begin while an attempt is in flight.
        if let (Some(pause), Some(_)) = (self.model.pause.filter(|pause| pause.begun.is_none()), self.model.out()) {
            let last = self.model.last.unwrap_or(self.today);
            self.today = self.today.min(plus(pause.from, -1)).max(last);
        }
        let action = self.ask();
        let known: Vec<String> = self.sent.keys().cloned().collect();
        let old = (!known.is_empty()).then(|| dice.one(&known));
        let on = self.today;
        let event = match dice.weighted(&[26, 3, 4, 1, 1, 1, 1, 14, 1, 2]) {
            0 => self.obey(&action, dice.below(5) > 1, dice),
            1 => (!self.history.is_empty()).then(|| on_day(&dice.one(&self.history), on)),
            2 => old.map(|reference| self.outcome(reference, dice)),
            3 => {
                // An attempt that the provider made by itself is told by the provider's reference alone.
                let reference = format!("{ID}-{}-{}-{}", dice.below(4), dice.below(3), dice.below(3));
                let by_provider = !self.sent.contains_key(&reference) && self.model.amount_of(&reference).is_some();
                (!by_provider).then(|| self.outcome(reference, dice))
            }
            4 => old.map(|reference| Event::AttemptStarted { reference, on }),
            5 => old.map(|reference| {
                let amount = Some(nok(dice.days(3) * 700));
                Event::PaymentSucceeded { reference, on, provider_reference: None, amount }
            }),
            6 => self.history.last().map(|event| on_day(event, plus(event.on(), -1))),
            7 => Some(self.event(dice)),
            // Ahead of its day, or of one that nobody offers.
            8 => {
                let number = u64::from(self.engine.payments()) + dice.below(3);
                let reference = format!("{ID}-{number}-{}-{}", dice.below(2), 1 + dice.below(3));
                Some(Event::AttemptStarted { reference, on })
            }
            // Money taken for what is offered, though nobody said that it was sent.
            _ => action.payment().map(|payment| self.paid(payment)),
        };
        let event = event.filter(|event| match event {
            Event::Paused { .. } => self.may_pause(),
            Event::PaymentRequested { .. } => self.may_request(),
            _ => true,
        });
        if let Some(mut event) = event {
            // Where the provider schedules, its reference alone tells one charge from another.
            if let Event::PaymentSucceeded { reference, provider_reference, .. } = &mut event
                && self.internal
            {
                provider_reference.get_or_insert_with(|| format!("{reference}/0"));
            }
            let starts = matches!(event, Event::AttemptStarted { .. });
            self.tell(&event);
            // Mostly the outcome is known at once.
            if let (Event::AttemptStarted { reference, .. }, true) = (event, starts && dice.below(3) > 0)
                && self.sent.contains_key(&reference)
            {
                let outcome = self.outcome(reference, dice);
                self.tell(&outcome);
            }
        }
        // Reading takes longer than all the rest: now and then, and at the end.
        if dice.once_in(6) {
            self.stored();
        }
    }

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

    fn paid(&self, payment: &Payment) -> Event {
        let (reference, on) = (payment.reference.clone(), self.today);
        Event::PaymentSucceeded { reference, on, provider_reference: None, amount: Some(payment.amount) }
    }

    fn outcome(&self, reference: String, dice: &mut Dice) -> Event {
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
            8 if self.model.pause.is_none() => Event::PaymentNotMade { reference, on }, // D12
            _ => Event::PaymentPending { reference, on },
        }
    }

    /// A charge by the provider's own schedule: a success of an amount, or a decline.
    fn provider_charge(&self, amount: Option<billing_rules::Money>, dice: &mut Dice) -> Event {
        let (on, status) =
            (self.today, if amount.is_some() { ChargeStatus::Succeeded } else { ChargeStatus::Declined });
        let decline = if amount.is_none() { decline(on, dice) } else { None };
        let provider_reference = format!("charge-{}", dice.below(12));
        Event::ProviderCharge { provider_reference, status, amount, decline, on }
    }

    /// Where the engine and the model agree on pauses: D8, D12.
    fn may_pause(&self) -> bool {
        let mut now = self.model.clone();
        now.live_until(self.today);
        let not_made = now.pays.iter().any(|pay| pay.is_open() && !pay.attempts.is_empty() && !pay.was_attempted());
        let asked = now.present_for.is_some_and(|(_, day)| day == self.today); // D12b
        now.out().is_none() && !not_made && !asked && !matches!(now.todo(self.today), Todo::Finish(..))
    }

    /// What happens by itself or by somebody's decision.
    fn event(&mut self, dice: &mut Dice) -> Event {
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
            6 if self.may_pause() => self.paused(dice),
            6 => Event::PlanChangeWithdrawn { on },
            7 => self.cancelled(dice),
            8 => Event::CancellationWithdrawn { on },
            9 => Event::Finished { on, status: dice.one(&[Status::Expired, Status::Cancelled, Status::Active]) },
            11 => self.money_event(dice).unwrap_or(Event::VerificationRequested { on }),
            12 => self.moving_event(dice).unwrap_or(Event::VerificationRequested { on }),
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

    pub fn tell(&mut self, event: &Event) {
        let before = self.engine.clone();
        let mut model = self.model.clone();
        let (engine, expected) = (before.apply(event), model.apply(event));
        let told = engine.as_ref().map(|_| ()).map_err(|errors| errors.first());
        let same = match (&told, &expected) {
            (Ok(()), Ok(())) => true,
            (Err(error), Err(refusal)) => refusal.is(error.code(), error.path()),
            _ => false,
        };
        assert!(same, "{event:?}: {told:?}, and by the model {expected:?}, after {:#?}", self.history);
        if let Ok(after) = engine {
            (self.engine, self.model) = (after, model);
            self.history.push(event.clone());
            if let Event::AttemptStarted { reference, .. } | Event::PaymentSucceeded { reference, .. } = event {
                let begun = self.offered.take_if(|offered| offered.reference == *reference);
                self.sent.extend(begun.map(|payment| (reference.clone(), payment)));
            }
            if let Event::PaymentNotMade { reference, .. } = event {
                self.not_made.insert(reference.clone());
            }
            self.count(&before, event);
        }
        self.agree();
        self.hold(&before, event);
    }

    /// Counts what an event says was taken.
    fn count(&mut self, before: &Subscription, event: &Event) {
        let was = self.told.sum();
        self.count_back(before, event);
        match event {
            Event::PaymentSucceeded { reference, provider_reference, .. } => {
                let amount = self.model.amount_of(reference).unwrap();
                match provider_reference.clone() {
                    Some(charge) if self.internal => {
                        self.told.by_charge.entry(charge).or_insert(amount);
                    }
                    charge => {
                        let known = self.told.by_reference.entry(reference.clone());
                        known.or_insert((amount, BTreeSet::new())).1.extend(charge);
                    }
                }
            }
            Event::ProviderCharge { provider_reference, amount: Some(amount), .. } => {
                self.told.by_charge.entry(provider_reference.clone()).or_insert(amount.amount());
            }
            _ => {}
        }
        // Money that is told is for a payment that nothing was taken for, or it is an overpayment.
        if let Event::PaymentSucceeded { reference, .. } = event
            && self.told.sum() > was
            && self.engine.overpayments() == before.overpayments()
        {
            let Some(Payment { number, extra, .. }) = self.sent.get(reference) else {
                panic!("{reference} was never offered: {:#?}", self.history)
            };
            let (number, extra) = (*number, *extra);
            assert!(self.taken.insert((number, extra)), "{reference} was taken twice: {:#?}", self.history);
        }
    }

    /// Both say the same of where the subscription stands.
    fn agree(&self) {
        let (engine, model) = (&self.engine, &self.model);
        let overpayments: Vec<Extra> = engine
            .overpayments()
            .iter()
            .map(|extra| Extra {
                reference: extra.reference.clone(),
                charge: extra.provider_reference.clone(),
                amount: extra.amount.amount(),
                reason: extra.reason,
            })
            .collect();
        assert_eq!(
            (engine.status(), engine.payments(), engine.next_due_date(), engine.balance().amount(), &overpayments),
            (model.status, model.settled(), model.next_due_date(), model.balance, &model.overpayments),
            "after {:#?}",
            self.history
        );
        let current = engine.current();
        assert_eq!(
            (current.price.full().unwrap().amount(), current.first_number),
            (model.price, model.first),
            "{:#?}",
            self.history
        );
        let today = self.today.max(model.last.unwrap_or(self.today));
        let quote = engine.quote_cancellation(today, CancellationOptions::new().early());
        assert_eq!(quote.as_ref().map(CancelQuote::from), Ok(model.quote_now(self.today)), "{:#?}", self.history);
    }

    /// What holds for any history.
    fn hold(&self, before: &Subscription, event: &Event) {
        let now = &self.engine;
        let (was, is) = (before.status(), now.status());
        let keeps = self.model.exhausts == OnExhausted::SkipPayment;
        // A provider that schedules may end it in any way (R5.2, R5.7).
        let by_provider = self.internal && matches!(event, Event::Finished { .. }) && is.is_final() && !was.is_final();
        let listed = |to: Status| {
            TRANSITIONS.iter().any(|(from, by, all)| (*from, *by) == (was, word(event)) && all.contains(&to))
        };
        let by_days = keeps && is == Status::Error && (was == Status::Active || listed(Status::Active));
        let listed = listed(is);
        assert!(was == is || by_days || by_provider || listed, "{was:?} to {is:?} by {event:?}");
        let refunded = matches!(event, Event::OverpaymentRefunded { .. });
        assert!(before.payments() <= now.payments());
        assert!(refunded || now.overpayments().starts_with(before.overpayments()));
        // Conservation (R5.12): every charge that was told is for what periods and prorations say, in the balance, or an
        // overpayment, less what went back.
        let overpayments: i64 = now.overpayments().iter().map(|extra| extra.amount.amount()).sum();
        let (off, forgiven) = self.model.backed();
        assert_eq!(
            self.told.sum() - self.back + self.given,
            self.model.owed - off - forgiven - now.balance().amount() + overpayments,
            "after {:#?}",
            self.history
        );
    }

    /// The stored form reads back to the same, and on every day before the next action there is nothing to do (R11).
    pub fn stored(&self) {
        let json = to_json(&self.engine);
        assert_eq!(from_json::<Subscription>(&json).as_ref(), Ok(&self.engine), "after {:#?}", self.history);
        self.plan_refunds();

        // R11.4: the log run again leads to the same bytes.
        let last = self.history.last().map(Event::on);
        let again = self.created.replay(&self.history, last.unwrap_or(self.today)).unwrap();
        assert_eq!(to_json(&again.subscription), json, "after {:#?}", self.history);

        let next = self.engine.next_action_on();
        let is_idle = |day| matches!(self.engine.next_action(day), Ok(Action::Wait { .. } | Action::None { .. }));
        let days = (0..70).map(|days| plus(self.today, days));
        for day in days.filter(|day| next.is_none_or(|next| *day < next)) {
            assert!(is_idle(day), "on {day}, before {next:?}, after {:#?}", self.history);
        }
        if let Some(next) = next {
            let first = last.map_or(next, |last| next.max(last));
            assert!(!is_idle(first), "on {first} of {next}, after {:#?}", self.history);
        }
    }
}

impl Model {
    /// What an attempt takes.
    fn amount_of(&self, reference: &str) -> Option<i64> {
        let all = self.pays.iter().flat_map(|pay| pay.attempts.iter().enumerate().map(move |each| (pay, each)));
        let mut named = all.map(|(pay, (index, attempt))| {
            (format!("{ID}-{}-{}-{}", pay.number, pay.extra, index + 1), attempt.amount)
        });
        named.find(|(name, _)| name == reference).map(|(_, amount)| amount)
    }
}
