//! Amounts.

use std::fmt;
use std::ops::Neg;
use std::str::FromStr;

use super::Currency;
use crate::digits::{Digits, Written, digits};
use crate::error::{Code, Error};
#[cfg(feature = "_providers")]
use crate::json::Value;
use crate::json::{Keys, MAX_SAFE, Node, Shape, Writer, safe_integer, serde_by_shape};

/// An amount in integer minor units of a currency: 1990 NOK is 19.90 kroner.
///
/// The amount is from -(2^53 - 1) to 2^53 - 1, so that JavaScript can hold the same number (R1.2). Arithmetic is
/// checked and never mixes currencies.
///
/// # Examples
/// ```
/// use billing_rules::Money;
///
/// let price: Money = "19.90 NOK".parse()?;
/// assert_eq!((price.amount(), price.currency().code()), (1990, "NOK"));
/// assert_eq!(price.to_string(), "19.90 NOK");
/// assert_eq!(-price, Money::new(-1990, price.currency())?);
/// # Ok::<(), billing_rules::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    amount: i64,
    currency: Currency,
}

impl Money {
    /// Creates an amount from minor units of a currency.
    ///
    /// # Errors
    /// `out_of_range` beyond 2^53 - 1, positive or negative.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Money;
    ///
    /// assert_eq!(Money::new(1990, "NOK".parse()?)?.to_string(), "19.90 NOK");
    /// assert_eq!(Money::new(1990, "CLP".parse()?)?.to_string(), "1990 CLP");
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn new(amount: i64, currency: Currency) -> Result<Self, Error> {
        if amount.unsigned_abs() > MAX_SAFE.unsigned_abs() {
            return Err(Error::new(Code::OutOfRange, "/amount", "expected -(2^53 - 1) to 2^53 - 1 minor units"));
        }
        Ok(Self { amount, currency })
    }

