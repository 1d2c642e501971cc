//! What Nexi would reject in a string or an amount, as far as its reference documents it (R7.2).

use crate::digits::digits;
use crate::error::{Code, Problems};
use crate::money::Money;
pub(super) use crate::providers::validate::{above_zero as positive, is_digits};
use crate::providers::validate::{currency, is_uuid, url as web};

/// The maximum length of most strings (OpenAPI).
pub(super) const LONG: usize = 128;
/// The maximum length of `myReference` of a payment and of its charge (OpenAPI, which has none for agreements, batches
/// and refunds).
pub(super) const SHORT: usize = 36;
/// The maximum length of the URLs of an embedded checkout and of a webhook (OpenAPI, which has none for the others).
pub(super) const URL: usize = 256;
/// The characters that Nexi rejects in references, units, postal addresses and webhook URLs (OpenAPI).
pub(super) const STRICT: &str = "<>'\"&\\";
/// The characters that it rejects in the URLs of a checkout and of terms (OpenAPI).
pub(super) const QUOTES: &str = "<>'\"\\";
/// The characters that it rejects in the reference and name of an item (OpenAPI).
pub(super) const LOOSE: &str = "<>\\";
/// The currencies that clients of Nexi Checkout support. One source; Nexi has no public table.
pub(super) const CURRENCIES: [&str; 8] = ["DKK", "EUR", "GBP", "NOK", "SEK", "USD", "PLN", "CHF"];

/// Rejects a string that is blank, longer than `most` characters, or contains a refused one.
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

/// Checks an optional string like [`text`].
pub(super) fn optional(value: Option<&String>, path: &str, most: usize, refused: &str, problems: &mut Problems) {
    if let Some(value) = value {
        text(value, path, most, refused, problems);
    }
}

/// Checks the reference of a payment. It is also sent in a header, so it is ASCII without control characters (RFC
/// 9110).
pub(super) fn reference(value: &str, path: &str, problems: &mut Problems) {
    text(value, path, LONG, STRICT, problems);
    if !value.is_ascii() || value.chars().any(char::is_control) {
        problems.push_at(Code::InvalidString, path, "expected ASCII characters only, no control characters");
    }
}

/// Checks an id of Nexi's: a UUID (OpenAPI), usually without hyphens.
pub(super) fn id(value: &str, path: &str, problems: &mut Problems) {
    let bare = value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !bare && !is_uuid(value) {
        problems.push_at(Code::InvalidString, path, "expected an id of 32 hex digits, with or without hyphens");
    }
}

/// Checks a URL, the characters that Nexi rejects in it and, if there is one, its maximum length.
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
        let message = ["expected a URL ", &longest, "without any of ", refused].concat();
        problems.push_at(Code::InvalidString, path, message);
    }
}

/// Checks that Nexi can represent an amount: its numbers have 32 bits.
pub(super) fn writable(amount: Money, path: &str, problems: &mut Problems) {
    if i32::try_from(amount.amount()).is_err() {
        let message = "expected -2147483648 to 2147483647 minor units, which is what nexi can represent";
        problems.push(Code::AmountNotRepresentable, [path, "/amount"].concat(), message);
    }
}

/// Checks the amount of a request: its currency and its size.
pub(super) fn amount(amount: Money, path: &str, problems: &mut Problems) {
    currency(amount, "nexi", &CURRENCIES, path, problems);
    writable(amount, path, problems);
}
