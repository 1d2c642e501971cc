//! Writing: keys in the order of the shape, absent fields left out.

use super::value::{Key, Value};
use super::{Node, Shape, sealed};

/// An object being written.
#[derive(Default)]
pub(crate) struct Object(Vec<(Key, Value)>);

impl Object {
    pub(crate) fn set(&mut self, key: &'static str, value: Value) {
        self.0.push((Key::Borrowed(key), value));
    }

    pub(crate) fn required(&mut self, key: &'static str, value: &impl Shape) {
        self.set(key, value.write());
    }

    /// Left out when `None`.
    pub(crate) fn optional<T: Shape>(&mut self, key: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(key, value);
        }
    }

    /// Left out when it is the default.
    pub(crate) fn defaulted<T: Shape + Default + PartialEq>(&mut self, key: &'static str, value: &T) {
        if *value != T::default() {
            self.required(key, value);
        }
    }

    /// Null when `None`.
    pub(crate) fn nullable<T: Shape>(&mut self, key: &'static str, value: &Option<T>) {
        self.set(key, value.as_ref().map_or(Value::Null, Shape::write));
    }

    pub(crate) fn done(self) -> Value {
        Value::Object(self.0)
    }
}

impl<T: Shape> sealed::Sealed for Vec<T> {}

impl<T: Shape> Shape for Vec<T> {
    fn read(node: &Node<'_>) -> Option<Self> {
        const MOST: usize = 10_000;
        node.list_with(MOST, T::read)
    }

    fn write(&self) -> Value {
        Value::List(self.iter().map(Shape::write).collect())
    }
}
