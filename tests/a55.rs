//! A55's requests against the samples that A55 prints, and what must never be seen of them.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where its data is broken")]

use billing_rules::providers::a55::{Charge, create_charge};
use billing_rules::providers::redact;
use billing_rules::{Code, from_json};
use serde_json::Value;
use serde_json::value::RawValue;

/// JSON with its numbers as exact decimals: 100.0, 100.00 and 100 are one number, 100.01 is another.
#[derive(Debug, PartialEq)]
enum Exact {
    Decimal(String),
    Other(Value),
    List(Vec<Exact>),
    Object(std::collections::BTreeMap<String, Exact>),
}

fn exact(json: &str) -> Exact {
    let inner = |raw: &RawValue| exact(raw.get());
    match json.trim_start().as_bytes()[0] {
        b'{' => {
            let fields: std::collections::BTreeMap<String, &RawValue> = serde_json::from_str(json).unwrap();
            Exact::Object(fields.into_iter().map(|(key, value)| (key, inner(value))).collect())
        }
        b'[' => Exact::List(serde_json::from_str::<Vec<&RawValue>>(json).unwrap().into_iter().map(inner).collect()),
        b'-' | b'0'..=b'9' => match json.split_once('.') {
            Some((whole, decimals)) => {
                let decimals = decimals.trim_end_matches('0');
                Exact::Decimal(if decimals.is_empty() { whole.into() } else { format!("{whole}.{decimals}") })
            }
            None => Exact::Decimal(json.into()),
        },
        _ => Exact::Other(serde_json::from_str(json).unwrap()),
    }
}

const CUSTOMER: &str = r#"
    "account": {"walletUuid": "00000000-0000-0000-0000-000000000000", "merchantId": "11111111-1111-1111-1111-111111111111"},
    "payer": {
        "name": "John Doe", "taxId": "38899334821", "email": "john.doe@example.com", "cellPhone": "+155599999999",
        "address": {
            "street": "Test Avenue", "addressNumber": "123", "complement": "Suite 456", "neighborhood": "Downtown",
            "city": "Testville", "state": "CA", "postalCode": "12345-678", "country": "US"
        }
    },
    "items": [{
        "name": "Test Product", "description": "Sample", "quantity": 1, "unitAmount": {"amount": 10000, "currency": "BRL"},
        "sku": "TEST-SKU-001", "code": "TEST-CODE-001"
    }],
    "amount": {"amount": 10000, "currency": "BRL"},
    "webhookUrl": "https://webhook.example.com/payment-status", "redirectUrl": "https://merchant.example.com/thank-you""#;

const CARD: &str = r#"{"type": "card", "holder": "John Doe", "number": "4111111111111111", "expiryMonth": 12,
    "expiryYear": 2030, "cvv": "123"}"#;

const TOKEN: &str = r#"{"type": "network_token", "holder": "John Doe", "number": "4111111111111111", "expiryMonth": 12,
    "expiryYear": 2030, "cvv": "123", "cryptogram": "abcdefghijklmnopqrstuvw=="}"#;

const FIRST: &str = "First subscription payment";
const LATER: &str = "Recurring subscription payment";
const C1: &str = r#"{"recurrence": "external", "indicator": "C1", "dueDate": "2025-12-31"}"#;
const M1: &str = r#"{"recurrence": "external", "indicator": "M1", "dueDate": "2025-12-31"}"#;

