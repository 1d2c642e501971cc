//! What is folded is read again.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::arithmetic_side_effects, clippy::string_slice, reason = "a test ends where its data is broken")]

use proptest::prelude::*;

use super::*;
use crate::date::Date;
use crate::indicator::AmountKind;
use crate::money::Money;
use crate::payment::PaymentKind;
use crate::pricing::applied::Applied;
use crate::subscription::records::attempt::{Attempt, Outcome};
use crate::subscription::records::record::PaymentStatus;

fn currency() -> Currency {
    "BRL".parse().unwrap()
}

fn money(amount: i64) -> Money {
    Money::new(amount, currency()).unwrap()
}

fn start() -> Date {
    "2025-01-31".parse().unwrap()
}

/// Payment `number` of a month, paid by the merchant.
fn paid(number: u32) -> Record {
    let due_date = Date::in_month(start().month_number() + i64::from(number) - 1, 31).unwrap();
    Record {
        status: PaymentStatus::Paid,
        amount_kind: AmountKind::Fixed,
        attempts: vec![Attempt::new(due_date, 0, Outcome::Succeeded)],
        ..Record::beside(PaymentKind::Recurring, PaymentKey::own(PaymentNumber::new(number)), due_date, money(10_000))
    }
}

fn folded(records: &[Record]) -> Settled {
    let mut settled = Settled::default();
    for record in records {
        settled.put(record).unwrap();
    }
    settled
}

