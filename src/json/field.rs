//! The fields of a shape.

/// A field of an object: its key, and whether it has to be given.
pub(crate) struct Field {
    pub(super) key: &'static str,
    pub(super) required: bool,
}

impl Field {
    /// No field at all.
    pub(super) const NONE: Self = Self::optional("");

    pub(crate) const fn required(key: &'static str) -> Self {
        Self { key, required: true }
    }

    pub(crate) const fn optional(key: &'static str) -> Self {
        Self { key, required: false }
    }

    /// Written as null when there is nothing; not given and null are the same.
    pub(crate) const fn nullable(key: &'static str) -> Self {
        Self::optional(key)
    }

    /// Left out when it is the default.
    pub(crate) const fn defaulted(key: &'static str) -> Self {
        Self::optional(key)
    }
}
