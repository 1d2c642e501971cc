//! The vectors, for native and wasm tests.

use serde_json::Value;

macro_rules! vectors {
    ($($name:literal),* $(,)?) => {
        /// The files of `tests/vectors`, sorted by name.
        pub const VECTORS: [(&str, &str); [$($name),*].len()] = [$(($name, include_str!(concat!("../vectors/", $name)))),*];
    };
}

vectors! {
    "a55-answers.json",
    "a55-refusals.json",
    "a55-requests.json",
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
    "days.json",
    "dineropay-answers.json",
    "dineropay-bad-input.json",
    "dineropay-callbacks.json",
    "dineropay-hashes.json",
    "dineropay-requests.json",
    "dintero-answers.json",
    "dintero-bad-input.json",
    "dintero-requests.json",
    "documents.json",
    "indicator-cit-mit.json",
    "indicator.json",
    "lifecycle-cancellation.json",
    "lifecycle-changes.json",
    "lifecycle-dates.json",
    "lifecycle-dunning.json",
    "lifecycle-internal.json",
    "lifecycle-limits.json",
    "lifecycle-money-back.json",
    "lifecycle-pauses.json",
    "lifecycle-trials.json",
    "lifecycle-unscheduled.json",
    "lifecycle.json",
    "lines.json",
    "minimum-term-published.json",
    "minimum-term.json",
    "money-allocation.json",
    "money-iso-4217.json",
    "money-rounding.json",
    "money.json",
    "nexi-bad-input.json",
    "nexi-readers.json",
    "nexi-requests.json",
    "preview-reminders.json",
    "preview.json",
    "prices-payments.json",
    "prices-published.json",
    "prices.json",
    "proration-flexprice.json",
    "proration-killbill.json",
    "proration-lago.json",
    "proration-meteroid.json",
    "proration-openmeter.json",
    "proration-other.json",
    "proration-stores.json",
    "proration-zuora.json",
    "proration.json",
    "provider-answers.json",
    "provider-shops.json",
    "reading.json",
    "reminders.json",
    "retry-dunning.json",
    "retry-rules.json",
    "retry-schemes.json",
    "unified-terms.json",
    "unified.json",
}

/// The cases of a file: those that equal their source, and ours where a source has another rule. A case `of` a subscription
/// that the file names gets what `createSubscription` is to be told; one of a `stored` state that the file keeps has it
/// before its other arguments, `with` other values at some places.
pub fn cases(file: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(file).unwrap_or_default();
    let list = |key| file.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut cases = [list("cases"), list("different")].concat();
    cases.retain(|case| case.get("call").is_some() && is_built(case));
    for case in &mut cases {
        if let Some(of) = case.get_mut("of").filter(|of| of.is_string()) {
            *of = named(&file, "subscriptions", of);
        }
        if let Some(stored) = case.get("stored").map(|name| named(&file, "stored", name)) {
            let mut stored = stored;
            for (place, value) in case.get("with").and_then(Value::as_object).into_iter().flatten() {
                replace(&mut stored, place, value.clone());
            }
            if let Some(args) = case.get_mut("args").and_then(Value::as_array_mut) {
                args.insert(0, stored);
            }
        }
    }
    cases
}

/// Whether the providers that a case needs are part of this build.
fn is_built(case: &Value) -> bool {
    let left_out = |word: &str| match word {
        "a55" => !cfg!(feature = "a55"),
        "dineropay" => !cfg!(feature = "dineropay"),
        "dintero" => !cfg!(feature = "dintero"),
        "nexi" => !cfg!(feature = "nexi"),
        _ => false,
    };
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_string();
    let call = text(case.get("call"));
    let namespace = call.split('.').next().unwrap_or_default();
    let args = case.get("args").and_then(Value::as_array).cloned().unwrap_or_default();
    let through_door = ["chargeRequest", "statusRequest", "readCharge", "readStatus", "capabilities", "checkTerms"];
    let named = args.iter().flat_map(|arg| [text(Some(arg)), text(arg.get("provider"))]).any(|word| left_out(&word));
    let missing = left_out(namespace) || left_out(&text(case.get("needs")));
    !(missing || through_door.contains(&namespace) && named)
}

fn named(file: &Value, kind: &str, name: &Value) -> Value {
    file.get(kind).and_then(|all| all.get(name.as_str()?)).cloned().unwrap_or_default()
}

/// Puts a value at a place, told as a JSON Pointer: in an object also one that is new.
fn replace(value: &mut Value, place: &str, with: Value) {
    let (parent, key) = place.rsplit_once('/').unwrap_or_default();
    match value.pointer_mut(parent) {
        Some(Value::Object(fields)) => drop(fields.insert(key.into(), with)),
        Some(Value::Array(items)) => {
            if let Some(item) = key.parse().ok().and_then(|index: usize| items.get_mut(index)) {
                *item = with;
            }
        }
        _ => {}
    }
}
