//! Nexi Checkout: every sample used, laws of amounts, batches and intervals, and what must never be seen.
#![cfg(feature = "nexi")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where its data is broken")]

use std::collections::BTreeMap;

use billing_rules::providers::credential::StoredCredential;
use billing_rules::providers::nexi::{self, BulkCharge, ChargeSubscription, CreatePayment, WebhookInput};
use billing_rules::providers::redact;
use billing_rules::{RetryPolicy, Terms, call, from_json, to_json};
use serde_json::{Value, json};

/// What a sample is used for.
enum Use {
    /// A builder makes it, but for the differences: `-` is not sent, `+` is sent besides, `~` differs.
    Built(&'static [&'static str]),
    /// A builder makes its structure (its values are placeholders), but for the fields that are not sent.
    Structure(&'static [&'static str]),
    /// A reader reads it.
    Read,
    /// The builder refuses it.
    Refused,
}

use Use::{Built, Read, Refused, Structure};

/// An image goes with Riverty's invoices alone; headers of webhooks are not described beyond their name; each entry and each
/// agreement goes by one of its two names.
const SAMPLES: [(&str, Use); 65] = [
    (
        "doc.request.bulk-charge-subscriptions.json",
        Structure(&[
            "/notifications/webHooks/0/headers",
            "/subscriptions/0/externalReference",
            "/subscriptions/0/order/items/0/imageUrl",
        ]),
    ),
    (
        "doc.request.bulk-charge-unscheduled.json",
        Structure(&[
            "/notifications/webHooks/0/headers",
            "/unscheduledSubscriptions/0/externalReference",
            "/unscheduledSubscriptions/0/order/items/0/imageUrl",
        ]),
    ),
    ("doc.request.cancel.json", Structure(&["/orderItems/0/imageUrl"])),
    // Shipping of goods, and a reference for Riverty alone.
    ("doc.request.charge-payment.json", Structure(&["/orderItems/0/imageUrl", "/paymentMethodReference", "/shipping"])),
    (
        "doc.request.charge-subscription.json",
        Structure(&["/notifications/webHooks/0/headers", "/order/items/0/imageUrl"]),
    ),
    (
        "doc.request.create-payment.all-fields.json",
        Structure(&[
            // Of Riverty and PayPal.
            "/additionalPaymentMethodData",
            // What remains of the page's looks, and when it ends: a moment in time, which nothing here reads.
            "/checkout/appearance/displayOptions",
            // A customer is a person or a company.
            "/checkout/consumer/company",
            "/checkout/expiresAt",
            "/checkout/publicDevice",
            // Shipping of goods.
            "/checkout/shipping",
            "/checkout/shippingCountries",
            // With an embedded checkout only.
            "/checkout/url",
            "/notifications/webHooks/0/headers",
            "/order/items/0/imageUrl",
            // Fees by payment method.
            "/paymentMethods",
            // Not described anywhere.
            "/subscription/allowVariableAmount",
            // One agreement at a time.
            "/unscheduledSubscription",
        ]),
    ),
    ("doc.request.refund.json", Structure(&["/orderItems/0/imageUrl"])),
    ("doc.request.verify-subscriptions.json", Structure(&["/subscriptions/0/externalReference"])),
    ("doc.request.verify-unscheduled.json", Structure(&["/unscheduledSubscriptions/0/externalReference"])),
    ("doc.response.400.json", Read),
    ("doc.response.402-500-shape.json", Read),
    ("doc.response.bulk-charges.page.json", Read),
    ("doc.response.bulk-id.json", Read),
    ("doc.response.bulk-unscheduled-charges.page.json", Read),
    ("doc.response.bulk-verifications.page.json", Read),
    ("doc.response.charge-payment.json", Read),
    ("doc.response.charge-status.json", Read),
    ("doc.response.charge-subscription.json", Read),
    ("doc.response.charge-unscheduled-subscription.json", Read),
    ("doc.response.create-payment.json", Read),
    ("doc.response.refund.json", Read),
    ("doc.response.retrieve-charge.json", Read),
    ("doc.response.retrieve-subscription.json", Read),
    ("doc.response.retrieve-unscheduled.json", Read),
    ("request.bulk-charge-unscheduled.solidnets.json", Structure(&["/unscheduledSubscriptions/0/externalReference"])),
    ("request.charge-subscription.krokedil-shape.json", Built(&[])),
    // The plugin's checkout is not part of it; its last day ends when it begins, and has no zone.
    ("request.create-payment.change-card.krokedil-shape.json", Built(&["+/checkout", "~/subscription/endDate"])),
    // Its net and tax do not add up: a mistake of the page, which Nexi does not check.
    ("request.create-payment.subscription.legacy.json", Refused),
    (
        "request.create-payment.ucof.zero-amount.public-sample.json",
        Built(&["+/checkout/charge", "+/order/items/0/taxAmount", "+/order/items/0/taxRate"]),
    ),
    ("response.bulk-charges.solidnets.json", Read),
    ("response.bulk-unscheduled-verifications.solidnets.json", Read),
    ("response.charge-unscheduled.solidnets.json", Read),
    ("response.create-payment.2.solidnets.json", Read),
    ("response.create-payment.solidnets.json", Read),
    ("response.retrieve-payment.new.solidnets.json", Read),
    ("response.retrieve-payment.status.cancelled.CANCELLED.php-sdk.json", Read),
    ("response.retrieve-payment.status.charged.CHARGED.php-sdk.json", Read),
    ("response.retrieve-payment.status.new.NEW.php-sdk.json", Read),
    ("response.retrieve-payment.status.parially-charged.PARTIALLY_CHARGED.php-sdk.json", Read),
    ("response.retrieve-payment.status.reserved.RESERVED.php-sdk.json", Read),
    ("response.retrieve-payment.with-subscription-ids.php-sdk.json", Read),
    ("response.retrieve-subscription.solidnets.json", Read),
    ("response.retrieve-unscheduled.solidnets.json", Read),
    ("webhook.doc.ChargeCreatedWebhook.solidnets.json", Read),
    ("webhook.doc.ChargeFailed.solidnets.json", Read),
    ("webhook.doc.CheckoutCompleted.solidnets.json", Read),
    ("webhook.doc.PaymentCancelled.solidnets.json", Read),
    ("webhook.doc.PaymentCancelledFailed.solidnets.json", Read),
    ("webhook.doc.PaymentCreatedWebHook.solidnets.json", Read),
    ("webhook.doc.RefundCompleted.solidnets.json", Read),
    ("webhook.doc.RefundFailed.solidnets.json", Read),
    ("webhook.doc.RefundInitiated.solidnets.json", Read),
    ("webhook.doc.ReservationCreated.1.solidnets.json", Read),
    ("webhook.doc.ReservationCreated.solidnets.json", Read),
    ("webhook.doc.ReservationFailed.solidnets.json", Read),
    ("webhook.payment.cancel.created.php-sdk.json", Read),
    ("webhook.payment.cancel.failed.php-sdk.json", Read),
    ("webhook.payment.charge.created.v2.php-sdk.json", Read),
    ("webhook.payment.checkout.completed.php-sdk.json", Read),
    ("webhook.payment.created.php-sdk.json", Read),
    ("webhook.payment.refund.completed.php-sdk.json", Read),
    ("webhook.payment.refund.failed.php-sdk.json", Read),
    ("webhook.payment.refund.initiated.v2.php-sdk.json", Read),
    ("webhook.payment.reservation.created.v1.php-sdk.json", Read),
    ("webhook.payment.reservation.created.v2.php-sdk.json", Read),
];

