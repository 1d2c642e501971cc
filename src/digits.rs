//! Whole numbers in decimal digits.

/// The digits of a number, with a minus sign before those of a negative one.
///
/// `to_string` says the same, but brings the standard library's formatting along, which the wasm module has no other use for.
#[inline(never)]
pub(crate) fn digits(number: i64) -> String {
    let mut reversed = Vec::new();
    let mut rest = number.unsigned_abs();
    loop {
        reversed.push(u8::try_from(rest % 10).unwrap_or_default());
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    let mut text = String::with_capacity(reversed.len().saturating_add(1));
    if number < 0 {
        text.push('-');
    }
    reversed.iter().rev().for_each(|digit| text.push(char::from(b'0'.saturating_add(*digit))));
    text
}

/// The digits of a place in a list.
pub(crate) fn index(place: usize) -> String {
    digits(i64::try_from(place).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_as_the_standard_library() {
        for number in [0, 1, 9, 10, 99, 100, -1, -10, 1234567890, i64::MAX, i64::MIN] {
            assert_eq!(digits(number), number.to_string());
        }
        assert_eq!(index(usize::from(u16::MAX)), "65535");
    }
}
