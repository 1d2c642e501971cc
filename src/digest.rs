//! Digests of what was agreed: SHA-256 of a short string (R8.3).

use sha2::{Digest, Sha256};

use crate::cycle::Step;
use crate::date::Date;
use crate::digits::digits;
use crate::money::Money;
use crate::schedule::Schedule;

/// The hash of what was agreed, computed as it is written: a line for the kind and its version, then a line `name
/// value` for each figure that is given.
pub(crate) struct Agreed(Sha256);

impl Agreed {
    /// Begins with the kind and its version.
    pub(crate) fn new(kind: &str) -> Self {
        let mut text = Self(Sha256::new());
        text.put(&[kind, "\n"]);
        text
    }

    fn put(&mut self, parts: &[&str]) {
        for part in parts {
            self.0.update(part.as_bytes());
        }
    }

    pub(crate) fn word(&mut self, name: &str, word: &str) {
        self.put(&[name, " ", word, "\n"]);
    }

    pub(crate) fn number(&mut self, name: &str, number: u32) {
        self.word(name, &digits(number));
    }

    pub(crate) fn day(&mut self, name: &str, day: Date) {
        self.word(name, &day.text());
    }

    /// Adds an amount in minor units with its currency.
    pub(crate) fn money(&mut self, name: &str, money: Money) {
        self.put(&[name, " ", &digits(money.amount()), " ", money.currency().code(), "\n"]);
    }

    /// Adds a future payment: its day and its amount.
    pub(crate) fn payment(&mut self, name: &str, day: Date, money: Money) {
        self.put(&[name, " ", &day.text(), " ", &digits(money.amount()), " ", money.currency().code(), "\n"]);
    }

    /// Adds a schedule. Its cycle is written in days or months, so that cycles of equal length are equal.
    pub(crate) fn schedule(&mut self, schedule: &Schedule) {
        self.day("start", schedule.start());
        let (length, unit) = match schedule.cycle().step() {
            Step::Days(days) => (days, "days"),
            Step::Months(months) => (months, "months"),
        };
        self.put(&["cycle ", &digits(length), " ", unit, "\n"]);
        if let Some(day) = schedule.anchor_day() {
            self.number("anchorDay", day);
        }
        if let Some(end_date) = schedule.end_date() {
            self.day("endDate", end_date);
        }
        if let Some(count) = schedule.payment_count() {
            self.number("paymentCount", count);
        }
    }

    /// Returns the digest in hex.
    pub(crate) fn digest(self) -> String {
        hex(&self.0.finalize())
    }
}

/// Returns the SHA-256 of a string in hex.
#[cfg(feature = "_providers")]
pub(crate) fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// Writes bytes in lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte.wrapping_shr(4)), digit(byte & 15)]).collect()
}
