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
    pub(crate) fn push(self, to: &mut String) {
        to.push_str(&Digits::of(self.days.into()));
        to.push_str(" of ");
        to.push_str(&Digits::of(self.period_days.into()));
        to.push_str(" days");
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push(&mut text);
        f.write_str(&text)
    }
}
