//! Due dates and periods (R2).

mod boundary;
mod due_dates;
mod flaw;
mod limits;
mod numbers;
mod period;
mod restart;

use std::num::{NonZeroU8, NonZeroU32};

pub use due_dates::DueDates;
pub(crate) use flaw::Flaw;
pub use period::{Bound, DateRange, LastPayment, Period};

use crate::cycle::Cycle;
use crate::date::Date;
use crate::error::Error;
use crate::json::{Keys, Node, Shape, Writer, serde_by_shape};

/// When payments are due: from a start, every cycle, until an end date, a payment count, both or neither.
///
/// Due date n is computed from the anchor: `start` plus n - 1 cycles, on the anchor day or, in a shorter month, on its
/// last day (R2.2). The periods between due dates are half-open, and the last one is complete (R2.7).
///
/// # Examples
/// ```
/// use billing_rules::{Bound, Cycle, Date, Schedule};
///
/// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY).with_payment_count(4)?;
/// let dates: Vec<String> = schedule.due_dates().map(|date| date.to_string()).collect();
/// assert_eq!(dates, ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"]);
///
/// let last = schedule.last_payment()?.expect("a bounded schedule has a last payment");
/// assert_eq!((last.number, last.bound), (4, Bound::PaymentCount));
/// # Ok::<(), billing_rules::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    start: Date,
    /// The due date from which the cycle counts: that of payment 2 if `anchor_day` makes the first period a stub
    /// (R2.3), otherwise the start.
    base: Date,
    cycle: Cycle,
    anchor_day: Option<NonZeroU8>,
    end_date: Option<Date>,
    payment_count: Option<NonZeroU32>,
}

impl Schedule {
    /// Creates an open-ended schedule whose payment 1 is due on `start`.
    ///
    /// # Examples
    /// [`Schedule`] has one.
    #[inline]
    pub fn new(start: Date, cycle: Cycle) -> Self {
        Self { start, base: start, cycle, anchor_day: None, end_date: None, payment_count: None }
    }

