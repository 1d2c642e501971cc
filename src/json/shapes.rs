//! The shapes of JSON itself: strings, numbers, booleans, arrays, and optional values.

use super::write::Writer;
use super::{MAX_SAFE, Node, Shape, sealed};

impl sealed::Sealed for String {}

impl Shape for String {
    fn read(node: &Node<'_>) -> Self {
        node.text().unwrap_or_default().into()
    }

    fn write(&self, to: &mut Writer) {
        to.text(self);
    }
}

impl sealed::Sealed for bool {}

impl Shape for bool {
    fn read(node: &Node<'_>) -> Self {
        node.boolean()
    }

    fn write(&self, to: &mut Writer) {
        to.bool(*self);
    }
}

impl sealed::Sealed for u32 {}

impl Shape for u32 {
    fn read(node: &Node<'_>) -> Self {
        node.integer(0, u32::MAX.into()).try_into().unwrap_or_default()
    }

    fn write(&self, to: &mut Writer) {
        to.integer((*self).into());
    }
}

impl<T: Shape> sealed::Sealed for Option<T> {}

impl<T: Shape> Shape for Option<T> {
    #[inline(never)]
    fn read(node: &Node<'_>) -> Self {
        if node.is_null() { None } else { Some(T::read(node)) }
    }

    #[inline(never)]
    fn write(&self, to: &mut Writer) {
        match self {
            Some(value) => value.write(to),
            None => to.null(),
        }
    }
}

impl<T: Shape> sealed::Sealed for Box<T> {}

impl<T: Shape> Shape for Box<T> {
    fn read(node: &Node<'_>) -> Self {
        Box::new(T::read(node))
    }

    fn write(&self, to: &mut Writer) {
        T::write(self, to);
    }
}

impl<T: Shape> sealed::Sealed for Vec<T> {}

impl<T: Shape> Shape for Vec<T> {
    #[inline(never)]
    fn read(node: &Node<'_>) -> Self {
        let items = node.items();
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            list.push(T::read(&item));
        }
        list
    }

    #[inline(never)]
    fn write(&self, to: &mut Writer) {
        to.list(self.iter());
    }
}

/// Returns an integer of the size that every API can hold.
pub(crate) fn safe_integer(node: &Node<'_>) -> i64 {
    node.integer(-MAX_SAFE, MAX_SAFE)
}
