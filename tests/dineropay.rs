//! DineroPay: every sample accounted for, and secrets that nothing shows.
#![cfg(feature = "dineropay")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test ends where its data is broken"
)]

use std::collections::BTreeMap;

use billing_rules::json::Shape;
use billing_rules::providers::dineropay::{
    CallbackInput, HashInput, NewSchedule, PaymentInput, RecurringCharge, ReturnInput, ScheduleInput, Session,
    StatusInput,
};
use billing_rules::providers::http::{HttpRequest, HttpResponse};
use billing_rules::providers::redact;
use billing_rules::{call, from_json};
use serde_json::{Value, json};

fn sample(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(format!("tests/samples/dineropay/{name}.json")).unwrap()).unwrap()
}

fn vectors(file: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(format!("tests/vectors/dineropay-{file}.json")).unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["cases"].as_array().unwrap().clone()
}

/// What is done with a sample.
enum Use {
    /// A builder makes it: the vector whose body equals it, and the fields that differ with the reason.
    Built(&'static str, &'static [(&'static str, &'static str)]),
    /// A reader reads it, by the operation, with the HTTP status, into a status.
    Read(&'static str, u32, &'static str),
    /// The callback is read, with a hash for a password that is known, into an event and a status.
    Callback(&'static str, Option<&'static str>),
    /// The hash printed is reproduced; the rest of the request has no builder.
    Hash,
    /// It cannot be used, and why.
    Not(&'static str),
}

const HASH: (&str, &str) = ("/hash", "its password is not published");

#[rustfmt::skip]
const SAMPLES: &[(&str, Use)] = &[
    ("akurateco_callback_refund_success", Use::Callback("refund", None)),
    ("akurateco_callback_sale_fail", Use::Callback("charge", Some("declined"))),
    ("akurateco_callback_sale_success", Use::Callback("charge", Some("succeeded"))),
    ("akurateco_docs_new_session_recurring_fragment", Use::Built("sample: a recurrence with consent", &[
        ("/schedule_id", "cut off in print"), ("/merchant_key", "not printed"), ("/success_url", "not printed"), ("/hash", "not printed"),
    ])),
    ("akurateco_recurring_request", Use::Built("sample: a payment by the merchant, as the platform's", &[HASH])),
    ("akurateco_recurring_response_declined", Use::Read("readCharge", 200, "declined")),
    ("akurateco_recurring_response_settled", Use::Read("readCharge", 200, "succeeded")),
    ("akurateco_refund_request", Use::Built("sample: a refund, as the platform's", &[HASH])),
    ("akurateco_retry_request", Use::Built("sample: a retry", &[HASH])),
    ("akurateco_retry_response", Use::Read("readCharge", 200, "pending")),
    ("akurateco_s2s_callback_sale_success", Use::Not("of the card protocol: its hash asks for the payer's e-mail address, which is not in it")),
    ("akurateco_s2s_creditvoid_request", Use::Not("of the card protocol, which merchants without card data do not have; refunds go by the checkout protocol")),
    ("akurateco_s2s_creditvoid_response", Use::Read("readRefund", 200, "accepted")),
    ("akurateco_s2s_error", Use::Read("readCharge", 400, "not_made")),
    ("akurateco_s2s_get_trans_details_response", Use::Read("readStatus", 200, "succeeded")),
    ("akurateco_s2s_recurring_sale_request", Use::Not("of the card protocol: its hash asks for the card's number; payments by the merchant go by the checkout protocol")),
    ("akurateco_s2s_recurring_sale_response", Use::Read("readCharge", 200, "succeeded")),
    ("akurateco_s2s_sale_request", Use::Hash),
    ("akurateco_s2s_sale_response_3ds", Use::Read("readCharge", 200, "pending")),
    ("akurateco_s2s_sale_response_3ds_empty_params", Use::Read("readCharge", 200, "pending")),
    ("akurateco_s2s_sale_response_declined", Use::Read("readCharge", 200, "declined")),
    ("akurateco_s2s_sale_response_settled", Use::Read("readCharge", 200, "succeeded")),
    ("akurateco_session_error_400_hash", Use::Read("readSession", 400, "refused")),
    ("akurateco_session_error_400_validation", Use::Read("readSession", 400, "refused")),
    ("akurateco_session_request_with_schedule", Use::Built("sample: a session with a schedule", &[HASH])),
    ("akurateco_session_response_ok", Use::Read("readSession", 200, "done")),
    ("akurateco_status_request_by_order_id", Use::Built("sample: a status by the order's number", &[HASH])),
    ("akurateco_status_request_by_payment_id", Use::Built("sample: a status by the payment's id", &[HASH])),
    ("akurateco_status_response_settled", Use::Read("readStatus", 200, "succeeded")),
    ("constructed_schedule_create_response", Use::Read("readSchedule", 200, "done")),
    ("constructed_schedule_delete_response", Use::Read("readSchedule", 200, "done")),
    ("constructed_schedule_info_response", Use::Read("readSchedule", 200, "done")),
    ("constructed_schedule_pause_response", Use::Read("readSchedule", 200, "done")),
    ("constructed_schedule_run_response", Use::Read("readSchedule", 200, "done")),
    ("corrected_create_schedule_request", Use::Built("the same with the names of the wire", &[])),
    ("docs_recurring_request", Use::Built("sample: a payment by the merchant, as far as", &[
        ("/_truncated", "a note: the rest is not in print"), ("/recurring_init_trans_id", "not printed"),
        ("/recurring_token", "not printed"), ("/hash", "not printed"),
    ])),
    ("docs_recurring_response_declined", Use::Read("readCharge", 200, "declined")),
    ("docs_recurring_response_schema_example", Use::Read("readCharge", 200, "succeeded")),
    ("docs_recurring_response_settled", Use::Read("readCharge", 200, "succeeded")),
    ("docs_refund_request", Use::Built("sample: a refund, as DineroPay's", &[HASH])),
    ("docs_refund_response_accepted", Use::Read("readRefund", 200, "accepted")),
    ("seed_callback_sale_success", Use::Callback("charge", Some("succeeded"))),
    ("seed_create_schedule_request_as_printed", Use::Built("sample: a schedule", &[
        ("/inverval_length", "misspelt"), ("/interval_length", "misspelt in print"),
        ("/payment_count", "misspelt"), ("/payments_count", "misspelt in print"), HASH,
    ])),
    ("seed_session_request_recurring_init", Use::Built("sample: a session that begins a recurrence", &[
        ("/order/amount", "printed without decimals, which the hash would have to be without as well"), HASH,
    ])),
];

#[test]
fn every_sample_is_accounted_for() {
    let mut files: Vec<String> = std::fs::read_dir("tests/samples/dineropay")
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().unwrap().strip_suffix(".json").map(String::from))
        .collect();
    files.sort();
    assert_eq!(files, SAMPLES.iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>());

    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, what) in SAMPLES {
        let kind = match what {
            Use::Built(vector, differs) => {
                built(name, vector, differs);
                "built"
            }
            Use::Read(operation, status, became) => {
                read(name, operation, *status, became);
                "read"
            }
            Use::Callback(event, became) => {
                callback(name, event, *became);
                "read"
            }
            Use::Hash => {
                published_hash(name);
                "hash"
            }
            Use::Not(why) => {
                assert!(!why.is_empty());
                "not"
            }
        };
        // What is not a sample is not counted as one.
        if !name.starts_with("constructed") && !name.starts_with("corrected") {
            *counts.entry(kind).or_default() += 1;
        }
    }
    assert_eq!(counts, BTreeMap::from([("built", 11), ("read", 23), ("hash", 1), ("not", 3)]));
}

