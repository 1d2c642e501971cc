//! Shares: the only code that turns a price and some days into an amount and the line that explains it (R3.2, R3.8).

use super::costs::Entry;
use super::fraction::Fraction;
use super::line::{Line, LineKind, LineRule, Span};
use super::note::Note;
use crate::date::Date;
use crate::error::{Code, Error};
use crate::json::words;
use crate::money::{Money, RoundingRule};
use crate::schedule::{Period, Schedule};

/// What a stub costs. An anchor day causes a stub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum FirstPeriod {
    /// The share of the price for its days, out of the days of a full period. The default.
    #[default]
    Prorated,
    /// The full price.
    Full,
    /// Nothing.
    Free,
}

words!(FirstPeriod { Prorated "prorated", Full "full", Free "free" });

/// A part of a price.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    /// The part for some days of a full period.
    Days(Fraction),
    /// None of it: the period is free.
    Nothing,
}

impl Part {
    /// Returns the part of a period from a day on (R3.1). In a stub, the days are divided by those of the full period
    /// that it is a part of, unless the stub costs the full price.
    pub(crate) fn left(
        schedule: &Schedule,
        period: &Period,
        from: Date,
        first_period: FirstPeriod,
    ) -> Result<Self, Error> {
        match (u32::try_from(from.days_until(period.end)), Self::full_days(schedule, period, first_period)?) {
            (_, 0) => Ok(Part::Nothing),
            (Ok(days), period_days) => Ok(Part::Days(Fraction { days, period_days })),
            (Err(_), _) => Err(too_large()),
        }
    }

    /// The days against which those of a period are held; 0 where it is free.
    pub(crate) fn full_days(schedule: &Schedule, period: &Period, first_period: FirstPeriod) -> Result<u32, Error> {
        let days = match first_period {
            FirstPeriod::Prorated => schedule.nominal_days(period)?,
            FirstPeriod::Free if schedule.is_stub(period) => 0,
            FirstPeriod::Full | FirstPeriod::Free => period.days(),
        };
        u32::try_from(days).map_err(|_| too_large())
    }

    /// Returns some days of a full period; nothing if that has no days.
    pub(crate) fn days(days: i64, period_days: u32) -> Self {
        match u32::try_from(days) {
            Ok(days) if period_days > 0 => Part::Days(Fraction { days, period_days }),
            _ => Part::Nothing,
        }
    }

    pub(crate) fn fraction(self) -> Option<Fraction> {
        match self {
            Part::Days(fraction) => Some(fraction),
            Part::Nothing => None,
        }
    }

    /// Returns this part of a price, rounded once (R1.4).
    pub(crate) fn of(self, price: Money, rule: RoundingRule) -> Result<Money, Error> {
        let Part::Days(Fraction { days, period_days }) = self else { return Ok(Money::zero(price.currency())) };
        let amount = rule.share(price.amount(), days.into(), period_days.into()).ok_or_else(too_large)?;
        Money::new(amount, price.currency()).map_err(|_| too_large())
    }
}

/// A part of a price, or of an item of one, for some days.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Share<'a> {
    pub(crate) part: Part,
    /// What a full period costs.
    pub(crate) entry: Entry<'a>,
    /// The days.
    pub(crate) span: Span,
    pub(crate) rule: RoundingRule,
}

impl Share<'_> {
    /// Returns its amount, rounded once.
    pub(crate) fn amount(&self) -> Result<Money, Error> {
        self.part.of(self.entry.cost, self.rule)
    }

    /// Returns the line that charges it.
    pub(crate) fn charge(&self, kind: LineKind, by: LineRule) -> Result<Line, Error> {
        Ok(self.line(kind, by, self.amount()?, [" at ", "free of charge at "]))
    }

    /// Returns the line that credits it: at most what was paid for these days (R3.9).
    pub(crate) fn credit(&self, paid: Option<Money>) -> Result<Line, Error> {
        let amount = self.amount()?;
        let amount = paid.map_or(amount, |paid| amount.at_most(paid)).negated();
        Ok(self.line(LineKind::Credit, LineRule::Proration, amount, [" not used of ", "free of charge not used of "]))
    }

    /// The line of an amount. The words are those between the days and the price, and those where there are no days.
    fn line(&self, kind: LineKind, by: LineRule, amount: Money, [words, if_free]: [&'static str; 2]) -> Line {
        let fraction = self.part.fraction();
        let words = if fraction.is_some() { words } else { if_free };
        let note = Note::Made { days: fraction, words, amount: Some(self.entry.cost) };
        Line { fraction, ..Line::of_entry(kind, self.entry, self.span, amount, by, note) }
    }
}

fn too_large() -> Error {
    Error::new(Code::OutOfRange, "", "cannot prorate because the amounts are too large")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_is_at_most_what_was_paid() {
        let money = |amount| Money::new(amount, "BRL".parse().unwrap()).unwrap();
        let span = Span { start: "2025-04-21".parse().unwrap(), end: "2025-05-01".parse().unwrap() };
        let entry = Entry { item: None, cost: money(10_000) };
        let share = Share { part: Part::days(10, 30), entry, span, rule: RoundingRule::default() };
        for (paid, credit) in [(None, -3_333), (Some(2_000), -2_000), (Some(5_000), -3_333)] {
            assert_eq!(share.credit(paid.map(money)).unwrap().amount, money(credit));
        }
    }
}
