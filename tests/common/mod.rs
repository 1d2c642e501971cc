//! The vectors and how a case is held against a door; the same for native and wasm tests.

use serde_json::{Value, json};

macro_rules! vectors {
    ($($name:literal),* $(,)?) => {
        /// The files of `tests/vectors`, sorted by name.
        pub const VECTORS: [(&str, &str); [$($name),*].len()] = [$(($name, include_str!(concat!("../vectors/", $name)))),*];
    };
}

vectors! {
    "a55.json",
    "bad-input.json",
    "calendar-carbon.json",
    "calendar-chrono.json",
    "calendar-dateutil.json",
    "calendar-flexprice.json",
    "calendar-ice-cube.json",
    "calendar-issue-reports.json",
    "calendar-jiff.json",
    "calendar-killbill-bcd.json",
    "calendar-killbill-date-utils.json",
    "calendar-killbill-fixed-term.json",
    "calendar-killbill-intervals.json",
    "calendar-killbill-items.json",
    "calendar-lago-day-count.json",
    "calendar-lago-end-date.json",
    "calendar-lago-periods.json",
    "calendar-meteroid.json",
    "calendar-openmeter-add.json",
    "calendar-openmeter-recurrence.json",
    "calendar-rfc5545.json",
    "calendar-rules.json",
    "calendar-solidus.json",
    "calendar-stripe.json",
    "calendar-temporal.json",
    "calendar-threetenbp.json",
    "calendar-woocommerce-payment-count.json",
    "calendar-woocommerce-time.json",
    "indicator.json",
    "money-allocation.json",
    "money-iso-4217.json",
    "money-rounding.json",
    "money.json",
    "proration-flexprice.json",
    "proration-killbill.json",
    "proration-lago.json",
    "proration-meteroid.json",
    "proration-openmeter.json",
    "proration-other.json",
    "proration-stores.json",
    "proration-zuora.json",
    "proration.json",
}

/// Holds every case against a door, which answers a call with `{"gives": …}` or `{"fails": [{code, path}, …]}`. Gives the
/// number of cases.
pub fn hold_against(door: impl Fn(&str, &Value) -> Value) -> usize {
    let mut count = 0usize;
    let mut failures = Vec::new();
    for (file, text) in VECTORS {
        let file_cases: Value = serde_json::from_str(text).unwrap_or_default();
        let list = |key| file_cases.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let lists = [list("cases"), list("different")];
        for case in lists.concat().iter().filter(|case| case.get("call").is_some()) {
            count = count.saturating_add(1);
            let found = door(case["call"].as_str().unwrap_or_default(), &case["args"]);
            let key = if case.get("fails").is_some() { "fails" } else { "gives" };
            let expected = json!({ key: case[key] });
            let found = if case["partial"] == true { part(&found, &case[key]) } else { found };
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