/// The fields of a request's body: a JSON object, or a form.
fn fields(request: &Value) -> Value {
    let body = request["body"].as_str().unwrap();
    serde_json::from_str(body).unwrap_or_else(|_| {
        let parts = body.split("--billing-rules-form").filter_map(|part| {
            let (name, value) =
                part.trim_start().strip_prefix("Content-Disposition: form-data; name=\"")?.split_once("\"\r\n\r\n")?;
            Some((name.to_string(), json!(value.trim_end_matches("\r\n"))))
        });
        Value::Object(parts.collect())
    })
}

/// Every leaf of a tree by its pointer.
fn leaves(value: &Value, at: &str, found: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| leaves(value, &format!("{at}/{key}"), found)),
        other => drop(found.insert(at.to_string(), other.clone())),
    }
}

fn built(name: &str, vector: &str, differs: &[(&str, &str)]) {
    let cases = vectors("requests");
    let case = cases.iter().find(|case| case["name"].as_str().unwrap().starts_with(vector)).unwrap();
    let answer = call(case["call"].as_str().unwrap(), &case["args"].to_string()).unwrap();
    let request: Value = serde_json::from_str(&answer).unwrap();
    let printed = sample(name);
    let printed = ["fields", "fields_as_printed"].iter().find_map(|key| printed.get(key)).unwrap_or(&printed);
    let (mut ours, mut theirs) = (BTreeMap::new(), BTreeMap::new());
    leaves(&fields(&request), "", &mut ours);
    leaves(printed, "", &mut theirs);
    let different: Vec<&String> = ours
        .keys()
        .chain(theirs.keys())
        .filter(|path| ours.get(*path) != theirs.get(*path))
        .filter(|path| !differs.iter().any(|(known, _)| known == path))
        .collect();
    assert!(different.is_empty(), "{name}: {different:?}");
    // A difference that is none any more is struck from the list.
    assert!(differs.iter().all(|(path, _)| ours.get(*path) != theirs.get(*path)), "{name}");
}

