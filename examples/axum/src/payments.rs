//! The payments of a subscription, a row for each attempt: `{ reference, payment, succeeded, declined }`. A stored
//! subscription drops the lines of a settled payment, so a row keeps the payment whole, as it was when its attempt
//! began. As `examples/service/payments.mjs`.

use billing_rules::{Payment, Subscription};
use serde_json::{Map, Value, json};

/// The row of an attempt that begins.
pub fn begun(payment: &Payment) -> Value {
    json!({ "reference": payment.reference, "payment": payment, "succeeded": null, "declined": null })
}

/// The row of an event; `None` where it has no outcome. A success without a start has the payment that was due.
pub fn settled(subscription: &Subscription, event: &Map<String, Value>) -> Option<Value> {
    let field = |name| event.get(name).unwrap_or(&Value::Null);
    let kind = field("type").as_str()?;
    if kind != "payment_succeeded" && kind != "payment_declined" {
        return None;
    }
    let on = field("on");
    let action = subscription.next_action(on.as_str()?.parse().ok()?).ok()?;
    let due = action.payment().filter(|payment| field("reference") == payment.reference.as_str());
    let succeeded = json!({ "on": on, "providerReference": field("providerReference") });
    let declined = json!({ "on": on, "decline": field("decline") });
    Some(json!({
        "reference": field("reference"),
        "payment": due,
        "succeeded": (kind == "payment_succeeded").then_some(succeeded),
        "declined": (kind == "payment_declined").then_some(declined),
    }))
}

/// One row for each reference, of rows in the order in which they were written: the last payment, and the first of each
/// outcome.
pub fn merged(rows: impl IntoIterator<Item = Value>) -> Vec<Value> {
    let mut payments: Vec<Value> = Vec::new();
    for mut row in rows {
        match payments.iter_mut().find(|known| known["reference"] == row["reference"]) {
            Some(known) => {
                if !row["payment"].is_null() {
                    known["payment"] = row["payment"].take();
                }
                for outcome in ["succeeded", "declined"] {
                    if known[outcome].is_null() {
                        known[outcome] = row[outcome].take();
                    }
                }
            }
            None => payments.push(row),
        }
    }
    payments
}
