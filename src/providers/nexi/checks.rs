//! What Nexi would refuse of a text or an amount, as far as its reference says (R7.2).

use crate::digits::digits;
use crate::error::{Code, Problems};
use crate::money::Money;
pub(super) use crate::providers::validate::{above_zero as positive, is_digits};
use crate::providers::validate::{currency, is_uuid, url as web};

/// How long most texts may be (OpenAPI).
pub(super) const LONG: usize = 128;
/// How long `myReference` of a payment and of its charge may be (OpenAPI, which has none for agreements, batches and refunds).
pub(super) const SHORT: usize = 36;
/// How long the address of an embedded checkout and that of a webhook may be (OpenAPI, which has none for the others).
pub(super) const URL: usize = 256;
/// The characters that Nexi refuses in references, units, postal addresses and webhooks' addresses (OpenAPI).
pub(super) const STRICT: &str = "<>'\"&\\";
/// Those that it refuses in the addresses of a checkout and of terms (OpenAPI).
pub(super) const QUOTES: &str = "<>'\"\\";
/// Those that it refuses in the reference and name of an item (OpenAPI).
pub(super) const LOOSE: &str = "<>\\";
/// The currencies that clients of Nexi Checkout know. One source; Nexi has no public table.
pub(super) const CURRENCIES: [&str; 8] = ["DKK", "EUR", "GBP", "NOK", "SEK", "USD", "PLN", "CHF"];

/// A text that is not blank, has at most so many characters, and none of those refused.
pub(super) fn text(value: &str, path: &str, most: usize, refused: &str, problems: &mut Problems) {
    if value.trim().is_empty() || !fits(value, most, refused) {
        let without = if refused.is_empty() { "" } else { " without any of " };
        let message = ["expected 1 to ", &digits(most), " characters", without, refused];
        problems.push_at(Code::InvalidString, path, message.concat());
    }
}

fn fits(value: &str, most: usize, refused: &str) -> bool {
    value.chars().count() <= most && !value.contains(|c| refused.contains(c))
}

/// The same for a text that may be absent.
pub(super) fn optional(value: Option<&String>, path: &str, most: usize, refused: &str, problems: &mut Problems) {
    if let Some(value) = value {
        text(value, path, most, refused, problems);
    }
}

/// The reference of a payment: it goes into a header too, so it is ASCII without control characters (RFC 9110).
pub(super) fn reference(value: &str, path: &str, problems: &mut Problems) {
    text(value, path, LONG, STRICT, problems);
    if !value.is_ascii() || value.chars().any(char::is_control) {
        problems.push_at(Code::InvalidString, path, "expected ASCII characters only, no control characters");
    }
}

/// An id of Nexi's: a UUID (OpenAPI), usually written without its hyphens.
pub(super) fn id(value: &str, path: &str, problems: &mut Problems) {
    let bare = value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !bare && !is_uuid(value) {
        problems.push_at(Code::InvalidString, path, "expected an id of 32 hex digits, with or without hyphens");
    }
}

/// An address on the web, with the characters that Nexi refuses in it and, where there is one, its greatest length.
pub(super) fn url(
    value: Option<&str>,
    local: bool,
    most: Option<usize>,
    refused: &str,
    path: &str,
    problems: &mut Problems,
) {
    web(value, local, path, problems);
    if value.is_some_and(|value| !fits(value, most.unwrap_or(usize::MAX), refused)) {
        let longest = most.map_or_else(String::new, |most| ["of at most ", &digits(most), " characters "].concat());
        let message = ["expected an address ", &longest, "without any of ", refused].concat();
        problems.push_at(Code::InvalidString, path, message);
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
