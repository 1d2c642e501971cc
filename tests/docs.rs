//! The documentation says what the code does: worked examples are executed, tables are compared with the code.
#![cfg(feature = "all-providers")]
#![expect(clippy::unwrap_used, reason = "a test ends where its data is broken")]

#[path = "docs/pages.rs"]
mod pages;

use std::collections::{BTreeMap, BTreeSet};

use billing_rules::{Code, call};
use serde_json::Value;

/// Lines such as `nextDueDate({…}, "2025-01-31") = "2025-02-28"` and `lastPayment({…}) fails out_of_range /paymentCount`
/// in blocks marked `example`. `const paid = simulate({…}, {…}).subscription` names an answer, which can be the first argument
/// of the calls after it.
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

/// Answers that the page has given a name.
type Known = BTreeMap<String, Value>;

/// The arguments as JSON, the first perhaps by its name.
fn arguments(text: &str, known: &Known) -> String {
    let first = text.split(',').next().unwrap_or_default();
    match known.get(first) {
        Some(value) => format!("[{value}{}]", text.strip_prefix(first).unwrap_or_default()),
        None => format!("[{text}]"),
    }
}

/// Of an answer, what the page shows of it: an object may leave out what the answer has besides.
fn part(answer: &Value, shown: &Value) -> Value {
    match (answer, shown) {
        (Value::Object(all), Value::Object(some)) => {
            let field = |(key, shown): (&String, &Value)| Some((key.clone(), part(all.get(key)?, shown)));
            Value::Object(some.iter().filter_map(field).collect())
        }
        (Value::Array(all), Value::Array(some)) if all.len() == some.len() => {
            all.iter().zip(some).map(|(answer, shown)| part(answer, shown)).collect()
        }
        _ => answer.clone(),
    }
}

