//! Every case of `tests/vectors`, through the door that all languages share.

mod common;

use common::VECTORS;
use serde_json::{Value, json};

#[test]
fn every_vector_holds() {
    let (mut cases, mut different) = (0u32, 0u32);
    let mut failures = Vec::new();
    for (name, text) in VECTORS {
        let file: Value = serde_json::from_str(text).unwrap();
        let equal = file["cases"].as_array().unwrap();
        let others = file.get("different").and_then(Value::as_array).cloned().unwrap_or_default();
        let ours: Vec<Value> = others.into_iter().filter(|entry| entry.get("call").is_some()).collect();
        cases = cases.saturating_add(equal.len().try_into().unwrap());
        different = different.saturating_add(ours.len().try_into().unwrap());
        failures
            .extend(equal.iter().chain(&ours).filter_map(|case| check(case).err()).map(|why| format!("{name}: {why}")));
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    println!("{cases} cases, {different} cases of other rules");
    assert!(cases > 0);
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

/// Calls the function of a case and tells what differs from what it gives or fails with.
fn check(case: &Value) -> Result<(), String> {
    let call = case["call"].as_str().ok_or("a case names no function")?;
    let found = match billing_rules::call(call, &case["args"].to_string()) {
        Ok(answer) => json!({ "gives": serde_json::from_str::<Value>(&answer).map_err(|error| error.to_string())? }),
        Err(errors) => {
            let problems = errors.iter().map(|error| json!({ "code": error.code().as_str(), "path": error.path() }));
            json!({ "fails": problems.collect::<Vec<_>>() })
        }
    };
    let key = if case.get("fails").is_some() { "fails" } else { "gives" };
    let expected = json!({ key: case[key] });
    if found == expected { Ok(()) } else { Err(format!("{}: expected {expected}, found {found}", case["name"])) }
}