fn file(path: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// All cases of Nexi's vectors.
fn cases() -> Vec<Value> {
    let files = ["nexi-requests", "nexi-readers", "nexi-bad-input"];
    let cases = |name: &&str| file(&format!("tests/vectors/{name}.json"))["cases"].as_array().unwrap().clone();
    files.iter().flat_map(cases).collect()
}

/// The differences between a sample and what is built, as JSON Pointers with a sign.
fn differences(sample: &Value, built: &Value, values: bool, at: &str, found: &mut Vec<String>) {
    match (sample, built) {
        (Value::Object(sample), Value::Object(built)) => {
            for (key, value) in sample {
                match built.get(key) {
                    Some(other) => differences(value, other, values, &format!("{at}/{key}"), found),
                    None => found.push(format!("-{at}/{key}")),
                }
            }
            found.extend(built.keys().filter(|key| !sample.contains_key(*key)).map(|key| format!("+{at}/{key}")));
        }
        (Value::Array(sample), Value::Array(built)) => {
            for (index, (value, other)) in sample.iter().zip(built).enumerate() {
                differences(value, other, values, &format!("{at}/{index}"), found);
            }
        }
        _ if values && sample != built => found.push(format!("~{at}")),
        _ => {}
    }
}

/// The body of the only request in a vector's answer.
fn body(gives: &Value) -> Value {
    let request = if gives.is_array() { &gives[0]["request"] } else { gives };
    serde_json::from_str(request["body"].as_str().unwrap()).unwrap()
}

#[test]
fn every_sample_is_used() {
    let mut present: Vec<String> = std::fs::read_dir("tests/samples/nexi")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".json"))
        .collect();
    present.sort();
    assert_eq!(present, SAMPLES.map(|(name, _)| name));

    let cases = cases();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, used) in &SAMPLES {
        let sample = file(&format!("tests/samples/nexi/{name}"));
        let case =
            cases.iter().find(|case| case["name"] == format!("sample {name}")).unwrap_or_else(|| panic!("{name}"));
        let kind = match used {
            Built(expected) => {
                let mut found = Vec::new();
                differences(&sample, &body(&case["gives"]), true, "", &mut found);
                found.sort();
                assert_eq!(&found, expected, "{name}");
                "built"
            }
            Structure(not_sent) => {
                let mut found = Vec::new();
                differences(&sample, &body(&case["gives"]), false, "", &mut found);
                found.sort();
                assert_eq!(found, not_sent.iter().map(|path| format!("-{path}")).collect::<Vec<_>>(), "{name}");
                "structure built"
            }
            Read => {
                let text = case["args"][0]["body"].as_str().unwrap();
                assert_eq!(serde_json::from_str::<Value>(text).unwrap(), sample, "{name}");
                assert!(case["gives"].is_object(), "{name}");
                "read"
            }
            Refused => {
                assert_eq!(case["fails"][0]["code"], "total_mismatch", "{name}");
                "refused"
            }
        };
        *counts.entry(kind).or_default() += 1;
    }
    println!("{counts:?}");
    assert_eq!(counts, BTreeMap::from([("built", 3), ("read", 51), ("refused", 1), ("structure built", 10)]));
}

