//! Digests of what was agreed: SHA-256 of a short string (R8.3).

use sha2::{Digest, Sha256};

use crate::cycle::Step;
use crate::date::Date;
use crate::digits::Digits;
use crate::money::Money;
use crate::schedule::Schedule;

/// The document of what was agreed: a line for the kind and the version of the text, then a line `name value` for each figure that is
/// given.
pub(crate) struct Agreed(Vec<u8>);

impl Agreed {
    /// Begins with the kind and its version.
    pub(crate) fn new(kind: &str) -> Self {
        // As much as a change of plan takes.
        let mut text = Self(Vec::with_capacity(320));
        text.put(kind.as_bytes(), b'\n');
        text
    }

    /// Adds a part and the byte after it.
    fn put(&mut self, part: &[u8], after: u8) {
        self.0.extend_from_slice(part);
        self.0.push(after);
    }

    fn line(&mut self, name: &str, value: &[u8]) {
        self.put(name.as_bytes(), b' ');
        self.put(value, b'\n');
    }

    pub(crate) fn word(&mut self, name: &str, word: &str) {
        self.line(name, word.as_bytes());
    }

    pub(crate) fn number(&mut self, name: &str, number: u32) {
        self.line(name, Digits::of(number.into()).as_bytes());
    }

    pub(crate) fn day(&mut self, name: &str, day: Date) {
        self.line(name, day.text().as_bytes());
    }

    /// Adds a length in days or months.
    pub(crate) fn length(&mut self, name: &str, length: i64, unit: &str) {
        self.put(name.as_bytes(), b' ');
        self.put(Digits::of(length).as_bytes(), b' ');
        self.put(unit.as_bytes(), b'\n');
    }

    /// Adds an amount in minor units with its currency.
    pub(crate) fn money(&mut self, name: &str, money: Money) {
        self.put(name.as_bytes(), b' ');
        self.put(Digits::of(money.amount()).as_bytes(), b' ');
        self.put(money.currency().code().as_bytes(), b'\n');
    }

    /// Adds a future payment: its day and its amount.
    pub(crate) fn payment(&mut self, name: &str, day: Date, money: Money) {
        self.put(name.as_bytes(), b' ');
        self.0.extend_from_slice(day.text().as_bytes());
        self.money("", money);
    }

    /// Adds a schedule. Its cycle is written in days or months, so that cycles of equal length are equal.
    pub(crate) fn schedule(&mut self, schedule: &Schedule) {
        self.day("start", schedule.start());
        let (length, unit) = match schedule.cycle().step() {
            Step::Days(days) => (days, "days"),
            Step::Months(months) => (months, "months"),
        };
        self.length("cycle", length, unit);
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
pub(crate) fn first_bits(text: &[u8]) -> u64 {
    Sha256::digest(text).first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// SHA-256 of a text, in hex.
pub(crate) fn sha256(text: &[u8]) -> String {
    hex(&Sha256::digest(text))
}

/// Writes bytes in lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| if half < 10 { b'0' | half } else { half.wrapping_add(b'a' - 10) };
    let digits = bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    String::from_utf8(digits).unwrap_or_default()
}
