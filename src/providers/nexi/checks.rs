//! What Nexi would refuse of a text or an amount, as far as its reference says (R7.2).

use crate::digits::digits;
use crate::error::{Code, Problems, quote};
use crate::money::Money;
pub(super) use crate::providers::validate::{above_zero as positive, is_digits};
use crate::providers::validate::{currency, is_secure_url, is_uuid};

/// How long most texts may be.
pub(super) const LONG: usize = 128;
/// How long a URL may be.
const URL: usize = 256;
/// The characters that Nexi refuses in references, units, addresses and URLs.
pub(super) const STRICT: &str = "<>'\"&\\";
/// Those that it refuses in the reference and name of an item.
pub(super) const LOOSE: &str = "<>\\";
/// The currencies that clients of Nexi Checkout know. One source; Nexi has no public table.
pub(super) const CURRENCIES: [&str; 8] = ["DKK", "EUR", "GBP", "NOK", "SEK", "USD", "PLN", "CHF"];

/// A text that is not blank, has at most so many characters, and none of those refused.
pub(super) fn text(value: &str, path: &str, most: usize, refused: &str, problems: &mut Problems) {
    let wrong = |c: char| c.is_control() || refused.contains(c);
    if value.trim().is_empty() || value.chars().count() > most || value.chars().any(wrong) {
        let without = if refused.is_empty() { "" } else { " and without any of " };
        let message = ["expected 1 to ", &digits(most), " characters, no control characters", without, refused];
        problems.push_at(Code::InvalidString, path, message.concat());
    }
}

/// The same for a text that may be absent.
pub(super) fn optional(value: Option<&String>, path: &str, most: usize, refused: &str, problems: &mut Problems) {
    if let Some(value) = value {
        text(value, path, most, refused, problems);
    }
}

/// The reference of a payment: it goes into a header too, so it is ASCII.
pub(super) fn reference(value: &str, path: &str, problems: &mut Problems) {
    text(value, path, LONG, STRICT, problems);
    if !value.is_ascii() {
        problems.push_at(Code::InvalidString, path, "expected ASCII characters only");
    }
}

/// An id of Nexi's: a UUID, usually written without its hyphens.
pub(super) fn id(value: &str, path: &str, problems: &mut Problems) {
    let bare = value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !bare && !is_uuid(value) {
        problems.push_at(Code::InvalidString, path, "expected an id of 32 hex digits, with or without hyphens");
    }
}

/// An address on the web, encrypted unless it is this very machine's. Nexi refuses `&` and quotes in it too (one source).
pub(super) fn url(value: Option<&str>, path: &str, problems: &mut Problems) {
    let Some(value) = value else { return };
    if !is_secure_url(value) || value.contains(|c| STRICT.contains(c)) || value.len() > URL {
        let message =
            ["expected an address that begins with `https://`, of at most 256 characters and without any of ", STRICT];
        problems.push_at(Code::InvalidString, path, [&message.concat(), ", found ", &quote(value)].concat());
    }
}

/// An amount that Nexi can write: its numbers have 32 bits.
pub(super) fn writable(amount: Money, path: &str, problems: &mut Problems) {
    if i32::try_from(amount.amount()).is_err() {
        let message = "nexi writes amounts from -2147483648 to 2147483647 minor units";
        problems.push(Code::AmountNotRepresentable, [path, "/amount"].concat(), message);
    }
}

/// The amount of a request: of a currency that Nexi takes, and writable.
pub(super) fn amount(amount: Money, path: &str, problems: &mut Problems) {
    currency(amount, "nexi", &CURRENCIES, path, problems);
    writable(amount, path, problems);
}
