//! Writing: keys in the order of the shape, absent fields left out.

use super::Shape;
use super::keys::{Keys, each};
use super::value::{Key, Value};

/// Puts a tree together: values are written one after the other, and an object or a list is made of the last of them.
#[derive(Default)]
pub struct Writer {
    values: Vec<Value>,
}

impl Writer {
    #[inline(never)]
    pub(crate) fn value(&mut self, value: Value) {
        self.values.push(value);
    }

    #[inline(never)]
    pub(crate) fn text(&mut self, text: &str) {
        self.value(Value::text(text));
    }

    #[inline(never)]
    pub(crate) fn integer(&mut self, number: i64) {
        self.value(Value::Integer(number));
    }

    pub(crate) fn null(&mut self) {
        self.value(Value::Null);
    }

    /// A field that is left out.
    #[inline(never)]
    pub(crate) fn absent(&mut self) {
        self.value(Value::Absent);
    }

    /// A list of the last `count` values.
    #[inline(never)]
    pub(crate) fn list(&mut self, count: usize) {
        let list = self.last(count).collect();
        self.value(Value::List(list));
    }

    /// An object of the last values, one for each field.
    #[inline(never)]
    pub(crate) fn object(&mut self, fields: Keys) {
        self.object_by("", "", fields);
    }

    /// As [`object`](Self::object), begun by the word that tells which of several shapes it has.
    #[inline(never)]
    pub(crate) fn object_by(&mut self, tag: &'static str, word: &'static str, fields: Keys) {
        let count = each(fields).count();
        let mut entries = Vec::with_capacity(count.saturating_add(1));
        if !tag.is_empty() {
            entries.push((Key::Borrowed(tag), Value::text(word)));
        }
        for ((key, _), value) in each(fields).zip(self.last(count)) {
            if !matches!(value, Value::Absent) {
                entries.push((Key::Borrowed(key), value));
            }
        }
        self.value(Value::Object(entries));
    }

    /// Begins the object last written by one more field, that which tells which of several shapes it has.
    #[cfg(feature = "_providers")]
    pub(crate) fn begin(&mut self, tag: &'static str, word: &'static str) {
        if let Some(Value::Object(entries)) = self.values.last_mut() {
            entries.insert(0, (Key::Borrowed(tag), Value::text(word)));
        }
    }

    pub(crate) fn required<T: Shape>(&mut self, value: &T) {
        value.write(self);
    }

    /// Null when `None`.
    pub(crate) fn nullable<T: Shape>(&mut self, value: &Option<T>) {
        value.write(self);
    }

    /// Left out when `None`.
    #[inline(never)]
    pub(crate) fn optional<T: Shape>(&mut self, value: &Option<T>) {
        match value {
            Some(value) => value.write(self),
            None => self.absent(),
        }
    }

    /// Left out when it is the default.
    #[inline(never)]
    pub(crate) fn defaulted<T: Shape + Default + PartialEq>(&mut self, value: &T) {
        if *value == T::default() { self.absent() } else { value.write(self) }
    }

    /// What was written.
    pub(crate) fn finish(mut self) -> Value {
        self.values.pop().unwrap_or(Value::Null)
    }

    fn last(&mut self, count: usize) -> impl Iterator<Item = Value> {
        let start = self.values.len().saturating_sub(count);
        self.values.drain(start..)
    }
}

/// The tree of a value.
#[inline(never)]
pub(crate) fn write<T: Shape>(value: &T) -> Value {
    let mut writer = Writer::default();
    value.write(&mut writer);
    writer.finish()
}

/// An object being put together of whatever entries there are.
#[derive(Default)]
#[cfg(feature = "_providers")]
pub(crate) struct Object(Vec<(Key, Value)>);

#[cfg(feature = "_providers")]
impl Object {
    #[inline(never)]
    pub(crate) fn set(&mut self, key: &'static str, value: Value) {
        self.0.push((Key::Borrowed(key), value));
    }

    pub(crate) fn required(&mut self, key: &'static str, value: &impl Shape) {
        self.set(key, write(value));
    }

    /// Left out when `None`.
    pub(crate) fn optional<T: Shape>(&mut self, key: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(key, value);
        }
    }

    pub(crate) fn finish(self) -> Value {
        Value::Object(self.0)
    }
}