    /// Sets the day of the month on which payments are due, if it is not that of `start` (R2.3): 1 for calendar
    /// billing, 31 for the last day of the month. Without it, billing is by anniversary.
    ///
    /// Days 29 to 31 fall on the last day of a shorter month. Payment 2 is due on the first anchor day after `start`,
    /// and the cycle counts from there. If `start` itself is an anchor day (30 April for day 31), there is no stub and
    /// the cycle counts from `start`.
    ///
    /// # Errors
    /// `out_of_range` outside 1 to 31; `anchor_day_on_day_cycle` for a cycle of days or weeks.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Date, Schedule};
    ///
    /// let schedule = Schedule::new("2025-01-20".parse()?, Cycle::MONTHLY).with_anchor_day(1)?;
    /// assert_eq!(schedule.due_dates().nth(1), Some(Date::new(2025, 2, 1)?));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn with_anchor_day(self, day: u32) -> Result<Self, Error> {
        Ok(self.anchored(day)?)
    }

    /// Sets the last day on which a payment may be due (R2.4).
    ///
    /// # Errors
    /// `end_before_start` if not even payment 1 could be made (R2.8).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Schedule};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY).with_end_date("2025-03-30".parse()?)?;
    /// assert_eq!(schedule.due_dates().count(), 2);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn with_end_date(self, end_date: Date) -> Result<Self, Error> {
        Ok(self.ending(end_date)?)
    }

    /// Sets the number of payments, including the initial one (R2.5).
    ///
    /// # Errors
    /// `out_of_range` for 0 (R2.8).
    ///
    /// # Examples
    /// [`Schedule`] has one.
    pub fn with_payment_count(self, count: u32) -> Result<Self, Error> {
        Ok(self.counted(count)?)
    }

    /// Returns the due date of payment 1.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Date, Schedule};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY).with_payment_count(4)?;
    /// assert_eq!((schedule.start(), schedule.cycle()), (Date::new(2025, 1, 31)?, Cycle::MONTHLY));
    /// assert_eq!((schedule.anchor_day(), schedule.end_date(), schedule.payment_count()), (None, None, Some(4)));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn start(&self) -> Date {
        self.start
    }

    /// Returns how often a payment is due.
    ///
    /// # Examples
    /// [`start`](Self::start) has one.
    pub fn cycle(&self) -> Cycle {
        self.cycle
    }

    /// Returns the anchor day, as set.
    ///
    /// # Examples
    /// [`start`](Self::start) has one.
    #[inline]
    pub fn anchor_day(&self) -> Option<u32> {
        self.anchor_day.map(|day| day.get().into())
    }

    /// Returns the end date, as set.
    ///
    /// # Examples
    /// [`start`](Self::start) has one.
    pub fn end_date(&self) -> Option<Date> {
        self.end_date
    }

    /// Returns the payment count, as set.
    ///
    /// # Examples
    /// [`start`](Self::start) has one.
    pub fn payment_count(&self) -> Option<u32> {
        self.payment_count.map(NonZeroU32::get)
    }

    /// Returns the first due date after a day, in constant time; `None` if no payment follows.
    ///
    /// # Errors
    /// `out_of_range` if that payment would be due after 9999-12-31.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Date, Schedule};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY).with_payment_count(2)?;
    /// assert_eq!(schedule.next_due_date("2025-01-31".parse()?)?, Some(Date::new(2025, 2, 28)?));
    /// assert_eq!(schedule.next_due_date("2025-02-28".parse()?)?, None);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn next_due_date(&self, after: Date) -> Result<Option<Date>, Error> {
        Ok(self.due_after(after)?)
    }

    /// Returns an iterator over the due dates, from payment 1 until the schedule or the calendar (9999-12-31) ends. It
    /// is lazy, and double-ended for a schedule with a limit.
    ///
    /// # Examples
    /// [`Schedule`] has one.
    pub fn due_dates(&self) -> DueDates {
        DueDates::of(self)
    }

    /// Returns the due dates in a date range.
    ///
    /// # Errors
    /// `unbounded` if neither the schedule nor the range has an end (R2.8); `too_many` for more than 10 000 dates;
    /// `out_of_range` if requested dates would be after 9999-12-31.
    ///
    /// # Examples
    /// [`DateRange::new`] has one.
    pub fn due_dates_in(&self, window: &DateRange) -> Result<Vec<Date>, Error> {
        self.numbers(window)?.map(|number| Ok(self.due_date(number)?)).collect()
    }

    /// Returns the period of payment `number`; `None` if the schedule has fewer payments.
    ///
    /// # Errors
    /// `out_of_range` for number 0, or if the period would end after 9999-12-31.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Date, Schedule};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY).with_payment_count(2)?;
    /// let second = schedule.period(2)?.expect("two payments");
    /// assert_eq!((second.start, second.end), (Date::new(2025, 2, 28)?, Date::new(2025, 3, 31)?));
    /// assert_eq!(schedule.period(3)?, None);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn period(&self, number: u32) -> Result<Option<Period>, Error> {
        Ok(self.numbered(number)?)
    }

    /// Returns the period that contains a day, in constant time; `None` before the start and after the last period.
    ///
    /// # Errors
    /// `out_of_range` if that period would end after 9999-12-31.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Schedule};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY);
    /// assert_eq!(schedule.period_on("2025-03-01".parse()?)?.map(|period| period.number), Some(2));
    /// assert_eq!(schedule.period_on("2025-01-30".parse()?)?, None);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn period_on(&self, date: Date) -> Result<Option<Period>, Error> {
        Ok(self.period_around(date)?)
    }

    /// Returns the periods whose due dates are in a date range.
    ///
    /// # Errors
    /// The same as [`due_dates_in`](Self::due_dates_in).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, DateRange, Schedule};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY);
    /// let periods = schedule.periods_in(&DateRange::new().with_limit(3))?;
    /// assert_eq!(periods.iter().map(|period| period.days()).collect::<Vec<_>>(), [28, 31, 30]);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn periods_in(&self, window: &DateRange) -> Result<Vec<Period>, Error> {
        self.numbers(window)?.map(|number| Ok(self.period_unbounded(number)?)).collect()
    }

    /// Returns the last payment and the limit that makes it the last (R2.6), in constant time; `None` for an open-ended
    /// schedule.
    ///
    /// # Errors
    /// `out_of_range` if the payment count reaches past 9999-12-31 before any end date.
    ///
    /// # Examples
    /// [`Schedule`] has one.
    pub fn last_payment(&self) -> Result<Option<LastPayment>, Error> {
        let Some((number, bound)) = self.last() else { return Ok(None) };
        let due_date = self.due_date(number)?;
        let number = number.try_into().map_err(|_| Flaw::BeyondCalendar(number))?;
        Ok(Some(LastPayment { number, due_date, bound }))
    }

    /// Returns how many payments are due on or before a day, in constant time.
    #[cfg(feature = "_providers")]
    pub(crate) fn payments_by(&self, date: Date) -> i64 {
        let number = self.number_on_or_before(date);
        self.last().map_or(number, |(last, _)| number.min(last))
    }

    /// Returns whether payment 2 is due in the month one cycle after that of the first, or after 9999-12-31.
    #[cfg(feature = "_providers")]
    pub(crate) fn second_in_next_cycle(&self) -> bool {
        let crate::cycle::Step::Months(months) = self.cycle.step() else { return true };
        let month = self.start.month_number().saturating_add(months);
        let second = self.period(1).ok().flatten().map(|period| period.end);
        second.is_none() || second == Date::in_month(month, self.day_of_month())
    }

    /// Returns whether a period is a stub: a first period that the anchor day shortens (R2.3).
    pub(crate) fn is_stub(&self, period: &Period) -> bool {
        self.has_stub() && period.number == 1
    }

    /// Returns the days of the full period that a stub is part of (R3.8), otherwise the days of the period itself.
    pub(crate) fn nominal_days(&self, period: &Period) -> Result<i64, Flaw> {
        if !self.is_stub(period) {
            return Ok(period.days());
        }
        let before = self.series().entry(-1).ok_or(Flaw::StubBeforeCalendar)?;
        Ok(before.days_until(period.end))
    }
}

