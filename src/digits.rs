//! Numbers in decimal digits.

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
        let mut bytes = [0; 21];
        let mut places = bytes.iter_mut().rev();
        let mut put = |byte| {
            if let Some(place) = places.next() {
                *place = byte;
            }
        };
        let mut rest = Rest(number.unsigned_abs());
        if decimals > 0 {
            for _ in 0..decimals {
                put(rest.take_digit());
            }
            put(b'.');
        }
        put(rest.take_digit());
        while rest.0 != 0 {
            put(rest.take_digit());
        }
        if number < 0 {
            put(b'-');
        }
        let start = places.len();
        Self { bytes, start }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }
}

/// A decimal number without a sign, as it is written: digits, and after a point more digits.
pub(crate) struct Written<'a> {
    pub(crate) whole: &'a str,
    pub(crate) decimals: &'a str,
}

impl<'a> Written<'a> {
    /// Returns the parts of a number; `None` of a string with anything else in it.
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        // The searchers of the standard library are not needed otherwise in the wasm module.
        let (whole, decimals) = match text.bytes().position(|byte| byte == b'.') {
            Some(point) => (text.get(..point)?, text.get(point.saturating_add(1)..)?),
            None => (text, ""),
        };
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_sound = !whole.is_empty() && is_digits(whole) && is_digits(decimals) && !text.ends_with('.');
        if is_sound { Some(Self { whole, decimals }) } else { None }
    }

    /// Returns the number in units of so many decimals, of which it has no more.
    pub(crate) fn scaled(&self, decimals: usize) -> i64 {
        let zeros = std::iter::repeat_n(b'0', decimals.saturating_sub(self.decimals.len()));
        let digits = self.whole.bytes().chain(self.decimals.bytes()).chain(zeros);
        digits.fold(0, |number: i64, digit| number.saturating_mul(10).saturating_add(digit.saturating_sub(b'0').into()))
    }
}

/// What is left of a number once its last digits are cut off.
struct Rest(u64);

impl Rest {
    #[inline(always)]
    fn take_digit(&mut self) -> u8 {
        // Most numbers are small, and a division of 32 bits costs a fraction of the time.
        let digit = match u32::try_from(self.0) {
            Ok(small) => {
                self.0 = (small / 10).into();
                small % 10
            }
            Err(_) => {
                let digit = self.0 % 10;
                self.0 /= 10;
                digit as u32
            }
        };
        b'0' | digit as u8
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
