//! Rounding: the only code that rounds a division of money (R1.4).

use std::cmp::Ordering;

use crate::digits::digits;
use crate::error::{Code, Error};
use crate::json::words;
use crate::money::Money;

/// How to round a result between two integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Rounding {
    /// To the nearest, ties away from zero. The default.
    #[default]
    HalfUp,
    /// To the nearest, ties to the even one.
    HalfEven,
    /// To the nearest, ties towards zero.
    HalfDown,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// Towards positive infinity.
    Ceiling,
    /// Towards negative infinity.
    Floor,
}

words!(Rounding {
    HalfUp "half_up", HalfEven "half_even", HalfDown "half_down", Up "up", Down "down", Ceiling "ceiling", Floor "floor",
});

/// A rounding and the multiple that it rounds to, in minor units: 1, or 100 for whole units of a currency with two
/// decimals. Every given price must be such a multiple (R1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RoundingRule {
    rounding: Rounding,
    to: u32,
}

impl Default for RoundingRule {
    fn default() -> Self {
        Self { rounding: Rounding::default(), to: 1 }
    }
}

impl RoundingRule {
    /// Creates a rule that rounds to multiples of `to` (1 to 1 000 000) minor units.
    ///
    /// # Errors
    /// `out_of_range` for any other multiple.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Rounding, RoundingRule};
    ///
    /// assert!(RoundingRule::new(Rounding::HalfEven, 100).is_ok());
    /// assert!(RoundingRule::new(Rounding::HalfEven, 0).is_err());
    /// ```
    pub fn new(rounding: Rounding, to: u32) -> Result<Self, Error> {
        match to {
            1..=1_000_000 => Ok(Self { rounding, to }),
            _ => Err(Error::new(Code::OutOfRange, "/roundTo", "expected a multiple from 1 to 1000000")),
        }
    }

    /// Returns whether an amount is a multiple of the rule's own.
    #[inline]
    pub(crate) fn has_on_grid(self, amount: i64) -> bool {
        amount.checked_rem(self.to.into()) == Some(0)
    }

    /// Returns an error if the amount is not a multiple.
    pub(crate) fn on_grid(self, amount: Money, path: &str) -> Result<(), Error> {
        if self.has_on_grid(amount.amount()) {
            return Ok(());
        }
        let message = ["expected a multiple of `roundTo`, ", &digits(self.to), " minor units"].concat();
        Err(Error::at(Code::AmountOffGrid, path, message))
    }

    /// Returns an error for an amount below 0, in another currency than `nothing`, or off the grid.
    pub(crate) fn check(self, amount: Money, nothing: Money, path: &str) -> Result<(), Error> {
        nothing.same_currency(amount, &[path, "/currency"].concat())?;
        amount.not_negative(path)?;
        self.on_grid(amount, path)
    }

    /// Returns `amount` times `left / of`, rounded once; `None` if `of` is not positive or the result is too large.
    pub(crate) fn share(self, amount: i64, left: i64, of: i64) -> Option<i64> {
        // A product of 32 bits by 32 fits into 64, where a division costs a fraction of the time.
        match (i32::try_from(amount), i32::try_from(left), self.times(of)) {
            (Ok(amount), Ok(left), Some(of)) => {
                self.times(self.rounding.divide(i64::from(amount).saturating_mul(left.into()), of)?)
            }
            _ => self.quotient(i128::from(amount).checked_mul(left.into())?, of.into()),
        }
    }

    /// Returns `numerator / denominator`, rounded once; `None` if the denominator is not positive or the result is too
    /// large.
    pub(crate) fn quotient(self, numerator: i128, denominator: i128) -> Option<i64> {
        let to = i128::from(self.to);
        let rounded = self.rounding.divide_wide(numerator, denominator.checked_mul(to)?)?;
        rounded.checked_mul(to)?.try_into().ok()
    }

    /// Returns so many of the multiple that it rounds to.
    fn times(self, count: i64) -> Option<i64> {
        if self.to == 1 { Some(count) } else { count.checked_mul(self.to.into()) }
    }

    /// Returns a part of an amount, rounded once.
    pub(crate) fn part(self, amount: Money, part: i64, of: i64) -> Result<Money, Error> {
        let share = self.share(amount.amount(), part, of).and_then(|share| Money::new(share, amount.currency()).ok());
        share.ok_or_else(|| Error::new(Code::OutOfRange, "", "cannot compute a part because the amounts are too large"))
    }

    /// Returns the same rounding to single minor units.
    pub(crate) fn to_units(self) -> Self {
        Self { to: 1, ..self }
    }

    /// Returns the multiple that it rounds to.
    pub(crate) fn grid(self) -> i64 {
        self.to.into()
    }
}

/// The two integers around a quotient, which are equal if it is one.
struct Between<T> {
    floor: T,
    ceiling: T,
    is_floor_even: bool,
    is_negative: bool,
    /// What is above the floor, compared with a half.
    rest: Ordering,
}

