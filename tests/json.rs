//! The JSON face of the Rust types: the same shapes by serde, by text and by call.
#![expect(clippy::unwrap_used, reason = "a test ends where its data is broken")]

use billing_rules::{
    Code, Currency, Cycle, Date, Effective, FirstPeriod, IndicatorInput, Money, PlanChange, ProrateInput, Proration,
    Rounding, Schedule, Settle, call, from_json, prorate, select_indicator, to_json,
};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn a_schedule_reads_what_it_writes() {
    let full = Schedule::new(date("2025-01-31"), Cycle::MONTHLY)
        .with_anchor_day(30)
        .and_then(|schedule| schedule.with_end_date(date("2026-01-31")))
        .and_then(|schedule| schedule.with_payment_count(7))
        .unwrap();
    let text = r#"{"start":"2025-01-31","cycle":"monthly","anchorDay":30,"endDate":"2026-01-31","paymentCount":7}"#;
    assert_eq!(to_json(&full), text);
    assert_eq!(serde_json::to_string(&full).unwrap(), text);
    assert_eq!(from_json::<Schedule>(text).unwrap(), full);
    assert_eq!(serde_json::from_str::<Schedule>(text).unwrap(), full);
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::from_value::<Schedule>(value).unwrap(), full);
}

#[test]
fn cycles_are_written_by_name_where_they_have_one() {
    for (read, written) in [
        (r#"{"every":1,"unit":"month"}"#, r#""monthly""#),
        (r#"{"unit":"week","every":2}"#, r#""biweekly""#),
        (r#"{"every":10,"unit":"day"}"#, r#"{"every":10,"unit":"day"}"#),
        (r#""yearly""#, r#""yearly""#),
    ] {
        assert_eq!(to_json(&from_json::<Cycle>(read).unwrap()), written);
    }
}

#[test]
fn answers_read_back() {
    let brl: Currency = "BRL".parse().unwrap();
    let money = |amount| Money::new(amount, brl).unwrap();
    let schedule = Schedule::new(date("2025-04-01"), Cycle::MONTHLY);
    let input = ProrateInput::new(schedule, money(10_000), PlanChange::new(money(25_000), date("2025-04-11")));
    assert_eq!(from_json::<ProrateInput>(&to_json(&input)).unwrap(), input);
    let mut full = input.change.clone();
    (full.cycle, full.payment_count) = (Some(Cycle::YEARLY), Some(3));
    (full.effective, full.settle, full.prorate) = (Some(Effective::PeriodEnd), Some(Settle::Now), Some(false));
    assert_eq!(from_json::<PlanChange>(&to_json(&full)).unwrap(), full);
    let mut every = ProrateInput::new(schedule, money(10_000), full);
    (every.first_period, every.rounding, every.round_to) = (Some(FirstPeriod::Full), Some(Rounding::Up), Some(5));
    assert_eq!(from_json::<ProrateInput>(&to_json(&every)).unwrap(), every);
    let answer = prorate(&input).unwrap();
    assert_eq!(from_json::<Proration>(&to_json(&answer)).unwrap(), answer);
    let input = IndicatorInput::default();
    assert_eq!(from_json::<IndicatorInput>(&to_json(&input)).unwrap(), input);
    let answer = select_indicator(&input);
    assert_eq!(from_json(&to_json(&answer)), Ok(answer));
}

#[test]
fn text_alone_can_be_wrong_in_these_ways() {
    let code = |text| from_json::<Schedule>(text).unwrap_err().first().code();
    assert_eq!(code("{"), Code::InvalidJson);
    assert_eq!(code(r#"{"start":"2025-01-31","cycle":"monthly"} x"#), Code::InvalidJson);
    let twice = from_json::<Schedule>(r#"{"start":"2025-01-31","cycle":"monthly","start":"2025-02-28"}"#).unwrap_err();
    assert_eq!((twice.first().code(), twice.first().path()), (Code::DuplicateField, "/start"));
    assert_eq!(call("lastPayment", "{}").unwrap_err().first().code(), Code::WrongType);
    assert_eq!(call("nextDueDat", "[]").unwrap_err().first().code(), Code::UnknownFunction);
    let one_more = call("lastPayment", r#"[{"start":"2025-01-31","cycle":"monthly"},1]"#).unwrap_err();
    assert_eq!(one_more.first().code(), Code::TooMany);
    assert_eq!(call("lastPayment", "[").unwrap_err().first().code(), Code::InvalidJson);
    // Deep nesting is refused, not followed.
    assert_eq!(code(&"[".repeat(10_0000)), Code::InvalidJson);
}

#[test]
fn whole_numbers_may_be_written_as_decimals() {
    let amount =
        |text: &str| from_json::<Money>(&format!(r#"{{"amount":{text},"currency":"NOK"}}"#)).map(Money::amount);
    assert_eq!(amount("1999.0"), Ok(1999));
    assert_eq!(amount("1.999e3"), Ok(1999));
    assert_eq!(amount("-0"), Ok(0));
    assert_eq!(amount("1999.5").unwrap_err().first().code(), Code::NotAnInteger);
}

#[test]
fn serde_tells_the_place_too() {
    let error = serde_json::from_str::<Schedule>(r#"{"start":"2025-02-29","cycle":"monthly"}"#).unwrap_err();
    assert!(error.to_string().contains(r#"invalid_date at "/start""#), "{error}");
}
