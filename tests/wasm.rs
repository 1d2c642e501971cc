//! The JavaScript API: every vector through it, and what only JavaScript can get wrong.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test ends where its data is broken, and its numbers are small"
)]

#[path = "common/calls.rs"]
mod calls;
mod common;
#[path = "common/steps.rs"]
mod steps;

use billing_rules::wasm;
use calls::compare_with;
use js_sys::{Array, Function, JSON, Object, Reflect};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// Calls by name, and returns whether it was accepted, with the answer or the problems.
fn call(name: &str, arguments: &Array) -> (bool, Value) {
    let (fine, text) = match wasm::call(name, arguments) {
        Ok(answer) => (true, answer),
        Err(problems) => (false, JSON::stringify(&problems).unwrap().as_string().unwrap()),
    };
    (fine, serde_json::from_str(&text).unwrap())
}

/// Packs a plain value as the package's `pack.js` does.
fn pack(value: &Value, to: &mut Vec<u8>) {
    fn count(mut number: u64, to: &mut Vec<u8>) {
        while number > 63 {
            to.push(64 + u8::try_from(number % 64).unwrap());
            number /= 64;
        }
        to.push(number.try_into().unwrap());
    }
    fn text(text: &str, more: u64, to: &mut Vec<u8>) {
        count(text.len() as u64 + more, to);
        to.extend_from_slice(text.as_bytes());
    }
    match value {
        Value::Null => to.push(b'n'),
        Value::Bool(flag) => to.push(if *flag { b't' } else { b'f' }),
        Value::Number(number) => {
            let number = number.as_i64().unwrap();
            to.push(if number < 0 { b'm' } else { b'p' });
            count(number.unsigned_abs(), to);
        }
        Value::String(string) => {
            to.push(b's');
            text(string, 0, to);
        }
        Value::Array(items) => {
            to.push(b'l');
            count(items.len() as u64, to);
            items.iter().for_each(|item| pack(item, to));
        }
        Value::Object(entries) => {
            to.push(b'o');
            for (key, value) in entries {
                text(key, 1, to);
                pack(value, to);
            }
            to.push(0);
        }
    }
}

/// Whether `pack.js` would pack it: all numbers are exact.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_i64().is_some_and(|number| number.unsigned_abs() < 1 << 53),
        Value::Array(items) => items.iter().all(is_plain),
        Value::Object(entries) => entries.values().all(is_plain),
        _ => true,
    }
}

fn places(problems: &Value) -> Value {
    let place = |problem: &Value| json!({ "code": problem["code"], "path": problem["path"] });
    problems.as_array().unwrap().iter().map(place).collect()
}

#[wasm_bindgen_test]
fn every_vector_holds() {
    compare_with(|name, arguments| {
        let arguments: Array = JSON::parse(&arguments.to_string()).unwrap().unchecked_into();
        match call(name, &arguments) {
            (true, answer) => json!({ "gives": answer }),
            (false, problems) => json!({ "fails": places(&problems) }),
        }
    });
}

#[wasm_bindgen_test]
fn what_is_packed_gets_the_same_answer_or_none() {
    compare_with(|name, arguments| {
        let general = wasm::call(name, JSON::parse(&arguments.to_string()).unwrap().unchecked_ref());
        if is_plain(arguments) {
            let mut bytes = Vec::new();
            pack(arguments, &mut bytes);
            let packed = wasm::call_packed(wasm::find(name), &bytes);
            assert_eq!(packed, general.clone().ok(), "{name} {arguments}");
        }
        match general {
            Ok(answer) => json!({ "gives": serde_json::from_str::<Value>(&answer).unwrap() }),
            Err(problems) => {
                let text = JSON::stringify(&problems).unwrap().as_string().unwrap();
                json!({ "fails": places(&serde_json::from_str(&text).unwrap()) })
            }
        }
    });
}

#[wasm_bindgen_test]
fn what_is_packed_wrongly_gets_no_answer() {
    let mut bytes = Vec::new();
    pack(&json!([{ "start": "2025-01-31", "cycle": "monthly", "paymentCount": 700 }, "2025-02-01"]), &mut bytes);
    let call = |bytes: &[u8]| wasm::call_packed(wasm::find("nextDueDate"), bytes);
    assert_eq!(call(&bytes).as_deref(), Some("\"2025-02-28\""));
    for end in 0..bytes.len() {
        assert_eq!(call(&bytes[..end]), None, "cut at {end}");
    }
    for at in 0..bytes.len() {
        for byte in [0, 1, 63, 64, 127, 128, 255] {
            // Whatever comes of it, it comes back.
            let mut damaged = bytes.clone();
            damaged[at] = byte;
            call(&damaged);
        }
    }
    assert_eq!(wasm::call_packed(u32::MAX, &bytes), None);
    assert_eq!(wasm::call_packed(wasm::find("nothing"), &bytes), None);
}

