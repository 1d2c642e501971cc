//! Lines: what explains an amount, on a receipt or a page, without more computation.

use std::fmt;

use crate::date::Date;
use crate::digits::digits;
use crate::json::{object, words};
use crate::money::Money;
use crate::schedule::Period;

/// What a line of an amount is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LineKind {
    /// A whole period.
    Period,
    /// A short first period.
    Stub,
    /// The unused part of the old price, given back.
    Credit,
    /// The remaining part at the new price.
    Charge,
    /// What earlier payments left over, or left to be paid.
    Balance,
    /// A charge of its own amount beside the schedule.
    Unscheduled,
    /// A verification of the card, without money.
    Verification,
}

words!(LineKind { Period "period", Stub "stub", Credit "credit", Charge "charge", Balance "balance",
    Unscheduled "unscheduled", Verification "verification",
});

/// The days that a line is for: from `start` up to, but not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub start: Date,
    /// The first day that is no longer part of it.
    pub end: Date,
}

object!(Span { start: required "start", end: required "end" });

impl From<&Period> for Span {
    fn from(period: &Period) -> Self {
        Self { start: period.start, end: period.end }
    }
}

/// Some of the days of a full period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    /// The days.
    pub days: u32,
    /// The days of a full period.
    pub period_days: u32,
}

object!(Fraction { days: required "days", period_days: required "periodDays" });

impl Fraction {
    pub(crate) fn text(self) -> String {
        [&digits(self.days), " of ", &digits(self.period_days), " days"].concat()
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// A line that explains a part of an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is for.
    pub kind: LineKind,
    /// The days that it is for.
    pub period: Option<Span>,
    /// The part of a full period that it is.
    pub fraction: Option<Fraction>,
    /// The amount, rounded by itself (R3.2).
    pub amount: Money,
    /// The same for people, in English.
    pub note: String,
}

object!(Line {
    kind: required "kind",
    period: nullable "period",
    fraction: nullable "fraction",
    amount: required "amount",
    note: required "note",
});

impl Line {
    /// A whole period at its price.
    pub(crate) fn whole_period(period: &Period, price: Money) -> Self {
        let note = ["a whole period at ", &price.text()].concat();
        Self { kind: LineKind::Period, period: Some(period.into()), fraction: None, amount: price, note }
    }
}
