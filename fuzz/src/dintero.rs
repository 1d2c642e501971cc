//! Dintero's readers, each fed with the text that a provider, or anybody else, could send.

use super::Target;
use billing_rules::{Code, call};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::Sha256;

/// The fuzz targets of this provider.
pub const TARGETS: [Target; 9] = [
    ("dintero_auth_token", |text| answer("dintero.readAuthToken", text)),
    ("dintero_session", |text| answer("dintero.readSession", text)),
    ("dintero_charge", |text| answer("dintero.readCharge", text)),
    ("dintero_transaction", |text| answer("dintero.readTransaction", text)),
    ("dintero_transactions", |text| answer("dintero.readTransactions", text)),
    ("dintero_change", change),
    ("dintero_card_tokens", |text| answer("dintero.readCardTokens", text)),
    ("dintero_callback", callback),
    ("dintero_webhook", webhook),
];

/// The body of an answer, for a success and a refusal.
fn answer(name: &str, body: &str) {
    for status in [200, 403] {
        let mut input = json!({ "status": status, "body": body });
        if name == "dintero.readTransactions" {
            input["merchantReference"] = "order-1".into();
        }
        let read = held(name, &input).expect("an answer is always read");
        let outcome = if read.get("outcome").is_some() { &read["outcome"] } else { &read };
        let money = ["succeeded", "declined", "pending"].iter().any(|status| outcome["status"] == *status);
        assert!(status == 200 || !money, "{name}: an error is no outcome");
    }
}

/// What changes something: only HTTP 2xx does it.
fn change(body: &str) {
    for reader in ["readCapture", "readRefund", "readVoid", "readCancelledSession", "readDeletedToken"] {
        for status in [200, 202, 400, 503] {
            let read = held(&["dintero.", reader].concat(), &json!({ "status": status, "body": body }));
            let result = read.expect("an answer is always read")["result"].clone();
            assert!(status < 300 || result == "refused" || result == "unknown", "{reader} {status}: {result}");
        }
    }
}

/// An address that is called, signed as it is. Its query is signed after our own sorting, so that only what both read alike passes.
fn callback(url: &str) {
    let input = |signature: String| json!({ "accountId": "T12345678", "secret": "key", "signature": signature, "method": "GET", "url": url, "now": 1_760_000_000 });
    let _ = held("dintero.readCallback", &input(url.into()));
    let place = url.split_once("://").map_or("", |(_, rest)| rest);
    let (place, query) = place.split_once('?').unwrap_or((place, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let signed = format!("1760000000\nT12345678\nGET\n{host}\n/{path}\n{query}");
    let mut mac = Hmac::<Sha256>::new_from_slice(b"key").expect("a key of any length");
    mac.update(signed.as_bytes());
    let _ = held(
        "dintero.readCallback",
        &input(format!("t=1760000000,v0-hmac-sha256={}", hex(&mac.finalize().into_bytes()))),
    );
}

/// A body, once signed and once not.
fn webhook(body: &str) {
    let mut mac = Hmac::<Sha1>::new_from_slice(b"key").expect("a key of any length");
    mac.update(body.as_bytes());
    let signature = hex(&mac.finalize().into_bytes());
    let _ = held(
        "dintero.readWebhook",
        &json!({ "secret": "key", "headers": { "event-signature": signature }, "body": body }),
    );
    let wrong = held(
        "dintero.readWebhook",
        &json!({ "secret": "other", "headers": { "event-signature": signature }, "body": body }),
    );
    assert_eq!(wrong, Err(Code::InvalidSignature));
}

/// Calls, and gives the answer or the first problem's code, which is never a fault of our own.
fn held(name: &str, input: &Value) -> Result<Value, Code> {
    match call(name, &json!([input]).to_string()) {
        Ok(answer) => Ok(serde_json::from_str(&answer).expect("JSON")),
        Err(errors) => {
            assert!(errors.iter().all(|error| error.code() != Code::Internal), "{errors}");
            Err(errors.first().code())
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
