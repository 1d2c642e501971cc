//! Six hundred weekly payments: what is stored of them, and late reports of any of them (R5.4).
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test ends where its data is broken")]

#[path = "common/stored.rs"]
mod stored;

use billing_rules::{
    Between, Cycle, Date, Event, Money, MoneyBack, Resumption, Schedule, Subscription, Terms, When, from_json, to_json,
};
use proptest::prelude::*;

const PAYMENTS: u32 = 600;

fn start() -> Date {
    "2025-01-06".parse().unwrap()
}

fn due(number: u32) -> Date {
    start().plus_days(i64::from(number - 1) * 7).unwrap()
}

fn reference(number: u32, attempt: u32) -> String {
    format!("sub-1-{number}-0-{attempt}")
}

fn charge(number: u32) -> String {
    format!("T12345678.{number}")
}

fn succeeded(reference: String, charge: Option<String>, on: Date) -> Event {
    Event::PaymentSucceeded { reference, provider_reference: charge, amount: None, on }
}

/// A life of so many payments. Every tenth is declined once before it is paid.
fn life(payments: u32) -> Subscription {
    let terms = Terms::new(Money::new(9_900, "NOK".parse().unwrap()).unwrap(), Schedule::new(start(), Cycle::WEEKLY));
    (1..=payments).fold(Subscription::new("sub-1", terms).unwrap(), |life, number| {
        let (mut life, mut attempt, mut on) = (life, 1, due(number));
        if number.is_multiple_of(10) {
            life = life.apply(&Event::attempt_started(reference(number, 1), on)).unwrap();
            life = life.apply(&Event::PaymentDeclined { reference: reference(number, 1), decline: None, on }).unwrap();
            (attempt, on) = (2, on.plus_days(1).unwrap());
        }
        life = life.apply(&Event::attempt_started(reference(number, attempt), on)).unwrap();
        life.apply(&succeeded(reference(number, attempt), Some(charge(number)), on)).unwrap()
    })
}

/// What happens in the week after a payment, and leaves the number of every payment as it is.
fn happenings(number: u32, on: Date) -> Vec<Event> {
    let (id, amount) = (number.to_string(), Money::new(i64::from(number), "NOK".parse().unwrap()).unwrap());
    let plus = |days| on.plus_days(days).unwrap();
    match number % 90 {
        15 => vec![Event::Credited { id, amount, note: None, on }],
        25 => {
            let (kind, reference) = (Some(MoneyBack::Chargeback), Some(reference(number, 1)));
            let back = Event::Refunded { id, amount, kind, reference, provider_reference: None, on };
            let (id, of, on) = (format!("of {number}"), number.to_string(), plus(1));
            vec![back, Event::RefundReversed { id, of, amount: None, on }]
        }
        35 => {
            let (reference, provider_reference) = (None, Some(charge(number)));
            vec![Event::Refunded { id, amount, kind: None, reference, provider_reference, on }]
        }
        45 => vec![Event::Rescheduled { next: plus(9), anchor_day: None, between: Some(Between::Free), on }],
        55 => vec![Event::Rescheduled { next: plus(5), anchor_day: None, between: None, on }],
        65 => {
            let (from, until, schedule) = (Some(plus(2)), Some(plus(4)), Some(Resumption::Shift));
            vec![Event::Paused { from, until, schedule, on }]
        }
        75 => {
            let (from, until, schedule) = (Some(plus(2)), Some(plus(4)), Some(Resumption::Keep));
            vec![Event::Paused { from, until, schedule, on }]
        }
        85 => {
            let when = Some(When::On(plus(200)));
            let cancelled = Event::Cancelled { when, early: None, final_payment: None, digest: None, on };
            vec![cancelled, Event::CancellationWithdrawn { on: plus(1) }]
        }
        _ => Vec::new(),
    }
}

/// A life in which due dates move, money goes back and an end is called off. Every tenth payment is declined once.
fn eventful_life() -> (Subscription, Date) {
    let terms = Terms::new(Money::new(9_900, "NOK".parse().unwrap()).unwrap(), Schedule::new(start(), Cycle::WEEKLY));
    let (mut life, mut on) = (Subscription::new("sub-1", terms).unwrap(), start());
    for number in 1..=PAYMENTS {
        on = life.next_action_on().unwrap();
        let mut attempt = 1;
        if number.is_multiple_of(10) {
            life = life.apply(&Event::attempt_started(reference(number, 1), on)).unwrap();
            life = life.apply(&Event::PaymentDeclined { reference: reference(number, 1), decline: None, on }).unwrap();
            (attempt, on) = (2, on.plus_days(1).unwrap());
        }
        life = life.apply(&Event::attempt_started(reference(number, attempt), on)).unwrap();
        life = life.apply(&succeeded(reference(number, attempt), Some(charge(number)), on)).unwrap();
        for event in happenings(number, on) {
            life = life.apply(&event).unwrap();
            on = event.on();
        }
    }
    (life, on)
}