fn records(settled: &Settled) -> Vec<Record> {
    settled.records(currency()).collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_plain_payment_takes_two_characters_and_one_with_a_charge_eleven() {
    let plain: Vec<Record> = (1..=640).map(paid).collect();
    let lengths = [40, 640].map(|count| folded(&plain[..count]).0.len());
    assert_eq!(lengths[1] - lengths[0], 2 * 600);

    let mut charged = plain;
    for record in &mut charged {
        record.attempts[0].provider_reference = Some(format!("charge-{}", record.number.get()));
    }
    let lengths = [40, 640].map(|count| folded(&charged[..count]).0.len());
    assert_eq!(lengths[1] - lengths[0], 11 * 600);
}

#[test]
fn tampering_is_found() {
    let text = folded(&[paid(1), paid(2), paid(3)]).0;
    for index in 0..text.len() {
        let mut tampered = text.clone().into_bytes();
        tampered[index] = if tampered[index] == b'A' { b'B' } else { b'A' };
        let json = format!("\"{}\"", String::from_utf8(tampered).unwrap());
        if json != format!("\"{text}\"") {
            assert_eq!(
                crate::from_json::<Settled>(&json).unwrap_err().first().code(),
                Code::InconsistentState,
                "{json}"
            );
        }
    }
    for cut in 1..text.len() {
        assert!(crate::from_json::<Settled>(&format!("\"{}\"", &text[..cut])).is_err(), "{cut}");
    }
    assert!(crate::from_json::<Settled>("\"\"").unwrap().is_empty());
}

#[test]
fn a_mark_is_found_in_the_text() {
    let mut charged = paid(2);
    charged.attempts[0].provider_reference = Some("charge-2".into());
    let settled = folded(&[paid(1), charged, paid(3)]);
    assert!(settled.has(Mark::of("charge-2")));
    assert!(!settled.has(Mark::of("charge-3")));
    assert_eq!(settled.last_number(currency()).unwrap(), PaymentNumber::new(3));
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let outcome = prop_oneof![Just(Outcome::Succeeded), Just(Outcome::Declined), Just(Outcome::NotMade)];
    let attempt = (outcome, any::<bool>(), any::<bool>(), 0..3u32, any::<Option<u64>>(), any::<Option<u32>>());
    let attempt = attempt.prop_map(|(outcome, by_cardholder, lifts_block, card, mark, amount)| Attempt {
        by_cardholder,
        lifts_block: lifts_block && outcome != Outcome::Succeeded,
        charge_mark: mark.map(Mark::from_bits),
        amount: amount.map(|amount| money(amount.into())),
        ..Attempt::new(start(), card, outcome)
    });
    prop::collection::vec(attempt, 0..4)
}

/// Payments with different keys, each with all that is kept of it.
fn histories() -> impl Strategy<Value = Vec<Record>> {
    let status = prop_oneof![
        4 => Just(PaymentStatus::Paid),
        1 => Just(PaymentStatus::Included),
        1 => Just(PaymentStatus::Imported),
        1 => Just(PaymentStatus::GivenUp),
        1 => Just(PaymentStatus::Skipped),
        1 => Just(PaymentStatus::Dropped),
        1 => Just(PaymentStatus::Stopped),
    ];
    let key = (0..40u32, prop_oneof![3 => Just(0u32), 1 => 1..5u32]);
    let money_of = (0..3i64, any::<Option<i32>>());
    let record = (key, status, prop_oneof![0..70i64, 0..20_000i64], money_of, attempts(), any::<(bool, bool)>());
    let record = record.prop_map(|((number, extra), status, days, (amount, balance), attempts, (usual, fixed))| {
        let key = PaymentKey { number: PaymentNumber::new(number), extra: if number == 0 { extra + 1 } else { extra } };
        let kind = match (key.is_own(), amount) {
            (true, 0) => PaymentKind::Initial,
            (true, _) => PaymentKind::Recurring,
            (false, 0) => PaymentKind::PlanChange,
            (false, 1) => PaymentKind::Verification,
            (false, _) => PaymentKind::Unscheduled,
        };
        let due_date = start().plus_days(days).unwrap();
        let attempts = if usual && status == PaymentStatus::Paid {
            vec![Attempt::new(due_date, 0, Outcome::Succeeded)]
        } else {
            attempts.into_iter().map(|attempt| Attempt { on: due_date, ..attempt }).collect()
        };
        let can_be_settled = matches!(status, PaymentStatus::GivenUp | PaymentStatus::Skipped);
        let balance = if can_be_settled { balance.map(|balance| money(balance.into())) } else { None };
        let fee = if usual { Some(money(amount * 7)) } else { None };
        let amount_kind = if fixed { AmountKind::Fixed } else { AmountKind::Variable };
        Record {
            status,
            amount_kind,
            from_balance: balance,
            applied: if can_be_settled { Applied { setup: fee, ..Applied::default() }.some() } else { None },
            attempts,
            ..Record::beside(kind, key, due_date, money(amount * 995))
        }
    });
    prop::collection::vec(record, 0..30).prop_map(|mut records| {
        records.sort_by_key(Record::key);
        records.dedup_by_key(|record| record.key());
        records
    })
}

proptest! {
    #[test]
    fn what_is_folded_is_read_the_newest_first(history in histories()) {
        let mut newest_first = history.clone();
        newest_first.reverse();
        prop_assert_eq!(records(&folded(&history)), newest_first);
    }

    #[test]
    fn the_text_is_the_same_in_whatever_order_they_are_folded(history in histories(), order in any::<u64>()) {
        let mut others = history.clone();
        others.sort_by_key(|record| (u64::from(record.number.get()) * 7919 + u64::from(record.extra)).wrapping_mul(order | 1));
        prop_assert_eq!(folded(&others), folded(&history));
    }

    #[test]
    fn one_that_is_taken_out_and_folded_again_leaves_the_same_text(history in histories(), which in any::<prop::sample::Index>()) {
        prop_assume!(!history.is_empty());
        let (settled, record) = (folded(&history), which.get(&history));
        let mut without = settled.clone();
        let taken = without.take(record.key(), currency()).unwrap();
        prop_assert_eq!(taken.as_ref(), Some(record));
        prop_assert_eq!(records(&without).len(), history.len() - 1);
        prop_assert_eq!(without.take(record.key(), currency()).unwrap(), None);
        without.put(record).unwrap();
        prop_assert_eq!(without, settled);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[a-zA-Z0-9_.~-]{0,60}") {
        let mut settled = Settled::default();
        settled.seal(&text);
        let read: Result<Vec<Record>, Error> = settled.records(currency()).collect();
        if let Ok(mut read) = read {
            read.reverse();
            prop_assert_eq!(records(&folded(&read)).len(), read.len());
        }
    }
}
