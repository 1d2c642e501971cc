//! The keys of a shape.

/// The keys of an object's fields in their order, with blanks between; those that need not be given end in `?`.
///
/// One text for a shape, rather than a list of texts with their lengths and places, is a third of it in the wasm module.
pub(crate) type Keys = &'static str;

/// Each key, and whether it has to be given.
pub(crate) fn each(keys: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut keys = keys;
    std::iter::from_fn(move || {
        let (key, rest) = first(keys);
        keys = rest;
        (!key.0.is_empty()).then_some(key)
    })
}

/// The first key, whether it has to be given, and the keys after it.
pub(super) fn first(keys: &str) -> ((&str, bool), &str) {
    // By bytes: the search for a character comes with more than is needed here.
    let end = keys.bytes().position(|byte| byte == b' ').unwrap_or(keys.len());
    let (key, rest) = (keys.get(..end).unwrap_or_default(), keys.get(end.saturating_add(1)..).unwrap_or_default());
    match key.as_bytes() {
        [.., b'?'] => ((key.get(..key.len().saturating_sub(1)).unwrap_or_default(), false), rest),
        _ => ((key, true), rest),
    }
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
