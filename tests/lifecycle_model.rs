//! The life of a subscription against a second, naive model of it, over random histories.
//!
//! Both are told the same events and have to agree on every answer. What must hold for any history is checked on the engine
//! alone as well, so that an error that both share is seen too.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test ends where its data is broken, and its numbers are small"
)]

#[path = "lifecycle_model/model.rs"]
mod model;

use std::collections::{BTreeMap, BTreeSet};

use billing_rules::{
    Action, Adopted, Cycle, Date, Decline, EstablishedBy, Event, FirstPeriod, Indicator, OnExhausted, Payment, Retry,
    RetryPolicy, Schedule, Status, Subscription, SurplusReason, Terms, Unit, When, apply_event, create_subscription,
    from_json, next_action, to_json,
};
use model::{ID, Model, Todo, nok, plus, price_of};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;

/// How a subscription begins.
#[derive(Debug, Clone)]
struct Start {
    terms: Terms,
    adopted: Option<u32>,
    balance: i64,
}

fn starts() -> impl Strategy<Value = Start> {
    let cycles = vec![Cycle::MONTHLY, Cycle::WEEKLY, Cycle::QUARTERLY, Cycle::new(3, Unit::Day).unwrap()];
    let schedule = (
        0i64..400,
        prop::sample::select(cycles),
        prop::option::of(1u32..=31),
        prop::option::of(0i64..200),
        prop::option::of(1u32..6),
    );
    let ends = vec![None, Some(OnExhausted::Expire), Some(OnExhausted::Cancel), Some(OnExhausted::KeepError)];
    let days = prop::sample::select(vec![vec![], vec![1], vec![1, 3, 5, 7], vec![4, 20]]);
    let policy = prop::option::weighted(0.8, (days, prop::sample::select(ends)));
    let first = prop::sample::select(vec![None, Some(FirstPeriod::Free), Some(FirstPeriod::Full)]);
    let price = prop_oneof![3 => 1i64..5_000, 1 => Just(0), 1 => Just(1)];
    let balance = prop_oneof![3 => Just(0), 1 => -9_000i64..3_000];
    (schedule, price, policy, first, prop::option::weighted(0.3, 0u32..4), balance).prop_map(
        |((start, cycle, anchor, length, count), price, policy, first_period, adopted, balance)| {
            let start = plus("2025-01-01".parse().unwrap(), start);
            let mut schedule = Schedule::new(start, cycle);
            if let (Some(day), Unit::Month) = (anchor, cycle.unit()) {
                schedule = schedule.with_anchor_day(day).unwrap();
            }
            if let Some(length) = length {
                schedule = schedule.with_end_date(plus(start, length)).unwrap();
            }
            if let Some(count) = count {
                schedule = schedule.with_payment_count(count).unwrap();
            }
            let mut terms = Terms::new(nok(price), schedule);
            terms.first_period = first_period;
            terms.retry = policy.map(|(days, on_exhausted)| RetryPolicy { days, on_exhausted });
            // Nobody has settled more payments than there are.
            let last = schedule.last_payment().unwrap().map_or(u32::MAX, |last| last.number);
            let adopted = adopted.map(|payments| payments.min(last));
            // A first payment of 0 before others asks to verify a card that is not known yet (R4.6): not modelled.
            let unverified = price > 0 && price_of(&terms, 1) + balance <= 0;
            Start { terms, adopted: adopted.or(unverified.then_some(0)), balance }
        },
    )
}

fn begin(start: &Start) -> Subscription {
    let adopted = start.adopted.map(|payments| Adopted { payments, established_by: EstablishedBy::Payment });
    let begun = create_subscription(ID, start.terms.clone(), adopted).unwrap();
    // No event of this slice makes a balance, so it is written into the stored form.
    let mut stored: Value = serde_json::from_str(&to_json(&begun)).unwrap();
    stored["balance"]["amount"] = start.balance.into();
    from_json(&stored.to_string()).unwrap()
}

/// What is done at a step.
#[derive(Debug, Clone, Copy)]
enum Move {
    Obey,
    Nothing,
    Repeat,
    LateOutcome,
    AnyReference,
    StartAnOldAttempt,
    WrongAmount,
    DayBefore,
    Cancel,
    Finish,
}

/// A move, the days that pass before it, and two numbers to choose by.
type Step = (Move, i64, u8, u16);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    use Move::*;
    let moves = prop_oneof![
        30 => Just(Obey), 2 => Just(Nothing), 4 => Just(Repeat), 5 => Just(LateOutcome), 1 => Just(AnyReference),
        1 => Just(StartAnOldAttempt), 1 => Just(WrongAmount), 1 => Just(DayBefore), 1 => Just(Cancel), 1 => Just(Finish),
    ];
    let days = prop_oneof![6 => Just(0i64), 3 => 0i64..4, 1 => 0i64..=40];
    prop::collection::vec((moves, days, any::<u8>(), any::<u16>()), 10..60)
}

