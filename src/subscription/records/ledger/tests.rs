//! What the ledger answers and what it keeps.

use super::*;
use crate::money::RoundingRule;
use crate::payment::PaidPeriod;
use crate::payment::PaymentKind;
use crate::pricing::costs::Costs;
use crate::pricing::line::Line;
use crate::subscription::records::record_price::{LeftToPayment, PriceFrom};

const FIRST: PaymentKey = PaymentKey::own(PaymentNumber::FIRST);

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn money(amount: i64) -> Money {
    Money::new(amount, "BRL".parse().unwrap()).unwrap()
}

/// A payment of April with an attempt.
fn record(key: PaymentKey, outcome: Outcome) -> Record {
    let start = day("2025-04-01");
    Record {
        period: Some(PaidPeriod::new(start, day("2025-05-01"))),
        period_days: 30,
        prices: vec![PriceFrom::new(start, &money(10_000).into(), Costs::One(money(10_000)), None)],
        lines: vec![Line::verification(money(0))],
        attempts: vec![Attempt::new(start, 0, outcome)],
        ..Record::beside(PaymentKind::Initial, key, start, money(10_000))
    }
}

fn ledger(outcome: Outcome) -> Ledger {
    Ledger::new(Some(record(FIRST, outcome)))
}

#[test]
fn what_a_success_says() {
    let (id, later) = (FIRST.attempt(1), day("2025-04-03"));
    let mut ledger = ledger(Outcome::InFlight);
    assert_eq!(ledger.succeed(FIRST.attempt(2), later, None), Success::Known);
    assert_eq!(ledger.succeed(id, later, None), Success::New);
    assert_eq!(ledger.attempt(id).unwrap().on, later);
    assert_eq!(ledger.succeed(id, later, Some("ch-1")), Success::Known);
    assert_eq!(ledger.succeed(id, later, Some("ch-1")), Success::Known);
    assert_eq!(ledger.succeed(id, later, Some("ch-2")), Success::Again);
}

#[test]
fn another_outcome_is_news_of_a_known_attempt_only() {
    let mut ledger = ledger(Outcome::InFlight);
    let on = day("2025-04-03");
    assert!(!ledger.resolve(FIRST.attempt(2), Outcome::Declined, on, None));
    assert!(ledger.resolve(FIRST.attempt(1), Outcome::Declined, on, None));
    assert!(!ledger.resolve(FIRST.attempt(1), Outcome::NotMade, on, None));
}

#[test]
fn only_an_attempt_that_was_not_made_is_made_again() {
    for (outcome, attempts) in [(Outcome::NotMade, 1), (Outcome::Pending, 2), (Outcome::Declined, 2)] {
        let mut ledger = ledger(outcome);
        ledger.start(FIRST, Attempt::new(day("2025-04-02"), 0, Outcome::InFlight));
        assert_eq!(ledger.attempts().count(), attempts, "{outcome:?}");
    }
}

#[test]
fn an_open_payment_does_not_run() {
    let mut ledger = ledger(Outcome::InFlight);
    assert_eq!(ledger.running_on(day("2025-04-30")), None);
    ledger.pay(FIRST).unwrap();
    assert!(ledger.running_on(day("2025-04-30")).is_some());
    assert_eq!(ledger.running_on(day("2025-05-01")), None);
}

#[test]
fn days_stand_paid_at_the_first_price_known() {
    let costs = Costs::One(money(6_000));
    let left = LeftToPayment { net: money(0), price: costs.clone(), base: costs, cap: None, taxes_paid: Vec::new() };
    for (credited, left, expected) in [
        (Some(8_000), Some(left.clone()), 8_000),
        (None, Some(left), 6_000),
        (Some(8_000), None, 8_000),
        (None, None, 10_000),
    ] {
        let credited_price = credited.map(money).map(Costs::One);
        let mut ledger = Ledger::new(Some(Record { credited_price, left, ..record(FIRST, Outcome::InFlight) }));
        ledger.pay(FIRST).unwrap();
        assert_eq!(ledger.get(FIRST).unwrap().credited_price, Some(Costs::One(money(expected))));
    }
}

#[test]
fn what_is_in_flight_is_not_forgotten() {
    let mut ledger = ledger(Outcome::InFlight);
    ledger.close(record(FIRST, Outcome::InFlight), PaymentStatus::Dropped);
    ledger.forget(day("2025-04-03"), RoundingRule::default()).unwrap();
    assert_eq!(ledger.get(FIRST).unwrap().lines.len(), 1);
    ledger.resolve(FIRST.attempt(1), Outcome::Declined, day("2025-04-02"), None);
    ledger.forget(day("2025-04-03"), RoundingRule::default()).unwrap();
    assert!(ledger.get(FIRST).unwrap().lines.is_empty());
}

#[test]
fn of_a_payment_beside_the_schedule_no_period_is_kept() {
    let beside = PaymentKey { extra: 1, ..FIRST };
    let mut ledger = ledger(Outcome::Succeeded);
    ledger.begin(record(beside, Outcome::Succeeded));
    for key in [FIRST, beside] {
        ledger.close(record(key, Outcome::Succeeded), PaymentStatus::Paid);
    }
    ledger.forget(day("2025-04-03"), RoundingRule::default()).unwrap();
    assert!(ledger.get(FIRST).unwrap().period.is_some());
    assert_eq!(ledger.get(beside).unwrap().period, None);
}

#[test]
fn what_was_paid_limits_a_credit_unless_a_limit_is_known() {
    for (cap, expected) in [(None, 7_000), (Some(500), 500)] {
        let lines = vec![Line { amount: money(7_000), ..Line::verification(money(0)) }];
        let paid = Record { cap: cap.map(money), lines, ..record(FIRST, Outcome::InFlight) };
        let mut ledger = Ledger::new(Some(paid));
        ledger.pay(FIRST).unwrap();
        assert_eq!(ledger.get(FIRST).unwrap().cap, Some(money(expected)));
    }
}

#[test]
fn closing_says_whether_anything_was_open() {
    let mut ledger = ledger(Outcome::Declined);
    assert!(!ledger.close_open(PaymentStatus::Stopped, |_| false));
    assert!(ledger.close_open(PaymentStatus::Stopped, |_| true));
    assert!(!ledger.close_open(PaymentStatus::Stopped, |_| true));
}

#[test]
fn a_pause_moves_the_last_period_only() {
    let second = PaymentKey::own(PaymentNumber::FIRST.next());
    let next = PaidPeriod::new(day("2025-05-01"), day("2025-06-01"));
    let april = PaidPeriod::new(day("2025-04-01"), day("2025-05-01"));
    for (paused, moved) in [
        ("2025-05-11", PaidPeriod::new(day("2025-05-01"), day("2025-06-06"))),
        ("2025-05-01", PaidPeriod::new(day("2025-05-06"), day("2025-06-06"))),
    ] {
        let mut ledger = ledger(Outcome::Succeeded);
        ledger.begin(Record { period: Some(next), ..record(second, Outcome::Succeeded) });
        ledger.shift(day(paused), day(paused).plus_days(5).unwrap(), None);
        assert_eq!(ledger.get(FIRST).unwrap().period, Some(april));
        assert_eq!(ledger.get(second).unwrap().period, Some(moved));
    }
}
