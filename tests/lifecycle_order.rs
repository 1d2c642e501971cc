//! Outcomes that come late, more than once and in any order: the numbers that are settled, the sums and the overpayments are the same
//! in the end (R5.4). Only the days of retries follow the days of arrival.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test ends where its data is broken, and its numbers are small"
)]

#[path = "common/sold.rs"]
mod sold;
#[path = "common/stored.rs"]
mod stored;

use std::collections::{BTreeMap, BTreeSet};

use billing_rules::{
    Action, Between, ChargeStatus, Cycle, Date, Decline, Event, Failure, FinalPayment, Money, MoneyBack, OnExhausted,
    OverpaymentReason, PlanChange, Recurrence, Resumption, Retry, RetryPolicy, Schedule, Script, Settle, Status,
    Subscription, Terms, When, from_json, to_json,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn seed() -> RngSeed {
    std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(RngSeed::Fixed(20_250_131))
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 2_000, failure_persistence: None, rng_seed: seed(), ..ProptestConfig::default() }
}

fn nok(amount: i64) -> Money {
    Money::new(amount, "NOK".parse().unwrap()).unwrap()
}

fn plus(day: Date, days: i64) -> Date {
    day.plus_days(days).unwrap()
}

fn start() -> Date {
    "2025-01-31".parse().unwrap()
}

fn terms(price: i64, payments: u32, trial: bool) -> Terms {
    let schedule = Schedule::new(start(), Cycle::MONTHLY).with_payment_count(payments).unwrap();
    let mut terms = Terms::new(nok(price), schedule);
    let days = vec![1, 3, 5, 7];
    terms.retry = Some(RetryPolicy::new(days).with_on_exhausted(OnExhausted::SkipPayment));
    terms.trial_start = trial.then(|| plus(start(), -10));
    terms
}

/// The same, with what else a plan can have, made of a number; as it was for 0.
fn sold_as(mut terms: Terms, number: u64) -> Terms {
    let mut state = number;
    let mut below = |limit| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % limit
    };
    if number > 0 {
        terms = sold::sold(&terms, &mut below);
    }
    terms
}

/// A plan as its price alone, one time in three.
fn plan() -> impl Strategy<Value = u64> {
    prop_oneof![1 => Just(0), 2 => any::<u64>()]
}

fn declined() -> Option<Decline> {
    let decline = Decline::new(Retry::Allowed).with_code("51").with_scheme("mastercard");
    Some(decline.with_reason("not enough money"))
}

/// What is the same whatever order the provider's words came in.
#[derive(Debug, PartialEq)]
struct Ending {
    status: Status,
    payments: u32,
    balance: i64,
    /// The settled payments, by number and extra, and what was taken for each.
    settled: BTreeMap<(u64, u64), i64>,
    /// Of the overpayments the sum, and how many charges it is.
    overpayments: (i64, usize),
}

impl Ending {
    fn of(subscription: &Subscription) -> Self {
        let text = to_json(subscription);
        assert_eq!(from_json::<Subscription>(&text).as_ref(), Ok(subscription));
        let stored: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut settled = BTreeMap::new();
        for record in stored::payments(&stored) {
            if record["status"] == "paid" {
                let place = (record["number"].as_u64().unwrap(), record["extra"].as_u64().unwrap_or(0));
                let amount = record["amount"]["amount"].as_i64().unwrap();
                assert!(settled.insert(place, amount).is_none());
            }
        }
        let overpaid: Vec<i64> = subscription.overpayments().iter().map(|one| one.amount.amount()).collect();
        Ending {
            status: subscription.status(),
            payments: subscription.payments(),
            balance: subscription.balance().amount(),
            settled,
            overpayments: (overpaid.iter().sum(), overpaid.len()),
        }
    }
}

fn succeeded(reference: &str, charge: &str, on: Date) -> Event {
    let (reference, provider_reference) = (reference.into(), Some(charge.into()));
    Event::PaymentSucceeded { reference, provider_reference, amount: None, on }
}

fn tell(subscription: &mut Subscription, event: &Event) {
    *subscription = subscription.apply(event).unwrap();
}