#[wasm_bindgen_test]
fn values_that_json_does_not_have() {
    // Each is what `start` of a schedule, a whole schedule, or an amount is given as.
    let wrong_type = [
        "new Date(0)",
        "new Map()",
        "new Set()",
        "new (class A {})",
        "10n",
        "Symbol()",
        "() => 1",
        "/x/",
        "Promise.resolve()",
        "Object.create({ start: '2025-01-31' })",
        "'\\ud800'",
        "new String('2025-01-31')",
        "new Uint8Array(10)",
        "new Proxy({}, { getPrototypeOf() { throw 1; } })",
        "new Proxy({}, { ownKeys() { throw 1; } })",
        "new Proxy([], { get() { throw 1; } })",
        "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()",
        "Object.assign(new Date(0), { start: '2025-01-31' })",
    ];
    for source in wrong_type {
        let foreign = Function::new_no_args(&format!("return {source};")).call0(&JsValue::NULL).unwrap();
        let schedule = Object::new();
        Reflect::set(&schedule, &"start".into(), &foreign).unwrap();
        Reflect::set(&schedule, &"cycle".into(), &"monthly".into()).unwrap();
        let (fine, problems) = call("lastPayment", &Array::of1(&schedule));
        assert_eq!(
            (fine, places(&problems)),
            (false, json!([{ "code": "wrong_type", "path": "/schedule/start" }])),
            "{source}"
        );
        let (fine, problems) = call("lastPayment", &Array::of1(&foreign));
        assert_eq!(
            (fine, places(&problems)),
            (false, json!([{ "code": "wrong_type", "path": "/schedule" }])),
            "{source}"
        );
    }
    for (source, code) in [
        ("NaN", "not_an_integer"),
        ("Infinity", "not_an_integer"),
        ("0.1", "not_an_integer"),
        ("2 ** 53", "not_an_integer"),
        ("-(2 ** 53)", "not_an_integer"),
        ("1n", "wrong_type"),
        ("undefined", "missing_field"),
        ("'1'", "wrong_type"),
    ] {
        let money = Function::new_no_args(&format!("return {{ amount: {source}, currency: 'NOK' }};"))
            .call0(&JsValue::NULL)
            .unwrap();
        let (fine, problems) = call("formatDecimal", &Array::of1(&money));
        assert_eq!((fine, places(&problems)), (false, json!([{ "code": code, "path": "/money/amount" }])), "{source}");
    }
}

#[wasm_bindgen_test]
fn objects_that_mean_harm_or_nothing() {
    for (source, expected) in [
        ("{ get start() { throw 1; }, cycle: 'monthly' }", Some(("wrong_type", "/schedule/start"))),
        (
            "JSON.parse('{\"start\":\"2025-01-31\",\"cycle\":\"monthly\",\"__proto__\":{\"endDate\":\"2025-01-31\"}}')",
            Some(("unknown_field", "/schedule/__proto__")),
        ),
        (
            "(() => { const a = { start: '2025-01-31', cycle: {} }; a.cycle.every = a; a.cycle.unit = 'day'; return a; })()",
            Some(("wrong_type", "/schedule/cycle/every")),
        ),
        ("Object.assign(Object.create(null), { start: '2025-01-31', cycle: 'monthly' })", None),
        ("{ start: '2025-01-31', cycle: 'monthly', endDate: undefined, paymentCount: null }", None),
        ("Object.freeze({ start: '2025-01-31', cycle: 'monthly' })", None),
    ] {
        let value = Function::new_no_args(&format!("return {source};")).call0(&JsValue::NULL).unwrap();
        let (fine, answer) = call("lastPayment", &Array::of1(&value));
        match expected {
            Some((code, path)) => {
                assert!(!fine, "{source}");
                assert_eq!(
                    (answer[0]["code"].as_str(), answer[0]["path"].as_str()),
                    (Some(code), Some(path)),
                    "{source}"
                );
            }
            None => assert!(fine, "{source}: {answer}"),
        }
    }
}

#[wasm_bindgen_test]
fn a_plain_date_of_temporal_is_a_date() {
    // Of the shape of a Temporal.PlainDate, which not every runtime has yet.
    let class = "class PlainDate { calendarId = 'iso8601'; get year() { return 2025; } get month() { return 1; } \
                 get day() { return 31; } toString() { return '2025-01-31'; } }";
    let schedule = |start: &str| {
        Function::new_no_args(&format!("{class}; return {{ start: {start}, cycle: 'monthly' }};"))
            .call0(&JsValue::NULL)
            .unwrap()
    };
    let after: JsValue = "2025-01-31".into();
    assert_eq!(call("nextDueDate", &Array::of2(&schedule("new PlainDate()"), &after)), (true, "2025-02-28".into()));
    let with_time = "new (class extends PlainDate { hour = 0; })()";
    let (fine, problems) = call("nextDueDate", &Array::of2(&schedule(with_time), &after));
    assert_eq!((fine, places(&problems)), (false, json!([{ "code": "wrong_type", "path": "/schedule/start" }])));
    let other_calendar = "new (class extends PlainDate { calendarId = 'japanese'; })()";
    assert!(!call("nextDueDate", &Array::of2(&schedule(other_calendar), &after)).0);
}
