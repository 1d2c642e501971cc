//! JSON text: keys in the order of the tree, no white space.

use super::value::Value;
use crate::digits::digits;

pub(crate) fn text(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, to: &mut String) {
    match value {
        Value::Bool(flag) => to.push_str(if *flag { "true" } else { "false" }),
        Value::Integer(number) => to.push_str(&digits(*number)),
        #[cfg(feature = "_providers")]
        Value::Digits(digits) => to.push_str(digits),
        Value::Text(text) => quoted(text, to),
        Value::Dates(dates) => {
            let dates = dates.as_bytes().chunks(10).map(|date| Value::Text(String::from_utf8_lossy(date).into()));
            list(dates, to);
        }
        Value::List(items) => list(items.iter(), to),
        Value::Object(entries) => {
            let mut begin = '{';
            for (key, value) in entries {
                to.push(begin);
                quoted(key, to);
                to.push(':');
                write(value, to);
                begin = ',';
            }
            to.push_str(if entries.is_empty() { "{}" } else { "}" });
        }
        Value::Null | Value::Absent | Value::Inexact | Value::Foreign(_) => to.push_str("null"),
    }
}

fn list(items: impl Iterator<Item = impl std::borrow::Borrow<Value>>, to: &mut String) {
    to.push('[');
    for (index, item) in items.enumerate() {
        if index > 0 {
            to.push(',');
        }
        write(item.borrow(), to);
    }
    to.push(']');
}

/// With the escapes that JSON asks for, and no others (RFC 8785).
fn quoted(text: &str, to: &mut String) {
    to.push('"');
    for character in text.chars() {
        match character {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\u{8}' => to.push_str("\\b"),
            '\u{c}' => to.push_str("\\f"),
            '\n' => to.push_str("\\n"),
            '\r' => to.push_str("\\r"),
            '\t' => to.push_str("\\t"),
            control @ '\0'..' ' => {
                to.push_str(if control < '\u{10}' { "\\u000" } else { "\\u001" });
                to.push(char::from_digit(u32::from(control) & 15, 16).unwrap_or('0'));
            }
            other => to.push(other),
        }
    }
    to.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_another_writer_does() {
        let every: String = (0..0x300).filter_map(char::from_u32).chain("😀\u{2028}\u{ffff}".chars()).collect();
        assert_eq!(text(&Value::text(every.as_str())), serde_json::to_string(&every).unwrap());
        let tree = Value::List(vec![
            Value::Object(vec![]),
            Value::List(vec![]),
            Value::Null,
            Value::Integer(-7),
            Value::Bool(true),
        ]);
        assert_eq!(text(&tree), "[{},[],null,-7,true]");
        assert_eq!(text(&Value::Dates("2025-01-312025-02-28".into())), r#"["2025-01-31","2025-02-28"]"#);
    }
}