/// What a provider tells about charges, on a day: what is said of it is all that differs between two orders.
#[derive(Debug, Clone)]
enum Word {
    Succeeded { reference: String, charge: String },
    Declined { reference: String },
    Pending { reference: String },
    Reported { charge: String, succeeded: bool, amount: i64 },
}

impl Word {
    fn event(&self, on: Date) -> Event {
        match self.clone() {
            Word::Succeeded { reference, charge } => succeeded(&reference, &charge, on),
            Word::Declined { reference } => Event::PaymentDeclined { reference, decline: declined(), on },
            Word::Pending { reference } => Event::PaymentPending { reference, on },
            Word::Reported { charge, succeeded, amount } => Event::ProviderCharge {
                provider_reference: charge,
                status: if succeeded { ChargeStatus::Succeeded } else { ChargeStatus::Declined },
                amount: succeeded.then(|| nok(amount)),
                decline: if succeeded { None } else { declined() },
                on,
            },
        }
    }
}

/// Money back or a gift, and whether it is reversed in the end.
struct Told {
    event: Event,
    is_reversed: bool,
}

/// What each payment took and has not given back, by the reference of an attempt at it.
fn refundable(life: &Subscription) -> BTreeMap<String, i64> {
    let left = (0..).map(|step| (1 << 20) >> step).take_while(|step| *step > 0);
    // The most that the plan splits: it has a part of each payment.
    let most = left.fold(0, |most, step| if life.refund_plan(nok(most + step)).is_ok() { most + step } else { most });
    let parts = life.refund_plan(nok(most)).unwrap();
    parts.into_iter().map(|part| (part.reference, part.amount.amount())).collect()
}

/// The ending, with what a cancellation would find: unused, refund and owed.
fn quoted(life: &Subscription, on: Date) -> (Ending, [i64; 3]) {
    let quote = life.quote_cancellation(on, Default::default()).unwrap();
    (Ending::of(life), [quote.unused, quote.refund, quote.owed].map(|money| money.amount()))
}

/// The given words in an order that some keys make, each word as often as its key says.
fn ordered(words: &[Word], keys: &[u32]) -> Vec<Word> {
    let mut all: Vec<(u32, &Word)> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let key = keys[index % keys.len()].wrapping_mul(2_654_435_761).wrapping_add(u32::try_from(index).unwrap() * 97);
        all.push((key, word));
        if key.is_multiple_of(3) {
            all.push((key.wrapping_mul(31), word));
        }
    }
    all.sort_by_key(|(key, _)| *key);
    all.into_iter().map(|(_, word)| word.clone()).collect()
}

/// What a customer or the merchant decides: what it is, the days after the start, and a size.
type Decided = (u8, i64, i64);

fn decided() -> impl Strategy<Value = Vec<Decided>> {
    prop::collection::vec((0u8..16, 1i64..110, 0i64..60), 0..4)
}

fn decision((what, days, size): Decided) -> Event {
    let (on, id, amount) = (plus(start(), days), format!("{what} on {days}"), nok(size + 1));
    let schedule = Some(if size % 2 == 0 { Resumption::Keep } else { Resumption::Shift });
    let last = Some(if size % 2 == 0 { FinalPayment::Collect } else { FinalPayment::Waive });
    match what {
        0 | 1 => {
            let between = if size % 3 == 0 { Some(Between::Free) } else { None };
            Event::Rescheduled { next: plus(on, size), anchor_day: None, between, on }
        }
        2 | 3 => Event::Paused { from: Some(plus(on, size / 3)), until: Some(plus(on, size / 3 + 20)), schedule, on },
        4 => Event::PaymentsSkipped { id, payments: 1, on },
        5 => Event::PaymentRequested { customer_present: Some(size % 2 == 0), on },
        6 => Event::Credited { id, amount, note: None, on },
        7 => {
            let kind = Some(if size % 3 == 0 { MoneyBack::Chargeback } else { MoneyBack::Refund });
            let reference = Some("sub-1-1-0-1".into());
            Event::Refunded { id: "refund".into(), amount, kind, reference, provider_reference: None, on }
        }
        8 => Event::RefundReversed { id, of: "refund".into(), amount: None, on },
        9 => Event::BalancePaidOut { id, amount, on },
        10 => Event::plan_changed(&PlanChange::new(nok(size * 90), on).with_settle(Settle::NextPayment), None, on),
        11 => Event::Cancelled {
            when: Some(When::On(plus(on, size))),
            early: None,
            final_payment: last,
            digest: None,
            on,
        },
        12 => Event::CancellationWithdrawn { on },
        14 | 15 => sold::quantities(size.unsigned_abs() % 13, on),
        _ => Event::UnscheduledCharge { id, amount, note: None, customer_present: None, on },
    }
}

