//! Dates that move, as properties (R5.10, R5.13): a life does not depend on the days that were called, there is nothing to do before
//! `nextActionOn`, a stored life reads back, and a quote is what the life then does.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test ends where its data is broken, and its numbers are small"
)]

use billing_rules::{
    Action, Between, CancellationOptions, CancellationQuote, Cycle, Date, EndReason, EstablishedBy, Event, Imported,
    MissedPayments, Money, OnExhausted, PlanChange, ReplacedBy, Resumption, RetryPolicy, Schedule, Script,
    Subscription, Terms, When, from_json, to_json,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn seed() -> RngSeed {
    std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(RngSeed::Fixed(20_250_131))
}

fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1_500);
    ProptestConfig { cases, failure_persistence: None, rng_seed: seed(), ..ProptestConfig::default() }
}

fn brl(amount: i64) -> Money {
    Money::new(amount, "BRL".parse().unwrap()).unwrap()
}

fn day(days: i64) -> Date {
    let start: Date = "2025-03-01".parse().unwrap();
    start.plus_days(days).unwrap()
}

/// What a life is made of: numbers that a step reads one after the other.
struct Dice<'a>(std::iter::Cycle<std::slice::Iter<'a, u32>>);

impl Dice<'_> {
    fn below(&mut self, bound: u32) -> u32 {
        self.0.next().unwrap() % bound
    }

    fn days(&mut self, bound: u32) -> i64 {
        self.below(bound).into()
    }

    fn resumption(&mut self) -> Option<Resumption> {
        match self.below(3) {
            0 => None,
            1 => Some(Resumption::Keep),
            _ => Some(Resumption::Shift),
        }
    }

    fn maybe<T>(&mut self, value: T) -> Option<T> {
        (self.below(2) == 0).then_some(value)
    }
}

fn created(dice: &mut Dice<'_>) -> Subscription {
    let cycle =
        [Cycle::MONTHLY, Cycle::WEEKLY, Cycle::MONTHLY, Cycle::QUARTERLY].into_iter().nth(dice.below(4) as usize);
    let start = day(31 + dice.days(5));
    let mut schedule = Schedule::new(start, cycle.unwrap());
    if dice.below(4) == 0 && schedule.cycle().has_anchor_for_test() {
        schedule = schedule.with_anchor_day(1 + dice.below(31)).unwrap();
    }
    if dice.below(3) == 0 {
        schedule = schedule.with_payment_count(2 + dice.below(5)).unwrap();
    }
    if dice.below(4) == 0 {
        schedule = schedule.with_end_date(day(90 + dice.days(120))).unwrap();
    }
    let on_exhausted = if dice.below(2) == 0 { OnExhausted::SkipPayment } else { OnExhausted::Expire };
    let retry = RetryPolicy::new([1, 3, 7]).with_on_exhausted(on_exhausted);
    let mut terms = Terms::new(brl(10_000), schedule).with_retry(retry);
    if dice.below(3) == 0 {
        terms = terms.with_missed_payments(MissedPayments::Latest);
    }
    match dice.below(4) {
        0 => Subscription::new("sub-1", terms.with_trial_start(day(20))).unwrap(),
        1 => Subscription::import("sub-1", terms, Imported::new(1, EstablishedBy::Payment)).unwrap(),
        _ => Subscription::new("sub-1", terms).unwrap(),
    }
}

trait HasAnchor {
    fn has_anchor_for_test(&self) -> bool;
}

impl HasAnchor for Cycle {
    fn has_anchor_for_test(&self) -> bool {
        *self == Cycle::MONTHLY || *self == Cycle::QUARTERLY
    }
}

