//! Numbers from their digits.

use super::MAX_SAFE;

/// Returns a number from its digits if it is an integer from -(2^53 - 1) to 2^53 - 1, also if it is written as `1999.0`
/// or `2e3`.
pub(super) fn exact(digits: &str) -> Option<i64> {
    let (negative, unsigned) = digits.strip_prefix('-').map_or((false, digits), |rest| (true, rest));
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let decimals = decimals.trim_end_matches('0');
    let mut number = 0i64;
    for digit in whole.bytes().chain(decimals.bytes()) {
        number = number.saturating_mul(10).saturating_add(digit.saturating_sub(b'0').into());
    }
    if number > 0 {
        // An exponent with more digits than this is far out of range.
        let exponent: i64 = exponent.trim_start_matches('+').parse().ok()?;
        let mut scale = exponent.checked_sub(i64::try_from(decimals.len()).ok()?)?;
        while scale < 0 && number.checked_rem(10)? == 0 {
            (number, scale) = (number.checked_div(10)?, scale.checked_add(1)?);
        }
        while scale > 0 && number <= MAX_SAFE {
            (number, scale) = (number.saturating_mul(10), scale.checked_sub(1)?);
        }
        if scale < 0 || number > MAX_SAFE {
            return None;
        }
    }
    Some(if negative { number.saturating_neg() } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_or_none() {
        let exact_ones =
            [("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("1999.0", 1999), ("2e3", 2000), ("2E+3", 2000), ("1.5e1", 15)];
        for (digits, number) in exact_ones {
            assert_eq!(exact(digits), Some(number), "{digits}");
        }
        for (digits, number) in [("120e-1", 12), ("0e999999999999999999999", 0), ("9007199254740991", MAX_SAFE)] {
            assert_eq!(exact(digits), Some(number), "{digits}");
        }
        for digits in ["0.5", "1e-1", "9007199254740992", "1e400", "1e99999999999999999999", "1.00000000000000000001"] {
            assert_eq!(exact(digits), None, "{digits}");
        }
        let many = ["1", &"0".repeat(40), "e-40"].concat();
        assert_eq!(exact(&many), None, "more digits than are exact");
    }
}
