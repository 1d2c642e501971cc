//! Nexi's readers, each on a text: its first line is the HTTP status where it is a number, the rest the body.

use super::Target;
use serde_json::{Value, json};

/// Every reader of Nexi's.
pub const TARGETS: [Target; 11] = [
    ("nexi_created", |text| answer("nexi.readCreated", text)),
    ("nexi_charge", |text| answer("nexi.readCharge", text)),
    ("nexi_charge_status", |text| answer("nexi.readChargeStatus", text)),
    ("nexi_refund", |text| answer("nexi.readRefund", text)),
    ("nexi_cancel", |text| answer("nexi.readCancel", text)),
    ("nexi_bulk", |text| answer("nexi.readBulk", text)),
    ("nexi_payment", |text| answer("nexi.readPayment", text)),
    ("nexi_subscription", |text| answer("nexi.readSubscription", text)),
    ("nexi_error", |text| answer("nexi.readError", text)),
    ("nexi_bulk_page", bulk_page),
    ("nexi_webhook", webhook),
];

/// The status and the body.
fn parts(text: &str) -> (u32, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or(("", text));
    first.parse().map_or((200, text), |status| (status, rest))
}

/// Calls a reader, which answers whatever the body is.
fn read(name: &str, input: &Value) -> Value {
    let answer = billing_rules::call(name, &json!([input]).to_string());
    let answer = answer.unwrap_or_else(|errors| panic!("{name}: {errors}"));
    serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{name}: {error} in {answer}"))
}

fn answer(name: &str, text: &str) {
    let (status, body) = parts(text);
    let found = read(name, &json!({ "status": status, "body": body }));
    // Whatever is taken for a success or for a refusal has a good status.
    if found["status"] == "succeeded" {
        assert!((200..300).contains(&status), "{found}");
    }
    if found["status"] == "declined" && name == "nexi.readCharge" {
        assert!([400, 402].contains(&status) && found["decline"].is_object(), "{found}");
    }
    if name == "nexi.readCharge" && found["status"] == "succeeded" {
        assert!(found["providerReference"].is_string(), "{found}");
    }
}

fn bulk_page(text: &str) {
    let (status, body) = parts(text);
    let payments = json!([
        { "reference": "r1", "agreement": { "kind": "scheduled", "id": "d079718b-ff63-45dd-947b-4950c023750f" } },
        { "reference": "r2", "agreement": { "kind": "unscheduled", "externalReference": "old-7" } },
    ]);
    let found = read("nexi.readBulkPage", &json!({ "status": status, "body": body, "payments": payments }));
    assert!(found.is_null() || status == 200, "{found}");
}

fn webhook(text: &str) {
    for merchant_initiated in [false, true] {
        let input =
            json!({ "body": text, "authorization": "x", "expected": "x", "merchantInitiated": merchant_initiated });
        read("nexi.readWebhook", &input);
        // Another value is an error, whatever the body is.
        let other = json!([{ "body": text, "authorization": "y", "expected": "x" }]);
        let refused = billing_rules::call("nexi.readWebhook", &other.to_string());
        assert!(refused.is_err_and(|errors| errors.first().code().as_str() == "invalid_signature"));
    }
}
