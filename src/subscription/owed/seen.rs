//! A subscription as it is on a day, copied only if the day changes it.

use std::ops::Deref;

use crate::subscription::records::state::Subscription;

/// A subscription that days are passed on: a copy once one of them changes it, or the subscription itself.
pub(crate) enum Seen<'a> {
    Borrowed(&'a Subscription),
    Copied(Box<Subscription>),
    InPlace(&'a mut Subscription),
}

impl<'a> Seen<'a> {
    /// Returns a subscription that stays as it is.
    pub(crate) fn of(life: &'a Subscription) -> Self {
        Self::Borrowed(life)
    }

    /// Returns the subscription to change.
    pub(crate) fn change(&mut self) -> &mut Subscription {
        match *self {
            Self::Borrowed(life) => {
                *self = Self::Copied(Box::new(life.clone()));
                self.change()
            }
            Self::Copied(ref mut life) => life,
            Self::InPlace(ref mut life) => life,
        }
    }

    /// Returns the copy, where something has changed.
    pub(crate) fn into_copy(self) -> Option<Subscription> {
        match self {
            Self::Copied(life) => Some(*life),
            Self::Borrowed(_) | Self::InPlace(_) => None,
        }
    }
}

impl Deref for Seen<'_> {
    type Target = Subscription;

    fn deref(&self) -> &Subscription {
        match self {
            Self::Borrowed(life) => life,
            Self::Copied(life) => life,
            Self::InPlace(life) => life,
        }
    }
}
