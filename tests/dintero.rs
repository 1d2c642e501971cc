//! Dintero's requests and answers against its samples, and what must never be seen of them.
#![cfg(all(not(target_arch = "wasm32"), feature = "dintero"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test ends where its data is broken"
)]

mod common;

use std::collections::BTreeMap;
use std::fmt::Debug;

use billing_rules::json::Shape;
use billing_rules::providers::dintero::{self, Charge, Credentials, Session};
use billing_rules::providers::http::{ChargeReply, HttpRequest, HttpResponse, Secret, StatusReply};
use billing_rules::providers::redact;
use billing_rules::{Errors, call, from_json, to_json};
use common::{VECTORS, cases};
use serde_json::Value;

/// How near to Dintero a sample is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    /// Printed in Dintero's documentation, or in the tests of its official SDK.
    Real,
    /// Printed in part; the rest from the official types, or its form from Dintero's own plugin with other values.
    Partly,
    /// Made by the official types, never seen literally.
    Derived,
}

/// Every file of `tests/samples/dintero`. None is left out as not usable.
const SAMPLES: [(&str, Source); 24] = [
    ("request.capture.woocommerce-shape", Source::Partly),
    ("request.refund.woocommerce-shape", Source::Partly),
    ("request.sessions-pay.recurring_purchase.bambora.creditcard.DERIVED", Source::Derived),
    ("request.sessions-pay.recurring_purchase.dintero_psp.creditcard.DERIVED", Source::Derived),
    ("request.sessions-pay.recurring_purchase.payex.creditcard", Source::Real),
    ("request.sessions-pay.unscheduled_purchase.bambora.creditcard.DERIVED", Source::Derived),
    ("request.sessions-pay.unscheduled_purchase.dintero_psp.creditcard.DERIVED", Source::Derived),
    ("request.sessions-pay.unscheduled_purchase.payex.creditcard.DERIVED", Source::Derived),
    ("request.sessions-payment-token.bambora.creditcard", Source::Real),
    ("request.sessions-payment-token.dintero_psp.creditcard", Source::Real),
    ("request.sessions-payment-token.payex.creditcard", Source::Real),
    ("request.sessions-profile.create-token.bambora.PARTLY-DERIVED", Source::Partly),
    ("request.sessions-profile.create-token.dintero_psp.PARTLY-DERIVED", Source::Partly),
    ("request.sessions-profile.create-token.payex.PARTLY-DERIVED", Source::Partly),
    ("request.sessions-profile.use-token.bambora.creditcard", Source::Real),
    ("request.sessions-profile.use-token.dintero_psp.creditcard", Source::Real),
    ("request.sessions-profile.use-token.payex.creditcard", Source::Real),
    ("response.auth-token", Source::Real),
    ("response.card-tokens.list", Source::Real),
    ("response.error", Source::Real),
    ("response.session-created", Source::Real),
    ("response.sessions-pay.authorized.DERIVED", Source::Derived),
    ("response.sessions-pay.failed.DERIVED", Source::Derived),
    ("webhook.checkout_authorization", Source::Real),
];

fn sample(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(format!("tests/samples/dintero/{name}.json")).unwrap()).unwrap()
}

/// The cases of Dintero that succeed: the function and its input.
fn vectors() -> Vec<Value> {
    let files = VECTORS.iter().filter(|(file, _)| file.starts_with("dintero-"));
    files.flat_map(|(_, text)| cases(text)).filter(|case| case.get("gives").is_some()).collect()
}

fn input<T: Shape>(case: &Value) -> T {
    from_json(&case["args"][0].to_string()).unwrap()
}

/// Requests are reproduced key by key, whole numbers as whole numbers; answers and webhooks are read as they are.
#[test]
fn every_sample_is_reproduced_or_read() {
    let mut files: Vec<String> = std::fs::read_dir("tests/samples/dintero")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().replace(".json", ""))
        .collect();
    files.sort();
    assert_eq!(files, SAMPLES.map(|(name, _)| name));

    let vectors = vectors();
    let (mut built, mut read) = (BTreeMap::new(), BTreeMap::new());
    for (name, source) in SAMPLES {
        let title = format!("sample {name}");
        let case = vectors.iter().find(|case| case["name"].as_str().unwrap().split(':').next() == Some(&title));
        let case = case.unwrap_or_else(|| panic!("{name} is neither reproduced nor read"));
        let arguments = case["args"].to_string();
        let answer: Value = serde_json::from_str(&call(case["call"].as_str().unwrap(), &arguments).unwrap()).unwrap();
        if name.starts_with("request.") {
            let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
            assert_eq!(body, sample(name), "{name}");
            *built.entry(source).or_insert(0) += 1;
        } else {
            let body: Value = serde_json::from_str(case["args"][0]["body"].as_str().unwrap()).unwrap();
            assert_eq!(body, sample(name), "{name}");
            *read.entry(source).or_insert(0) += 1;
        }
    }
    assert_eq!(built, BTreeMap::from([(Source::Real, 7), (Source::Partly, 5), (Source::Derived, 5)]));
    assert_eq!(read, BTreeMap::from([(Source::Real, 5), (Source::Derived, 2)]));
}