/// Where R5.2 lets an event lead. Staying is always possible, and the end of all attempts (R6.1) comes with the days.
fn leads_to(from: Status, event: &Event) -> &'static [Status] {
    use Status::*;
    match (from, event) {
        (Pending | Error, Event::PaymentSucceeded { .. }) => &[Active],
        (Pending | Active, Event::PaymentDeclined { .. }) => &[Error],
        (Pending | Active | Error, Event::Cancelled { .. }) => &[Cancelled],
        (Pending, Event::Finished { .. }) => &[Cancelled],
        (Active | Error, Event::Finished { .. }) => &[Cancelled, Expired],
        _ => &[],
    }
}

fn decline(on: Date, choice: u8) -> Option<Decline> {
    // The scheme is one without a rule on days that the policies here could meet.
    let scheme = Some("mastercard".into());
    let (retry, not_before) = match choice % 8 {
        0 => (Retry::Never, None),
        1 => (Retry::NeedsCustomer, None),
        2 => (Retry::NotBefore, Some(plus(on, choice % 32))),
        _ => (Retry::Allowed, None),
    };
    Some(Decline { code: None, scheme, advice: None, retry, not_before, reason: "declined".into() })
}

fn outcome(reference: String, on: Date, choice: u8, pick: u16) -> Event {
    // Few references, so that the same ones come again.
    let provider_reference = (!pick.is_multiple_of(4)).then(|| format!("{reference}/{}", pick % 3));
    match choice % 8 {
        0..4 => Event::PaymentSucceeded { reference, on, provider_reference, amount: None },
        4 | 5 => Event::PaymentDeclined { reference, on, decline: decline(on, choice / 8) },
        6 => Event::PaymentNotMade { reference, on },
        _ => Event::PaymentPending { reference, on },
    }
}

fn on_day(event: &Event, day: Date) -> Event {
    let mut event = event.clone();
    match &mut event {
        Event::AttemptStarted { on, .. }
        | Event::PaymentSucceeded { on, .. }
        | Event::PaymentPending { on, .. }
        | Event::PaymentDeclined { on, .. }
        | Event::PaymentNotMade { on, .. }
        | Event::Cancelled { on, .. }
        | Event::Finished { on, .. } => *on = day,
        other => panic!("{other:?}"),
    }
    event
}

struct World {
    start: Start,
    engine: Subscription,
    model: Model,
    today: Date,
    offered: Option<Payment>,
    /// Every payment that was started or recorded, by its reference, as it was offered then.
    sent: BTreeMap<String, Payment>,
    history: Vec<Event>,
}

impl World {
    fn new(start: Start) -> Self {
        let model = Model::new(&start.terms, start.adopted, start.balance);
        let (engine, today) = (begin(&start), plus(start.terms.schedule.unwrap().start(), -3));
        Self { start, engine, model, today, offered: None, sent: BTreeMap::new(), history: Vec::new() }
    }

    /// What to do next, after all that can be said of it without the model.
    fn ask(&mut self) -> Action {
        let action = next_action(&self.engine, self.today).unwrap();
        assert_eq!(next_action(&self.engine, self.today).as_ref(), Ok(&action));
        assert_eq!(Todo::from(&action), self.model.todo(self.today), "on {} after {:#?}", self.today, self.history);
        match &action {
            Action::Checkout { payment, .. } => assert_eq!(payment.indicator, Some(Indicator::C1)),
            Action::Charge { payment } => assert_eq!(payment.indicator, Some(Indicator::M1)),
            Action::Record { payment } => assert_eq!((payment.indicator, payment.amount.amount()), (None, 0)),
            // Frozen: the very payment that was offered when it was started.
            Action::Resolve { payment } => assert_eq!(Some(payment), self.sent.get(&payment.reference)),
            Action::Wait { until } => assert!(*until > self.today),
            Action::Finish { on, balance, .. } => assert_eq!((*on, *balance), (self.today, self.engine.balance())),
            _ => {}
        }
        if let Action::Checkout { payment, .. } | Action::Charge { payment } | Action::Record { payment } = &action {
            let Payment { number, attempt, amount, due_date, .. } = payment;
            assert_eq!(payment.reference, format!("{ID}-{number}-0-{attempt}"));
            assert!(matches!(action, Action::Record { .. }) || amount.amount() > 0);
            assert_eq!(payment.lines.iter().map(|line| line.amount.amount()).sum::<i64>(), amount.amount());
            assert_eq!(
                Some(*due_date),
                self.start.terms.schedule.unwrap().period(*number).unwrap().map(|period| period.start)
            );
            // A reference that was used before stands for the same money again.
            let before = self.sent.get(&payment.reference);
            assert!(before.is_none_or(|before| (before.amount, &before.lines) == (*amount, &payment.lines)));
            self.offered = Some(payment.clone());
        }
        action
    }

