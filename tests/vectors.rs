//! Every case of `tests/vectors`, through the api that all languages share.

#[path = "common/calls.rs"]
mod calls;
mod common;
#[path = "common/steps.rs"]
mod steps;

use billing_rules::Error;
use calls::compare_with;
use common::{VECTORS, cases};
use serde_json::{Value, json};
use steps::arguments;

#[test]
fn every_vector_holds() {
    let count = compare_with(|call, arguments| match billing_rules::call(call, &arguments.to_string()) {
        Ok(answer) => json!({ "gives": serde_json::from_str::<Value>(&answer).unwrap() }),
        Err(errors) => {
            let problems = errors.iter().map(|error| json!({ "code": error.code().as_str(), "path": error.path() }));
            json!({ "fails": problems.collect::<Vec<_>>() })
        }
    });
    println!("{count} cases");
    assert!(count > 900);
}

/// What every case comes to, a line each, as the api of Rust writes it: the other hosts are held against that, to the byte.
#[test]
fn answers_for_other_hosts() {
    let api = |call: &str, arguments: &Value| match billing_rules::call(call, &arguments.to_string()) {
        Ok(answer) => json!({ "gives": serde_json::from_str::<Value>(&answer).unwrap() }),
        Err(errors) => json!({ "fails": errors.to_string() }),
    };
    let mut lines = String::new();
    for (file, text) in VECTORS {
        for case in cases(text) {
            let call = case["call"].as_str().unwrap();
            let arguments = arguments(&case, &api).unwrap();
            let outcome = match billing_rules::call(call, &arguments.to_string()) {
                Ok(answer) => format!(r#"{{"gives":{answer}}}"#),
                Err(errors) => {
                    let problem = |error: &Error| {
                        let [code, path, message] = [error.code().as_str(), error.path(), error.message()];
                        format!(r#"{{"code":{},"path":{},"message":{}}}"#, json!(code), json!(path), json!(message))
                    };
                    format!(r#"{{"fails":[{}]}}"#, errors.iter().map(problem).collect::<Vec<_>>().join(","))
                }
            };
            lines += &format!("{file} {call} {outcome}\n");
        }
    }
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/answers.txt"), lines).unwrap();
}

#[test]
fn every_file_is_listed() {
    let mut files: Vec<String> = std::fs::read_dir("tests/vectors")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(files, VECTORS.map(|(name, _)| name));
}
