//! Engine and model side by side, and what must hold for any history.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};

use billing_rules::{
    Action, Date, EstablishedBy, Event, Imported, Indicator, LineKind, Payment, Status, Subscription, Terms,
};

use crate::dice::{About, Dice};
use crate::happens::on_day;
use crate::holds::Taken;
use crate::model::{ID, Model, nok, plus};
use crate::todo::Todo;

/// No id is used twice.
static NEXT_ID: AtomicU64 = AtomicU64::new(0);

pub fn next_id() -> String {
    NEXT_ID.fetch_add(1, Ordering::Relaxed).to_string()
}

pub struct World {
    pub about: About,
    pub internal: bool,
    /// The subscription before any event.
    pub created: Subscription,
    pub engine: Subscription,
    pub model: Model,
    pub today: Date,
    pub offered: Option<Payment>,
    /// Every payment that was started or recorded, by its reference, as it was offered then.
    pub sent: BTreeMap<String, Payment>,
    pub told: Taken,
    /// What went back to the customer, and what was given.
    pub back: i64,
    pub given: i64,
    /// The ids that were counted, and what is left of each refund.
    pub counted: BTreeSet<String>,
    pub backs: BTreeMap<String, i64>,
    /// What was taken for a number and extra, and is no overpayment.
    pub taken: BTreeSet<(u32, u32)>,
    pub not_made: BTreeSet<String>,
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
}