/// A history by `simulate`: some attempts fail, a plan changes, and somebody decides something. Every attempt that was made, with
/// its outcome.
fn history(
    terms: &Terms,
    fail: &BTreeSet<(u32, u32)>,
    change: Option<(i64, i64)>,
    decided: &[Decided],
) -> (Subscription, Vec<Event>) {
    let subscription = Subscription::new("sub-1", terms.clone()).unwrap();
    let fail = fail.iter().map(|(number, attempt)| {
        let mut failure = Failure::new(*number, *attempt);
        failure.decline = declined();
        failure
    });
    let events = change.map(|(to, days)| {
        let on = plus(start(), days);
        let mut change = PlanChange::new(nok(to), on);
        change.effective = Some(billing_rules::Effective::OnDate);
        vec![Event::plan_changed(&change, None, on)]
    });
    let mut script = Script::new(plus(start(), -20), plus(start(), 800)).with_failures(fail.collect::<Vec<_>>());
    let mut possible: Vec<Event> = Vec::new();
    let mut run = subscription.simulate(&script).unwrap();
    for event in events.into_iter().flatten().chain(decided.iter().copied().map(decision)) {
        let mut events = possible.clone();
        events.push(event);
        events.sort_by_key(Event::on);
        script.events = Some(events.clone());
        // One that is not possible on its day is left out.
        if let Ok(longer) = subscription.simulate(&script) {
            (run, possible) = (longer, events);
        }
    }
    (run.subscription, run.timeline.into_iter().filter_map(|moment| moment.event).collect())
}

