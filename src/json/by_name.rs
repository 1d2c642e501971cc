//! Objects whose keys are the caller's.

use super::{Key, Node, Shape, Value, sealed};

/// An object under names of the caller's choice, in the order given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ByName<T>(pub Vec<(String, T)>);

impl<T: Shape> sealed::Sealed for ByName<T> {}

impl<T: Shape> Shape for ByName<T> {
    fn read(node: &Node<'_>) -> Option<Self> {
        node.by_name(T::read).map(Self)
    }

    fn write(&self) -> Value {
        Value::Object(self.0.iter().map(|(name, value)| (Key::Owned(name.clone()), value.write())).collect())
    }
}