fn read(name: &str, operation: &str, status: u32, became: &str) {
    let sample = sample(name);
    let mut input = json!([{ "status": status, "body": sample.to_string() }]);
    if operation == "readStatus" {
        let number = sample.pointer("/order/number").or(sample.get("order_id"));
        input[0]["orderNumber"] = number.cloned().unwrap();
    }
    let answer: Value =
        serde_json::from_str(&call(&format!("dineropay.{operation}"), &input.to_string()).unwrap()).unwrap();
    let outcome = answer.get("outcome").unwrap_or(&answer);
    assert_eq!(outcome["status"], became, "{name}");
}

fn hash(input: Value) -> String {
    let answer = call("dineropay.hash", &json!([input]).to_string()).unwrap();
    serde_json::from_str(&answer).unwrap()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn callback(name: &str, event: &str, became: Option<&str>) {
    const SIGNED: [&str; 5] = ["id", "order_number", "order_amount", "order_currency", "order_description"];
    let mut fields = sample(name);
    let signed = SIGNED.map(|name| fields[name].clone());
    fields["hash"] =
        hash(json!({ "formula": "checkout", "password": "secret", "upperCase": "ascii", "fields": signed })).into();
    let pair = |(name, value): (&String, &Value)| format!("{name}={}", encoded(value.as_str().unwrap()));
    let body = fields.as_object().unwrap().iter().map(pair).collect::<Vec<_>>().join("&");
    let input = json!([{ "body": body, "password": "secret" }]);
    let answer: Value = serde_json::from_str(&call("dineropay.readCallback", &input.to_string()).unwrap()).unwrap();
    assert_eq!(answer["event"], event, "{name}");
    assert_eq!(answer["outcome"].get("status").and_then(Value::as_str), became, "{name}");
}

fn published_hash(name: &str) {
    let printed = sample(name);
    let found = hash(json!({
        "formula": "sale", "password": "13a4822c5907ed235f3a068c76184fc3",
        "email": printed["payer_email"], "cardNumber": printed["card_number"],
    }));
    assert_eq!(printed["hash"], *found);
}

/// All vectors of hashes are in use, each in both digests.
#[test]
fn hashes_are_counted() {
    assert_eq!(vectors("hashes").len(), 2 * 24 + 4);
    assert!(vectors("bad-input").len() >= 100);
}

/// Replaces each text of a tree in turn, and hands on the trees.
fn with_marker(value: &Value, marker: &str) -> Vec<Value> {
    fn places(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                fields.iter().for_each(|(key, value)| places(value, &format!("{at}/{key}"), found))
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, value)| places(value, &format!("{at}/{index}"), found));
            }
            Value::String(_) => found.push(at.to_string()),
            _ => {}
        }
    }
    let mut found = Vec::new();
    places(value, "", &mut found);
    let marked = |place: &String| {
        let mut copy = value.clone();
        *copy.pointer_mut(place).unwrap() = marker.into();
        copy
    };
    found.iter().map(marked).collect()
}

fn debug<T: Shape + std::fmt::Debug>(input: &Value) -> String {
    from_json::<T>(&input.to_string())
        .map_or_else(|errors| format!("{errors} {errors:?}"), |input| format!("{input:?}"))
}

