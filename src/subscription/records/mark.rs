//! Strings that are recognised, and not kept.

use super::symbols::{Symbols, push_fixed};
use crate::digest::first_bits;
use crate::error::Code;
use crate::json::sealed::Sealed;
use crate::json::{Node, Shape, Writer};

/// 48 bits of the SHA-256 of a string, which recognise it. The string cannot be read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark(u64);

impl Mark {
    /// How many symbols it has.
    pub(crate) const SYMBOLS: usize = 8;

    /// Returns the mark of a string.
    pub(crate) fn of(text: &str) -> Self {
        Self::from_bits(first_bits(text.as_bytes()))
    }

    /// Returns the mark with the first 48 of 64 bits.
    pub(crate) fn from_bits(bits: u64) -> Self {
        Self(bits.wrapping_shr(16))
    }

    pub(crate) fn push_to(self, text: &mut String) {
        push_fixed(self.0, Self::SYMBOLS, text);
    }

    pub(crate) fn pull(symbols: &mut Symbols<'_>) -> Option<Self> {
        symbols.fixed(Self::SYMBOLS).map(Self)
    }

    /// Returns its eight symbols.
    pub(crate) fn text(self) -> String {
        let mut text = String::with_capacity(Self::SYMBOLS);
        self.push_to(&mut text);
        text
    }
}

impl Sealed for Mark {}

impl Shape for Mark {
    fn read(node: &Node<'_>) -> Self {
        let Some(text) = node.text() else { return Self(0) };
        let mut symbols = Symbols::new(text);
        match Self::pull(&mut symbols) {
            Some(mark) if symbols.left() == 0 => mark,
            _ => {
                node.problem(Code::InconsistentState, "expected 8 symbols of base 64".into());
                Self(0)
            }
        }
    }

    fn write(&self, to: &mut Writer) {
        to.text(&self.text());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read;
    use crate::json::tape_of;

    #[test]
    fn is_of_its_text_alone() {
        // The first 48 bits of SHA-256 of "abc" are ba7816bf8f01, here with the lowest six first.
        assert_eq!(Mark::of("abc").0, 0xba78_16bf_8f01);
        assert_eq!(Mark::of("abc").text(), "B84vWgnu");
        assert_ne!(Mark::of("abc"), Mark::of("abd"));
    }

    #[test]
    fn is_written_and_read() {
        let text = format!("\"{}\"", Mark::of("charge-1").text());
        assert_eq!(read::<Mark>(&tape_of(&text).unwrap()).unwrap(), Mark::of("charge-1"));
        for wrong in ["\"\"", "\"AAAAAAA\"", "\"AAAAAAAAA\"", "\"AAAAAAA!\"", "7"] {
            assert!(read::<Mark>(&tape_of(wrong).unwrap()).is_err(), "{wrong}");
        }
    }
}
