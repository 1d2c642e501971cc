//! A55's requests and answers against the samples that A55 prints, and what must never be seen of them.
#![cfg(feature = "a55")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where its data is broken")]

mod common;

use std::collections::BTreeSet;

use billing_rules::providers::a55::{self, Charge, create_charge};
use billing_rules::providers::credential::StoredCredential;
use billing_rules::providers::{http::HttpRequest, redact};
use billing_rules::{Code, Provider, call, from_json, to_json};
use common::{VECTORS, cases};
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
        let Err(errors) = from_json::<Charge>(&text).and_then(|charge| create_charge(&charge).map(drop)) else {
            assert_eq!(field, "holder", "names are A55's to judge");
            continue;
        };
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

    // Where it says that it is a form, the rest stays readable.
    let text = r#"{"clientId": "client-1", "clientSecret": "abc", "scope": "api/readwrite"}"#;
    let masked = redact(&a55::token_request(&from_json(text).unwrap()).unwrap());
    let form = "grant_type=client_credentials&client_id=client-1&client_secret=***&scope=api%2Freadwrite";
    assert_eq!(masked.body.as_deref(), Some(form));
}

/// What becomes of each sample.
enum Use {
    /// A builder makes the same body.
    Reproduced,
    /// A reader reads it, in the vectors that name it.
    Read,
    /// Neither, for the reason.
    Not(&'static str),
}

const SAMPLES: [(&str, Use); 20] = [
    ("charge_cancel_refused", Use::Read),
    ("charge_declined", Use::Read),
    ("client_charge", Use::Reproduced),
    ("client_charge_answer", Use::Read),
    ("external_c1", Use::Reproduced),
    ("external_c1_network_token", Use::Reproduced),
    ("external_m1", Use::Reproduced),
    ("external_m1_network_token", Use::Reproduced),
    (
        "features_internal",
        Use::Not("its names (`billing_cycle`, `holder_name`) and amounts in cents occur nowhere else"),
    ),
    (
        "features_mit",
        Use::Not("`card_token` with `recurrence_indicator` and `original_charge_uuid` occurs nowhere else"),
    ),
    // Refused as printed, reproduced with an end date after its due date.
    ("internal_monthly", Use::Reproduced),
    ("subscription_already_cancelled", Use::Read),
    ("subscription_cancelled_guide", Use::Read),
    ("subscription_cancelled_reference", Use::Read),
    ("subscription_guide", Use::Read),
    ("subscription_not_found", Use::Read),
    ("subscription_reference", Use::Read),
    ("token", Use::Read),
    ("wallet_not_found", Use::Read),
    ("webhook", Use::Read),
];

#[test]
fn every_sample_has_its_use() {
    let mut files: Vec<String> = std::fs::read_dir("tests/samples/a55")
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str().unwrap().strip_suffix(".json").map(Into::into))
        .collect();
    files.sort();
    assert_eq!(files, SAMPLES.each_ref().map(|(name, _)| *name));

    let vectors: Vec<Value> = VECTORS.iter().flat_map(|(_, text)| cases(text)).collect();
    for (name, usage) in &SAMPLES {
        let named = vectors.iter().filter(|case| {
            let title = case["name"].as_str().unwrap_or_default();
            title.starts_with("sample ") && title.split([' ', ',', ':']).nth(1) == Some(name)
        });
        match usage {
            Use::Reproduced => {
                let bodies: Vec<&str> = named.filter_map(|case| case["gives"]["body"].as_str()).collect();
                assert_eq!(bodies.len(), 1, "{name}");
                // The guide's impossible end date is put after the due date.
                let printed = sample(name).replace("2025-07-30", "2026-07-30");
                assert_eq!(exact(bodies[0]), exact(&printed), "{name}");
            }
            Use::Read => {
                // Some are read from the file byte for byte.
                let of_file = |case: &&Value| case["args"][0]["body"].as_str() == Some(sample(name).as_str());
                assert!(named.filter(of_file).count() > 0, "{name}");
            }
            Use::Not(reason) => assert!(!reason.is_empty() && named.count() == 0, "{name}"),
        }
    }
}

/// A text that is nowhere else.
const MARKER: &str = "MARKERxk7";

/// The same as a card number, which anybody may type into any field.
const NUMBER: &str = "4929519999999999";

/// Every place of a text in a tree, as JSON Pointers.
fn texts(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at.into()),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| texts(item, &format!("{at}/{i}"), found)),
        Value::Object(fields) => fields.iter().for_each(|(key, item)| texts(item, &format!("{at}/{key}"), found)),
        _ => {}
    }
}

/// The names of our fields that hold secrets.
const SECRET: [&str; 6] = ["number", "cvv", "cryptogram", "cavv", "clientSecret", "secret"];

