//! A55's readers on any body: they answer, whatever it is.

use super::Target;
use serde_json::{Value, json};

/// The targets by name.
pub const TARGETS: &[Target] = &[
    ("a55_change", change),
    ("a55_charge", charge),
    ("a55_charges", charges),
    ("a55_subscription", subscription),
    ("a55_token", token),
    ("a55_webhook", webhook),
];

fn read(name: &str, input: &Value) -> Value {
    let answer = billing_rules::call(&["a55.", name].concat(), &json!([input]).to_string());
    match answer {
        Ok(answer) => serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{name} does not answer with JSON")),
        Err(errors) => panic!("{name} fails: {errors}"),
    }
}

/// Answers about a charge, with each sort of HTTP status.
pub fn charge(body: &str) {
    for status in [200, 422, 409, 500] {
        let made = read("readCharge", &json!({"status": status, "body": body}));
        let told = read("readCharge", &json!({"status": status, "body": body, "capture": false, "resent": true}));
        let asked = read("readChargeStatus", &json!({"status": status, "body": body}));
        let word = |outcome: &Value| outcome["status"].as_str().unwrap_or_default().to_string();
        // Only HTTP 2xx can bring money, and what is sent again is never told to be not made.
        assert!(status == 200 || !["succeeded", "pending"].contains(&word(&made).as_str()));
        assert!(word(&told) != "not_made" && (word(&told) != "succeeded" || word(&made) == "succeeded"));
        assert!(status == 200 || word(&asked) == "unknown");
        assert!(status != 409 && status != 500 || word(&made) == "unknown");
        assert_eq!(word(&made) == "declined", made["decline"].is_object());
        read("readChargeDetails", &json!({"status": status, "body": body, "currency": "COP"}));
        read("readError", &json!({"status": status, "body": body}));
    }
}

/// Lists of charges.
pub fn charges(body: &str) {
    let list = read("readCharges", &json!({"status": 200, "body": body, "currency": "BRL"}));
    let reference = list.pointer("/charges/0/reference").and_then(Value::as_str).unwrap_or("sub-1-1-0-1");
    for over in [false, true] {
        let found =
            read("findCharge", &json!({"status": 200, "body": body, "reference": reference, "requestIsOver": over}));
        assert!(over || list["charges"] != json!([]) || found["status"] == "unknown");
    }
}

/// A capture, a refund and the two cancellations.
pub fn change(body: &str) {
    for name in ["readCapture", "readRefund", "readCancelCharge", "readCancelSubscription"] {
        for status in [200, 400, 404, 409, 500] {
            let change = read(name, &json!({"status": status, "body": body}));
            assert!(status != 500 || change["result"] == "unknown");
        }
    }
}

/// A subscription, held against a schedule where there is one.
pub fn subscription(body: &str) {
    let answer = read("readSubscription", &json!({"status": 200, "body": body, "currency": "BRL"}));
    assert_ne!(answer["subscription"].is_null(), answer["error"].is_null());
    if answer["subscription"].is_object() {
        let schedule = json!({"start": "2026-01-31", "cycle": "monthly", "paymentCount": 6});
        let price = json!({"amount": 4990, "currency": "BRL"});
        read(
            "compareSubscription",
            &json!({"found": answer["subscription"], "schedule": schedule, "price": price, "on": "2026-03-15"}),
        );
    }
}

/// A token.
pub fn token(body: &str) {
    let answer = read("readToken", &json!({"status": 200, "body": body}));
    assert_ne!(answer["token"].is_null(), answer["error"].is_null());
}

/// A webhook, which is not signed; with a secret it is refused.
pub fn webhook(body: &str) {
    let event = read("readWebhook", &json!({"body": body, "currency": "BRL"}));
    assert_eq!(event["verified"], false);
    let signed = json!([{"body": body, "secret": "s", "signature": "0".repeat(64), "timestamp": "0", "now": 0}]);
    assert!(billing_rules::call("a55.readWebhook", &signed.to_string()).is_err());
}