fn run(example: &str, known: &mut Known) -> Result<(), String> {
    if let Some((constant, example)) = example.strip_prefix("const ").and_then(|rest| rest.split_once(" = ")) {
        let (name, rest) = example.split_once('(').ok_or("no call")?;
        let (text, field) = rest.rsplit_once(')').ok_or("no end of the call")?;
        let answer = call(name, &arguments(text, known)).map_err(|errors| errors.to_string())?;
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let value = answer.pointer(&field.replace('.', "/")).ok_or("no such field")?;
        known.insert(constant.into(), value.clone());
        return Ok(());
    }
    let (name, rest) = example.split_once('(').ok_or("no call")?;
    if let Some((text, expected)) = rest.split_once(") = ") {
        let expected: Value = serde_json::from_str(expected).map_err(|error| error.to_string())?;
        let answer = call(name, &arguments(text, known)).map_err(|errors| errors.to_string())?;
        let shown = part(&serde_json::from_str(&answer).unwrap(), &expected);
        return if shown == expected { Ok(()) } else { Err(format!("gives {shown}")) };
    }
    let (text, problem) = rest.split_once(") fails ").ok_or("neither = nor fails")?;
    match call(name, &arguments(text, known)) {
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
    let mut known = Known::new();
    let mut wrong = |example: &String| run(example, &mut known).err().map(|why| format!("{example}\n    {why}"));
    let wrong: Vec<String> = examples.iter().filter_map(&mut wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// docs/errors.md with the meanings of the code. `WRITE_DOCS=1` in the environment writes them there.
#[test]
fn every_code_has_its_meaning_a_cause_and_a_fix() {
    let page = include_str!("../docs/errors.md");
    let sections: Vec<(&str, &str)> =
        page.split("\n### `").skip(1).filter_map(|section| section.split_once("`\n\n")).collect();
    let named: Vec<&str> = sections.iter().map(|(code, _)| *code).collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(named, codes);
    for (code, section) in &sections {
        let lines: Vec<&str> = section.lines().take_while(|line| !line.is_empty()).collect();
        let starts = ["- **Meaning**: ", "- **Usual cause**: ", "- **Fix**: "];
        let right = lines.len() == 3 && lines.iter().zip(starts).all(|(line, start)| line.starts_with(start));
        assert!(right, "{code}: {lines:?}");
    }
    let meanings = Code::ALL.iter().map(|code| format!("- **Meaning**: {}.", code.meaning()));
    let mut meanings = meanings.collect::<Vec<_>>().into_iter();
    let line = |line: &str| {
        let meaning = if line.starts_with("- **Meaning**: ") { meanings.next() } else { None };
        meaning.unwrap_or_else(|| line.to_string())
    };
    let expected = page.lines().map(line).collect::<Vec<_>>().join("\n") + "\n";
    if std::env::var_os("WRITE_DOCS").is_some() {
        return std::fs::write("docs/errors.md", &expected).unwrap();
    }
    let differing: Vec<(&str, &str)> = page.lines().zip(expected.lines()).filter(|(is, wanted)| is != wanted).collect();
    assert!(differing.is_empty(), "run `WRITE_DOCS=1 cargo test --test docs`: {differing:#?}");
}

/// What the providers can do, as the table of docs/providers.md.
fn capabilities_table() -> String {
    let of = |provider: &str| -> Value {
        serde_json::from_str(&call("capabilities", &format!("[\"{provider}\"]")).unwrap()).unwrap()
    };
    let all = ["a55", "dineropay", "dintero", "nexi"].map(of);
    let words = |value: &Value, none: &str| match value {
        Value::Null => none.to_string(),
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.into(),
        Value::String(word) => word.replace('_', " "),
        Value::Array(items) if items.is_empty() => none.into(),
        Value::Array(items) => {
            let words: Vec<String> = items.iter().map(|item| item.as_str().unwrap().replace('_', " ")).collect();
            words.join(", ")
        }
        other => other.to_string(),
    };
    let internal = |field: &'static str, none: &'static str| {
        move |able: &Value| match &able["internal"] {
            Value::Null => "–".into(),
            internal => words(&internal[field], none),
        }
    };
    let plain = |field: &'static str, none: &'static str| move |able: &Value| words(&able[field], none);
    let deduplicated = |able: &Value| match &able["deduplicationHours"] {
        Value::Null => words(&able["deduplication"], ""),
        hours => format!("{}, {hours} hours", words(&able["deduplication"], "")),
    };
    let row = |title: &str, cell: &dyn Fn(&Value) -> String| {
        format!("| {title} | {} |\n", all.iter().map(cell).collect::<Vec<_>>().join(" | "))
    };
    [
        "| | A55 | DineroPay | Dintero | Nexi Checkout |\n|---|---|---|---|---|\n".to_string(),
        row("who triggers later payments", &plain("recurrence", "")),
        row("its own schedules: cycles", &internal("cycles", "any")),
        row("… count from", &internal("countsFrom", "")),
        row("… are limited by", &internal("limit", "")),
        row("… may be open-ended", &internal("openEnded", "")),
        row("kept to charge again", &plain("keptAs", "")),
        row("the cardholder pays by", &plain("checkout", "")),
        row("indicator sent as", &plain("indicator", "")),
        row("Mastercard code sent", &plain("mastercardCode", "")),
        row("verification without money", &plain("verification", "")),
        row("deduplicated by", &deduplicated),
        row("looked up by", &plain("status", "")),
        row("many charges in one request", &plain("bulk", "")),
        row("retries after a decline", &plain("retries", "")),
        row("currencies", &plain("currencies", "no documented list")),
        row("amounts written as", &plain("amounts", "")),
        row("largest amount, minor units", &plain("largestAmount", "not documented")),
        row("whole units only", &plain("wholeUnits", "–")),
    ]
    .concat()
}

/// A page with the cells of its tables as short as they can be: they are padded for those who read the source.
fn unpadded(page: &str) -> String {
    let cell = |cell: &str| if cell.starts_with("---") { "---".into() } else { cell.to_string() };
    let row = |line: &str| match line.strip_prefix('|').and_then(|line| line.strip_suffix('|')) {
        Some(row) => {
            row.split('|').map(|text| cell(text.trim())).fold("|".to_string(), |row, cell| match cell.as_str() {
                "---" => row + "---|",
                "" => row + " |",
                cell => row + " " + cell + " |",
            })
        }
        None => line.to_string(),
    };
    page.lines().map(|line| row(line) + "\n").collect()
}

#[test]
fn the_page_of_the_providers_has_the_table_of_capabilities() {
    let table = capabilities_table();
    assert!(
        unpadded(include_str!("../docs/providers.md")).contains(&table),
        "docs/providers.md has to have this table:\n{table}"
    );
}

/// Each code is the answer to something in the vectors, or has its reason here.
#[test]
fn every_code_is_reached() {
    let mut vectors = String::new();
    for entry in std::fs::read_dir("tests/vectors").unwrap() {
        vectors.push_str(&std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    // Only text has these (see json.rs), and `internal` cannot be reached.
    let elsewhere = [Code::InvalidJson, Code::DuplicateField, Code::Internal];
    for code in Code::ALL {
        let quoted = format!("\"code\": \"{code}\"");
        assert!(vectors.contains(&quoted) != elsewhere.contains(code), "{code}");
    }
}

/// The state diagram has the transitions that lives take, and no other.
#[test]
fn the_state_diagram_is_that_of_the_code() {
    let drawn: BTreeSet<(String, String)> = include_str!("../docs/lifecycle.md")
        .lines()
        .filter_map(|line| line.trim().split_once(" --> "))
        .map(|(from, to)| (from.to_string(), to.split(':').next().unwrap().to_string()))
        .filter(|(from, to)| from != "[*]" && to != "[*]")
        .collect();
    // The policy's end, what else is agreed, the last day that is looked at, and the payments that are tried.
    let lives = [
        ("expire", "", "2025-05-01", ["1-0", "2-0"]),
        ("cancel", "", "2025-05-01", ["1-0", "2-0"]),
        ("skip_payment", "", "2025-05-01", ["1-0", "2-0"]),
        ("expire", r#","trialStart":"2025-01-29""#, "2025-01-30", ["0-0", "1-0"]),
        ("expire", r#","recurrence":"internal""#, "2025-01-31", ["1-0", "2-0"]),
    ];
    let mut seen = BTreeSet::new();
    for (end, others, last, payments) in lives {
        let price = r#"{"amount":100,"currency":"NOK"}"#;
        let schedule = r#"{"start":"2025-01-31","cycle":"monthly","paymentCount":2}"#;
        let retry = format!(r#"{{"days":[1],"onExhausted":"{end}"}}"#);
        let terms = format!(r#"{{"price":{price},"schedule":{schedule},"retry":{retry}{others}}}"#);
        transitions(&terms, last, payments, &mut seen);
    }
    assert_eq!(seen, drawn);
}

/// From every state that some days and declines lead to, every event that can change the status.
fn transitions(terms: &str, last: &str, payments: [&str; 2], seen: &mut BTreeSet<(String, String)>) {
    use billing_rules::{Action, Date, Event, Status, Subscription, When};
    let begun = Subscription::new("sub-1", billing_rules::from_json(terms).unwrap()).unwrap();
    let mut open: Vec<(Subscription, Date)> = vec![(begun, Date::new(2025, 1, 29).unwrap())];
    let mut known: BTreeSet<String> = BTreeSet::new();
    let last: Date = last.parse().unwrap();
    while let Some((subscription, day)) = open.pop() {
        if day > last || !known.insert(format!("{day}{}", billing_rules::to_json(&subscription))) {
            continue;
        }
        let mut events = vec![
            Event::Cancelled { on: day, when: None, early: None, final_payment: None, digest: None },
            Event::Cancelled { on: day, when: Some(When::PeriodEnd), early: None, final_payment: None, digest: None },
        ];
        events.extend([Status::Expired, Status::Cancelled].map(|status| Event::Finished { on: day, status }));
        for (payment, attempt) in payments.iter().flat_map(|payment| [(payment, 1), (payment, 2)]) {
            let reference = format!("sub-1-{payment}-{attempt}");
            events.push(Event::AttemptStarted { reference: reference.clone(), on: day });
            events.push(Event::PaymentDeclined { reference: reference.clone(), on: day, decline: None });
            events.push(Event::PaymentSucceeded { reference, on: day, provider_reference: None, amount: None });
        }
        for event in events {
            if let Ok(next) = subscription.apply(&event) {
                let (from, to) = (subscription.status().as_str(), next.status().as_str());
                if from != to {
                    seen.insert((from.into(), to.into()));
                }
                open.push((next, day));
            }
        }
        let later = match subscription.next_action(day).unwrap() {
            Action::Wait { until } => Some(until),
            Action::Checkout { .. } => day.plus_days(14),
            _ => None,
        };
        open.extend(later.map(|later| (subscription, later)));
    }
}