/// An event of a day, which the subscription may reject.
fn event(dice: &mut Dice<'_>, on: Date, index: usize) -> Event {
    let ahead = |days: i64| on.plus_days(days).unwrap();
    match dice.below(18) {
        0 | 1 => {
            let from = if dice.below(2) == 0 { 0 } else { dice.days(40) };
            let until = from + 1 + dice.days(60);
            let from = dice.maybe(ahead(from)).or(if from > 0 { Some(ahead(from)) } else { None });
            Event::Paused { from, until: dice.maybe(ahead(until)), schedule: dice.resumption(), on }
        }
        2 => Event::Resumed {
            schedule: dice.resumption(),
            anchor_day: if dice.below(6) == 0 { Some(1 + dice.below(31)) } else { None },
            on,
        },
        9..=11 => {
            let next = ahead(dice.days(45));
            let free = if dice.below(3) == 0 { Between::Prorated } else { Between::Free };
            let between = dice.maybe(free);
            Event::Rescheduled {
                next,
                anchor_day: if dice.below(6) == 0 { Some(1 + dice.below(31)) } else { None },
                between,
                on,
            }
        }
        12 | 13 => Event::PaymentsSkipped { id: format!("skip-{index}"), payments: 1 + dice.below(3), on },
        14 | 15 => Event::PaymentRequested { customer_present: dice.maybe(true), on },
        16 | 17 => Event::cancelled(When::On(ahead(dice.days(60))), on),
        3 => Event::unscheduled_charge(format!("charge-{index}"), brl(500), on),
        4 => Event::cancelled(When::PeriodEnd, on),
        5 => Event::CancellationWithdrawn { on },
        _ => {
            let mut change = PlanChange::new(brl(1_000 * i64::from(dice.below(30))), ahead(dice.days(60)));
            if dice.below(5) == 0 {
                let cycle = [Cycle::YEARLY, Cycle::WEEKLY].into_iter().nth(dice.below(2) as usize);
                change = change.with_cycle(cycle.unwrap()).with_payment_count(3);
            }
            if dice.below(3) == 0 {
                change = change.with_effective(billing_rules::Effective::PeriodEnd);
            }
            Event::plan_changed(&change, None, on)
        }
    }
}

/// What happens on a day of a life.
#[derive(Debug, Clone)]
enum Step {
    /// The backend does what is due, and some attempts are declined.
    Night(u32),
    Event(Event),
}

/// Applies an event that changes nothing: the day is called, and no more.
fn called(life: &Subscription, on: Date) -> Option<Subscription> {
    // The outcome of an attempt at a settled payment is known.
    let settled = life.payments();
    let known = |number: u32| {
        let event = Event::PaymentDeclined { reference: format!("sub-1-{number}-0-1"), decline: None, on };
        life.apply(&event).ok()
    };
    if settled == 0 { None } else { known(settled).or_else(|| known(1)) }
}

fn apply(life: &mut Subscription, event: &Event) {
    if let Ok(next) = life.apply(event) {
        *life = next;
    }
}

fn night(life: &mut Subscription, today: Date, declines: u32) {
    for _ in 0..40 {
        let next = match life.next_action(today).unwrap() {
            Action::Charge { payment } | Action::Checkout { payment, .. } => {
                apply(life, &Event::attempt_started(payment.reference.as_str(), today));
                let is_declined =
                    payment.number > 1 && (payment.number + payment.attempt * 3 + declines).is_multiple_of(4);
                if is_declined {
                    Event::PaymentDeclined { reference: payment.reference, decline: None, on: today }
                } else if (payment.number + declines).is_multiple_of(7) {
                    return;
                } else {
                    Event::payment_succeeded(payment.reference, today)
                }
            }
            Action::Record { payment } => Event::payment_succeeded(payment.reference, today),
            Action::Resolve { payment } => Event::payment_succeeded(payment.reference, today),
            Action::Finish { status, .. } => Event::Finished { status, on: today },
            _ => return,
        };
        apply(life, &next);
    }
}

/// A life of some steps, each on its day.
fn steps(dice: &mut Dice<'_>) -> Vec<(Date, Step)> {
    let mut steps = vec![(day(20), Step::Night(0)), (day(36), Step::Night(0))];
    let mut on = 36;
    for index in 0..10 {
        on += dice.days(25);
        let step =
            if dice.below(5) < 2 { Step::Night(dice.below(8)) } else { Step::Event(event(dice, day(on), index)) };
        steps.push((day(on), step));
    }
    steps.push((day(on + 60), Step::Night(1)));
    steps
}

fn last_event(life: &Subscription) -> Date {
    let stored: serde_json::Value = serde_json::from_str(&to_json(life)).unwrap();
    stored.pointer("/state/on").and_then(serde_json::Value::as_str).map_or(day(0), |on| on.parse().unwrap())
}