    /// Creates an amount of 0 in a currency.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Money;
    ///
    /// assert_eq!(Money::zero("NOK".parse()?).amount(), 0);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn zero(currency: Currency) -> Self {
        Self { amount: 0, currency }
    }

    /// Returns the minor units.
    ///
    /// # Examples
    /// [`Money`] has one.
    pub fn amount(self) -> i64 {
        self.amount
    }

    /// Returns the currency.
    ///
    /// # Examples
    /// [`Money`] has one.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// Returns the sum.
    ///
    /// # Errors
    /// `currency_mismatch` for two currencies; `out_of_range` beyond 2^53 - 1.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Code, Money};
    ///
    /// let price: Money = "19.90 NOK".parse()?;
    /// assert_eq!(price.checked_add(price)?.to_string(), "39.80 NOK");
    /// assert_eq!(price.checked_add("1.00 SEK".parse()?).unwrap_err().code(), Code::CurrencyMismatch);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn checked_add(self, other: Self) -> Result<Self, Error> {
        self.plus(other)
    }

    /// Returns the difference.
    ///
    /// # Errors
    /// The same as [`checked_add`](Self::checked_add).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Money;
    ///
    /// let (price, credit): (Money, Money) = ("19.90 NOK".parse()?, "20.00 NOK".parse()?);
    /// assert_eq!(price.checked_sub(credit)?.to_string(), "-0.10 NOK");
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn checked_sub(self, other: Self) -> Result<Self, Error> {
        self.plus(other.negated())
    }

    /// Returns the sum.
    pub(crate) fn plus(self, other: Self) -> Result<Self, Error> {
        self.same_currency(other, "/currency")?;
        Self::new(self.amount.saturating_add(other.amount), self.currency).map_err(Error::at_root)
    }

    /// Returns the same amount with the other sign, as [`Neg`] does. The lints forbid operators in `src`.
    pub(crate) fn negated(self) -> Self {
        Self { amount: self.amount.saturating_neg(), currency: self.currency }
    }

    /// Returns the smaller of this and another amount of the same currency.
    pub(crate) fn at_most(self, other: Self) -> Self {
        Self { amount: self.amount.min(other.amount), currency: self.currency }
    }

    /// Returns the amount, or 0 if it is negative.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Money;
    ///
    /// let credit: Money = "-5.00 NOK".parse()?;
    /// assert_eq!(credit.at_least_zero(), Money::zero(credit.currency()));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn at_least_zero(self) -> Self {
        Self { amount: self.amount.max(0), currency: self.currency }
    }

    /// Returns the amount in major units, with all decimals of the currency.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Money;
    ///
    /// assert_eq!(Money::new(-5, "NOK".parse()?)?.to_decimal(), "-0.05");
    /// assert_eq!(Money::new(1000, "CLP".parse()?)?.to_decimal(), "1000");
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn to_decimal(self) -> String {
        String::from(&*self.decimal())
    }

    fn decimal(self) -> Digits {
        Digits::decimal(self.amount, self.currency.exponent())
    }

    /// Adds it to a text as people write it: `19.90 NOK`.
    pub(crate) fn push(self, to: &mut Vec<u8>) {
        to.extend_from_slice(self.decimal().as_bytes());
        to.push(b' ');
        to.extend_from_slice(self.currency.code().as_bytes());
    }

    /// Returns the amount with its currency, as people write it: `19.90 NOK`.
    pub(crate) fn text(self) -> String {
        let mut text = Vec::new();
        self.push(&mut text);
        String::from_utf8(text).unwrap_or_default()
    }

    /// Parses an amount in major units, exactly.
    ///
    /// # Errors
    /// `invalid_decimal` for anything but digits with an optional minus sign and at most the currency's decimals;
    /// `out_of_range` beyond 2^53 - 1 minor units.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Money;
    ///
    /// let krone = "NOK".parse()?;
    /// assert_eq!(Money::parse_decimal("19.9", krone)?.amount(), 1990);
    /// assert!(Money::parse_decimal("19.999", krone).is_err());
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, Error> {
        let invalid = |message: &str| Error::new(Code::InvalidDecimal, "", message.to_string());
        let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let Some(written) = Written::of(unsigned) else {
            return Err(invalid("expected a decimal number such as `19.90`"));
        };
        let exponent = usize::from(currency.exponent());
        if written.decimals.len() > exponent {
            let most = digits(exponent);
            return Err(invalid(&["expected at most ", &most, " decimals for `", currency.code(), "`"].concat()));
        }
        let units = written.scaled(exponent);
        Self::new(if negative { units.saturating_neg() } else { units }, currency).map_err(Error::at_root)
    }

    /// Returns the amount as a JSON number of minor units.
    #[cfg(feature = "_providers")]
    pub(crate) fn minor_units(self) -> Value {
        Value::Integer(self.amount)
    }

    /// Returns an error if the other amount has another currency.
    pub(crate) fn same_currency(self, other: Self, path: &str) -> Result<(), Error> {
        if self.currency == other.currency {
            return Ok(());
        }
        let message = ["expected `", self.currency.code(), "`, got `", other.currency.code(), "`"].concat();
        Err(Error::at(Code::CurrencyMismatch, path, message))
    }

    /// Returns an error if the amount is below zero.
    pub(crate) fn not_negative(self, path: &str) -> Result<(), Error> {
        if self.amount >= 0 {
            return Ok(());
        }
        Err(Error::new(Code::OutOfRange, [path, "/amount"].concat(), "expected an amount of 0 or more"))
    }
}

impl Neg for Money {
    type Output = Self;

    fn neg(self) -> Self {
        self.negated()
    }
}

impl FromStr for Money {
    type Err = Error;

