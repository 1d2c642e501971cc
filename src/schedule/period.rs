//! Periods, the last payment, and date ranges.

use crate::date::Date;
use crate::json::{object, words};

/// The limit that ends a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Bound {
    /// The last day on which a payment may fall due.
    EndDate,
    /// The number of payments.
    PaymentCount,
}

words!(Bound { EndDate "end_date", PaymentCount "payment_count" });

/// A period: payment `number` is due on `start` and pays for the days until the day before `end`, which is the next due
/// date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Period {
    /// The number of the payment for the period, from 1.
    pub number: u32,
    /// The first day, which is the due date.
    pub start: Date,
    /// The first day after the period.
    pub end: Date,
    /// The day before `end`, for people.
    pub last_day: Date,
}

object!(Period { number: required "number", start: required "start", end: required "end", last_day: required "lastDay" });

impl Period {
    /// Returns how many days the period has.
    ///
    /// # Examples
    /// [`Schedule::periods_in`](crate::Schedule::periods_in) has one.
    pub fn days(&self) -> i64 {
        self.start.days_until(self.end)
    }
}

/// The last payment of a schedule, and the limit that makes it the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LastPayment {
    /// The number, which is also the total number of payments.
    pub number: u32,
    /// The day on which it is due.
    pub due_date: Date,
    /// The limit that ends the schedule; the payment count if both do (R2.6).
    pub bound: Bound,
}

object!(LastPayment { number: required "number", due_date: required "dueDate", bound: required "bound" });

/// A part of a schedule. It must have a limit if the schedule has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DateRange {
    /// The first day; default the start of the schedule.
    pub from: Option<Date>,
    /// The last day, inclusive.
    pub through: Option<Date>,
    /// The maximum number of entries, counted from `from`.
    pub limit: Option<u32>,
}

object!(DateRange { from: optional "from", through: optional "through", limit: optional "limit" });

impl DateRange {
    /// The maximum number of entries that a result contains.
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
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_from(mut self, from: Date) -> Self {
        self.from = Some(from);
        self
    }

    /// Sets the last day, inclusive.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, DateRange, Schedule};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY);
    /// let first_quarter = DateRange::new().with_through("2025-03-31".parse()?);
    /// assert_eq!(schedule.due_dates_in(&first_quarter)?.len(), 3);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn with_through(mut self, through: Date) -> Self {
        self.through = Some(through);
        self
    }

    /// Sets the maximum number of entries.
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }
}
