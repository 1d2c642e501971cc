//! Some of the days of a full period.

use std::fmt;

use crate::digits::Digits;
use crate::json::object;

/// Some of the days of a full period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
// Exhaustive: some days of others are all of it.
pub struct Fraction {
    /// The days.
    pub days: u32,
    /// The days of a full period.
    pub period_days: u32,
}

object!(Fraction { days: required "days", period_days: required "periodDays" });

impl Fraction {
    /// Adds it to a text for people.
    pub(crate) fn push(self, to: &mut Vec<u8>) {
        to.extend_from_slice(Digits::of(self.days.into()).as_bytes());
        to.extend_from_slice(b" of ");
        to.extend_from_slice(Digits::of(self.period_days.into()).as_bytes());
        to.extend_from_slice(b" days");
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::new();
        self.push(&mut text);
        f.write_str(str::from_utf8(&text).unwrap_or_default())
    }
}
