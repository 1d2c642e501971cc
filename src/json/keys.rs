//! The keys of a shape, for messages and for finding unknown ones.

/// The keys of an object's fields, separated by spaces.
///
/// One string per shape is a third of the size of a slice of strings, with their lengths and positions, in the wasm
/// module.
pub(crate) type Keys = &'static str;

/// Returns each key.
pub(crate) fn each(keys: &str) -> impl Iterator<Item = &str> {
    let mut keys = keys;
    std::iter::from_fn(move || {
        // By bytes: the search for a character includes more code than is needed here.
        let end = keys.bytes().position(|byte| byte == b' ').unwrap_or(keys.len());
        let (key, rest) = keys.split_at_checked(end)?;
        keys = rest.get(1..).unwrap_or_default();
        if key.is_empty() { None } else { Some(key) }
    })
}

/// Joins the keys of a shape.
macro_rules! keys {
    ($($key:literal),*) => { concat!($($key, " "),*) };
}

pub(crate) use keys;
