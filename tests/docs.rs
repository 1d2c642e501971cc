//! The documentation says what the code does: worked examples are executed, tables are held against the code.
#![expect(clippy::unwrap_used, reason = "a test ends where its data is broken")]

use billing_rules::{Code, call};
use serde_json::Value;

/// Lines such as `nextDueDate({…}, "2025-01-31") = "2025-02-28"` and `lastPayment({…}) fails out_of_range /paymentCount`
/// in blocks marked `example`.
fn examples(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        match line.trim() {
            "```example" => inside = true,
            "```" => inside = false,
            "" => {}
            line if inside && line.starts_with("= ") => {
                let last: &mut String = found.last_mut().unwrap();
                last.push(' ');
                last.push_str(line);
            }
            line if inside => found.push(line.to_string()),
            _ => {}
        }
    }
    found
}

fn run(example: &str) -> Result<(), String> {
    let (name, rest) = example.split_once('(').ok_or("no call")?;
    if let Some((arguments, expected)) = rest.split_once(") = ") {
        let expected: Value = serde_json::from_str(expected).map_err(|error| error.to_string())?;
        let answer = call(name, &format!("[{arguments}]")).map_err(|errors| errors.to_string())?;
        let answer: Value = serde_json::from_str(&answer).unwrap();
        // An object on the page may leave out what the answer has besides.
        let shown = match (&answer, &expected) {
            (Value::Object(all), Value::Object(some)) => Value::Object(
                all.iter().filter(|(key, _)| some.contains_key(*key)).map(|(k, v)| (k.clone(), v.clone())).collect(),
            ),
            _ => answer,
        };
        return if shown == expected { Ok(()) } else { Err(format!("gives {shown}")) };
    }
    let (arguments, problem) = rest.split_once(") fails ").ok_or("neither = nor fails")?;
    match call(name, &format!("[{arguments}]")) {
        Ok(answer) => Err(format!("gives {answer}")),
        Err(errors) => {
            let found = format!("{} {}", errors.first().code(), errors.first().path());
            if found.trim() == problem { Ok(()) } else { Err(format!("fails {found}")) }
        }
    }
}

#[test]
fn worked_examples_of_the_rules() {
    let examples = examples(include_str!("../docs/rules.md"));
    assert!(examples.len() > 20, "found only {} examples", examples.len());
    let wrong: Vec<String> =
        examples.iter().filter_map(|example| run(example).err().map(|why| format!("{example}\n    {why}"))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_in_the_table_and_no_other() {
    let rows: Vec<(&str, &str)> = include_str!("../docs/errors.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.trim_end().strip_suffix(" |")?.split_once("` | "))
        .collect();
    let codes: Vec<(&str, &str)> = Code::ALL.iter().map(|code| (code.as_str(), code.meaning())).collect();
    assert_eq!(rows, codes);
}

/// Each code is the answer to something in the vectors, or has its reason here.
#[test]
fn every_code_is_reached() {
    let mut vectors = String::new();
    for entry in std::fs::read_dir("tests/vectors").unwrap() {
        vectors.push_str(&std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    // Only text has these (see json.rs), and `internal` cannot be reached.
    let elsewhere = [Code::InvalidJson, Code::DuplicateField, Code::UnknownFunction, Code::Internal];
    for code in Code::ALL {
        let quoted = format!("\"code\": \"{code}\"");
        assert!(vectors.contains(&quoted) != elsewhere.contains(code), "{code}");
    }
}
