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
    /// At the end: the sign and at most 19 digits.
    bytes: [u8; 20],
    start: usize,
}

impl Digits {
    #[inline(never)]
    pub(crate) fn of(number: i64) -> Self {
        let (mut bytes, mut start) = ([b'-'; 20], 20usize);
        let mut rest = number.unsigned_abs();
        for byte in bytes.iter_mut().rev() {
            *byte = b'0' | u8::try_from(rest % 10).unwrap_or(0);
            start = start.saturating_sub(1);
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        Self { bytes, start: if number < 0 { start.saturating_sub(1) } else { start } }
    }
}

impl Deref for Digits {
    type Target = str;

    fn deref(&self) -> &str {
        str::from_utf8(self.bytes.get(self.start..).unwrap_or_default()).unwrap_or_default()
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
