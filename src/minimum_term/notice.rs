//! How long before its end a cancellation has to be given.

use crate::cycle::{Series, Step, Unit};
use crate::date::Date;
use crate::digest::Agreed;
use crate::error::{Code, Error};
use crate::json::{object, words};
use crate::schedule::Schedule;

/// The days to which a cancellation takes effect (R10.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoticeTo {
    /// Any day.
    Day,
    /// The end of a period of the schedule.
    PeriodEnd,
    /// The end of a calendar month.
    MonthEnd,
}

words!(NoticeTo { Day "day", PeriodEnd "period_end", MonthEnd "month_end" });

/// How long before its end a cancellation has to be given, and to which days it takes effect (R10.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Notice {
    /// How many units, 0 to 1000. With 0 a cancellation takes effect on the next of the days.
    pub every: u32,
    /// The unit. Months and years are added as in R2.2: a month after 31 January is 28 February.
    pub unit: Unit,
    /// The days to which it takes effect.
    pub to: NoticeTo,
}

object!(Notice { every: required "every", unit: required "unit", to: required "to" });

impl Notice {
    const MOST: u32 = 1000;

    /// Creates a notice of `every` units to some days.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Notice, NoticeTo, Schedule, Terms, Unit};
    ///
    /// let terms = Terms::new("99.00 NOK".parse()?, Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY))
    ///     .with_notice(Notice::new(2, Unit::Week, NoticeTo::MonthEnd));
    /// assert_eq!(terms.earliest_end("2025-04-03".parse()?)?, Some("2025-05-01".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(every: u32, unit: Unit, to: NoticeTo) -> Self {
        Self { every, unit, to }
    }

    /// Returns its length, of which a year is 12 months.
    fn length(self) -> Step {
        let every = i64::from(self.every);
        match self.unit {
            Unit::Day => Step::Days(every),
            Unit::Week => Step::Days(every.saturating_mul(7)),
            Unit::Month => Step::Months(every),
            Unit::Year => Step::Months(every.saturating_mul(12)),
        }
    }

    /// Returns the first day after the notice that is given on a day; `None` outside the calendar.
    pub(super) fn end(self, on: Date) -> Option<Date> {
        Series::new(on, on.day(), self.length()).entry(1)
    }

    /// Returns an error for a notice that the terms cannot have.
    pub(super) fn check(self, schedule: Option<&Schedule>) -> Result<(), Error> {
        if self.every > Self::MOST {
            return Err(Error::new(Code::OutOfRange, "/notice/every", "expected 0 to 1000 units"));
        }
        if self.to == NoticeTo::PeriodEnd && schedule.is_none() {
            let message = "cannot end with a period because the terms have no schedule; use another day";
            return Err(Error::new(Code::NoSchedule, "/notice/to", message));
        }
        Ok(())
    }

    /// Adds the line of a digest (R8.3).
    pub(super) fn agreed(self, agreed: &mut Agreed) {
        let (length, unit) = match self.length() {
            Step::Days(length) => (length, "days"),
            Step::Months(length) => (length, "months"),
        };
        agreed.length("notice", length, unit);
        agreed.word("noticeTo", self.to.as_str());
    }
}
