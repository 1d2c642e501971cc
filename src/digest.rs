//! Digests of what was agreed: SHA-256 of a short string (R8.3).

use sha2::{Digest, Sha256};

use crate::cycle::Step;
use crate::date::Date;
use crate::digits::Digits;
use crate::money::Money;
use crate::schedule::Schedule;

/// The document of what was agreed: a line for the kind and the version of the text, then a line `name value` for each figure that is
/// given.
pub(crate) struct Agreed(String);

impl Agreed {
    /// Begins with the kind and its version.
    pub(crate) fn new(kind: &str) -> Self {
        // As much as a change of plan takes.
        let mut text = Self(String::with_capacity(256));
        text.put(&[kind, "\n"]);
        text
    }

    fn put(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.0.push_str(part));
    }

    pub(crate) fn word(&mut self, name: &str, word: &str) {
        self.put(&[name, " ", word, "\n"]);
    }

    pub(crate) fn number(&mut self, name: &str, number: u32) {
        self.word(name, &Digits::of(number.into()));
    }

    pub(crate) fn day(&mut self, name: &str, day: Date) {
        self.word(name, &day.text());
    }

    /// Adds an amount in minor units with its currency.
    pub(crate) fn money(&mut self, name: &str, money: Money) {
        self.put(&[name, " ", &Digits::of(money.amount()), " ", money.currency().code(), "\n"]);
    }

    /// Adds a future payment: its day and its amount.
    pub(crate) fn payment(&mut self, name: &str, day: Date, money: Money) {
        self.put(&[name, " ", &day.text()]);
        self.money("", money);
    }

    /// Adds a schedule. Its cycle is written in days or months, so that cycles of equal length are equal.
    pub(crate) fn schedule(&mut self, schedule: &Schedule) {
        self.day("start", schedule.start());
        let (length, unit) = match schedule.cycle().step() {
            Step::Days(days) => (days, "days"),
            Step::Months(months) => (months, "months"),
        };
        self.put(&["cycle ", &Digits::of(length), " ", unit, "\n"]);
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
        sha256(&self.0)
    }

    /// Returns the first 64 bits of the digest.
    pub(crate) fn first_bits(self) -> u64 {
        first_bits(&self.0)
    }
}

/// Returns the first 64 bits of the SHA-256 of a string.
pub(crate) fn first_bits(text: &str) -> u64 {
    Sha256::digest(text).first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// SHA-256 of a text, in hex.
pub(crate) fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// Writes bytes in lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(if half < 10 { b'0' } else { b'a'.saturating_sub(10) }.saturating_add(half));
    let mut text = String::with_capacity(bytes.len().saturating_mul(2));
    for byte in bytes {
        text.push(digit(byte.wrapping_shr(4)));
        text.push(digit(byte & 15));
    }
    text
}
