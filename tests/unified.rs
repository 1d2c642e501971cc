//! One API over all providers: what vectors cannot say of it.
#![cfg(all(not(target_arch = "wasm32"), feature = "all-providers"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where its data is broken")]

mod common;

use std::collections::BTreeSet;

use billing_rules::json::Shape;
use billing_rules::providers::http::HttpRequest;
use billing_rules::providers::redact;
use billing_rules::providers::unified::{
    ChargeInput, ReadChargeInput, ReadStatusInput, StatusInput, charge_request, read_charge, read_status,
    status_request,
};
use billing_rules::{Errors, from_json, to_json};
use common::{VECTORS, cases};
use serde_json::Value;

/// The inputs of a function in the vectors of the unified API.
fn inputs(call: &str) -> Vec<Value> {
    let (_, text) = VECTORS.iter().find(|(name, _)| *name == "unified.json").unwrap();
    let cases = cases(text).into_iter().filter(|case| case["call"] == call && case.get("gives").is_some());
    cases.map(|case| case["args"][0].clone()).collect()
}

/// A text that is nowhere else, and could be a card number.
const MARKER: &str = "4929519999999999";

/// The names of fields that hold secrets.
const SECRETS: [&str; 8] =
    ["number", "cvv", "cryptogram", "password", "token", "paymentToken", "recurrenceToken", "authorization"];

fn texts(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at.into()),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| texts(item, &format!("{at}/{i}"), found)),
        Value::Object(fields) => fields.iter().for_each(|(key, item)| texts(item, &format!("{at}/{key}"), found)),
        _ => {}
    }
}

/// Puts the marker into every text, sound and unsound: it comes back in no error, and a secret in no print, no address and no
/// redacted request. Gives how many secrets were tried.
fn probe<I: Shape + std::fmt::Debug>(call: &str, build: fn(&I) -> Result<HttpRequest, Errors>) -> usize {
    let mut secrets = 0;
    for input in inputs(call) {
        let mut places = Vec::new();
        texts(&input, "", &mut places);
        for place in places {
            let is_secret = SECRETS.contains(&place.rsplit('/').next().unwrap()) && !place.starts_with("/payment/");
            for text in [MARKER.to_string(), format!("{MARKER}\u{7}"), format!("{MARKER} <é>")] {
                let mut changed = input.clone();
                *changed.pointer_mut(&place).unwrap() = text.into();
                let read = from_json::<I>(&changed.to_string());
                let printed = match read.and_then(|input| Ok((format!("{input:?}"), build(&input)?))) {
                    Err(errors) => {
                        assert!(!format!("{errors} {errors:?}").contains(MARKER), "{call} {place}: {errors}");
                        continue;
                    }
                    Ok((printed, request)) => {
                        assert!(!is_secret || !request.url.contains(MARKER), "{place}");
                        format!("{printed} {request:?} {}", to_json(&redact(&request)))
                    }
                };
                if is_secret {
                    secrets = usize::saturating_add(secrets, 1);
                    assert!(!printed.contains(MARKER), "{call} {place} in {printed}");
                }
            }
        }
    }
    secrets
}

#[test]
fn secrets_are_not_printed_and_not_told() {
    let secrets = probe("chargeRequest", charge_request) + probe("statusRequest", status_request);
    assert!(secrets >= 30, "{secrets}");
    let answer = format!(r#"{{"provider": "nexi", "status": 200, "body": "{MARKER}", "reference": "r"}}"#);
    let status: ReadStatusInput = from_json(&answer).unwrap();
    assert!(!format!("{status:?} {:?}", read_status(&status)).contains(MARKER));
    let charge: ReadChargeInput = from_json(&answer.replace(r#", "reference": "r""#, "")).unwrap();
    assert!(!format!("{charge:?} {:?}", read_charge(&charge)).contains(MARKER));
}

/// A provider's folder names no other: it can be left out.
#[test]
fn no_provider_knows_another() {
    let names = ["a55", "dineropay", "dintero", "nexi"];
    for provider in names {
        let mut folders = vec![format!("src/providers/{provider}")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
                if entry.is_dir() {
                    folders.push(entry.display().to_string());
                    continue;
                }
                let text = std::fs::read_to_string(&entry).unwrap();
                for other in names.iter().filter(|other| **other != provider) {
                    assert!(!text.contains(&format!("{other}::")), "{} names {other}", entry.display());
                }
            }
        }
    }
}

/// What is written is what was read, whichever provider it is of.
#[test]
fn inputs_are_read_as_they_are_written() {
    let mut providers = BTreeSet::new();
    let same = |input: &Value, again: String| assert_eq!(*input, serde_json::from_str::<Value>(&again).unwrap());
    for input in inputs("chargeRequest") {
        providers.insert(input["provider"].to_string());
        same(&input, to_json(&from_json::<ChargeInput>(&input.to_string()).unwrap()));
    }
    for input in inputs("statusRequest") {
        same(&input, to_json(&from_json::<StatusInput>(&input.to_string()).unwrap()));
    }
    assert_eq!(providers.len(), 4);
}

/// Amount, reference, day and indicator of the payment reach every provider's request: another payment, other bytes.
#[test]
fn the_request_follows_from_the_payment() {
    for input in inputs("chargeRequest") {
        let build = |input: &Value| charge_request(&from_json(&input.to_string()).unwrap()).unwrap();
        let mut other = input.clone();
        other["payment"]["reference"] = "sub-1-2-0-9".into();
        assert_ne!(build(&input), build(&other), "{input}");
        assert_eq!(build(&input), build(&input.clone()));
    }
}