/// Each text of each operation is replaced by a marker, sound and unsound. What is a secret, or could be a card number, comes
/// back in no error; a secret is in the body of the request alone, and not in its redacted copy.
#[test]
fn no_secret_comes_back() {
    let mut fields: BTreeSet<String> = BTreeSet::new();
    let (mut sent, mut told) = (0, 0);
    let operations = VECTORS.iter().flat_map(|(_, text)| cases(text));
    let operations = operations.filter(|case| case["call"].as_str().is_some_and(|name| name.starts_with("a55.")));
    for case in operations {
        let name = case["call"].as_str().unwrap();
        let mut places = Vec::new();
        texts(&case["args"][0], "", &mut places);
        for place in places {
            let field = place.rsplit('/').next().unwrap().to_string();
            let secret = SECRET.contains(&field.as_str());
            if secret {
                fields.insert(format!("{name} {field}"));
            }
            for text in [MARKER.into(), NUMBER.into(), format!("{MARKER}\u{7}"), format!("{NUMBER}\u{7}")] {
                let marker = text.trim_end_matches('\u{7}');
                let mut input = case["args"][0].clone();
                *input.pointer_mut(&place).unwrap() = Value::String(text.clone());
                match call(name, &Value::Array(vec![input]).to_string()) {
                    Err(errors) => {
                        told += 1;
                        let shown = !secret && marker == MARKER;
                        assert!(shown || !format!("{errors} {errors:?}").contains(marker), "{name} {place}: {errors}");
                    }
                    Ok(_) if !secret => {}
                    Ok(answer) => match from_json::<HttpRequest>(&answer) {
                        Ok(request) => {
                            sent += 1;
                            assert!(request.body.as_ref().unwrap().contains(marker), "{name} {place}");
                            let printed = format!("{request:?} {} {}", request.url, to_json(&redact(&request)));
                            assert!(!printed.contains(marker), "{name} {place}");
                        }
                        Err(_) => assert!(!answer.contains(marker), "{name} {place}"),
                    },
                }
            }
        }
    }
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    let expected = [
        "a55.createCharge cavv",
        "a55.createCharge cryptogram",
        "a55.createCharge cvv",
        "a55.createCharge number",
        "a55.readWebhook secret",
        "a55.tokenRequest clientSecret",
    ];
    assert_eq!(fields, expected);
    assert!(sent > 10 && told > 1000, "only {sent} requests were made and {told} refused");
}

/// Debug texts show neither secrets nor what came over the network.
#[test]
fn debug_shows_no_secret() {
    let card = format!(
        r#"{{"type": "network_token", "holder": "A", "number": "{MARKER}", "expiryMonth": 1, "expiryYear": 2030,
            "cvv": "{MARKER}", "cryptogram": "{MARKER}"}}"#
    );
    let mut whole = charge(&card, C1, FIRST);
    whole.threeds_external = Some(from_json(&format!(r#"{{"eci": "05", "cavv": "{MARKER}"}}"#)).unwrap());
    let credential = StoredCredential::from(a55::Credential { card: whole.card.as_ref().unwrap().stored() });
    let body = format!(r#"{{"status": 200, "body": "{MARKER}"}}"#);
    let token = a55::read_token(
        &from_json(&format!(r#"{{"status": 200, "body": "{{\"access_token\": \"{MARKER}\"}}"}}"#)).unwrap(),
    );
    let webhook = format!(r#"{{"body": "{MARKER}", "secret": "{MARKER}", "signature": "{MARKER}"}}"#);
    let printed = [
        format!("{whole:?} {credential:?} {token:?}"),
        format!("{:?}", from_json::<a55::TokenRequest>(&format!(r#"{{"clientId": "a", "clientSecret": "{MARKER}"}}"#))),
        format!(
            "{:?} {:?}",
            from_json::<billing_rules::providers::http::HttpResponse>(&body),
            from_json::<a55::ReceivedCharge>(&body)
        ),
        format!("{:?} {:?}", from_json::<a55::ReceivedAmounts>(&body), from_json::<a55::Webhook>(&webhook)),
        format!("{:?}", from_json::<a55::FindCharge>(&body.replace('}', r#", "reference": "a"}"#))),
    ]
    .concat();
    assert!(!printed.contains(MARKER), "{printed}");
    assert!(!printed.contains("Err("), "{printed}");
}

/// What is kept of a card charges it again, and has neither its security code nor its cryptogram.
#[test]
fn a_stored_card_charges_again() {
    let first = charge(TOKEN, C1, FIRST);
    let credential = StoredCredential::from(a55::Credential { card: first.card.as_ref().unwrap().stored() });
    assert_eq!(credential.provider(), Provider::A55);
    let text = to_json(&credential);
    let card = r#"{"type":"network_token","holder":"John Doe","number":"4111111111111111","expiryMonth":12,"expiryYear":2030}"#;
    assert_eq!(text, format!(r#"{{"provider":"a55","card":{card}}}"#));
    assert_eq!(from_json::<StoredCredential>(&text).unwrap(), credential);

    let StoredCredential::A55(stored) = credential else { panic!("another provider's credential") };
    let card = stored.card;
    let later: a55::Subscription = from_json(M1).unwrap();
    let request = create_charge(&first.of_card(card.into(), later)).unwrap();
    let body = request.body.unwrap();
    assert!(body.contains("4111111111111111") && !body.contains("cvv") && !body.contains("cryptogram"), "{body}");
}

/// JavaScript has every operation, with its type, and the vectors reach each.
#[test]
fn every_operation_is_in_javascript() {
    let operations = include_str!("../pkg/src/operations.js");
    let own = operations.split("a55: [").nth(1).unwrap().split(']').next().unwrap();
    let own: BTreeSet<&str> = own.split('"').skip(1).step_by(2).collect();
    let types = include_str!("../pkg/types/a55/functions.d.ts");
    let reached: BTreeSet<String> = VECTORS
        .iter()
        .flat_map(|(_, text)| cases(text))
        .filter_map(|case| Some(case["call"].as_str()?.strip_prefix("a55.")?.to_string()))
        .collect();
    assert_eq!(own.iter().map(ToString::to_string).collect::<BTreeSet<_>>(), reached);
    for name in own {
        assert!(types.contains(&format!("export function {name}(input: ")), "{name} has no type");
        let refused = call(&format!("a55.{name}"), "[null]").unwrap_err();
        assert_ne!(refused.first().code(), Code::UnknownFunction, "{name}");
    }
}
