//! Integers in decimal digits.

/// Returns the digits of a number, with a minus sign if it is negative.
///
/// `to_string` gives the same result, but includes the standard library's formatting, which the wasm module does not
/// need otherwise. Counts, positions and amounts all fit into 64 bits.
pub(crate) fn digits(number: impl TryInto<i64>) -> String {
    of(number.try_into().unwrap_or(i64::MAX))
}

fn of(number: i64) -> String {
    let mut text = String::new();
    push_digits(number, &mut text);
    text
}

/// Appends the digits of a number to a string.
#[inline(never)]
pub(crate) fn push_digits(number: i64, to: &mut String) {
    if number < 0 {
        to.push('-');
    }
    let mut reversed = [0; 20];
    let mut rest = number.unsigned_abs();
    let mut count = 0usize;
    for place in &mut reversed {
        *place = u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
        count = count.saturating_add(1);
        if rest == 0 {
            break;
        }
    }
    for digit in reversed.iter().take(count).rev() {
        to.push(char::from(b'0'.saturating_add(*digit)));
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
