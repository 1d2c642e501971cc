//! Digests of answers (R8.3).

use sha2::{Digest, Sha256};

use crate::json::{Key, Shape, Value, text, write};

/// SHA-256, in hex, of the canonical JSON (RFC 8785) of an answer without its `digest` and without the notes of its lines.
#[inline(never)]
pub(crate) fn digest<T: Shape>(answer: &T) -> String {
    sha256(&text(&canonical(write(answer))))
}

/// SHA-256 of a text, in hex.
pub(crate) fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// Bytes in lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte.wrapping_shr(4)), digit(byte & 15)]).collect()
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
