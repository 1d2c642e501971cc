//! The amount of a scheduled payment, from the terms alone. The engine and the preview use nothing else (R8.1).

use super::line::{Line, LineKind, LineRule, Span};
use super::period_price::line_of;
use super::share::{FirstPeriod, Part, Share};
use crate::error::{Error, Errors};
use crate::indicator::AmountKind;
use crate::money::{Money, RoundingRule};
use crate::schedule::{Period, Schedule};

/// A schedule with the price of a full period, and how shares of it are charged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PricedSchedule {
    pub(crate) schedule: Schedule,
    pub(crate) price: Money,
    pub(crate) first_period: Option<FirstPeriod>,
    pub(crate) rule: RoundingRule,
}

/// A payment of the schedule, before any balance is applied.
#[derive(Debug, Clone)]
pub(crate) struct Scheduled {
    /// The days that it pays for.
    pub(crate) period: Period,
    /// The days of the full period against which a change in it is prorated; 0 if it is free (R3.1).
    pub(crate) period_days: u32,
    /// The line with its amount.
    pub(crate) line: Line,
}

impl Scheduled {
    /// Returns the payment of a part of a full period: a stub, whatever the first period of the terms costs (R3.8).
    pub(crate) fn part(period: Period, period_days: u32, price: Money, rule: RoundingRule) -> Result<Self, Error> {
        let part = Part::days(period.days(), period_days);
        let line = Share { part, price, span: Span::from(&period), rule }.charge(LineKind::Stub, LineRule::Stub)?;
        Ok(Self { period, period_days, line })
    }
}

impl PricedSchedule {
    /// Returns the payment with a number, counted from the first of this schedule; `None` after the last.
    pub(crate) fn payment(&self, number: u32) -> Result<Option<Scheduled>, Errors> {
        let Some(period) = self.schedule.period(number)? else { return Ok(None) };
        let line = line_of(&self.schedule, self.price, &period, self.first_period, self.rule)?;
        let period_days = Part::full_days(&self.schedule, &period, self.first_period.unwrap_or_default())?;
        Ok(Some(Scheduled { period, period_days, line }))
    }

    /// Returns whether an amount is the agreed price.
    pub(crate) fn amount_kind(price: Option<Money>, amount: Money) -> AmountKind {
        if price == Some(amount) { AmountKind::Fixed } else { AmountKind::Variable }
    }
}