    fn step(&mut self, (what, days, choice, pick): Step) {
        self.today = plus(self.today, days);
        let (on, action) = (self.today, self.ask());
        let known: Vec<String> = self.sent.keys().cloned().collect();
        let old = known.get(usize::from(pick) % known.len().max(1)).cloned();
        let event = match what {
            Move::Nothing => None,
            Move::Obey => self.obey(action, choice, pick),
            Move::Repeat => {
                self.history.get(usize::from(pick) % self.history.len().max(1)).map(|event| on_day(event, on))
            }
            Move::LateOutcome => old.map(|reference| outcome(reference, on, choice, pick / 64)),
            Move::StartAnOldAttempt => old.map(|reference| Event::AttemptStarted { reference, on }),
            Move::AnyReference => Some(outcome(format!("{ID}-{}-0-{}", pick % 5, pick / 5 % 3), on, choice, pick)),
            Move::WrongAmount => old.map(|reference| {
                let amount = Some(nok(choice.into()));
                Event::PaymentSucceeded { reference, on, provider_reference: None, amount }
            }),
            Move::DayBefore => self.history.last().map(|event| on_day(event, plus(event.on(), -1))),
            Move::Cancel => {
                let when = [None, Some(When::Now), Some(When::PeriodEnd), Some(When::PeriodEnd)];
                Some(Event::Cancelled { on, when: when[usize::from(choice % 4)] })
            }
            Move::Finish => {
                let status = [Status::Expired, Status::Cancelled, Status::Active][usize::from(choice % 3)];
                Some(Event::Finished { on, status })
            }
        };
        if let Some(event) = event {
            self.tell(&event);
        }
    }

    fn obey(&mut self, action: Action, choice: u8, pick: u16) -> Option<Event> {
        let on = self.today;
        match action {
            Action::Checkout { payment, .. } | Action::Charge { payment } => {
                Some(Event::AttemptStarted { reference: payment.reference, on })
            }
            Action::Resolve { payment } => Some(outcome(payment.reference, on, choice, pick)),
            Action::Record { payment: Payment { reference, .. } } => {
                Some(Event::PaymentSucceeded { reference, on, provider_reference: None, amount: Some(nok(0)) })
            }
            Action::Wait { until } => {
                self.today = until;
                None
            }
            Action::Finish { status, .. } => Some(Event::Finished { on, status }),
            _ => None,
        }
    }

    fn tell(&mut self, event: &Event) {
        let before = self.engine.clone();
        let mut model = self.model.clone();
        let (engine, expected) = (apply_event(&before, event), model.apply(event));
        let told = engine.as_ref().map(|_| ()).map_err(|errors| errors.first().code());
        assert_eq!(told, expected, "{event:?} after {:#?}", self.history);
        if let Ok(after) = engine {
            (self.engine, self.model) = (after, model);
            self.history.push(event.clone());
            if let Event::AttemptStarted { reference, .. } | Event::PaymentSucceeded { reference, .. } = event {
                let begun = self.offered.take_if(|offered| offered.reference == *reference);
                self.sent.extend(begun.map(|payment| (reference.clone(), payment)));
            }
        }
        self.agree();
        self.hold(&before, event);
    }

    /// Both say the same of where the subscription stands.
    fn agree(&self) {
        let (engine, model) = (&self.engine, &self.model);
        let due = model.owed().filter(|_| !model.status.is_final()).map(|owed| owed.due);
        let surplus: Vec<(String, i64, SurplusReason)> =
            engine.surplus().iter().map(|s| (s.reference.clone().unwrap(), s.amount.amount(), s.reason)).collect();
        assert_eq!(
            (engine.status(), engine.payments(), engine.next_due_date(), engine.balance(), &surplus),
            (model.status, model.settled(), due, nok(model.balance), &model.surplus),
            "after {:#?}",
            self.history
        );
    }

