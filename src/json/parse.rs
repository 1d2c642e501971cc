//! A parser from JSON (RFC 8259) to a tape.

use super::number::exact;
use super::plain::plain;
use super::tape::{Marks, Tape};

/// The maximum nesting of the input.
const DEEPEST: u32 = 128;

/// Parses a string; `None` if it is not JSON or nested too deeply.
pub(crate) fn parse(text: &str) -> Option<Tape<'_>> {
    whole(text, DEEPEST, exactly)
}

/// Parses like [`parse`] with another maximum nesting, and keeps numbers by their digits.
#[cfg(feature = "_providers")]
pub(crate) fn parse_by_digits(text: &str, deepest: u32) -> Option<Tape<'_>> {
    whole(text, deepest, |tape, start, end, _| tape.digits_between(start, end))
}

/// Puts a number on the tape, from one place of the input to another; as it is where it is a few digits.
type PutNumber = fn(&mut Tape<'_>, usize, usize, Option<i64>);

fn exactly(tape: &mut Tape<'_>, start: usize, end: usize, few: Option<i64>) {
    match few.or_else(|| tape.source(start, end).and_then(exact)) {
        Some(number) => tape.integer(number),
        None => tape.inexact(),
    }
}

fn whole(text: &str, deepest: u32, put_number: PutNumber) -> Option<Tape<'_>> {
    let mut parser = Parser { bytes: text.as_bytes(), at: 0, tape: Tape::new(text)?, put_number };
    parser.value(deepest)?;
    if parser.next().is_some() {
        return None;
    }
    Some(parser.tape)
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    tape: Tape<'a>,
    put_number: PutNumber,
}

/// A string: a part of the input, or a string with its escapes resolved.
enum Found {
    Between(usize, usize),
    Resolved(String),
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn advance(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// Returns the next byte that is not white space.
    fn next(&mut self) -> Option<u8> {
        loop {
            let byte = self.peek()?;
            // Most bytes lie above all white space.
            if byte > b' ' || !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(byte);
            }
            self.advance();
        }
    }

    fn accept(&mut self, byte: u8) -> bool {
        let found = self.next() == Some(byte);
        if found {
            self.advance();
        }
        found
    }

    fn value(&mut self, deeper: u32) -> Option<()> {
        match self.next()? {
            b'"' => match self.string()? {
                Found::Between(start, end) => self.tape.text_between(start, end),
                Found::Resolved(text) => self.tape.text(&text),
            },
            b'{' => self.object(deeper.checked_sub(1)?)?,
            b'[' => self.list(deeper.checked_sub(1)?)?,
            b't' => {
                self.word(b"true")?;
                self.tape.bool(true);
            }
            b'f' => {
                self.word(b"false")?;
                self.tape.bool(false);
            }
            b'n' => {
                self.word(b"null")?;
                self.tape.null();
            }
            _ => {
                let start = self.at;
                let few = self.number()?;
                (self.put_number)(&mut self.tape, start, self.at, few);
            }
        }
        Some(())
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        let end = self.at.checked_add(word.len())?;
        if self.bytes.get(self.at..end)? != word {
            return None;
        }
        self.at = end;
        Some(())
    }

    fn object(&mut self, deeper: u32) -> Option<()> {
        let place = self.tape.begin_object();
        let mut marks = Marks::default();
        self.advance();
        if !self.accept(b'}') {
            loop {
                if self.next()? != b'"' {
                    return None;
                }
                match self.string()? {
                    Found::Between(start, end) => self.tape.key_between(start, end, &mut marks),
                    Found::Resolved(key) => self.tape.named(&key, &mut marks),
                }
                if !self.accept(b':') {
                    return None;
                }
                self.value(deeper)?;
                if !self.accept(b',') {
                    break;
                }
            }
            if !self.accept(b'}') {
                return None;
            }
        }
        self.tape.end_object(place, marks);
        Some(())
    }

    fn list(&mut self, deeper: u32) -> Option<()> {
        let place = self.tape.begin_list();
        self.advance();
        if !self.accept(b']') {
            loop {
                self.value(deeper)?;
                if !self.accept(b',') {
                    break;
                }
            }
            if !self.accept(b']') {
                return None;
            }
        }
        self.tape.end_list(place);
        Some(())
    }

    /// Returns the number where it is an integer of a few digits, as most are.
    fn number(&mut self) -> Option<Option<i64>> {
        let is_negative = self.peek() == Some(b'-');
        if is_negative {
            self.advance();
        }
        let mut few = match self.peek()? {
            b'0' => {
                self.advance();
                Some(0)
            }
            _ => self.digits()?,
        };
        if self.peek() == Some(b'.') {
            self.advance();
            self.digits()?;
            few = None;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.advance();
            if let Some(b'+' | b'-') = self.peek() {
                self.advance();
            }
            self.digits()?;
            few = None;
        }
        Some(if is_negative { few.map(i64::saturating_neg) } else { few })
    }

    /// One digit or more. Returns their number where they are few enough to be exact.
    fn digits(&mut self) -> Option<Option<i64>> {
        const FEW: usize = 15;
        let start = self.at;
        let mut number = 0i64;
        while let Some(byte @ b'0'..=b'9') = self.peek() {
            number = number.wrapping_mul(10).wrapping_add((byte & 15).into());
            self.advance();
        }
        match self.at.saturating_sub(start) {
            0 => None,
            1..=FEW => Some(Some(number)),
            _ => Some(None),
        }
    }

    fn string(&mut self) -> Option<Found> {
        self.advance();
        let start = self.at;
        self.at = start.saturating_add(plain(self.bytes.get(start..)?));
        match self.peek()? {
            b'"' => {
                let end = self.at;
                self.advance();
                Some(Found::Between(start, end))
            }
            b'\\' => self.escaped(start),
            _ => None,
        }
    }

    /// Reads the rest of a string with escapes.
    fn escaped(&mut self, start: usize) -> Option<Found> {
        let mut bytes = self.bytes.get(start..self.at)?.to_vec();
        loop {
            match self.peek()? {
                b'"' => {
                    self.advance();
                    return String::from_utf8(bytes).ok().map(Found::Resolved);
                }
                b'\\' => {
                    self.advance();
                    let character = self.escape()?;
                    bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                }
                0..=0x1f => return None,
                byte => {
                    bytes.push(byte);
                    self.advance();
                }
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        let escape = self.peek()?;
        self.advance();
        Some(match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.four_digits()?;
                if !(0xd800..0xdc00).contains(&first) {
                    // `None` for an unpaired low surrogate.
                    return char::from_u32(first);
                }
                self.word(b"\\u")?;
                let second = self.four_digits()?.checked_sub(0xdc00).filter(|second| *second < 0x400)?;
                let pair = first.checked_sub(0xd800)?.checked_mul(0x400)?.checked_add(second)?;
                return char::from_u32(pair.checked_add(0x1_0000)?);
            }
            _ => return None,
        })
    }

    fn four_digits(&mut self) -> Option<u32> {
        let end = self.at.checked_add(4)?;
        let mut number = 0u32;
        for digit in self.bytes.get(self.at..end)? {
            number = number.checked_mul(16)?.checked_add(char::from(*digit).to_digit(16)?)?;
        }
        self.at = end;
        Some(number)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_another_parser_refuses_is_refused(text in "[\\[\\]{}:,\"\\\\ 0-9eE+.\\-tfnulrasud]{0,14}") {
            // The other parser rejects numbers that are too large for a float.
            let other = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            prop_assert!(parse(&text).is_some() == other || text.contains(['e', 'E']), "{}", text);
        }
    }
}