proptest! {
    #![proptest_config(config())]

    /// A whole history, and then the provider says it all again, in any order and more than once: nothing changes. Where it
    /// says of some that were declined that the money was taken after all, what it comes to does not depend on the order.
    #[test]
    fn what_is_told_again_or_late_comes_to_the_same(
        fail in prop::collection::btree_set((1u32..5, 1u32..6), 0..6),
        change in prop::option::of((0i64..5_000, 1i64..100)),
        trial: bool,
        plan in plan(),
        decided in decided(),
        late in prop::collection::vec(any::<bool>(), 12),
        orders in prop::collection::vec(prop::collection::vec(any::<u32>(), 12), 2),
    ) {
        let (end, events) = history(&sold_as(terms(1_990, 4, trial), plan), &fail, change, &decided);
        let (mut again, mut words) = (Vec::new(), Vec::new());
        let mut index = 0;
        for event in &events {
            match event {
                // A payment of zero has no charge.
                Event::PaymentSucceeded { reference, .. } => {
                    again.push(Word::Succeeded { reference: reference.clone(), charge: format!("of {reference}") });
                }
                Event::PaymentDeclined { reference, .. } => {
                    index += 1;
                    again.push(Word::Declined { reference: reference.clone() });
                    again.push(Word::Pending { reference: reference.clone() });
                    if late[index % late.len()] {
                        words.push(Word::Succeeded { reference: reference.clone(), charge: format!("late {reference}") });
                    }
                }
                _ => {}
            }
        }
        let today = plus(start(), 900);
        let mut unmoved = end.clone();
        for word in ordered(&again, &orders[0]) {
            tell(&mut unmoved, &word.event(today));
        }
        prop_assert_eq!(Ending::of(&unmoved), Ending::of(&end));

        words.extend(again);
        let mut endings = orders.iter().map(|keys| {
            let mut told = end.clone();
            for (day, word) in ordered(&words, keys).iter().enumerate() {
                tell(&mut told, &word.event(plus(today, i64::try_from(day).unwrap())));
            }
            Ending::of(&told)
        });
        let (first, second) = (endings.next().unwrap(), endings.next().unwrap());
        prop_assert_eq!(&first, &second);
        // Each of these charges came after the end, and is to be refunded, once.
        let late = words.iter().filter(|word| matches!(word, Word::Succeeded { charge, .. } if charge.starts_with("late"))).count();
        prop_assert_eq!(first.overpayments.1, late);
    }

    /// Money back and gifts, told in any order and more than once, come to the same: each id counts once (R5.12). A refund that was
    /// reversed is as if it had never been.
    #[test]
    fn money_back_comes_to_the_same_in_any_order(
        fail in prop::collection::btree_set((1u32..5, 1u32..6), 0..4),
        change in prop::option::of((0i64..5_000, 1i64..100)),
        trial: bool,
        plan in plan(),
        decided in decided(),
        amounts in prop::collection::vec((1i64..2_500, 0u32..5, 0usize..8), 1..7),
        orders in prop::collection::vec(prop::collection::vec(any::<u32>(), 6), 2),
        days in 0i64..130,
    ) {
        let terms = sold_as(terms(1_990, 4, trial), plan);
        let (_, events) = history(&terms, &fail, change, &decided);
        // In the middle of the life, or after it.
        let today = plus(start(), days);
        let begun = events.iter().filter(|event| event.on() <= today);
        let life = begun.fold(Subscription::new("sub-1", terms).unwrap(), |life, event| {
            life.apply(event).unwrap()
        });
        // Of each payment no more than it took: of one too many the last that is told would be refused.
        let mut left: BTreeMap<String, i64> = refundable(&life);
        let told: Vec<Told> = amounts.iter().enumerate().filter_map(|(index, (amount, what, which))| {
            let (id, on) = (format!("id-{index}"), today);
            if *what == 0 {
                return Some(Told { event: Event::Credited { id, amount: nok(*amount), note: None, on }, is_reversed: false });
            }
            let (reference, left) = left.iter_mut().nth(*which)?;
            let amount = *(amount.min(left));
            *left -= amount;
            let kind = (*what == 4).then_some(MoneyBack::Chargeback);
            let reference = Some(reference.clone());
            let event = Event::Refunded { id, amount: nok(amount), kind, reference, provider_reference: None, on };
            (amount > 0).then_some(Told { event, is_reversed: *what > 2 })
        }).collect();
        let endings: Vec<_> = orders.iter().map(|keys| {
            let mut keyed: Vec<(u32, &Told)> = told.iter().chain(&told).enumerate().map(|(index, told)| {
                (keys[index % keys.len()].wrapping_mul(2_654_435_761).wrapping_add(u32::try_from(index).unwrap() * 97), told)
            }).collect();
            keyed.sort_by_key(|(key, _)| *key);
            let mut after = keyed.iter().fold(life.clone(), |life, (_, told)| life.apply(&told.event).unwrap());
            // The same as without those that are reversed.
            let standing = keyed.iter().filter(|(_, told)| !told.is_reversed);
            let without = standing.fold(life.clone(), |life, (_, told)| life.apply(&told.event).unwrap());
            for (_, Told { event, .. }) in keyed.iter().filter(|(_, told)| told.is_reversed) {
                let Event::Refunded { id, .. } = event else { panic!("{event:?}") };
                let reversal = Event::RefundReversed { id: format!("{id} back"), of: id.clone(), amount: None, on: today };
                after = after.apply(&reversal).unwrap();
            }
            assert_eq!(quoted(&after, today), quoted(&without, today));
            quoted(&after, today)
        }).collect();
        prop_assert_eq!(&endings[0], &endings[1]);
    }

    /// Each attempt's outcome comes some days late, with other words of the provider before and after it. The same numbers are
    /// settled by the same sums, whatever the days were.
    #[test]
    fn outcomes_that_come_late_settle_the_same(
        // Per attempt: whether it succeeds, the days until its outcome, and how many old words come first.
        attempts in prop::collection::vec((0u32..4, 0i64..9, 0usize..3), 30),
        noise in prop::collection::vec(any::<u32>(), 8),
        trial: bool,
        plan in plan(),
    ) {
        let terms = sold_as(terms(1_990, 4, trial), plan);
        // Without noise or delay, with delay, with both.
        let plain = live(&terms, &attempts, false, &[]);
        let delayed = live(&terms, &attempts, true, &[]);
        let noisy = live(&terms, &attempts, true, &noise);
        prop_assert_eq!(&plain, &delayed);
        prop_assert_eq!(&delayed, &noisy);
        prop_assert_eq!(plain.overpayments, (0, 0));
    }

    /// Two attempts at a payment took the money, and the customer was told of neither in order: one pays, the other is an overpayment.
    #[test]
    fn one_of_two_charges_pays_and_the_other_is_an_overpayment(
        declines in 1usize..4,
        taken in prop::collection::btree_set(0usize..4, 1..4),
        order in prop::collection::vec(any::<u32>(), 6),
        other in prop::collection::vec(any::<u32>(), 6),
    ) {
        let mut subscription = Subscription::new("sub-1", terms(1_990, 3, false)).unwrap();
        let mut today = start();
        let mut references = Vec::new();
        while references.len() <= declines {
            match subscription.next_action(today).unwrap() {
                Action::Checkout { payment, .. } | Action::Charge { payment } => {
                    let reference = payment.reference;
                    tell(&mut subscription, &Event::AttemptStarted { reference: reference.clone(), on: today });
                    if payment.number == 1 {
                        tell(&mut subscription, &succeeded(&reference, "first", today));
                        continue;
                    }
                    references.push(reference.clone());
                    // The last one stays out.
                    if references.len() <= declines {
                        tell(&mut subscription, &Event::PaymentDeclined { reference, decline: declined(), on: today });
                    }
                }
                Action::Wait { until } => today = until,
                other => panic!("{other:?}"),
            }
        }
        let words: Vec<Word> = references.iter().enumerate().map(|(index, reference)| match taken.contains(&index) {
            true => Word::Succeeded { reference: reference.clone(), charge: format!("of {reference}") },
            false => Word::Declined { reference: reference.clone() },
        }).collect();
        let took = (0..references.len()).filter(|index| taken.contains(index)).count();
        let mut endings = [order, other].map(|keys| {
            let mut told = subscription.clone();
            for word in ordered(&words, &keys) {
                tell(&mut told, &word.event(today));
            }
            let reasons = told.overpayments().iter().all(|one| one.reason == OverpaymentReason::PaidTwice);
            assert!(reasons);
            Ending::of(&told)
        }).into_iter();
        let (first, second) = (endings.next().unwrap(), endings.next().unwrap());
        prop_assert_eq!(&first, &second);
        prop_assert_eq!(first.overpayments.1, took.saturating_sub(1));
        prop_assert_eq!(first.settled.contains_key(&(2, 0)), took > 0);
    }

    /// A provider that schedules tells of its charges in any order, late and more than once: within the days of a period, and
    /// of the whole life in the end.
    #[test]
    fn charges_by_the_providers_schedule_in_any_order(
        // Per number: how many declines come before its success.
        declines in prop::collection::vec(0usize..3, 5),
        orders in prop::collection::vec(prop::collection::vec(any::<u32>(), 20), 2),
        lost in 0usize..6,
    ) {
        let mut terms = terms(1_990, 6, false);
        terms.recurrence = Some(Recurrence::Internal);
        let schedule = terms.schedule.unwrap();
        let endings: Vec<Ending> = orders.iter().map(|keys| {
            let mut subscription = Subscription::new("sub-1", terms.clone()).unwrap();
            let reference = "sub-1-1-0-1".to_string();
            tell(&mut subscription, &Event::AttemptStarted { reference: reference.clone(), on: start() });
            tell(&mut subscription, &succeeded(&reference, "charge-1", start()));
            let mut old = vec![Word::Reported { charge: "charge-1".into(), succeeded: true, amount: 1_990 }];
            let mut missing = None;
            for number in 2u32..=6 {
                let index = usize::try_from(number).unwrap() - 2;
                let due = schedule.period(number).unwrap().unwrap().start;
                let mut words: Vec<Word> = (0..declines[index])
                    .map(|each| Word::Reported { charge: format!("declined-{number}-{each}"), succeeded: false, amount: 0 })
                    .collect();
                let success = Word::Reported { charge: format!("charge-{number}"), succeeded: true, amount: 1_990 };
                // One success is not told in its time, but after the next one, which settles the oldest that is missing.
                if lost == index && number < 6 { missing = Some(success) } else { words.push(success) }
                let mine = words.clone();
                words.extend(old.iter().filter(|word| matches!(word, Word::Reported { .. })).cloned());
                for (day, word) in ordered(&words, &keys[index..]).iter().enumerate() {
                    // All within the first days of the period.
                    tell(&mut subscription, &word.event(plus(due, i64::try_from(day / 2).unwrap())));
                }
                if lost + 1 == index && let Some(late) = missing.take() {
                    tell(&mut subscription, &late.event(plus(due, 20)));
                    old.push(late);
                }
                old.extend(mine);
            }
            let end = schedule.period(6).unwrap().unwrap().end;
            let action = subscription.next_action(end).unwrap();
            let finished = matches!(action, Action::Finish { status: Status::Expired, .. });
            assert!(finished, "{action:?}");
            for word in ordered(&old, keys) {
                tell(&mut subscription, &word.event(end));
            }
            Ending::of(&subscription)
        }).collect();
        prop_assert_eq!(&endings[0], &endings[1]);
        prop_assert_eq!(endings[0].payments, 6);
        prop_assert_eq!(endings[0].settled.values().sum::<i64>(), 6 * 1_990);
        prop_assert_eq!(endings[0].overpayments, (0, 0));
    }
}

