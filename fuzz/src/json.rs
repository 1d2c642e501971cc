//! JSON text, read by the library's own parser and by another.

use billing_rules::{Code, Errors, Subscription, from_json};

use super::Target;

pub const TARGETS: &[Target] = &[("json_text", text)];

fn is_json(errors: &Errors) -> bool {
    errors.first().code() != Code::InvalidJson
}

/// The same texts are JSON to both, and the same subscription is read.
fn text(text: &str) {
    let ours = from_json::<Subscription>(text);
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(_) => assert!(ours.as_ref().err().is_none_or(is_json), "not JSON to us alone: {text}"),
        // The other one has no numbers larger than a float.
        Err(error) if error.to_string().contains("number out of range") => {}
        // Nor does it read as deep.
        Err(error) if error.to_string().contains("recursion limit") => {}
        Err(_) => assert!(ours.as_ref().is_err_and(|errors| !is_json(errors)), "JSON to us alone: {text}"),
    }
    let theirs = serde_json::from_str::<Subscription>(text);
    if let (Ok(ours), Ok(theirs)) = (&ours, &theirs) {
        assert_eq!(ours, theirs);
    }
}