/// What Rust prints of an operation's input.
fn printed(operation: &str, input: &Value) -> String {
    match operation.strip_prefix("dineropay.").unwrap_or_default() {
        "createSession" => debug::<Session>(input),
        "chargeRecurring" => debug::<RecurringCharge>(input),
        "getStatus" => debug::<StatusInput>(input),
        "retryCharge" | "refund" | "voidPayment" | "capture" => debug::<PaymentInput>(input),
        "createSchedule" => debug::<NewSchedule>(input),
        "pauseSchedule" | "runSchedule" | "deleteSchedule" | "scheduleInfo" | "deschedule" => {
            debug::<ScheduleInput>(input)
        }
        "hash" => debug::<HashInput>(input),
        "readCallback" => debug::<CallbackInput>(input),
        "readReturn" => debug::<ReturnInput>(input),
        "readSession" | "readCharge" | "readStatus" | "readRefund" | "readVoid" | "readSchedule" => {
            debug::<HttpResponse>(input)
        }
        other => panic!("{other} is not looked at"),
    }
}

/// The fields that are secret, wherever they stand in an input.
const SECRET: [&str; 8] = ["password", "token", "cardTokens", "cardNumber", "cardToken", "fields", "body", "query"];

#[test]
fn no_text_that_is_given_comes_back_where_it_may_be_logged() {
    let mut looked_at = 0;
    for case in ["requests", "hashes", "answers", "callbacks", "bad-input"].iter().flat_map(|file| vectors(file)) {
        let operation = case["call"].as_str().unwrap();
        if operation == "redact" {
            continue;
        }
        // With a control character it is refused, without one it is taken. Long numbers are never repeated, secrets neither.
        for (marker, needle) in [
            ("mark\u{7}er-4929519999999999", "4929519999999999"),
            ("marker-4929519999999999", "4929519999999999"),
            ("mArKeR\u{7}sEcReT", "sEcReT"),
            ("mArKeRsEcReT", "sEcReT"),
        ] {
            for input in with_marker(&case["args"][0], marker) {
                looked_at += 1;
                let secret = SECRET.iter().any(|name| holds(&input, name, marker));
                let answer = call(operation, &json!([input]).to_string());
                if let Err(errors) = &answer {
                    let errors = format!("{errors} {errors:?}");
                    let quotable = !secret && needle == "sEcReT";
                    assert!(quotable || !errors.contains(needle), "{operation} {input}: {errors}");
                }
                let printed = printed(operation, &input);
                assert!(!secret || !printed.contains(needle), "{operation} {input}: {printed}");
                // A request shows nothing of itself, and a masked one no secret.
                if let (true, Ok(request)) = (secret, answer.and_then(|text| from_json::<HttpRequest>(&text))) {
                    let masked = redact(&request);
                    let shown = format!("{request:?} {} {}", masked.url, masked.body.unwrap());
                    assert!(!shown.contains(needle), "{operation} {input}: {shown}");
                }
            }
        }
    }
    assert!(looked_at > 5_000, "{looked_at}");
}

/// Whether a tree has a field of a name that is the marker, or a list with it.
fn holds(value: &Value, name: &str, marker: &str) -> bool {
    let is = |value: &Value| {
        value == marker || value.as_array().is_some_and(|items| items.iter().any(|item| item == marker))
    };
    match value {
        Value::Object(fields) => {
            fields.iter().any(|(key, value)| (key == name && is(value)) || holds(value, name, marker))
        }
        Value::Array(items) => items.iter().any(|item| holds(item, name, marker)),
        _ => false,
    }
}

/// The password is in no request, and its hash is masked with it.
#[test]
fn the_password_leaves_by_its_hash_alone() {
    for case in vectors("requests").iter().filter(|case| case["call"] != "redact") {
        let text = call(case["call"].as_str().unwrap(), &case["args"].to_string()).unwrap();
        let password = case["args"][0]["account"]["password"].as_str().unwrap();
        assert!(!text.contains(password), "{}", case["name"]);
        let request: HttpRequest = from_json(&text).unwrap();
        let masked = redact(&request);
        let hash = fields(&serde_json::from_str(&text).unwrap()).get("hash").cloned();
        // Of a urlencoded form, the pair.
        let body = request.body.unwrap();
        let hash = hash.map(|hash| hash.as_str().unwrap().to_string());
        let hash = hash.unwrap_or_else(|| body.rsplit_once("hash=").unwrap().1.to_string());
        assert!(hash.len() >= 32 && !masked.body.unwrap().contains(&hash), "{}", case["name"]);
    }
}

#[test]
fn the_recurring_path_is_all_latin_letters() {
    for case in vectors("requests") {
        if let Some(url) = case["gives"]["url"].as_str() {
            assert!(url.is_ascii(), "{url}");
        }
    }
}
