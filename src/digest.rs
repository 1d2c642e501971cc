//! Digests of answers (R8.3).

use sha2::{Digest, Sha256};

use crate::json::{Key, Value, text};

/// SHA-256, in hex, of the canonical JSON (RFC 8785) of an answer without its `digest` and without the notes of its lines.
pub(crate) fn digest(answer: Value) -> String {
    let hash = Sha256::digest(text(&canonical(answer)));
    let hex = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
    hash.iter().flat_map(|byte| [hex(byte.wrapping_shr(4)), hex(byte & 15)]).collect()
}

/// Keys sorted and no white space. Whole numbers, words and dates are written alike by any writer; nothing else occurs.
fn canonical(value: Value) -> Value {
    match value {
        Value::List(items) => Value::List(items.into_iter().map(canonical).collect()),
        Value::Object(entries) => {
            let mut sorted: Vec<(Key, Value)> = Vec::with_capacity(entries.len());
            for (key, value) in entries.into_iter().filter(|(key, _)| key != "digest" && key != "note") {
                let place = sorted.partition_point(|(other, _)| *other < key);
                sorted.insert(place, (key, canonical(value)));
            }
            Value::Object(sorted)
        }
        other => other,
    }
}