#[test]
fn the_same_input_is_the_same_bytes() {
    for case in vectors() {
        let (name, arguments) = (case["call"].as_str().unwrap(), case["args"].to_string());
        assert_eq!(call(name, &arguments), call(name, &arguments));
    }
}

#[test]
fn what_is_written_reads_back() {
    for case in vectors() {
        let answer = case["gives"].to_string();
        match case["call"].as_str().unwrap() {
            "dintero.readTransaction" => {
                let read: dintero::Transaction = from_json(&answer).unwrap();
                assert_eq!(from_json(&to_json(&read)), Ok(read));
            }
            "dintero.readWebhook" => {
                let read: dintero::Webhook = from_json(&answer).unwrap();
                assert_eq!(from_json(&to_json(&read)), Ok(read));
            }
            "dintero.upgradePlan" => {
                let read: Vec<dintero::PlannedRequest> = from_json(&answer).unwrap();
                assert_eq!(from_json(&to_json(&read)), Ok(read));
            }
            _ => {}
        }
    }
}

/// More digits than a message ever quotes.
const MARKER: &str = "4929519999999999";

/// Every text of a tree, as JSON Pointers.
fn texts(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at.into()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| texts(item, &format!("{at}/{index}"), found));
        }
        Value::Object(fields) => fields.iter().for_each(|(key, item)| texts(item, &format!("{at}/{key}"), found)),
        _ => {}
    }
}

const SECRETS: [&str; 5] = ["paymentToken", "recurrenceToken", "clientSecret", "secret", "body"];

/// Puts the marker into every text of an input: no error may tell it, and of a secret nothing printed may show it, nor may the redacted
/// request. Gives how many secrets were tried.
fn probe<I: Shape + Debug, O: Debug>(
    case: &Value,
    run: impl Fn(&I) -> Result<O, Errors>,
    request: fn(&O) -> Vec<HttpRequest>,
) -> usize {
    let mut places = Vec::new();
    texts(&case["args"][0], "", &mut places);
    let mut secrets = 0;
    for place in places {
        let key = place.rsplit('/').next().unwrap();
        for text in [MARKER.to_string(), format!("{MARKER}\u{7}"), format!("{MARKER} x")] {
            let mut changed = case["args"][0].clone();
            *changed.pointer_mut(&place).unwrap() = Value::String(text);
            let read = from_json::<I>(&changed.to_string());
            let printed = match read.and_then(|input| Ok((format!("{input:?}"), run(&input)?))) {
                Err(errors) => {
                    assert!(!format!("{errors} {errors:?}").contains(MARKER), "{place}");
                    continue;
                }
                Ok((printed, answer)) => {
                    let requests = request(&answer);
                    let masked: Vec<String> = requests.iter().map(|one| to_json(&redact(one))).collect();
                    format!("{printed} {answer:?} {requests:?} {masked:?}")
                }
            };
            if SECRETS.contains(&key) {
                secrets += 1;
                assert!(!printed.contains(MARKER), "{place} in {printed}");
            }
        }
    }
    secrets
}

#[test]
fn secrets_are_not_printed_and_not_told() {
    let one = |request: &HttpRequest| vec![request.clone()];
    let plan = |plan: &Vec<dintero::PlannedRequest>| plan.iter().map(|one| one.request.clone()).collect();
    let mut secrets = 0;
    for case in vectors() {
        secrets += match case["call"].as_str().unwrap().trim_start_matches("dintero.") {
            "authToken" => probe(&case, dintero::auth_token, one),
            "createSession" => probe(&case, dintero::create_session, one),
            "createTokenSession" => probe(&case, dintero::create_token_session, one),
            "cancelSession" => probe(&case, dintero::cancel_session, one),
            "chargeToken" => probe(&case, dintero::charge_token, one),
            "getTransaction" => probe(&case, dintero::get_transaction, one),
            "findTransactions" => probe(&case, dintero::find_transactions, one),
            "captureTransaction" => probe(&case, dintero::capture_transaction, one),
            "refundTransaction" => probe(&case, dintero::refund_transaction, one),
            "voidTransaction" => probe(&case, dintero::void_transaction, one),
            "upgradePlan" => probe(&case, dintero::upgrade_plan, plan),
            "listCardTokens" => probe(&case, dintero::list_card_tokens, one),
            "deleteCardToken" => probe(&case, dintero::delete_card_token, one),
            "readAuthToken" => probe(&case, |it| Ok(dintero::read_auth_token(it)), |_| Vec::new()),
            "readSession" => probe(&case, |it| Ok(dintero::read_session(it)), |_| Vec::new()),
            "readCharge" => probe(&case, |it| Ok(dintero::read_charge(it)), |_| Vec::new()),
            "readTransaction" => probe(&case, |it| Ok(dintero::read_transaction(it)), |_| Vec::new()),
            "readTransactions" => probe(&case, |it| Ok(dintero::read_transactions(it)), |_| Vec::new()),
            "readCapture" => probe(&case, |it| Ok(dintero::read_capture(it)), |_| Vec::new()),
            "readRefund" => probe(&case, |it| Ok(dintero::read_refund(it)), |_| Vec::new()),
            "readVoid" => probe(&case, |it| Ok(dintero::read_void(it)), |_| Vec::new()),
            "readCancelledSession" => probe(&case, |it| Ok(dintero::read_cancelled_session(it)), |_| Vec::new()),
            "readDeletedToken" => probe(&case, |it| Ok(dintero::read_deleted_token(it)), |_| Vec::new()),
            "readCardTokens" => probe(&case, |it| Ok(dintero::read_card_tokens(it)), |_| Vec::new()),
            "readCallback" => probe(&case, dintero::read_callback, |_| Vec::new()),
            "readWebhook" => probe(&case, dintero::read_webhook, |_| Vec::new()),
            other => panic!("{other} is not probed"),
        };
    }
    assert!(secrets > 100, "{secrets}");
}

