//! Every case of `tests/vectors`, through the door that all languages share.

mod common;
#[path = "common/door.rs"]
mod door;
#[path = "common/steps.rs"]
mod steps;

use common::VECTORS;
use door::hold_against;
use serde_json::{Value, json};

#[test]
fn every_vector_holds() {
    let count = hold_against(|call, arguments| match billing_rules::call(call, &arguments.to_string()) {
        Ok(answer) => json!({ "gives": serde_json::from_str::<Value>(&answer).unwrap() }),
        Err(errors) => {
            let problems = errors.iter().map(|error| json!({ "code": error.code().as_str(), "path": error.path() }));
            json!({ "fails": problems.collect::<Vec<_>>() })
        }
    });
    println!("{count} cases");
    assert!(count > 900);
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
