//! What DineroPay would refuse, as far as it is documented (R7.2). No message repeats what was given.

use crate::error::{Code, Error, Problems};
pub(super) use crate::providers::validate::base_url;
use crate::providers::validate::url as web;

/// What a text has to be like.
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

// Lengths without a word are those of the platform's reference of the checkout protocol.
/// DineroPay's page on schedules: up to 255 characters.
pub(super) const KEY: Form = Form::new(1, 255, graphic, "the merchant key, 1 to 255 characters");
pub(super) const PASSWORD: Form = Form::new(1, ANY, any, "the merchant's password");
/// A payment, a schedule or a transaction. The platform's tables: a text of up to 255 characters.
pub(super) const ID: Form = Form::new(1, 255, graphic, "an id of 1 to 255 characters without blanks");
/// Opaque: a UUID in practice, shorter in the platform's samples.
pub(super) const TOKEN: Form = Form::new(1, ANY, graphic, "a token without blanks");
pub(super) const CARD_TOKEN: Form = Form::new(64, 64, graphic, "a card token of 64 characters");
/// The reference has letters, digits and some signs, in the recurring request hyphens alone; shops send `+`, `_` and `=` to both. What
/// is left is that all hash it alike, and that it comes back as it was sent.
pub(super) const ORDER_NUMBER: Form =
    Form::new(1, 255, numbered, "1 to 255 letters without accents, digits and signs, no blanks");
/// The reference has letters, digits and some signs, its samples blanks besides; shops send others. As above.
pub(super) const DESCRIPTION: Form =
    Form::new(2, 1024, described, "2 to 1024 letters without accents, digits, blanks and signs");
/// The reference has Latin letters; shops send Arabic names.
pub(super) const NAME: Form = Form::new(2, 32, printable, "2 to 32 characters");
pub(super) const EMAIL: Form = Form::new(2, 255, unspaced, "an e-mail address of up to 255 characters");
/// The reference of the card protocol. It goes into a form, whose fields have no control characters.
pub(super) const SCHEDULE_NAME: Form = Form::new(1, 100, printable, "a name of 1 to 100 characters");
pub(super) const CHANNEL: Form = Form::new(1, 16, any, "a channel of 1 to 16 characters");
pub(super) const METHOD: Form = Form::new(1, ANY, any, "a payment method such as `card`");
pub(super) const COUNTRY: Form = Form::new(2, 2, capital, "a country by its two capital letters, such as `SA`");
pub(super) const STATE: Form = Form::new(2, 32, printable, "a state of 2 to 32 characters");
/// ISO 3166-2. What the platform asks for in the United States, Canada, Australia, Japan and India.
pub(super) const STATE_CODE: Form = Form::new(2, 2, capital, "a state by its two capital letters in this country");
pub(super) const CITY: Form = Form::new(2, 40, printable, "a city of 2 to 40 characters");
pub(super) const STREET: Form = Form::new(2, 32, printable, "2 to 32 characters");
pub(super) const HOUSE: Form = Form::new(1, 9, printable, "a house number of 1 to 9 characters");
pub(super) const ZIP: Form = Form::new(2, 10, printable, "a postal code of 2 to 10 characters");
pub(super) const PHONE: Form = Form::new(1, 32, dialled, "a phone number of 1 to 32 digits, blanks and +()-");
pub(super) const CARD: Form = Form::new(
    12,
    19,
    |c| c.is_ascii_digit() || c == '*',
    "the first six and the last four digits of a card number, 12 to 19 characters",
);
pub(super) const SEALED: Form = Form::new(1, 6, |c| c.is_ascii_digit(), "digits");
const URL: Form = Form::new(1, 1024, any, "an address of up to 1024 characters");

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

/// A letter with a case outside a to z is hashed in one way by one page and in another by the next, so its request could be
/// refused. Arabic has no case.
fn described(c: char) -> bool {
    // Not by its lower case: the standard library's table of those is as large as all of these checks.
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

/// An address to which the payer is sent. DineroPay's test accounts differ in their keys alone, so a page on this machine is possible.
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