#[test]
fn tokens_of_an_answer_are_not_printed() {
    let body = format!(
        r#"{{"id": "T12345678.a", "status": "CAPTURED", "payment_product_type": "payex.creditcard", "access_token": "{MARKER}",
            "card": {{"payment_token": "{MARKER}", "recurrence_token": "{MARKER}"}},
            "customer": {{"tokens": {{"payex.creditcard": {{"payment_token": "{MARKER}"}}}}}}}}"#
    );
    let list = format!(r#"[{{"token": "{MARKER}", "payment_product_type": "payex.creditcard", "status": "ACTIVE"}}]"#);
    let (answer, cards) = (
        HttpResponse { status: 200, body, retry_after: None },
        HttpResponse { status: 200, body: list, retry_after: None },
    );
    let reply = ChargeReply { status: 200, body: Secret::new(&*answer.body), resent: None, retry_after: None };
    let charge = dintero::read_charge(&reply);
    assert!(to_json(&charge).contains(MARKER), "the caller gets the tokens");
    let reply = StatusReply { status: 200, body: Secret::new(&*answer.body), request_is_over: None, retry_after: None };
    let transaction = dintero::read_transaction(&reply);
    let token = dintero::read_auth_token(&answer);
    let cards_read = dintero::read_card_tokens(&cards);
    assert_eq!(token.access_token.as_ref().unwrap().expose(), MARKER);
    let printed = format!("{answer:?} {cards:?} {charge:?} {transaction:?} {token:?} {cards_read:?}");
    assert!(!printed.contains(MARKER), "{printed}");
}

#[test]
fn a_redacted_request_is_still_of_use() {
    let find = |call: &str| vectors().into_iter().find(|case| case["call"] == call).unwrap();
    let masked = redact(&dintero::charge_token(&input::<Charge>(&find("dintero.chargeToken"))).unwrap()).body.unwrap();
    assert!(masked.contains(r#""tokens":{"payex.creditcard":{"recurrence_token":"***"}}"#), "{masked}");
    assert!(masked.contains(r#""amount":29990"#) && masked.contains(r#""merchant_reference":"order-1""#), "{masked}");
    let session = input::<Session>(&find("dintero.createSession"));
    let request = dintero::create_session(&session).unwrap();
    assert_eq!(redact(&request).body, request.body, "the wish for a token is no token");
    let token = redact(&dintero::auth_token(&input::<Credentials>(&find("dintero.authToken"))).unwrap());
    assert_eq!(token.headers.get("authorization"), Some("***"));
}

/// A policy of Dintero's decides about the next attempt, by way of the decline that was read (R6.5).
#[test]
fn the_retry_policy_reaches_the_plan() {
    let plan = |policy: &str| {
        let body = format!(
            r#"{{"id": "T12345678.a", "status": "FAILED", "card": {{"brand": "Visa"}}, "events": [{{"event": "AUTHORIZE",
                "success": false, "error": {{"message": "m", "type": ["PICK_UP_CARD"], "result_code": "41"{policy}}}}}]}}"#
        );
        let reply = ChargeReply { status: 200, body: Secret::new(body), resent: None, retry_after: None };
        let decline = dintero::read_charge(&reply).decline.unwrap();
        let input = format!(
            r#"[{{"attempts": [{{"on": "2026-01-31", "amount": {{"amount": 100, "currency": "NOK"}}, "decline": {}}}],
                "provider": "dintero", "today": "2026-01-31"}}]"#,
            to_json(&decline)
        );
        let plan: Value = serde_json::from_str(&call("planRetry", &input).unwrap()).unwrap();
        (plan["decision"].as_str().unwrap().to_string(), plan["earliest"].as_str().unwrap().to_string())
    };
    let after = r#", "retry_policy": {"retry_codes": ["RETRY_AFTER_DELAY"], "retry_after": "2026-02-09T12:00:00Z"}"#;
    assert_eq!(plan(after), ("retry".into(), "2026-02-10".into()));
    let never = r#", "retry_policy": {"retry_codes": ["DO_NOT_RETRY"]}"#;
    assert_eq!(plan(never).0, "checkout");
    assert_eq!(plan("").0, "checkout");
}
