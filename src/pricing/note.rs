//! What a line says for people: its parts, which become a text when it is written.

use std::fmt;

use super::fraction::Fraction;
use crate::json::sealed::Sealed;
use crate::json::{Node, Shape, Writer};
use crate::money::Money;

/// What a line says for people, in English. Most lines are computed on the way to another answer, and nobody reads them.
#[derive(Clone)]
pub(crate) enum Note {
    /// Some days, if any, then words, then an amount, if any.
    Made { days: Option<Fraction>, words: &'static str, amount: Option<Money> },
    /// The caller's text, or one that was stored.
    Text(String),
}

impl Note {
    /// Returns a note of words alone.
    pub(crate) const fn words(words: &'static str) -> Self {
        Self::Made { days: None, words, amount: None }
    }

    /// Returns a note of words and an amount.
    pub(crate) const fn amount(words: &'static str, amount: Money) -> Self {
        Self::Made { days: None, words, amount: Some(amount) }
    }

    fn push(&self, to: &mut Vec<u8>) {
        match self {
            Self::Made { days, words, amount } => {
                if let Some(days) = days {
                    days.push(to);
                }
                to.extend_from_slice(words.as_bytes());
                if let Some(amount) = amount {
                    amount.push(to);
                }
            }
            Self::Text(text) => to.extend_from_slice(text.as_bytes()),
        }
    }

    /// Returns the text.
    pub(crate) fn text(&self) -> String {
        let mut text = Vec::new();
        self.push(&mut text);
        String::from_utf8(text).unwrap_or_default()
    }
}

/// Two notes are equal that say the same: one that was stored is a text.
impl PartialEq for Note {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for Note {}

impl fmt::Debug for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text(), f)
    }
}

impl Sealed for Note {}

impl Shape for Note {
    fn read(node: &Node<'_>) -> Self {
        Self::Text(String::read(node))
    }

    fn write(&self, to: &mut Writer) {
        match self {
            Self::Made { .. } => to.plain_by(|text| self.push(text)),
            Self::Text(text) => to.text(text),
        }
    }
}
