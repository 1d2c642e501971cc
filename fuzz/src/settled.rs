//! The folded payments of a stored subscription: any text, and late reports of what it holds.

use billing_rules::{Date, Event, Subscription, from_json, to_json};

use super::Target;

pub const TARGETS: &[Target] = &[("settled", text)];

const SYMBOLS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The check before the entries, in the tests' own words: without it every text is refused at once.
fn check(entries: &str) -> String {
    let sum = entries.as_bytes().chunks(8).fold(0xcbf2_9ce4_8422_2325u64, |sum, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        (sum.rotate_left(29) ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    let symbol = |shift: u32| char::from(SYMBOLS[usize::try_from(sum.wrapping_shr(shift) & 63).unwrap()]);
    [40, 46, 52, 58].into_iter().map(symbol).collect()
}

/// A monthly subscription whose folded payments are these, and whose last two have the numbers that follow.
fn stored(entries: &str, number: u32) -> Option<Subscription> {
    let settled = if entries.is_empty() { String::new() } else { check(entries) + entries };
    let last = number.saturating_add(1);
    let record = |number: u32, due: &str| {
        let amount = r#"{"amount":9900,"currency":"NOK"}"#;
        format!(
            r#"{{"number":{number},"kind":"recurring","dueDate":"{due}","amount":{amount},"amountKind":"fixed","status":"paid",
            "attempts":[{{"on":"{due}","outcome":"succeeded"}}]}}"#
        )
    };
    let records = [record(number, "2025-11-30"), record(last, "2025-12-31")].join(",");
    let text = format!(
        r#"{{"format":1,"id":"sub-1","terms":{{"price":{{"amount":9900,"currency":"NOK"}},
        "schedule":{{"start":"2021-01-31","cycle":"monthly"}}}},"status":"active","current":{{"price":
        {{"amount":9900,"currency":"NOK"}},"schedule":{{"start":"2021-01-31","cycle":"monthly"}},"firstNumber":1}},
        "payments":{payments},"nextDueDate":{next},"balance":{{"amount":0,"currency":"NOK"}},"overpayments":[],"state":
        {{"on":"2025-12-31","established":"payment","begun":true,"settled":"{settled}","records":[{records}]}}}}"#,
        payments = last,
        next = format_args!("\"{}\"", due(last.saturating_add(1))),
    );
    from_json(&text).ok()
}

fn due(number: u32) -> Date {
    let terms = r#"{"start":"2021-01-31","cycle":"monthly"}"#;
    let schedule: billing_rules::Schedule = from_json(terms).unwrap();
    schedule.period(number).unwrap().unwrap().start
}

fn text(text: &str) {
    let Some(life) = (1..=60).find_map(|number| stored(text, number)) else { return };
    assert_eq!(from_json::<Subscription>(&to_json(&life)).as_ref(), Ok(&life));
    let on: Date = "2026-01-01".parse().unwrap();
    let mut now = life;
    for number in 0..=60 {
        for (extra, attempt) in [(0, 1), (0, 2), (1, 1)] {
            let reference = format!("sub-1-{number}-{extra}-{attempt}");
            for event in [
                Event::payment_succeeded(reference.as_str(), on),
                Event::PaymentNotMade { reference: reference.clone(), on },
                Event::PaymentDeclined { reference: reference.clone(), decline: None, on },
            ] {
                if let Ok(next) = now.apply(&event) {
                    now = next;
                }
            }
        }
    }
    assert_eq!(from_json::<Subscription>(&to_json(&now)), Ok(now));
}
