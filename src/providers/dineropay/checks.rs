//! What DineroPay would reject, as far as it is documented (R7.2). No message repeats the input.

use crate::error::{Code, Error, Problems};
pub(super) use crate::providers::validate::base_url;
use crate::providers::validate::url as web;

/// The required form of a string.
pub(super) struct Form {
    shortest: usize,
    longest: usize,
    allowed: fn(char) -> bool,
    says: &'static str,
}

impl Form {
    const fn new(shortest: usize, longest: usize, allowed: fn(char) -> bool, says: &'static str) -> Self {
        Self { shortest, longest, allowed, says }
    }

    pub(super) fn fits(&self, text: &str) -> bool {
        (self.shortest..=self.longest).contains(&text.chars().count())
            && text.chars().all(self.allowed)
            && !text.trim().is_empty()
    }

    pub(super) fn problem(&self, path: &str) -> Error {
        Error::at(Code::InvalidString, path, ["expected ", self.says].concat())
    }

    pub(super) fn check(&self, text: &str, path: &str, problems: &mut Problems) {
        if !self.fits(text) {
            problems.add(self.problem(path));
        }
    }
}

/// No length is documented.
const ANY: usize = usize::MAX;

// Lengths without a source are those of the platform's reference of the checkout protocol.
/// DineroPay's page on schedules: up to 255 characters.
pub(super) const KEY: Form = Form::new(1, 255, graphic, "the merchant key, 1 to 255 characters");
pub(super) const PASSWORD: Form = Form::new(1, ANY, any, "the merchant's password");
/// A payment, a schedule or a transaction. The platform's tables: a string of up to 255 characters.
pub(super) const ID: Form = Form::new(1, 255, graphic, "an id of 1 to 255 characters without spaces");
/// Opaque: a UUID in practice, shorter in the platform's samples.
pub(super) const TOKEN: Form = Form::new(1, ANY, graphic, "a token without spaces");
pub(super) const CARD_TOKEN: Form = Form::new(64, 64, graphic, "a card token of 64 characters");
/// The reference allows letters, digits and some signs, and only hyphens in the recurring request; shops send `+`, `_`
/// and `=` to both. This check requires only that all sides hash the number alike and that it returns as it was sent.
pub(super) const ORDER_NUMBER: Form =
    Form::new(1, 255, numbered, "1 to 255 letters without accents, digits and signs, no spaces");
/// The reference allows letters, digits and some signs, and its samples contain spaces too; shops send others. As
/// above.
pub(super) const DESCRIPTION: Form =
    Form::new(2, 1024, described, "2 to 1024 letters without accents, digits, spaces and signs");
/// The reference allows Latin letters; shops send Arabic names.
pub(super) const NAME: Form = Form::new(2, 32, printable, "2 to 32 characters");
pub(super) const EMAIL: Form = Form::new(2, 255, unspaced, "an e-mail address of up to 255 characters");
/// Source: the reference of the card protocol. The name is sent in a form, whose fields have no control characters.
pub(super) const SCHEDULE_NAME: Form = Form::new(1, 100, printable, "a name of 1 to 100 characters");
pub(super) const CHANNEL: Form = Form::new(1, 16, any, "a channel of 1 to 16 characters");
pub(super) const METHOD: Form = Form::new(1, ANY, any, "a payment method such as `card`");
pub(super) const COUNTRY: Form = Form::new(2, 2, capital, "a country code of two capital letters, such as `SA`");
pub(super) const STATE: Form = Form::new(2, 32, printable, "a state of 2 to 32 characters");
/// ISO 3166-2. The platform requires it in the United States, Canada, Australia, Japan and India.
pub(super) const STATE_CODE: Form =
    Form::new(2, 2, capital, "a state code of two capital letters, which this country requires");
pub(super) const CITY: Form = Form::new(2, 40, printable, "a city of 2 to 40 characters");
pub(super) const STREET: Form = Form::new(2, 32, printable, "2 to 32 characters");
pub(super) const HOUSE: Form = Form::new(1, 9, printable, "a house number of 1 to 9 characters");
pub(super) const ZIP: Form = Form::new(2, 10, printable, "a postal code of 2 to 10 characters");
pub(super) const PHONE: Form = Form::new(1, 32, dialled, "a phone number of 1 to 32 digits, spaces and `+()-`");
pub(super) const CARD: Form = Form::new(
    12,
    19,
    |c| c.is_ascii_digit() || c == '*',
    "the first six and the last four digits of a card number, 12 to 19 characters",
);
pub(super) const SEALED: Form = Form::new(1, 6, |c| c.is_ascii_digit(), "digits");
const URL: Form = Form::new(1, 1024, any, "a URL of up to 1024 characters");

fn any(_: char) -> bool {
    true
}

fn unspaced(c: char) -> bool {
    !c.is_control() && !c.is_whitespace()
}

fn graphic(c: char) -> bool {
    c.is_ascii_graphic()
}

fn printable(c: char) -> bool {
    !c.is_control()
}

fn capital(c: char) -> bool {
    c.is_ascii_uppercase()
}

fn dialled(c: char) -> bool {
    c.is_ascii_digit() || " +()-".contains(c)
}

/// Returns whether all sources hash a character alike. A letter with a case outside a to z is hashed in different ways
/// by different pages, so its request could be rejected. Arabic has no case.
fn described(c: char) -> bool {
    // Not by its lower case: the standard library's table for that is as large as all these checks together.
    let caseless = c.to_uppercase().eq([c]) && !c.is_uppercase();
    !c.is_control() && (c.is_ascii() || caseless)
}

fn numbered(c: char) -> bool {
    described(c) && !c.is_whitespace()
}

pub(super) fn email(text: &str, path: &str, problems: &mut Problems) {
    if !EMAIL.fits(text) || !text.contains('@') {
        problems.add(EMAIL.problem(path));
    }
}

/// Checks a URL to which the payer is sent. Test accounts of DineroPay differ only in their keys, so a page on this
/// machine is allowed.
pub(super) fn url(text: &str, path: &str, problems: &mut Problems) {
    web(Some(text), true, path, problems);
    URL.check(text, path, problems);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_describes_an_order_is_hashed_alike_by_all() {
        for c in ('\u{80}'..=char::MAX).filter(|c| described(*c)) {
            assert!(c.to_uppercase().eq([c]) && c.to_lowercase().eq([c]), "{c}");
        }
        assert!("aZ0 شهر1º月_=+–’".chars().all(described) && !numbered(' '));
        assert!(!"éÉßǅΣİ".chars().any(described));
    }
}
