//! Objects whose keys are the caller's.

use super::{Key, Node, Shape, Value, Writer, sealed, write};

/// An object under names of the caller's choice, in the order given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ByName<T>(pub Vec<(String, T)>);

impl<T: Shape> sealed::Sealed for ByName<T> {}

impl<T: Shape> Shape for ByName<T> {
    fn read(node: &Node<'_>) -> Self {
        Self(node.entries().iter().map(|entry| (entry.0.to_string(), T::read(&node.entry(entry)))).collect())
    }

    fn write(&self, to: &mut Writer) {
        to.value(Value::Object(self.0.iter().map(|(name, value)| (Key::Owned(name.clone()), write(value))).collect()));
    }
}