#[test]
fn a_settled_payment_adds_at_most_twelve_bytes() {
    let (early, late) = (life(60), life(PAYMENTS));
    let grown = to_json(&late).len() - to_json(&early).len();
    assert!(grown <= 12 * (600 - 60), "{grown}");
    assert_eq!(from_json::<Subscription>(&to_json(&late)), Ok(late));
}

/// What a provider reports again, or late.
#[derive(Debug, Clone, Copy)]
enum Late {
    /// The success that is known, with its charge or without.
    Again,
    Unnamed,
    /// A second charge under the same reference.
    SecondCharge,
    /// An outcome that the success outweighs.
    Declined,
    Pending,
    /// The declined attempt took money after all.
    FirstSucceeded,
}

impl Late {
    fn event(self, number: u32, on: Date) -> Event {
        let last = reference(number, if number.is_multiple_of(10) { 2 } else { 1 });
        match self {
            Self::Again => succeeded(last, Some(charge(number)), on),
            Self::Unnamed => succeeded(last, None, on),
            Self::SecondCharge => succeeded(last, Some(format!("second {number}")), on),
            Self::Declined => Event::PaymentDeclined { reference: last, decline: None, on },
            Self::Pending => Event::PaymentPending { reference: last, on },
            Self::FirstSucceeded => succeeded(reference(number, 1), Some(format!("first {number}")), on),
        }
    }

    /// Whether it reports money that is not owed.
    fn is_overpaid(self) -> bool {
        matches!(self, Self::SecondCharge | Self::FirstSucceeded)
    }
}

fn words() -> impl Strategy<Value = Vec<(u32, Late)>> {
    let late = prop::sample::select(vec![
        Late::Again,
        Late::Unnamed,
        Late::SecondCharge,
        Late::Declined,
        Late::Pending,
        Late::FirstSucceeded,
    ]);
    prop::collection::vec((1..=PAYMENTS, late), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_late_report_of_any_of_them_counts_once_in_any_order(
        words in words(), keys in prop::array::uniform12(any::<u32>()), is_eventful: bool,
    ) {
        let (before, last) = if is_eventful { eventful_life() } else { (life(PAYMENTS), due(PAYMENTS)) };
        prop_assert_eq!(from_json::<Subscription>(&to_json(&before)), Ok(before.clone()));
        let on = last.plus_days(1).unwrap();
        let told = |words: &[(u32, Late)]| {
            words.iter().fold(before.clone(), |life, (number, late)| life.apply(&late.event(*number, on)).unwrap())
        };
        let in_order = told(&words);

        let mut distinct: Vec<(u32, String)> = Vec::new();
        for (number, late) in words.iter().filter(|(_, late)| late.is_overpaid()) {
            let word = (*number, format!("{late:?}"));
            if !distinct.contains(&word) {
                distinct.push(word);
            }
        }
        prop_assert_eq!(in_order.overpayments().len(), distinct.len());
        prop_assert_eq!(in_order.payments(), PAYMENTS);
        prop_assert_eq!(in_order.balance(), before.balance());
        let stored = serde_json::from_str(&to_json(&in_order)).unwrap();
        let paid = stored::payments(&stored).iter().filter(|payment| payment["status"] == "paid").count();
        prop_assert_eq!(paid, 600);

        let mut others: Vec<_> = words.iter().zip(keys).collect();
        others.sort_by_key(|(_, key)| *key);
        let others: Vec<(u32, Late)> = others.into_iter().map(|(word, _)| *word).collect();
        let otherwise = told(&others);
        let sorted = |life: &Subscription| {
            let mut all: Vec<String> = life.overpayments().iter().map(|one| format!("{one:?}")).collect();
            all.sort();
            all
        };
        prop_assert_eq!(sorted(&otherwise), sorted(&in_order));
        prop_assert_eq!(otherwise.next_action(on), in_order.next_action(on));
    }
}