fn charge(card: &str, subscription: &str, description: &str) -> Charge {
    let text =
        format!(r#"{{{CUSTOMER}, "card": {card}, "subscription": {subscription}, "description": "{description}"}}"#);
    from_json(&text).unwrap()
}

fn sample(name: &str) -> String {
    std::fs::read_to_string(format!("tests/samples/a55/{name}.json")).unwrap()
}

#[test]
fn external_recurrence_equals_the_samples() {
    for (name, card, subscription, description) in [
        ("external_c1", CARD, C1, FIRST),
        ("external_c1_network_token", TOKEN, C1, FIRST),
        ("external_m1", CARD, M1, LATER),
        ("external_m1_network_token", TOKEN, M1, LATER),
    ] {
        let request = create_charge(&charge(card, subscription, description)).unwrap();
        assert_eq!(request.method.as_str(), "POST");
        assert_eq!(request.url, "https://core-manager.a55.tech/api/v1/bank/wallet/charge/");
        assert_eq!(request.headers.get("content-type"), Some("application/json"));
        assert_eq!(exact(request.body.as_deref().unwrap()), exact(&sample(name)), "{name}");
    }
}

/// The sample ends on 2025-07-30 and is due on 2025-12-31. R2.8 refuses that, so it is compared with a later end.
#[test]
fn internal_recurrence_equals_the_sample_but_for_its_impossible_end() {
    let schedule = |end: &str| {
        format!(
            r#"{{"recurrence": "internal", "schedule": {{"start": "2025-12-31", "cycle": "monthly", "endDate": "{end}"}}}}"#
        )
    };
    let printed = format!(
        r#"{{{CUSTOMER}, "card": {CARD}, "subscription": {}, "description": "{FIRST}"}}"#,
        schedule("2025-07-30")
    );
    let refused = from_json::<Charge>(&printed).unwrap_err();
    assert_eq!(refused.first().code(), Code::EndBeforeStart);
    assert_eq!(refused.first().path(), "/subscription/schedule/endDate");

    let request = create_charge(&charge(CARD, &schedule("2026-07-30"), FIRST)).unwrap();
    let corrected = sample("internal_monthly").replace("2025-07-30", "2026-07-30");
    assert_eq!(exact(request.body.as_deref().unwrap()), exact(&corrected));
}

#[test]
fn the_same_charge_is_the_same_bytes() {
    let (one, two) = (charge(TOKEN, M1, LATER), charge(TOKEN, M1, LATER));
    assert_eq!(create_charge(&one).unwrap().body, create_charge(&two).unwrap().body);
}

#[test]
fn secrets_are_not_printed_and_not_told() {
    let secrets = ["4111111111111111", "123", "abcdefghijklmnopqrstuvw=="];
    let whole = charge(TOKEN, C1, FIRST);
    let request = create_charge(&whole).unwrap();
    let masked = redact(&request);
    let printed = format!("{:?} {:?} {:?}", whole.card, request, masked.body.as_deref().unwrap());
    for secret in secrets {
        // The house number and the postal code hold a 123 of their own.
        let seen = printed.replace("12345-678", "").replace(r#"address_number\":\"123"#, "");
        assert!(!seen.contains(secret), "{secret} in {seen}");
    }
    // Nothing else is changed: the amount keeps its decimals, the payer stays.
    let amount = r#""installment_value":100.00"#;
    assert!(masked.body.as_deref().unwrap().contains(amount) && masked.body.unwrap().contains("John Doe"));

    // Secrets in fields of every sort that are wrong: none comes back in an error.
    let marker = "4929519999999999";
    for field in ["number", "cvv", "cryptogram", "expiryMonth", "expiryYear", "type", "holder"] {
        let mut card: Value = serde_json::from_str(TOKEN).unwrap();
        card[field] = Value::String(format!("{marker}\u{7}"));
        let text = format!(r#"{{{CUSTOMER}, "card": {card}, "subscription": {C1}, "description": "{FIRST}"}}"#);
        let errors = from_json::<Charge>(&text).and_then(|charge| create_charge(&charge).map(drop)).unwrap_err();
        assert!(!format!("{errors} {errors:?}").contains(marker), "{field}");
    }
}

#[test]
fn a_request_with_credentials_can_be_logged() {
    let text = r#"{"method": "POST", "url": "https://example.com", "headers": {"Authorization": "Bearer abc", "Accept": "*/*"},
        "body": "grant_type=client_credentials&client_secret=abc"}"#;
    let masked = redact(&from_json(text).unwrap());
    assert_eq!(masked.headers.get("authorization"), Some("***"));
    assert_eq!(masked.headers.get("accept"), Some("*/*"));
    assert_eq!(masked.body.as_deref(), Some("***"));
}