/// Nothing is to be done before `nextActionOn`, and something on it.
fn check_next_action_on(life: &Subscription) {
    let last = last_event(life);
    let is_idle = |on: Date| matches!(life.next_action(on).unwrap(), Action::Wait { .. } | Action::None { .. });
    let next = life.next_action_on();
    let mut on = last;
    for _ in 0..100 {
        if next.is_some_and(|next| next <= on) {
            assert!(!is_idle(on), "{on} {}", to_json(life));
            return;
        }
        assert!(is_idle(on), "{on}, not {next:?}: {}", to_json(life));
        on = on.plus_days(1).unwrap();
    }
}

fn check_stored(life: &Subscription) {
    let text = to_json(life);
    match from_json::<Subscription>(&text) {
        Ok(read) => assert_eq!(&read, life),
        Err(errors) => panic!("{errors}: {text}"),
    }
}

/// Skipped and moved periods are folded as others are: the running period stays, and an old report is still recognised.
#[test]
fn skipped_and_moved_periods_are_folded() {
    let date = |text: &str| text.parse::<Date>().unwrap();
    let terms = Terms::new(brl(10_000), Schedule::new(date("2025-04-01"), Cycle::MONTHLY));
    let mut life = Subscription::import("sub-1", terms, Imported::new(1, EstablishedBy::Payment)).unwrap();
    let run = |life: &Subscription, from: &str, through: &str| {
        life.simulate(&Script::new(date(from), date(through))).unwrap().subscription
    };
    life = run(&life, "2025-05-01", "2025-07-01");
    let skipped = Event::PaymentsSkipped { id: "skip".into(), payments: 3, on: date("2025-07-02") };
    life = life.apply(&skipped).unwrap();
    life = life.apply(&Event::CardReplaced { by: ReplacedBy::Updater, on: date("2025-07-11") }).unwrap();
    check_stored(&life);
    let quote = life.quote_cancellation(date("2025-07-11"), CancellationOptions::new()).unwrap();
    assert_eq!((quote.unused, life.payments()), (brl(6_774), 7));

    let next = date("2025-11-16");
    let moved = Event::Rescheduled { next, anchor_day: None, between: None, on: date("2025-07-12") };
    life = run(&life.apply(&moved).unwrap(), "2025-11-01", "2026-06-30");
    check_stored(&life);
    let stored: serde_json::Value = serde_json::from_str(&to_json(&life)).unwrap();
    let records = stored.pointer("/state/records").and_then(serde_json::Value::as_array).unwrap();
    assert!(records.len() <= 3, "{records:?}");
    assert_eq!((life.payments(), life.next_due_date()), (16, Some(date("2026-07-16"))));
    // The stub and the payment before the skipped ones, told again.
    for reference in ["sub-1-4-0-1", "sub-1-8-0-1"] {
        let again = life.apply(&Event::payment_succeeded(reference, date("2026-06-30"))).unwrap();
        assert_eq!((again.payments(), again.overpayments().len()), (16, 0));
        check_stored(&again);
    }
    let unknown = Event::payment_succeeded("sub-1-6-0-1", date("2026-06-30"));
    assert!(life.apply(&unknown).is_err(), "a skipped payment was never attempted");
}