    /// Parses an amount in major units with its currency, as `Display` writes it: `19.90 NOK`.
    ///
    /// # Errors
    /// `invalid_decimal` for an invalid amount or a missing space before the currency; `unknown_currency`;
    /// `out_of_range` beyond 2^53 - 1 minor units.
    fn from_str(text: &str) -> Result<Self, Error> {
        let Some((amount, currency)) = text.split_once(' ') else {
            return Err(Error::new(
                Code::InvalidDecimal,
                "",
                "expected an amount with its currency such as `19.90 NOK`",
            ));
        };
        Self::parse_decimal(amount, currency.parse()?)
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

    /// Reads an amount that may have the field of another shape as null; empty if there is none.
    #[inline(never)]
    pub(crate) fn read_beside(other: &str, node: &Node<'_>) -> Self {
        node.object_by(other, Self::FIELDS, |fields| Self {
            amount: safe_integer(&fields.node("amount")),
            currency: fields.required("currency"),
        })
    }
}

impl Shape for Money {
    #[inline(never)]
    fn read(node: &Node<'_>) -> Self {
        Self::read_beside("", node)
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
        let nok = ["19.999", "", "-", ".5", "5.", "+5", "1,5", "1 000", "1e3", "--1", "1.-5", "NaN", "٣"];
        for (text, code) in nok.map(|text| (text, "NOK")).into_iter().chain([("1.0", "JPY")]) {
            let error = Money::parse_decimal(text, code.parse().unwrap()).unwrap_err();
            assert_eq!(error.code(), Code::InvalidDecimal, "{text}");
        }
        for text in ["90071992547409.92", "-90071992547409.92", "99999999999999999999999999"] {
            let error = Money::parse_decimal(text, "NOK".parse().unwrap()).unwrap_err();
            assert_eq!((error.code(), error.path()), (Code::OutOfRange, ""), "{text}");
        }
    }

    #[test]
    fn parses_what_it_displays() {
        for text in ["19.90 NOK", "-0.05 NOK", "1000 CLP", "0.001 KWD", "90071992547409.91 NOK"] {
            assert_eq!(text.parse::<Money>().unwrap().to_string(), text);
        }
        assert_eq!("19.9 NOK".parse(), Ok(money(1990, "NOK")));
        for (text, code) in [
            ("", Code::InvalidDecimal),
            ("19.90", Code::InvalidDecimal),
            ("19.90NOK", Code::InvalidDecimal),
            ("19.999 NOK", Code::InvalidDecimal),
            ("NOK 19.90", Code::UnknownCurrency),
            ("19.90  NOK", Code::UnknownCurrency),
            ("19.90 nok", Code::UnknownCurrency),
            ("90071992547409.92 NOK", Code::OutOfRange),
        ] {
            let error = text.parse::<Money>().unwrap_err();
            assert_eq!((error.code(), error.path()), (code, ""), "{text}");
        }
    }

    #[test]
    fn sums_are_checked() {
        assert_eq!(money(1, "NOK").checked_sub(money(3, "NOK")).unwrap(), money(-2, "NOK"));
        assert_eq!(money(1, "NOK").checked_sub(money(2, "SEK")).unwrap_err().code(), Code::CurrencyMismatch);
        assert_eq!(money(-MAX_SAFE, "NOK").checked_sub(money(1, "NOK")).unwrap_err().code(), Code::OutOfRange);
        assert_eq!(-money(MAX_SAFE, "NOK"), money(-MAX_SAFE, "NOK"));
        assert_eq!(money(1, "NOK").checked_add(money(2, "NOK")).unwrap(), money(3, "NOK"));
        assert_eq!(money(1, "NOK").checked_add(money(2, "SEK")).unwrap_err().code(), Code::CurrencyMismatch);
        assert_eq!(money(MAX_SAFE, "NOK").checked_add(money(1, "NOK")).unwrap_err().code(), Code::OutOfRange);
        assert_eq!(money(-5, "NOK").at_least_zero(), money(0, "NOK"));
        assert!(Money::new(i64::MIN, "NOK".parse().unwrap()).is_err());
    }
}