impl Rounding {
    fn choose<T>(self, between: Between<T>) -> T {
        let Between { floor, ceiling, is_floor_even, is_negative, rest } = between;
        let takes_ceiling = match (self, rest) {
            (Rounding::HalfUp | Rounding::HalfEven | Rounding::HalfDown, Ordering::Less) => false,
            (Rounding::HalfUp | Rounding::HalfEven | Rounding::HalfDown, Ordering::Greater) => true,
            (Rounding::HalfEven, Ordering::Equal) => !is_floor_even,
            (Rounding::HalfUp | Rounding::Up, _) => !is_negative,
            (Rounding::HalfDown | Rounding::Down, _) => is_negative,
            (Rounding::Ceiling, _) => true,
            (Rounding::Floor, _) => false,
        };
        if takes_ceiling { ceiling } else { floor }
    }

    fn divide(self, numerator: i64, denominator: i64) -> Option<i64> {
        if denominator <= 0 {
            return None;
        }
        let (floor, rest) = (numerator.div_euclid(denominator), numerator.rem_euclid(denominator));
        Some(self.choose(Between {
            floor,
            ceiling: floor.checked_add(i64::from(rest != 0))?,
            is_floor_even: floor & 1 == 0,
            is_negative: numerator < 0,
            rest: rest.cmp(&denominator.saturating_sub(rest)),
        }))
    }

    /// As [`divide`](Self::divide), of numbers that 64 bits do not hold.
    fn divide_wide(self, numerator: i128, denominator: i128) -> Option<i128> {
        if denominator <= 0 {
            return None;
        }
        let (floor, rest) = (numerator.div_euclid(denominator), numerator.rem_euclid(denominator));
        Some(self.choose(Between {
            floor,
            ceiling: floor.checked_add(i128::from(rest != 0))?,
            is_floor_even: floor & 1 == 0,
            is_negative: numerator < 0,
            rest: rest.cmp(&denominator.saturating_sub(rest)),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rounding_on_both_sides_of_zero() {
        use Rounding::*;
        // Halves of these numerators: 2.5, 1.5, 1 (exact), -1.5, -2.5; then thirds of 4 and -4 (1.33) and 5 and -5 (1.67).
        let rows = [
            (HalfUp, [3, 2, 1, -2, -3], [1, -1, 2, -2]),
            (HalfEven, [2, 2, 1, -2, -2], [1, -1, 2, -2]),
            (HalfDown, [2, 1, 1, -1, -2], [1, -1, 2, -2]),
            (Up, [3, 2, 1, -2, -3], [2, -2, 2, -2]),
            (Down, [2, 1, 1, -1, -2], [1, -1, 1, -1]),
            (Ceiling, [3, 2, 1, -1, -2], [2, -1, 2, -1]),
            (Floor, [2, 1, 1, -2, -3], [1, -2, 1, -2]),
        ];
        for (rounding, halves, thirds) in rows {
            assert_eq!([5, 3, 2, -3, -5].map(|n| rounding.divide(n, 2).unwrap()), halves, "{rounding:?}");
            assert_eq!([4, -4, 5, -5].map(|n| rounding.divide(n, 3).unwrap()), thirds, "{rounding:?}");
        }
        assert_eq!(HalfUp.divide(1, 0), None);
    }

    #[test]
    fn wide_numbers_round_as_narrow_ones() {
        use Rounding::*;
        for rounding in [HalfUp, HalfEven, HalfDown, Up, Down, Ceiling, Floor] {
            for (numerator, denominator) in (-30..=30).flat_map(|numerator| (0..=7).map(move |of| (numerator, of))) {
                let wide = rounding.divide_wide(numerator.into(), denominator.into());
                assert_eq!(rounding.divide(numerator, denominator).map(i128::from), wide, "{rounding:?}");
            }
        }
        // On both sides of the product that 32 bits by 32 make.
        let rule = RoundingRule::new(HalfUp, 7).unwrap();
        for amount in [i64::from(i32::MAX), i64::from(i32::MAX) + 1, i64::from(i32::MIN), i64::from(i32::MIN) - 1] {
            assert_eq!(rule.share(amount, 11, 13), rule.quotient(i128::from(amount) * 11, 13), "{amount}");
        }
    }

    #[test]
    fn rounds_to_whole_units() {
        let whole = RoundingRule::new(Rounding::HalfUp, 100).unwrap();
        assert_eq!(whole.share(10_000, 1, 3), Some(3_300));
        assert_eq!(whole.share(10_000, 1, 8), Some(1_300));
        assert!(RoundingRule::new(Rounding::HalfUp, 0).is_err());
        for (amount, on) in [(0, true), (9_900, true), (-9_900, true), (9_950, false), (-1, false)] {
            let amount = Money::new(amount, "NOK".parse().unwrap()).unwrap();
            assert_eq!(whole.on_grid(amount, "").is_ok(), on, "{amount}");
            assert_eq!(RoundingRule::default().on_grid(amount, ""), Ok(()));
        }
        assert_eq!(RoundingRule::default().share(i64::MAX, i64::MAX, 1), None);
    }
}
