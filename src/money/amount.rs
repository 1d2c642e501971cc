//! Amounts.

use std::fmt;

use super::Currency;
use crate::digits::digits;
use crate::error::{Code, Error};
#[cfg(feature = "_providers")]
use crate::json::Value;
use crate::json::{Keys, MAX_SAFE, Node, Shape, Writer, safe_integer, serde_by_shape};

/// An amount in whole minor units of a currency: 1999 NOK is 19.99 kroner.
///
/// At most 2^53 - 1 either way, so that JavaScript holds the same number (R1.2). Arithmetic is checked and never mixes
/// currencies.
///
/// ```
/// use billing_rules::Money;
///
/// let price = Money::parse_decimal("19.9", "NOK".parse()?)?;
/// assert_eq!(price.amount(), 1990);
/// assert_eq!(price.to_decimal(), "19.90");
/// # Ok::<(), billing_rules::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    amount: i64,
    currency: Currency,
}

impl Money {
    /// So many minor units of a currency.
    ///
    /// # Errors
    /// `out_of_range` past 2^53 - 1 either way.
    pub fn new(amount: i64, currency: Currency) -> Result<Self, Error> {
        if amount.unsigned_abs() > MAX_SAFE.unsigned_abs() {
            return Err(Error::new(Code::OutOfRange, "/amount", "expected at most 2^53 - 1 minor units"));
        }
        Ok(Self { amount, currency })
    }

    /// Nothing, in a currency.
    pub fn zero(currency: Currency) -> Self {
        Self { amount: 0, currency }
    }

