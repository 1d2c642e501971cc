//! A subscription as it is on a day, copied only if the day changes it.

use std::borrow::Cow;
use std::ops::Deref;

use super::state::Subscription;

/// A subscription that days are passed on: a copy once one of them changes it, or the subscription itself.
#[expect(clippy::large_enum_variant, reason = "it lives on the stack, for the length of a call")]
pub(super) enum Seen<'a> {
    Copied(Cow<'a, Subscription>),
    InPlace(&'a mut Subscription),
}

impl<'a> Seen<'a> {
    /// Returns a subscription that stays as it is.
    pub(super) fn of(life: &'a Subscription) -> Self {
        Self::Copied(Cow::Borrowed(life))
    }

    /// Returns the subscription to change.
    pub(super) fn change(&mut self) -> &mut Subscription {
        match self {
            Self::Copied(life) => life.to_mut(),
            Self::InPlace(life) => life,
        }
    }

    /// Returns the copy, where something has changed.
    pub(super) fn into_copy(self) -> Option<Subscription> {
        match self {
            Self::Copied(Cow::Owned(life)) => Some(life),
            Self::Copied(Cow::Borrowed(_)) | Self::InPlace(_) => None,
        }
    }
}

impl Deref for Seen<'_> {
    type Target = Subscription;

    fn deref(&self) -> &Subscription {
        match self {
            Self::Copied(life) => life,
            Self::InPlace(life) => life,
        }
    }
}
