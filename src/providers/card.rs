//! Checks of cards that need no request (R7.3).

use crate::date::Date;
use crate::error::{Code, Error};
use crate::json::{object, words};
use crate::providers::http::Secret;

/// The kind of a card number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardType {
    /// The number on the card itself.
    Card,
    /// The number of a network token (DPAN), which has a new cryptogram for each payment.
    NetworkToken,
}

words!(CardType { Card "card", NetworkToken "network_token" });

/// What is stored of a card to charge it again. The security code must never be stored, and a cryptogram is valid for
/// one payment, so neither is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCard {
    /// The kind of the number.
    pub card_type: CardType,
    /// The name on the card.
    pub holder: String,
    /// The number, digits only.
    pub number: Secret,
    /// The month of expiry, 1 to 12. The card is valid until its end.
    pub expiry_month: u32,
    /// The year of expiry, four digits.
    pub expiry_year: u32,
}

object!(StoredCard {
    card_type: required "type",
    holder: required "holder",
    number: required "number",
    expiry_month: required "expiryMonth",
    expiry_year: required "expiryYear",
});

/// Checks the length and the check digit of a card number without spaces. The error never contains the number.
///
/// # Errors
/// `invalid_card_number`.
pub fn check_number(number: &str, path: &str) -> Result<(), Error> {
    let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    let message = if number.contains([' ', '-']) {
        "expected the digits of the card number alone: remove spaces and hyphens"
    } else if digits.len() != number.chars().count() {
        "expected the digits of the card number"
    } else if !(12..=19).contains(&digits.len()) {
        "expected a card number of 12 to 19 digits"
    } else if luhn(&digits) != 0 {
        "expected a card number whose check digit is right"
    } else {
        return Ok(());
    };
    Err(Error::at(Code::InvalidCardNumber, path, message))
}

/// Returns the Luhn sum modulo 10; 0 if the check digit is right.
fn luhn(digits: &[u32]) -> u32 {
    const DOUBLED: [u32; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
    let doubled = |digit: &u32| DOUBLED.get(usize::try_from(*digit).ok()?).copied();
    let mut sum = 0u32;
    for (index, digit) in digits.iter().rev().enumerate() {
        let weighted = if index.rem_euclid(2) == 0 { *digit } else { doubled(digit).unwrap_or_default() };
        sum = sum.saturating_add(weighted);
    }
    sum.rem_euclid(10)
}

/// Checks that a card is valid on a day. A card is valid through the last day of its month.
///
/// # Errors
/// `out_of_range` for a month outside 1 to 12 or a year without four digits; `card_expired`.
pub fn check_expiry(month: u32, year: u32, on: Date, path: &str) -> Result<(), Error> {
    let wrong = |field: &str, message: &'static str| Error::new(Code::OutOfRange, [path, field].concat(), message);
    if !(1_000..=9_999).contains(&year) {
        return Err(wrong("/expiryYear", "expected a year of four digits, such as `2030`"));
    }
    let first = i32::try_from(year).ok().and_then(|year| Date::new(year, month, 1).ok());
    let first = first.ok_or_else(|| wrong("/expiryMonth", "expected a month from 1 to 12"))?;
    if first.month_number() >= on.month_number() {
        return Ok(());
    }
    let message = ["the card expires before the payment of `", &on.iso(), "`"].concat();
    Err(Error::new(Code::CardExpired, [path, "/expiryYear"].concat(), message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_numbers() {
        // The schemes' public test numbers.
        for right in ["4111111111111111", "5555555555554444", "378282246310005", "6362970000457013", "30569309025904"] {
            assert_eq!(check_number(right, ""), Ok(()), "{right}");
        }
        for wrong in [
            "4111111111111112",
            "4111 1111 1111 1111",
            "",
            "0",
            "41111111111",
            "411111111111111a",
            "00000000000000000000",
        ] {
            assert_eq!(check_number(wrong, "/n").unwrap_err().code(), Code::InvalidCardNumber, "{wrong}");
        }
        // What is wrong is said.
        for (wrong, says) in
            [("4111 1111 1111 1111", "spaces"), ("4111-1111-1111-1111", "hyphens"), ("411", "12 to 19")]
        {
            assert!(check_number(wrong, "/n").unwrap_err().message().contains(says), "{wrong}");
        }
        // Every single wrong digit is found.
        for at in 0..16 {
            for digit in ('0'..='9').filter(|d| *d != "4111111111111111".as_bytes()[at] as char) {
                let mut number: Vec<char> = "4111111111111111".chars().collect();
                number[at] = digit;
                assert!(check_number(&number.iter().collect::<String>(), "").is_err());
            }
        }
    }

    #[test]
    fn a_card_is_good_through_its_month() {
        let on = |day: &str| check_expiry(12, 2030, day.parse().unwrap(), "/card").map_err(|error| error.code());
        assert_eq!(on("2030-12-31"), Ok(()));
        assert_eq!(on("2031-01-01"), Err(Code::CardExpired));
        assert_eq!(check_expiry(13, 2030, "2030-01-01".parse().unwrap(), "").unwrap_err().code(), Code::OutOfRange);
        for year in [0, 30, 999, 10_000, u32::MAX] {
            let error = check_expiry(1, year, "2030-01-01".parse().unwrap(), "/card").unwrap_err();
            assert_eq!((error.code(), error.path()), (Code::OutOfRange, "/card/expiryYear"));
        }
    }
}
