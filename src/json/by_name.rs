//! Objects whose keys the caller chooses.

use super::{Node, Shape, Writer, sealed};

/// An object with keys that the caller chooses, in the given order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ByName<T>(pub Vec<(String, T)>);

impl<T: Shape> sealed::Sealed for ByName<T> {}

impl<T: Shape> Shape for ByName<T> {
    fn read(node: &Node<'_>) -> Self {
        Self(node.entries().iter().map(|(name, entry)| (String::from(*name), T::read(entry))).collect())
    }

    fn write(&self, to: &mut Writer) {
        to.begin_object();
        for (name, value) in &self.0 {
            to.named(name, value);
        }
        to.end_object();
    }
}
