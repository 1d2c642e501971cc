//! The documentation says what the code does: worked examples are executed, tables are held against the code.
#![expect(clippy::unwrap_used, reason = "a test ends where its data is broken")]

use std::collections::BTreeSet;

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

/// The state diagram has the transitions that lives take, and no other.
#[test]
fn the_state_diagram_is_that_of_the_code() {
    use billing_rules::{Date, Event, OnExhausted, RetryPolicy, Status, Subscription, When, next_action};
    let drawn: BTreeSet<(String, String)> = include_str!("../docs/lifecycle.md")
        .lines()
        .filter_map(|line| line.trim().split_once(" --> "))
        .map(|(from, to)| (from.to_string(), to.split(':').next().unwrap().to_string()))
        .filter(|(from, to)| from != "[*]" && to != "[*]")
        .collect();

    // From every state that two months and some declines lead to, every event there is.
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    for end in [OnExhausted::Expire, OnExhausted::Cancel, OnExhausted::KeepError] {
        let text = r#"{"price":{"amount":100,"currency":"NOK"},"schedule":{"start":"2025-01-31","cycle":"monthly","paymentCount":2}}"#;
        let mut terms: billing_rules::Terms = billing_rules::from_json(text).unwrap();
        terms.retry = Some(RetryPolicy { days: vec![1], on_exhausted: Some(end) });
        let begun = billing_rules::create_subscription("sub-1", terms, None).unwrap();
        let mut open: Vec<(Subscription, Date)> = vec![(begun, Date::new(2025, 1, 31).unwrap())];
        let mut known: BTreeSet<String> = BTreeSet::new();
        while let Some((subscription, day)) = open.pop() {
            if day > Date::new(2025, 5, 1).unwrap()
                || !known.insert(format!("{day}{}", billing_rules::to_json(&subscription)))
            {
                continue;
            }
            let mut events = vec![
                Event::Cancelled { on: day, when: None },
                Event::Cancelled { on: day, when: Some(When::PeriodEnd) },
            ];
            events.extend([Status::Expired, Status::Cancelled].map(|status| Event::Finished { on: day, status }));
            for number in 1..=2 {
                for attempt in 1..=2 {
                    let reference = format!("sub-1-{number}-0-{attempt}");
                    events.push(Event::AttemptStarted { reference: reference.clone(), on: day });
                    events.push(Event::PaymentDeclined { reference: reference.clone(), on: day, decline: None });
                    events.push(Event::PaymentSucceeded { reference, on: day, provider_reference: None, amount: None });
                }
            }
            for event in events {
                if let Ok(next) = billing_rules::apply_event(&subscription, &event) {
                    let (from, to) = (subscription.status().as_str(), next.status().as_str());
                    if from != to {
                        seen.insert((from.into(), to.into()));
                    }
                    open.push((next, day));
                }
            }
            let later = match next_action(&subscription, day).unwrap() {
                billing_rules::Action::Wait { until } => Some(until),
                billing_rules::Action::Checkout { .. } => day.plus_days(14),
                _ => None,
            };
            open.extend(later.map(|later| (subscription, later)));
        }
    }
    assert_eq!(seen, drawn);
}