    /// The minor units.
    pub fn amount(self) -> i64 {
        self.amount
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The sum.
    ///
    /// # Errors
    /// `currency_mismatch` for two currencies, `out_of_range` past 2^53 - 1.
    pub fn plus(self, other: Self) -> Result<Self, Error> {
        self.same_currency(other, "/currency")?;
        Self::new(self.amount.saturating_add(other.amount), self.currency).map_err(Error::at_root)
    }

    /// The same amount the other way.
    pub fn negated(self) -> Self {
        Self { amount: self.amount.saturating_neg(), currency: self.currency }
    }

    /// The smaller of this and another amount of the same currency.
    pub(crate) fn at_most(self, other: Self) -> Self {
        Self { amount: self.amount.min(other.amount), currency: self.currency }
    }

    /// The larger of this and nothing.
    pub fn at_least_zero(self) -> Self {
        Self { amount: self.amount.max(0), currency: self.currency }
    }

    /// The amount in major units, with all decimals of the currency: `19.90`, `-0.05`, `1000` for a currency without.
    pub fn to_decimal(self) -> String {
        let exponent = usize::from(self.currency.exponent());
        let sign = if self.amount < 0 { "-" } else { "" };
        let mut digits = digits(self.amount.saturating_abs());
        while digits.len() <= exponent {
            digits.insert(0, '0');
        }
        if exponent > 0 {
            digits.insert(digits.len().saturating_sub(exponent), '.');
        }
        [sign, &digits].concat()
    }

    /// As people write it: `19.90 NOK`.
    pub(crate) fn text(self) -> String {
        [&self.to_decimal(), " ", self.currency.code()].concat()
    }

    /// Reads an amount in major units, exactly: `19.9` and `19.90` are both 1990 NOK, `19.999` is an error.
    ///
    /// # Errors
    /// `invalid_decimal` for anything but digits with an optional minus sign and at most the currency's decimals;
    /// `out_of_range` past 2^53 - 1 minor units.
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, Error> {
        let invalid = |message: &str| Error::new(Code::InvalidDecimal, "", message.to_string());
        let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(decimals) || unsigned.ends_with('.') {
            return Err(invalid("expected a decimal number such as `19.90`"));
        }
        let exponent = usize::from(currency.exponent());
        if decimals.len() > exponent {
            let most = digits(exponent);
            return Err(invalid(&["expected at most ", &most, " decimals for `", currency.code(), "`"].concat()));
        }
        let zeros = std::iter::repeat_n(b'0', exponent.saturating_sub(decimals.len()));
        let units = whole
            .bytes()
            .chain(decimals.bytes())
            .chain(zeros)
            .fold(0i64, |units, digit| units.saturating_mul(10).saturating_add(digit.saturating_sub(b'0').into()));
        Self::new(if negative { units.saturating_neg() } else { units }, currency).map_err(Error::at_root)
    }

    /// The amount as a JSON number of minor units.
    #[cfg(feature = "_providers")]
    pub(crate) fn minor_units(self) -> Value {
        Value::Integer(self.amount)
    }

    /// Refuses another currency than this one.
    pub(crate) fn same_currency(self, other: Self, path: &str) -> Result<(), Error> {
        if self.currency == other.currency {
            return Ok(());
        }
        let message = ["expected `", self.currency.code(), "`, found `", other.currency.code(), "`"].concat();
        Err(Error::at(Code::CurrencyMismatch, path, message))
    }

    /// Refuses an amount below zero.
    pub(crate) fn not_negative(self, path: &str) -> Result<(), Error> {
        if self.amount >= 0 {
            return Ok(());
        }
        Err(Error::new(Code::OutOfRange, [path, "/amount"].concat(), "expected an amount of 0 or more"))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Money {
    const FIELDS: Keys = "amount currency";
}

impl Shape for Money {
    #[inline(never)]
    fn read(node: &Node<'_>) -> Self {
        node.object(Self::FIELDS, |fields| Self {
            amount: safe_integer(&fields.node("amount")),
            currency: fields.required("currency"),
        })
    }

    #[inline(never)]
    fn write(&self, to: &mut Writer) {
        to.begin_object();
        to.integer_field("amount", self.amount);
        to.required("currency", &self.currency);
        to.end_object();
    }
}

serde_by_shape!(Money);

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: i64, code: &str) -> Money {
        Money::new(amount, code.parse().unwrap()).unwrap()
    }

    #[test]
    fn decimals_follow_the_currency() {
        for (amount, code, text) in [
            (0, "NOK", "0.00"),
            (5, "NOK", "0.05"),
            (-5, "NOK", "-0.05"),
            (1990, "NOK", "19.90"),
            (1000, "CLP", "1000"),
            (1, "KWD", "0.001"),
            (12_500, "KWD", "12.500"),
            (1_009_999, "CLF", "100.9999"),
            (-123_456, "USD", "-1234.56"),
            (MAX_SAFE, "NOK", "90071992547409.91"),
            (-MAX_SAFE, "JPY", "-9007199254740991"),
        ] {
            assert_eq!(money(amount, code).to_decimal(), text);
            assert_eq!(Money::parse_decimal(text, code.parse().unwrap()).unwrap(), money(amount, code));
        }
        assert_eq!(format!("{0} {0:?}", money(1990, "NOK")), "19.90 NOK 19.90 NOK");
        assert_eq!(Money::parse_decimal("19.9", "NOK".parse().unwrap()).unwrap(), money(1990, "NOK"));
        assert_eq!(Money::parse_decimal("019", "NOK".parse().unwrap()).unwrap(), money(1900, "NOK"));
    }

    #[test]
    fn refuses_what_is_not_a_plain_decimal() {
        for (text, code) in [
            ("19.999", "NOK"),
            ("1.0", "JPY"),
            ("", "NOK"),
            ("-", "NOK"),
            (".5", "NOK"),
            ("5.", "NOK"),
            ("+5", "NOK"),
            ("1,5", "NOK"),
            ("1 000", "NOK"),
            ("1e3", "NOK"),
            ("--1", "NOK"),
            ("1.-5", "NOK"),
            ("NaN", "NOK"),
            ("٣", "NOK"),
        ] {
            let error = Money::parse_decimal(text, code.parse().unwrap()).unwrap_err();
            assert_eq!(error.code(), Code::InvalidDecimal, "{text}");
        }
        for text in ["90071992547409.92", "-90071992547409.92", "99999999999999999999999999"] {
            let error = Money::parse_decimal(text, "NOK".parse().unwrap()).unwrap_err();
            assert_eq!((error.code(), error.path()), (Code::OutOfRange, ""), "{text}");
        }
    }

    #[test]
    fn sums_are_checked() {
        assert_eq!(money(1, "NOK").plus(money(2, "NOK")).unwrap(), money(3, "NOK"));
        assert_eq!(money(1, "NOK").plus(money(2, "SEK")).unwrap_err().code(), Code::CurrencyMismatch);
        assert_eq!(money(MAX_SAFE, "NOK").plus(money(1, "NOK")).unwrap_err().code(), Code::OutOfRange);
        assert_eq!(money(-5, "NOK").at_least_zero(), money(0, "NOK"));
        assert!(Money::new(i64::MIN, "NOK".parse().unwrap()).is_err());
    }
}
