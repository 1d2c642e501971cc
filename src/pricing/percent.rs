//! Percentages: decimal strings, exact.

use std::fmt;
use std::str::FromStr;

use crate::digits::{Digits, Written};
use crate::error::{Code, Error};
use crate::json::{Node, Shape, Writer, serde_by_shape};
use crate::money::{Money, RoundingRule};

/// A percentage from 0 to 999.9999, written as a decimal string: `25`, `8.25`.
///
/// # Examples
/// ```
/// use billing_rules::Percent;
///
/// let percent: Percent = "8.250".parse()?;
/// assert_eq!(percent.to_string(), "8.25");
/// assert!("8,25".parse::<Percent>().is_err());
/// # Ok::<(), billing_rules::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Percent {
    /// In units of 1 ÷ 1 000 000 of the whole.
    millionths: u32,
}

/// The whole, in millionths.
pub(crate) const WHOLE: i64 = 1_000_000;

impl Percent {
    const DECIMALS: usize = 4;

    /// Returns the percentage in millionths of the whole: 250 000 is 25 %.
    pub(crate) fn millionths(self) -> i64 {
        self.millionths.into()
    }

    /// Returns this percentage of an amount, rounded once (R1.4).
    pub(crate) fn of(self, amount: Money, rule: RoundingRule) -> Result<Money, Error> {
        rule.part(amount, self.millionths(), WHOLE)
    }

    /// Returns the digits, without zeros at the end.
    pub(crate) fn text(self) -> String {
        let digits = Digits::decimal(self.millionths.into(), 4);
        digits.trim_end_matches('0').trim_end_matches('.').into()
    }
}

impl FromStr for Percent {
    type Err = Error;

    /// Parses up to three digits, optionally followed by a point and up to four more. Anything else is `invalid_decimal`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let fits = |written: &Written<'_>| written.whole.len() <= 3 && written.decimals.len() <= Self::DECIMALS;
        let Some(written) = Written::of(text).filter(fits) else {
            let message = "expected a percentage such as `25` or `8.25`, with at most four decimals";
            return Err(Error::new(Code::InvalidDecimal, "", message));
        };
        Ok(Self { millionths: u32::try_from(written.scaled(Self::DECIMALS)).unwrap_or(u32::MAX) })
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl fmt::Debug for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Shape for Percent {
    fn read(node: &Node<'_>) -> Self {
        node.text().and_then(|text| node.ok_or_report(text.parse())).unwrap_or_default()
    }

    fn write(&self, to: &mut Writer) {
        to.plain(&self.text());
    }
}

serde_by_shape!(Percent);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        for (text, millionths, written) in [
            ("0", 0, "0"),
            ("25", 250_000, "25"),
            ("100", 1_000_000, "100"),
            ("8.25", 82_500, "8.25"),
            ("8.250", 82_500, "8.25"),
            ("0.0001", 1, "0.0001"),
            ("007", 70_000, "7"),
            ("10.0", 100_000, "10"),
            ("999.9999", 9_999_999, "999.9999"),
        ] {
            let percent: Percent = text.parse().unwrap();
            assert_eq!((percent.millionths(), percent.text()), (millionths, written.into()), "{text}");
        }
        for wrong in ["", ".5", "5.", "-1", "+1", "1e2", "8,25", "1000", "0.00001", " 5", "5 %", "1.2.3", "٣"] {
            assert_eq!(wrong.parse::<Percent>().unwrap_err().code(), Code::InvalidDecimal, "{wrong}");
        }
    }

    #[test]
    fn a_part_is_rounded_once() {
        let money = |amount| Money::new(amount, "NOK".parse().unwrap()).unwrap();
        let percent: Percent = "8.25".parse().unwrap();
        assert_eq!(percent.of(money(9_900), RoundingRule::default()), Ok(money(817)));
        let whole = RoundingRule::new(Default::default(), 100).unwrap();
        assert_eq!(percent.of(money(9_900), whole), Ok(money(800)));
    }
}
