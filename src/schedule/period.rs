//! Periods, the last payment, and which part of a schedule to list.

use crate::date::Date;
use crate::json::{object, words};

/// What ends a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Bound {
    /// The last day on which a payment may fall due.
    EndDate,
    /// The number of payments.
    PaymentCount,
}

words!(Bound { EndDate "end_date", PaymentCount "payment_count" });

/// A period of service: payment `number` is due on `start` and pays for the days up to `end`, which is the next due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Period {
    /// The number of the payment that pays for it, from 1.
    pub number: u32,
    /// The first day, on which the payment is due.
    pub start: Date,
    /// The first day that is no longer part of it.
    pub end: Date,
    /// The day before `end`, for people.
    pub last_day: Date,
}

object!(Period { number: required "number", start: required "start", end: required "end", last_day: required "lastDay" });

impl Period {
    /// How many days the period has.
    pub fn days(&self) -> i64 {
        self.start.days_until(self.end)
    }
}

/// The last payment of a schedule, and what makes it the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LastPayment {
    /// Its number, which is the number of payments in all.
    pub number: u32,
    /// The day on which it is due.
    pub due_date: Date,
    /// The limit that binds; the payment count when both do (R2.6).
    pub bound: Bound,
}

object!(LastPayment { number: required "number", due_date: required "dueDate", bound: required "bound" });

/// Which part of a schedule to list. Without a bound of its own, the schedule must have one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DateRange {
    /// The first day; default the start of the schedule.
    pub from: Option<Date>,
    /// The last day, itself included.
    pub through: Option<Date>,
    /// At most so many entries, from `from` on.
    pub limit: Option<u32>,
}

object!(DateRange { from: optional "from", through: optional "through", limit: optional "limit" });

impl DateRange {
    /// The most entries that one list holds.
    pub const MOST: u32 = 10_000;

    /// Creates a range without limits.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Date, DateRange, Schedule};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY);
    /// let two = DateRange::new().with_from("2025-02-01".parse()?).with_limit(2);
    /// assert_eq!(schedule.due_dates_in(&two)?, [Date::new(2025, 2, 28)?, Date::new(2025, 3, 31)?]);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the first day.
    pub fn with_from(mut self, from: Date) -> Self {
        self.from = Some(from);
        self
    }

    /// Sets the last day, itself included.
    pub fn with_through(mut self, through: Date) -> Self {
        self.through = Some(through);
        self
    }

    /// Sets how many entries to list at most.
    pub fn with_limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }
}