    /// What holds for any history.
    fn hold(&self, before: &Subscription, event: &Event) {
        let now = &self.engine;
        let (was, is) = (before.status(), now.status());
        let by_days = (was, is) == (Status::Active, Status::Error) && self.gives_up();
        assert!(was == is || by_days || leads_to(was, event).contains(&is), "{was:?} to {is:?} by {event:?}");
        assert!(before.payments() <= now.payments() && now.surplus().starts_with(before.surplus()) || before == now);
        assert!(now.next_due_date().is_none_or(|due| before.next_due_date().is_some_and(|earlier| earlier <= due)));
        let json = to_json(now);
        assert_eq!(from_json::<Subscription>(&json).as_ref(), Ok(now));

        let stored: Value = serde_json::from_str(&json).unwrap();
        let records = stored["state"]["records"].as_array().unwrap();
        let (mut numbers, mut paid, mut balance) = (BTreeSet::new(), 0, self.start.balance);
        for record in records.iter().filter(|record| record["fate"] == "paid") {
            let (number, amount) = (record["number"].as_u64().unwrap(), record["amount"]["amount"].as_i64().unwrap());
            let from_balance = record["fromBalance"]["amount"].as_i64().unwrap();
            let price = price_of(&self.start.terms, u32::try_from(number).unwrap());
            assert!(numbers.insert((number, record["extra"].as_u64())), "{number} was paid twice");
            assert_eq!(amount - from_balance, price);
            paid += amount;
            balance -= from_balance;
        }
        assert_eq!(now.balance().amount(), balance);
        // Every charge that was told is either what a payment took, or surplus.
        let surplus: i64 = now.surplus().iter().map(|surplus| surplus.amount.amount()).sum();
        assert_eq!(self.taken(), paid + surplus, "after {:#?}", self.history);
    }

    fn gives_up(&self) -> bool {
        self.start.terms.retry.as_ref().is_some_and(|policy| policy.on_exhausted == Some(OnExhausted::KeepError))
    }

    /// The money of all charges that were told, each counted once.
    fn taken(&self) -> i64 {
        let mut charges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for event in &self.history {
            if let Event::PaymentSucceeded { reference, provider_reference, .. } = event {
                charges.entry(reference).or_default().extend(provider_reference.as_deref());
            }
        }
        let amount = |reference: &str| self.sent[reference].amount.amount();
        charges.iter().map(|(reference, named)| amount(reference) * i64::try_from(named.len().max(1)).unwrap()).sum()
    }
}

fn seed() -> RngSeed {
    std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(RngSeed::Fixed(20_250_131))
}

proptest! {
    // The same sequences at every run; others by hand, with PROPTEST_RNG_SEED.
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, rng_seed: seed(), ..ProptestConfig::default() })]

    #[test]
    fn the_engine_and_the_model_agree(start in starts(), steps in steps()) {
        let mut world = World::new(start);
        for step in steps {
            world.step(step);
        }
    }

    /// Who always does what is said, late or in time, forgets nothing: every number in order, and then the end.
    #[test]
    fn nothing_that_is_due_is_forgotten(
        start in starts(), late in prop::collection::vec(prop_oneof![Just(0i64), 0i64..=40], 40), in_time: bool,
    ) {
        let last = start.terms.schedule.unwrap().with_payment_count(12).unwrap().last_payment().unwrap().unwrap();
        let mut start = start;
        start.terms.schedule = Some(start.terms.schedule.unwrap().with_payment_count(last.number).unwrap());
        start.adopted = start.adopted.map(|payments| payments.min(last.number));
        let (first, served) = (start.adopted.unwrap_or(0) + 1, start.terms.schedule.unwrap().period(last.number).unwrap().unwrap().end);
        let mut world = World::new(start);
        let (mut late, mut asked) = (late.into_iter().cycle(), Vec::new());
        // The first payment is made in time: unpaid, the subscription would end with its first period (R5.8).
        world.today = world.start.terms.schedule.unwrap().start();
        loop {
            let action = world.ask();
            if let Action::Checkout { payment, .. } | Action::Charge { payment } | Action::Record { payment } = &action {
                asked.push(payment.number);
            }
            let waits = matches!(action, Action::Wait { .. });
            // The outcomes are successes: choice 0.
            match world.obey(action, 0, 1) {
                Some(event) => world.tell(&event),
                None if waits && !in_time => world.today = plus(world.today, late.next().unwrap()),
                None if waits => {}
                None => break,
            }
        }
        prop_assert_eq!(asked, (first..=last.number).collect::<Vec<_>>());
        prop_assert_eq!((world.engine.status(), world.engine.payments()), (Status::Expired, last.number));
        prop_assert!(world.today == served || !in_time && world.today > served);
    }
}