impl Schedule {
    const FIELDS: Keys = "start cycle anchorDay endDate paymentCount";
}

impl Shape for Schedule {
    #[inline(never)]
    fn read(node: &Node<'_>) -> Self {
        let (base, sound, anchor_day, end_date, payment_count) = node.object(Self::FIELDS, |fields| {
            let base = Schedule::new(fields.required("start"), fields.required("cycle"));
            let sound = fields.have_no_errors();
            (base, sound, fields.readable("anchorDay"), fields.readable("endDate"), fields.readable("paymentCount"))
        });
        let mut whole = base;
        if !sound {
            return whole;
        }
        // Each limit is checked by itself, so that all errors are reported together.
        if let Some(anchored) = anchor_day.and_then(|day| node.ok_or_report(base.with_anchor_day(day))) {
            whole = anchored;
        }
        if let Some(ended) = end_date.and_then(|date| node.ok_or_report(base.with_end_date(date))) {
            whole.end_date = ended.end_date;
        }
        if let Some(counted) = payment_count.and_then(|count| node.ok_or_report(base.with_payment_count(count))) {
            whole.payment_count = counted.payment_count;
        }
        whole
    }

    #[inline(never)]
    fn write(&self, to: &mut Writer) {
        to.begin_object();
        to.required("start", &self.start);
        to.required("cycle", &self.cycle);
        to.optional("anchorDay", &self.anchor_day());
        to.optional("endDate", &self.end_date);
        to.optional("paymentCount", &self.payment_count());
        to.end_object();
    }
}

serde_by_shape!(Schedule);

#[cfg(test)]
mod tests;