/// A life after its steps, with the steps and the day of the last one.
fn lived(dice: &mut Dice<'_>) -> (Subscription, Vec<(Date, Step)>, Date) {
    let mut life = created(dice);
    let steps = steps(dice);
    for (today, step) in &steps {
        match step {
            Step::Night(declines) => night(&mut life, *today, *declines),
            Step::Event(event) => apply(&mut life, event),
        }
    }
    let last = steps.last().unwrap().0;
    (life, steps, last)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_life_does_not_depend_on_the_days_that_were_called(
        numbers in prop::collection::vec(any::<u32>(), 80),
        gaps in prop::collection::vec(1i64..20, 12),
    ) {
        let mut dice = Dice(numbers.iter().cycle());
        let mut seldom = created(&mut dice);
        let mut often = seldom.clone();
        let mut gaps = gaps.iter().cycle();
        let mut on = day(0);
        let steps = steps(&mut dice);
        let lived = steps.clone();
        for (today, step) in steps {
            on = on.plus_days(*gaps.next().unwrap()).unwrap();
            while on < today {
                if let Some(next) = called(&often, on) {
                    often = next;
                }
                on = on.plus_days(*gaps.next().unwrap()).unwrap();
            }
            on = today;
            for life in [&mut seldom, &mut often] {
                match &step {
                    Step::Night(declines) => night(life, today, *declines),
                    Step::Event(event) => apply(life, event),
                }
            }
            // The same day for both, where nothing of the step applied.
            if let (Some(one), Some(other)) = (called(&seldom, today), called(&often, today)) {
                (seldom, often) = (one, other);
                prop_assert_eq!(to_json(&seldom), to_json(&often), "on {} {:?}", today, lived);
            }
            check_stored(&seldom);
            check_next_action_on(&seldom);
        }
    }

    #[test]
    fn a_cancellation_for_a_day_is_quoted_as_it_is_lived(numbers in prop::collection::vec(any::<u32>(), 80)) {
        let mut dice = Dice(numbers.iter().cycle());
        let (life, lived, today) = lived(&mut dice);
        let end = today.plus_days(1 + dice.days(70)).unwrap();
        let when = When::On(end);
        let Ok(quote) = life.quote_cancellation(today, CancellationOptions::new().with_when(when)) else { return Ok(()) };
        let digest = Some(quote.digest.clone());
        let Ok(ending) = life.apply(&Event::Cancelled { when: Some(when), early: None, final_payment: None, digest, on: today }) else {
            return Ok(());
        };
        let run = ending.simulate(&Script::new(today, day(900))).unwrap();
        let is_resolved = !matches!(ending.next_action(today).unwrap(), Action::Resolve { .. });
        if is_resolved && life.end_reason().is_none() && run.subscription.end_reason() == Some(EndReason::Cancelled) {
            let after = run.subscription.quote_cancellation(day(900), CancellationOptions::new()).unwrap();
            let settled = |quote: &CancellationQuote| (quote.effective, quote.unused, quote.balance, quote.refund, quote.owed);
            prop_assert_eq!(settled(&quote), settled(&after), "{:?} {}", lived, to_json(&life));
        }
        if let Some(shortened) = &quote.shortened && is_resolved {
            let mut payments = run.timeline.iter().filter_map(|moment| moment.action.as_ref()?.payment());
            let paid = payments.find(|payment| (payment.number, payment.extra) == (shortened.number, 0));
            if let Some(paid) = paid {
                prop_assert_eq!((paid.amount, paid.period), (shortened.amount, shortened.period), "{:?} {}", lived, to_json(&life));
            }
        }
    }

    #[test]
    fn a_plan_change_is_quoted_as_it_is_lived(numbers in prop::collection::vec(any::<u32>(), 80)) {
        let mut dice = Dice(numbers.iter().cycle());
        let (life, lived, today) = lived(&mut dice);
        let at = today.plus_days(dice.days(70)).unwrap();
        let change = PlanChange::new(brl(1_000 * i64::from(dice.below(30))), at);
        let Ok(quote) = life.quote_plan_change(&change, today) else { return Ok(()) };
        let changed = life.apply(&quote.event).unwrap();
        let run = changed.simulate(&Script::new(today, day(900))).unwrap();
        let payments: Vec<_> = run.timeline.iter().filter_map(|moment| moment.action.as_ref()?.payment()).collect();
        // An attempt without an outcome stops the run.
        if payments.is_empty() { return Ok(()) }
        let due = quote.proration.due_now;
        if due.amount() > 0 {
            prop_assert!(payments.iter().any(|payment| payment.amount == due), "{:?} {} {:?} {}", lived, to_json(&quote), payments.iter().map(|p| (&p.reference, p.due_date, p.amount.amount())).collect::<Vec<_>>(), to_json(&life));
        }
        if let Some(next) = quote.proration.next_payment {
            let paid = payments.iter().find(|payment| payment.extra == 0 && payment.due_date == next.due_date);
        prop_assert_eq!(paid.map(|payment| payment.amount), Some(next.amount), "{:?} {} {:?} {}", lived, to_json(&quote), payments.iter().map(|p| (&p.reference, p.due_date, p.amount.amount())).collect::<Vec<_>>(), to_json(&life));
        }
    }
}
