//! How a case is compared with an answer; the same for native and wasm tests.
#![expect(clippy::indexing_slicing, reason = "of JSON, what is not there is null")]

use serde_json::{Value, json};

use crate::common::{VECTORS, cases};
use crate::steps::arguments;

/// Compares every case with the answers of an API, which answers a call with `{"gives": …}` or `{"fails": [{code, path}, …]}`. Gives the
/// number of cases.
pub fn compare_with(api: impl Fn(&str, &Value) -> Value) -> usize {
    let mut count = 0usize;
    let mut failures = Vec::new();
    for (file, text) in VECTORS {
        for case in cases(text) {
            count = count.saturating_add(1);
            let found = match arguments(&case, &api) {
                Ok(arguments) => api(case["call"].as_str().unwrap_or_default(), &arguments),
                Err(why) => json!(why),
            };
            let key = if case.get("fails").is_some() { "fails" } else { "gives" };
            let expected = json!({ key: case[key] });
            let found = match &case["partial"] {
                // Of a refusal there is no part: what is stated may be null.
                Value::Bool(true) if found.get("gives").is_some() => part(&found, &case[key]),
                Value::String(_) => deep_part(&found, &expected),
                _ => found,
            };
            if found != expected {
                failures.push(format!("{file}: {}: expected {expected}, found {found}", case["name"]));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {count} cases fail:\n{}", failures.len(), failures.join("\n"));
    count
}

/// Of an answer, the fields that a case states: for sources that do not know the rest.
fn part(found: &Value, stated: &Value) -> Value {
    let answer = &found["gives"];
    let field = |key: &String| (key.clone(), answer.get(key).cloned().unwrap_or_default());
    json!({ "gives": stated.as_object().into_iter().flatten().map(|(key, _)| field(key)).collect::<serde_json::Map<_, _>>() })
}

/// Of an answer, what a case states of it, at any depth: of objects the fields stated, of lists every item.
fn deep_part(found: &Value, stated: &Value) -> Value {
    match (found, stated) {
        (Value::Object(found), Value::Object(stated)) => {
            let field = |(key, stated): (&String, &Value)| Some((key.clone(), deep_part(found.get(key)?, stated)));
            Value::Object(stated.iter().filter_map(field).collect())
        }
        (Value::Array(found), Value::Array(stated)) if found.len() == stated.len() => {
            found.iter().zip(stated).map(|(found, stated)| deep_part(found, stated)).collect()
        }
        _ => found.clone(),
    }
}
