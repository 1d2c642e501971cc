//! The tree of a request body, and its JSON.

use std::borrow::Cow;

use super::write::quoted;
use super::{Shape, to_json};
use crate::digits::Digits;

pub(crate) type Key = Cow<'static, str>;

/// A part of a body. It has no Debug, as it may contain secrets.
#[derive(Clone)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    Text(String),
    /// Finished JSON: a number by its digits, or a written shape.
    Written(String),
    List(Vec<Value>),
    Object(Vec<(Key, Value)>),
}

impl Value {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Value::Text(text.into())
    }

    /// Returns a shape as a value.
    pub(crate) fn of(value: &impl Shape) -> Self {
        Value::Written(to_json(value))
    }
}

/// Returns the JSON: keys in the order of the tree, no white space.
pub(crate) fn text(value: &Value) -> String {
    let mut text = Vec::with_capacity(512);
    write(value, &mut text);
    String::from_utf8(text).unwrap_or_default()
}

fn write(value: &Value, to: &mut Vec<u8>) {
    match value {
        Value::Null => to.extend_from_slice(b"null"),
        Value::Bool(true) => to.extend_from_slice(b"true"),
        Value::Bool(false) => to.extend_from_slice(b"false"),
        Value::Integer(number) => to.extend_from_slice(Digits::of(*number).as_bytes()),
        Value::Text(text) => quoted(text, to),
        Value::Written(text) => to.extend_from_slice(text.as_bytes()),
        Value::List(items) => {
            to.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    to.push(b',');
                }
                write(item, to);
            }
            to.push(b']');
        }
        Value::Object(entries) => {
            to.push(b'{');
            for (index, (key, value)) in entries.iter().enumerate() {
                if index > 0 {
                    to.push(b',');
                }
                quoted(key, to);
                to.push(b':');
                write(value, to);
            }
            to.push(b'}');
        }
    }
}

/// Builds an object from entries.
#[derive(Default)]
pub(crate) struct Object(Vec<(Key, Value)>);

impl Object {
    #[inline(never)]
    pub(crate) fn set(&mut self, key: &'static str, value: Value) {
        self.0.push((Key::Borrowed(key), value));
    }

    pub(crate) fn required(&mut self, key: &'static str, value: &impl Shape) {
        self.set(key, Value::of(value));
    }

    /// Adds an entry, unless it is `None`.
    pub(crate) fn optional<T: Shape>(&mut self, key: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(key, value);
        }
    }

    pub(crate) fn finish(self) -> Value {
        Value::Object(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_written_in_its_order() {
        let tree = Value::List(vec![
            Value::Object(vec![]),
            Value::List(vec![]),
            Value::Null,
            Value::Integer(-7),
            Value::Bool(true),
            Value::Written("1.50".into()),
            Value::Object(vec![(Key::Borrowed("b"), Value::text("\"")), (Key::Borrowed("a"), Value::Integer(1))]),
        ]);
        assert_eq!(text(&tree), r#"[{},[],null,-7,true,1.50,{"b":"\"","a":1}]"#);
    }
}
