//! Digests of answers (R8.3).

use sha2::{Digest, Sha256};

use crate::digits::digits;
use crate::json::{Shape, Value, write};

/// SHA-256, in hex, of the canonical JSON (RFC 8785) of an answer without its `digest` and without the notes of its lines.
#[inline(never)]
pub(crate) fn digest<T: Shape>(answer: &T) -> String {
    sha256(&canonical(&write(answer)))
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

fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

/// Keys sorted and no white space. An answer holds whole numbers, words and dates, which any writer writes alike; notes, the one
/// thing that might have to be escaped, are left out.
fn write_canonical(value: &Value, to: &mut String) {
    match value {
        Value::Bool(flag) => to.push_str(if *flag { "true" } else { "false" }),
        Value::Integer(number) => to.push_str(&digits(*number)),
        Value::Text(word) => quoted(word, to),
        Value::List(items) => {
            to.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    to.push(',');
                }
                write_canonical(item, to);
            }
            to.push(']');
        }
        Value::Object(entries) => {
            let mut sorted: Vec<&(_, Value)> = Vec::with_capacity(entries.len());
            for entry in entries.iter().filter(|(key, _)| key != "digest" && key != "note") {
                let place = sorted.partition_point(|(other, _)| *other < entry.0);
                sorted.insert(place, entry);
            }
            to.push('{');
            for (index, (key, value)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    to.push(',');
                }
                quoted(key, to);
                to.push(':');
                write_canonical(value, to);
            }
            to.push('}');
        }
        _ => to.push_str("null"),
    }
}

fn quoted(word: &str, to: &mut String) {
    to.push('"');
    to.push_str(word);
    to.push('"');
}
