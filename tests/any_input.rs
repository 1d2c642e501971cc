//! Whatever comes in, an answer or coded problems come out: never a panic, never a fault of our own.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::indexing_slicing, reason = "of JSON, what is not there is null")]

mod common;
#[path = "common/steps.rs"]
mod steps;

use billing_rules::{Code, call};
use common::{VECTORS, cases};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use steps::arguments;

/// The calls of all vectors: inputs that reach into every function.
fn calls() -> Vec<(String, Value)> {
    let api = |name: &str, arguments: &Value| match call(name, &arguments.to_string()) {
        Ok(answer) => json!({ "gives": serde_json::from_str::<Value>(&answer).unwrap_or_default() }),
        Err(errors) => json!(errors.to_string()),
    };
    let call = |case: Value| {
        (case["call"].as_str().unwrap_or_default().to_string(), arguments(&case, &api).unwrap_or_default())
    };
    VECTORS.iter().flat_map(|(_, text)| cases(text)).map(call).collect()
}

/// Values that are likely to be wrong in an interesting way.
fn odd_values() -> impl Strategy<Value = Value> {
    let numbers = prop::sample::select(vec![
        json!(0),
        json!(-1),
        json!(1),
        json!(31),
        json!(32),
        json!(10_001),
        json!(4_294_967_296_u64),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(9_007_199_254_740_991_i64),
        json!(-9_007_199_254_740_991_i64),
        json!(0.5),
        json!(1e300),
    ]);
    let texts = prop::sample::select(vec![
        "",
        "0001-01-01",
        "9999-12-31",
        "2024-02-29",
        "2025-02-29",
        "monthly",
        "NOK",
        "JPY",
        "at",
        "now",
        "\u{0}",
        "é",
        "-",
        "90071992547409.91",
        "99999999999999999999999999",
        "🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀",
    ]);
    prop_oneof![
        numbers,
        texts.prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        Just(Value::Null),
        Just(json!(true)),
        Just(json!([])),
        Just(json!({})),
        Just(json!({ "every": 1000, "unit": "year" })),
    ]
}

/// Every place in a tree, as JSON Pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_string());
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| places(item, &format!("{at}/{index}"), found));
        }
        Value::Object(fields) => fields.iter().for_each(|(key, item)| places(item, &format!("{at}/{key}"), found)),
        _ => {}
    }
}

fn answers(name: &str, arguments: &Value) {
    if let Err(errors) = call(name, &arguments.to_string()) {
        for error in errors.iter() {
            assert_ne!(error.code(), Code::Internal, "{name} {arguments}");
            assert!(!error.message().is_empty() && !error.message().ends_with('.'), "{error}");
            assert!(error.path().is_empty() || error.path().starts_with('/'), "{error}");
        }
    }
}

/// A value may be a secret in the wrong field: whatever stands where a text does, no error repeats it.
#[test]
fn no_error_repeats_a_text() {
    const MARKER: &str = "Zq7Secret";
    let mut refused = 0usize;
    let mut seen = std::collections::BTreeSet::new();
    for (name, arguments) in calls() {
        let mut found = Vec::new();
        places(&arguments, "", &mut found);
        for place in found {
            // Of each place of a function once: those of lists are alike.
            let kind = (name.clone(), place.replace(|c: char| c.is_ascii_digit(), ""));
            if !arguments.pointer(&place).is_some_and(Value::is_string) || !seen.insert(kind) {
                continue;
            }
            let mut changed = arguments.clone();
            if let Some(spot) = changed.pointer_mut(&place) {
                *spot = MARKER.into();
            }
            if let Err(errors) = call(&name, &changed.to_string()) {
                refused = refused.saturating_add(1);
                assert!(!errors.to_string().contains(MARKER), "{name} {place}: {errors}");
            }
        }
    }
    assert!(refused > 300, "{refused}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn inputs_with_something_wrong_in_them(
        which in any::<Index>(), changes in prop::collection::vec((any::<Index>(), odd_values()), 1..4),
    ) {
        thread_local!(static CALLS: Vec<(String, Value)> = calls());
        let (name, mut arguments) = CALLS.with(|calls| which.get(calls).clone());
        for (place, value) in changes {
            let mut found = Vec::new();
            places(&arguments, "", &mut found);
            let place: &String = place.get(&found);
            if let Some(spot) = arguments.pointer_mut(place) {
                *spot = value;
            }
        }
        answers(&name, &arguments);
    }

    #[test]
    fn text_that_may_be_json_or_not(text in ".{0,60}", name in prop::sample::select(vec!["prorate", "dueDates", "redact", "nothing"])) {
        if let Err(errors) = call(name, &text) {
            assert_ne!(errors.first().code(), Code::Internal);
        }
    }
}
