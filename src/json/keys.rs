//! The keys of a shape.

/// The keys of an object's fields in their order, with blanks between; those that need not be given end in `?`.
///
/// One text for a shape, rather than a list of texts with their lengths and places, is a third of it in the wasm module.
pub(crate) type Keys = &'static str;

/// Each key, and whether it has to be given.
pub(super) fn each(keys: &str) -> impl Iterator<Item = (&str, bool)> {
    keys.split(' ').filter(|key| !key.is_empty()).map(one)
}

/// The first key, whether it has to be given, and the keys after it.
pub(super) fn first(keys: &str) -> ((&str, bool), &str) {
    let (key, rest) = keys.split_once(' ').unwrap_or((keys, ""));
    (one(key), rest)
}

fn one(key: &str) -> (&str, bool) {
    key.strip_suffix('?').map_or((key, true), |key| (key, false))
}

/// The keys of fields of these kinds.
macro_rules! keys {
    ($($kind:ident $key:literal),*) => {
        concat!($($key, $crate::json::keys!(@$kind)),*)
    };
    (@required) => { " " };
    ($(@optional)? $(@nullable)? $(@defaulted)?) => { "? " };
}

pub(crate) use keys;
