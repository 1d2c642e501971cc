//! DineroPay's readers.

use super::Target;
use billing_rules::{Code, call};
use serde_json::{Value, json};

/// The targets.
pub const TARGETS: &[Target] = &[
    ("dineropay_callback", dineropay_callback),
    ("dineropay_charge", |body| response("dineropay.readCharge", body)),
    ("dineropay_refund", |body| response("dineropay.readRefund", body)),
    ("dineropay_return", dineropay_return),
    ("dineropay_schedule", |body| response("dineropay.readSchedule", body)),
    ("dineropay_session", |body| response("dineropay.readSession", body)),
    ("dineropay_status", |body| response("dineropay.readStatus", body)),
];

/// A body is always read, whatever HTTP says with it.
fn response(reader: &str, body: &str) {
    for status in [200, 400, 404, 500] {
        let mut input = json!({ "status": status, "body": body });
        if reader == "dineropay.readStatus" {
            input["orderNumber"] = "order-1234".into();
        }
        let read = answer(reader, &input);
        assert!(read.is_ok(), "{reader} refuses {body:?}");
        if status == 500 {
            let read = read.unwrap_or_default();
            let became = read.get("outcome").unwrap_or(&read).get("status").cloned();
            assert_eq!(became, Some(json!("unknown")), "{reader} believes a server's fault");
        }
    }
}

/// The answer of a function, or the code of its first problem, none of which may be a fault of ours.
fn answer(name: &str, input: &Value) -> Result<Value, Code> {
    match call(name, &json!([input]).to_string()) {
        Ok(answer) => Ok(serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{name}: {error}"))),
        Err(errors) => {
            assert!(errors.iter().all(|error| error.code() != Code::Internal), "{name}: {errors}");
            Err(errors.first().code())
        }
    }
}

/// A callback as it came; then behind signed fields, which come first and are what counts, so that the rest is read as well.
fn dineropay_callback(body: &str) {
    const SIGNED: &str = "id=5d3f0a52-7a41-11ef-9a31-0242ac120002&order_number=order-1234&order_amount=19.00&order_currency=SAR\
        &order_description=Important+gift&hash=f0ab87d9b4709511466903ccb87c577d46a447f9&";
    const PASSWORD: &str = "b7c1e0d4f29a4c53a8816e0c7d5f2a39";
    let read = |body: &str| answer("dineropay.readCallback", &json!({ "body": body, "password": PASSWORD }));
    let _ = read(body);
    let signed = read(&[SIGNED, body].concat());
    assert_eq!(signed.map(|read| read.get("orderNumber").cloned()), Ok(Some(json!("order-1234"))));
}

/// What a payer brings back, which is signed only in the seed.
fn dineropay_return(query: &str) {
    let amount = json!({ "amount": 1900, "currency": "SAR" });
    let input = json!({
        "query": query, "password": "b7c1e0d4f29a4c53a8816e0c7d5f2a39", "amount": amount, "description": "Important gift",
    });
    let read = answer("dineropay.readReturn", &input);
    assert!(matches!(read, Ok(_) | Err(Code::InvalidSignature)), "{read:?}");
}
