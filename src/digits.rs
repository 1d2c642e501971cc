//! Integers in decimal digits.

use std::ops::Deref;

/// The digits of a number, with a minus sign before those of a negative one.
///
/// `to_string` gives the same result, but includes the standard library's formatting, which the wasm module does not
/// need otherwise. Counts, positions and amounts all fit into 64 bits.
pub(crate) fn digits(number: impl TryInto<i64>) -> String {
    String::from(&*Digits::of(number.try_into().unwrap_or(i64::MAX)))
}

/// The digits of a number, without memory of their own.
pub(crate) struct Digits {
    /// At the end: a sign, at most 19 digits and a point.
    bytes: [u8; 21],
    start: usize,
}

impl Digits {
    pub(crate) fn of(number: i64) -> Self {
        Self::decimal(number, 0)
    }

    /// Returns the digits with a point before the last few of them.
    #[inline(never)]
    pub(crate) fn decimal(number: i64, decimals: u8) -> Self {
        let mut digits = Self { bytes: [0; 21], start: 21 };
        let mut rest = number.unsigned_abs();
        let mut after_point = decimals;
        loop {
            digits.put(b'0' | u8::try_from(rest % 10).unwrap_or(0));
            rest /= 10;
            match after_point.checked_sub(1) {
                Some(0) => digits.put(b'.'),
                None if rest == 0 => break,
                _ => {}
            }
            after_point = after_point.saturating_sub(1);
        }
        if number < 0 {
            digits.put(b'-');
        }
        digits
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    /// Puts a byte before the others.
    fn put(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(place) = self.bytes.get_mut(self.start) {
            *place = byte;
        }
    }
}

impl Deref for Digits {
    type Target = str;

    fn deref(&self) -> &str {
        str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_as_the_standard_library() {
        for number in [0i64, 1, 9, 10, 99, 100, -1, -10, 1234567890, i64::MAX, i64::MIN] {
            assert_eq!(digits(number), number.to_string());
        }
        assert_eq!(digits(usize::from(u16::MAX)), "65535");
    }
}