/// A life in which every attempt has its outcome in the end, as the list says, at once or days later, among old words.
fn live(terms: &Terms, attempts: &[(u32, i64, usize)], delayed: bool, noise: &[u32]) -> Ending {
    let mut subscription = Subscription::new("sub-1", terms.clone()).unwrap();
    let mut today = plus(start(), -20);
    let mut said: Vec<Word> = Vec::new();
    let mut tried: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    loop {
        match subscription.next_action(today).unwrap() {
            Action::Checkout { payment, .. } | Action::Charge { payment } => {
                // What becomes of an attempt depends on which it is alone; a checkout is completed in the end.
                let place = (payment.number, payment.extra);
                let index = usize::try_from(payment.number * 7 + payment.attempt).unwrap() % attempts.len();
                let (success, days, old) = attempts[index];
                let first = payment.number < 2;
                *tried.entry(place).or_default() += 1;
                let reference = payment.reference;
                tell(&mut subscription, &Event::AttemptStarted { reference: reference.clone(), on: today });
                if delayed && !first {
                    tell(&mut subscription, &Word::Pending { reference: reference.clone() }.event(today));
                    today = plus(today, days);
                }
                for key in noise.iter().take(old).filter(|_| !said.is_empty()) {
                    let word = said[usize::try_from(*key).unwrap() % said.len()].clone();
                    tell(&mut subscription, &word.event(today));
                }
                let word = match success > 0 || first {
                    true => Word::Succeeded { charge: format!("of {reference}"), reference },
                    false => Word::Declined { reference },
                };
                tell(&mut subscription, &word.event(today));
                said.push(word);
            }
            Action::Record { payment } => {
                let reference = payment.reference;
                tell(
                    &mut subscription,
                    &Event::PaymentSucceeded { reference, on: today, provider_reference: None, amount: None },
                );
            }
            Action::Wait { until } => today = until,
            Action::Finish { status, .. } => tell(&mut subscription, &Event::Finished { status, on: today }),
            Action::None { .. } => return Ending::of(&subscription),
            other => panic!("{other:?}"),
        }
    }
}