/// Every text of an input, by its JSON Pointer.
fn texts(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at.into()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| texts(item, &format!("{at}/{index}"), found))
        }
        Value::Object(fields) => fields.iter().for_each(|(key, item)| texts(item, &format!("{at}/{key}"), found)),
        _ => {}
    }
}

#[test]
fn no_error_tells_what_was_given() {
    let marker = "4929519999999999";
    let mut tried = 0;
    for case in cases().iter().filter(|case| case["call"].as_str().unwrap().starts_with("nexi.")) {
        let name = case["call"].as_str().unwrap();
        let mut places = Vec::new();
        texts(&case["args"], "", &mut places);
        for place in places {
            for wrong in [
                marker.to_string(),
                format!("{marker}\u{7}"),
                format!("Bearer {marker}<>"),
                format!("https://x/{marker}&"),
            ] {
                let mut arguments = case["args"].clone();
                *arguments.pointer_mut(&place).unwrap() = wrong.into();
                tried += 1;
                if let Err(errors) = call(name, &arguments.to_string()) {
                    let told = format!("{errors} {errors:?}");
                    assert!(!told.contains(marker), "{name} {place}: {told}");
                }
            }
        }
    }
    assert!(tried > 5_000, "{tried}");
}

#[test]
fn secrets_are_not_printed() {
    let marker = "markerMARKER4929519999999999";
    let hook = json!([{"eventName": "payment.charge.failed", "url": "https://example.com/x", "authorization": marker}]);
    let mut seen = 0;
    for case in cases().iter().filter(|case| case["args"][0]["webHooks"].is_array()) {
        let mut input = case["args"][0].clone();
        input["webHooks"] = hook.clone();
        let text = input.to_string();
        let (printed, requests) = match case["call"].as_str().unwrap() {
            "nexi.createPayment" => {
                let input: CreatePayment = from_json(&text).unwrap();
                (format!("{input:?}"), nexi::create_payment(&input).map(|request| vec![request]))
            }
            "nexi.chargeSubscription" => {
                let input: ChargeSubscription = from_json(&text).unwrap();
                (format!("{input:?}"), nexi::charge_subscription(&input).map(|request| vec![request]))
            }
            _ => {
                let input: BulkCharge = from_json(&text).unwrap();
                let batches = nexi::bulk_charge(&input);
                let printed = format!("{input:?} {batches:?}");
                (printed, batches.map(|batches| batches.into_iter().map(|batch| batch.request).collect()))
            }
        };
        assert!(!printed.contains(marker), "{printed}");
        for request in requests.unwrap() {
            assert!(request.body.as_deref().unwrap().contains(marker));
            assert!(!request.url.contains(marker) && !format!("{request:?}").contains(marker));
            let masked = redact(&request);
            assert!(!to_json(&masked).contains(marker) && masked.body.unwrap().contains(r#""authorization":"***""#));
            seen += 1;
        }
    }
    assert!(seen > 5, "{seen}");

    let input = json!({"body": format!("{{\"event\": \"{marker}\"}}"), "authorization": marker, "expected": marker});
    let input: WebhookInput = from_json(&input.to_string()).unwrap();
    assert!(!format!("{input:?}").contains(marker));
    let response = json!({"status": 200, "body": marker});
    let response: billing_rules::providers::http::HttpResponse = from_json(&response.to_string()).unwrap();
    assert_eq!(format!("{response:?}"), "200 (28 bytes)");
}

const AGREEMENT: &str = r#"{"kind": "unscheduled", "id": "92143051-9e78-40af-a01f-245ccdcd9c03"}"#;

fn order(gross: i64, rate: u32, rounding: &str) -> Value {
    let item = json!({"reference": "a", "name": "A", "gross": {"amount": gross, "currency": "SEK"}, "taxRate": rate});
    json!({"amount": {"amount": gross, "currency": "SEK"}, "items": [item], "rounding": rounding})
}

fn charge(reference: &str, order: Value) -> ChargeSubscription {
    let agreement: Value = serde_json::from_str(AGREEMENT).unwrap();
    let input =
        json!({"account": {"environment": "test"}, "agreement": agreement, "reference": reference, "order": order});
    from_json(&input.to_string()).unwrap()
}

/// Net and tax are the gross total, whatever the amount, the rate and the rounding, and the net total is right to the unit.
#[test]
fn tax_is_taken_out_to_the_unit() {
    for rounding in ["half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"] {
        for rate in [0, 1, 600, 1200, 1400, 2400, 2500, 99_999] {
            for gross in (1..400).chain([2_147_483_646, 2_147_483_647]) {
                let request = nexi::charge_subscription(&charge("r", order(gross, rate, rounding))).unwrap();
                let body: Value = serde_json::from_str(&request.body.unwrap()).unwrap();
                let item = &body["order"]["items"][0];
                let number = |key: &str| i128::from(item[key].as_i64().unwrap());
                let (net, tax) = (number("netTotalAmount"), number("taxAmount"));
                assert_eq!(net + tax, i128::from(gross));
                // net = gross * 10000 / (10000 + rate), to less than a unit
                let off = net * (10_000 + i128::from(rate)) - i128::from(gross) * 10_000;
                let unit = 10_000 + i128::from(rate);
                assert!(off.abs() < unit, "{gross} {rate} {rounding}");
                assert!(rounding != "half_up" || off.abs() * 2 <= unit, "{gross} {rate}");
                // What was worked out is accepted when it is given.
                let mut given = order(gross, rate, rounding);
                let money = |amount: i128| json!({"amount": i64::try_from(amount).unwrap(), "currency": "SEK"});
                given["items"][0]["net"] = money(net);
                given["items"][0]["tax"] = money(tax);
                assert!(nexi::charge_subscription(&charge("r", given)).is_ok(), "{gross} {rate} {rounding}");
            }
        }
    }
}

#[test]
fn a_key_fits_and_belongs_to_one_reference() {
    let mut keys = BTreeMap::new();
    for length in 1..=128 {
        for last in ["1", "2"] {
            let reference = format!("{}{last}", "x".repeat(length - 1));
            let request = nexi::charge_subscription(&charge(&reference, order(100, 0, "half_up"))).unwrap();
            let again = nexi::charge_subscription(&charge(&reference, order(100, 0, "half_up"))).unwrap();
            assert_eq!(request, again);
            let key = request.headers.get("idempotency-key").unwrap().to_string();
            assert!((1..=64).contains(&key.len()) && key.is_ascii());
            assert_eq!(keys.insert(key, reference), None);
        }
    }
    assert_eq!(keys.len(), 256);
}

/// Whatever the order and the size, each payment is in one batch, and a batch's key belongs to its payments.
#[test]
fn batches_hold_each_payment_once() {
    let entry = |index: u32| {
        let agreement = json!({"kind": if index.is_multiple_of(3) { "scheduled" } else { "unscheduled" }, "id": format!("{index:032x}")});
        json!({"agreement": agreement, "reference": format!("sub-{index}-1-0-1"), "order": order(100, 0, "half_up")})
    };
    let batches = |indexes: &[u32], size: u32| {
        let charges: Vec<Value> = indexes.iter().map(|index| entry(*index)).collect();
        let input = json!({"account": {"environment": "test"}, "charges": charges, "batchSize": size});
        nexi::bulk_charge(&from_json(&input.to_string()).unwrap()).unwrap()
    };
    let forward: Vec<u32> = (0..23).collect();
    let backward: Vec<u32> = (0..23).rev().collect();
    let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for size in [1, 2, 3, 7, 22, 23, 1000] {
        let made = batches(&forward, size);
        assert_eq!(made, batches(&backward, size));
        let mut references: Vec<String> = Vec::new();
        for batch in &made {
            assert!(batch.payments.len() <= usize::try_from(size).unwrap() && !batch.payments.is_empty());
            assert!(batch.payments.iter().all(|payment| payment.agreement.kind == batch.kind));
            let own: Vec<String> = batch.payments.iter().map(|payment| payment.reference.clone()).collect();
            let known = keys.entry(batch.external_bulk_charge_id.clone()).or_insert_with(|| own.clone());
            assert_eq!(known, &own);
            references.extend(own);
        }
        references.sort();
        let mut all: Vec<String> = forward.iter().map(|index| format!("sub-{index}-1-0-1")).collect();
        all.sort();
        assert_eq!(references, all);
    }
}

/// The longest interval refuses no payment, however late the one before was paid; one day more would.
#[test]
fn an_interval_never_stands_in_the_way() {
    for start in ["2024-01-31", "2024-02-29", "2025-03-30", "2026-12-31"] {
        for (cycle, anchor) in [
            (json!("weekly"), None),
            (json!("monthly"), None),
            (json!("monthly"), Some(1)),
            (json!("quarterly"), Some(31)),
            (json!("yearly"), None),
            (json!({"every": 10, "unit": "day"}), None),
        ] {
            for days in [vec![], vec![1], vec![1, 3, 5, 7], vec![20]] {
                let mut schedule = json!({"start": start, "cycle": cycle});
                if let Some(day) = anchor {
                    schedule["anchorDay"] = day.into();
                }
                let terms = json!({"price": {"amount": 100, "currency": "SEK"}, "schedule": schedule});
                let mut terms: Terms = from_json(&terms.to_string()).unwrap();
                let last = i64::from(days.last().copied().unwrap_or(0));
                terms.retry = Some(RetryPolicy::new(days));
                let advice = nexi::recommend_agreement(&terms).unwrap();
                let dates: Vec<_> = terms.schedule.unwrap().due_dates().take(600).collect();
                let shortest = dates.windows(2).map(|pair| pair[0].days_until(pair[1]) - last).min().unwrap().max(0);
                // 600 dates hold every length of a month, a quarter and a year.
                assert_eq!(i64::from(advice.longest_interval), shortest, "{schedule}");
                assert_eq!(advice.interval, 0);
            }
        }
    }
}

/// What a payment brings to be kept is read back, and charges the agreement.
#[test]
fn a_stored_agreement_is_charged() {
    let payment = json!({"payment": {"paymentId": "p", "orderDetails": {"amount": 0, "currency": "SEK"},
        "unscheduledSubscription": {"unscheduledSubscriptionId": "921430519e7840afa01f245ccdcd9c03"}}});
    let response = json!({"status": 200, "body": payment.to_string()});
    let details = nexi::read_payment(&from_json(&response.to_string()).unwrap()).unwrap();
    let text = to_json(&details.outcome.credential.unwrap());
    assert_eq!(text, r#"{"provider":"nexi","kind":"unscheduled","id":"921430519e7840afa01f245ccdcd9c03"}"#);
    let credential: StoredCredential = from_json(&text).unwrap();
    let nexi::Credential { kind, id } = match credential {
        StoredCredential::Nexi(stored) => stored,
        other => panic!("{other:?}"),
    };
    let mut input = charge("r", order(100, 0, "half_up"));
    input.agreement = nexi::Agreement { kind, id: Some(id), external_reference: None };
    let request = nexi::charge_subscription(&input).unwrap();
    assert!(request.url.ends_with("/v1/unscheduledsubscriptions/921430519e7840afa01f245ccdcd9c03/charges"));
}

/// What a decline says by itself is what the rules for retries say of its code at Nexi.
#[test]
fn declines_agree_with_the_rules_for_retries() {
    // A reservation that has expired is no subscription's.
    let apart = ["1010"];
    let codes = (0..100).map(|code| format!("{code:02}")).chain((1000..1040).map(|code: u32| code.to_string()));
    let mut bound = 0;
    for code in codes.filter(|code| !apart.contains(&code.as_str())) {
        let body = json!({"code": code, "source": if code.len() == 2 { "Issuer" } else { "Internal" }}).to_string();
        let answer = call("nexi.readCharge", &json!([{"status": 402, "body": body}]).to_string()).unwrap();
        let outcome: Value = serde_json::from_str(&answer).unwrap();
        if outcome["status"] != "declined" || outcome["decline"]["code"].is_null() {
            continue;
        }
        let mut decline = outcome["decline"].clone();
        assert_eq!(decline["code"], code.as_str());
        let said = decline["retry"].clone();
        decline["retry"] = "allowed".into();
        let attempt = json!({"on": "2026-01-31", "amount": {"amount": 100, "currency": "SEK"}, "decline": decline});
        let plan = json!([{"attempts": [attempt], "provider": "nexi", "today": "2026-01-31"}]);
        let plan: Value = serde_json::from_str(&call("planRetry", &plan.to_string()).unwrap()).unwrap();
        let expected = match plan["rule"].as_str().unwrap() {
            "nexi_never" => "never",
            "nexi_customer" => "needs_customer",
            _ => "allowed",
        };
        assert_eq!(said, expected, "{code}");
        bound += u32::from(expected != "allowed");
    }
    assert_eq!(bound, 12);
}
