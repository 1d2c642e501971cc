//! Due dates and periods (R2).

mod due_dates;
mod period;

use std::num::{NonZeroU8, NonZeroU32};
use std::ops::RangeInclusive;

pub use due_dates::DueDates;
pub use period::{Bound, DateRange, LastPayment, Period};

use crate::cycle::{Cycle, Series, Step};
use crate::date::Date;
use crate::digits::digits;
use crate::error::{Code, Error};
use crate::json::{Keys, Node, Shape, Writer, serde_by_shape};

/// When payments fall due: from a start, every cycle, until an end date, a number of payments, both or neither.
///
/// Due date n is computed from the anchor: `start` plus n - 1 cycles, on the anchor day or the month's last day where it
/// is shorter (R2.2). Days of service are the periods between due dates, half-open, the last one whole (R2.7).
///
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
    /// The due date from which the cycle counts: that of payment 2 when `anchor_day` makes the first period a stub (R2.3), else
    /// the start.
    base: Date,
    cycle: Cycle,
    anchor_day: Option<NonZeroU8>,
    end_date: Option<Date>,
    payment_count: Option<NonZeroU32>,
}

impl Schedule {
    /// An open-ended schedule whose payment 1 is due on `start`.
    pub fn new(start: Date, cycle: Cycle) -> Self {
        Self { start, base: start, cycle, anchor_day: None, end_date: None, payment_count: None }
    }

    /// Lets payments fall due on a day of the month other than that of `start` (R2.3): 1 for calendar billing, 31 for the last
    /// day of the month; without it, billing is by anniversary. 29 to 31 fall on the last day of a
    /// shorter month. Payment 2 is due on the first such day after `start`, and the cycle counts from there. When `start`
    /// itself is such a day (30 April for day 31), nothing is cut short and the cycle counts from `start`.
    ///
    /// # Errors
    /// `out_of_range` outside 1 to 31; `anchor_day_on_day_cycle` with a cycle of days or weeks.
    pub fn with_anchor_day(mut self, day: u32) -> Result<Self, Error> {
        const PATH: &str = "/anchorDay";
        let given = u8::try_from(day).ok().filter(|day| *day <= 31).and_then(NonZeroU8::new);
        if given.is_none() {
            return Err(Error::new(Code::OutOfRange, PATH, "expected a day from 1 to 31"));
        }
        if let Step::Days(_) = self.cycle.step() {
            let message = "an anchor day goes with a cycle of months or years only";
            return Err(Error::new(Code::AnchorDayOnDayCycle, PATH, message));
        }
        let month = self.start.month_number();
        let anchored = |month| Date::in_month(month, day);
        self.base = match anchored(month) {
            Some(date) if date >= self.start => date,
            _ => anchored(month.saturating_add(1))
                .ok_or_else(|| Error::new(Code::OutOfRange, PATH, "payment 2 would lie after 9999-12-31"))?,
        };
        self.anchor_day = given;
        Ok(self)
    }

    /// Ends the schedule with the last due date on or before `end_date` (R2.4).
    ///
    /// # Errors
    /// `end_before_start` when not even payment 1 could be made (R2.8).
    pub fn with_end_date(mut self, end_date: Date) -> Result<Self, Error> {
        if end_date < self.start {
            let message = ["the end date `", &end_date.iso(), "` lies before the start `", &self.start.iso(), "`"];
            return Err(Error::new(Code::EndBeforeStart, "/endDate", message.concat()));
        }
        self.end_date = Some(end_date);
        Ok(self)
    }

    /// Ends the schedule with payment `count`, the initial one included (R2.5).
    ///
    /// # Errors
    /// `out_of_range` for 0 (R2.8).
    pub fn with_payment_count(mut self, count: u32) -> Result<Self, Error> {
        self.payment_count = NonZeroU32::new(count);
        if self.payment_count.is_none() {
            return Err(Error::new(Code::OutOfRange, "/paymentCount", "expected at least one payment"));
        }
        Ok(self)
    }

    /// The due date of payment 1.
    pub fn start(&self) -> Date {
        self.start
    }

    /// How often a payment falls due.
    pub fn cycle(&self) -> Cycle {
        self.cycle
    }

    /// The day of the month on which payments fall due, as given.
    pub fn anchor_day(&self) -> Option<u32> {
        self.anchor_day.map(|day| day.get().into())
    }

    /// The last day on which a payment may fall due, as given.
    pub fn end_date(&self) -> Option<Date> {
        self.end_date
    }

    /// The number of payments, as given.
    pub fn payment_count(&self) -> Option<u32> {
        self.payment_count.map(NonZeroU32::get)
    }

    /// The first due date strictly after a day; `None` when the schedule has ended by then. In constant time.
    ///
    /// # Errors
    /// `out_of_range` when that payment would lie after 9999-12-31.
    pub fn next_due_date(&self, after: Date) -> Result<Option<Date>, Error> {
        let number = self.number_on_or_before(after).saturating_add(1);
        if self.has(number) { self.due_date(number).map(Some) } else { Ok(None) }
    }

    /// The due dates from payment 1 on: lazy, double-ended for a schedule with a bound. Ends with the calendar.
    pub fn due_dates(&self) -> DueDates {
        DueDates { schedule: *self, numbers: 1..=self.last_in_calendar() }
    }

    /// The due dates in a window.
    ///
    /// # Errors
    /// `unbounded` when neither the schedule nor the window has an end (R2.8); `too_many` for more than 10 000 entries;
    /// `out_of_range` when entries that the window asks for would lie after 9999-12-31.
    pub fn due_dates_in(&self, window: &DateRange) -> Result<Vec<Date>, Error> {
        self.numbers(window)?.map(|number| self.due_date(number)).collect()
    }

    /// The period of payment `number`; `None` when the schedule has fewer payments.
    ///
    /// # Errors
    /// `out_of_range` for number 0, and when the period would end after 9999-12-31.
    pub fn period(&self, number: u32) -> Result<Option<Period>, Error> {
        if number == 0 {
            return Err(Error::new(Code::OutOfRange, "/number", "payments are numbered from 1"));
        }
        if !self.has(number.into()) {
            return Ok(None);
        }
        self.period_unbounded(number.into()).map(Some)
    }

    /// The period that contains a day; `None` before the start and after the last period. In constant time.
    ///
    /// # Errors
    /// `out_of_range` when that period would end after 9999-12-31.
    pub fn period_on(&self, date: Date) -> Result<Option<Period>, Error> {
        let number = self.number_on_or_before(date);
        if number >= 1 && self.has(number) { self.period_unbounded(number).map(Some) } else { Ok(None) }
    }

    /// The periods whose due dates lie in a window.
    ///
    /// # Errors
    /// As [`due_dates_in`](Self::due_dates_in).
    pub fn periods_in(&self, window: &DateRange) -> Result<Vec<Period>, Error> {
        self.numbers(window)?.map(|number| self.period_unbounded(number)).collect()
    }

    /// The last payment and what makes it the last (R2.6); `None` for an open-ended schedule. In constant time.
    ///
    /// # Errors
    /// `out_of_range` when the payment count reaches past 9999-12-31 before any end date.
    pub fn last_payment(&self) -> Result<Option<LastPayment>, Error> {
        let Some((number, bound)) = self.last() else { return Ok(None) };
        let due_date = self.due_date(number)?;
        let number = number.try_into().map_err(|_| beyond_calendar(number))?;
        Ok(Some(LastPayment { number, due_date, bound }))
    }

    /// How many payments are due on or before a day. In constant time.
    #[cfg(feature = "_providers")]
    pub(crate) fn payments_by(&self, date: Date) -> i64 {
        let number = self.number_on_or_before(date);
        self.last().map_or(number, |(last, _)| number.min(last))
    }

    /// Whether payment 2 falls in the month that is a cycle after that of the first, and not before; or past the calendar.
    #[cfg(feature = "_providers")]
    pub(crate) fn second_in_next_cycle(&self) -> bool {
        let Step::Months(months) = self.cycle.step() else { return true };
        let month = self.start.month_number().saturating_add(months);
        let second = self.period(1).ok().flatten().map(|period| period.end);
        second.is_none() || second == Date::in_month(month, self.day_of_month())
    }

    /// Whether a period is a stub: a first one that the anchor day cuts short (R2.3).
    pub(crate) fn is_stub(&self, period: &Period) -> bool {
        self.has_stub() && period.number == 1
    }

    /// The days that a full period would have where `number` is a stub (R3.8), else those of the period itself.
    pub(crate) fn nominal_days(&self, period: &Period) -> Result<i64, Error> {
        if !self.is_stub(period) {
            return Ok(period.days());
        }
        let before = self.series().entry(-1).ok_or_else(|| {
            Error::new(
                Code::OutOfRange,
                "/schedule/start",
                "the stub is part of a period that would begin before 0001-01-01",
            )
        })?;
        Ok(before.days_until(period.end))
    }

    /// The anchor day that a restart on a day keeps: that of this schedule, where the day is the one of its month (R3.6).
    pub(crate) fn anchor_kept_on(&self, day: Date) -> Option<u32> {
        let anchor_day = self.anchor_day().unwrap_or(self.start.day());
        let is_anchored = Date::in_month(day.month_number(), anchor_day) == Some(day);
        (self.cycle.has_anchor() && is_anchored).then_some(anchor_day)
    }

    /// Whether the anchor day cuts the first period short.
    fn has_stub(&self) -> bool {
        self.base != self.start
    }

    /// The day of the month on which payments fall due, in a month that is long enough.
    fn day_of_month(&self) -> u32 {
        self.anchor_day().unwrap_or(self.start.day())
    }

    /// The due dates from the base on.
    fn series(&self) -> Series {
        Series::new(self.base, self.day_of_month(), self.cycle.step())
    }

    /// Whether the schedule has a payment of this number.
    fn has(&self, number: i64) -> bool {
        self.last().is_none_or(|(last, _)| number <= last)
    }

    /// The number of the last payment and its bound.
    fn last(&self) -> Option<(i64, Bound)> {
        let by_date = self.end_date.map(|date| (self.number_on_or_before(date), Bound::EndDate));
        let by_count = self.payment_count.map(|count| (i64::from(count.get()), Bound::PaymentCount));
        match (by_count, by_date) {
            (Some(count), Some(date)) => Some(if date.0 < count.0 { date } else { count }),
            (count, date) => count.or(date),
        }
    }

    /// How the numbers of payments lie to the entries of the series: payment n is entry n - first.
    fn first(&self) -> i64 {
        if self.has_stub() { 2 } else { 1 }
    }

    /// The number of the last due date on or before a day, limits aside; below 1 before the start.
    fn number_on_or_before(&self, date: Date) -> i64 {
        if date < self.start {
            return 0;
        }
        self.series().entry_on_or_before(date).saturating_add(self.first()).max(1)
    }

    /// Due date `number`, limits aside.
    fn due_date(&self, number: i64) -> Result<Date, Error> {
        if number == 1 {
            return Ok(self.start);
        }
        self.series().entry(number.saturating_sub(self.first())).ok_or_else(|| beyond_calendar(number))
    }

    fn period_unbounded(&self, number: i64) -> Result<Period, Error> {
        let next = number.saturating_add(1);
        let (start, end) = (self.due_date(number)?, self.due_date(next)?);
        match (u32::try_from(number), end.plus_days(-1)) {
            (Ok(number), Some(last_day)) => Ok(Period { number, start, end, last_day }),
            _ => Err(beyond_calendar(next)),
        }
    }

    /// The numbers of the payments in a window.
    fn numbers(&self, window: &DateRange) -> Result<RangeInclusive<i64>, Error> {
        const PATH: &str = "/range";
        let first = match window.from.and_then(|from| from.plus_days(-1)) {
            Some(day_before) => self.number_on_or_before(day_before).saturating_add(1),
            None => 1,
        };
        let ends = [
            self.last().map(|(last, _)| last),
            window.through.map(|through| self.number_on_or_before(through)),
            window.limit.map(|limit| first.saturating_add(limit.into()).saturating_sub(1)),
        ];
        let Some(last) = ends.into_iter().flatten().min() else {
            let message = "the schedule is open-ended: say until when (`through`) or how many (`limit`)";
            return Err(Error::new(Code::Unbounded, PATH, message));
        };
        if last.saturating_sub(first) >= DateRange::MOST.into() {
            return Err(Error::new(Code::TooMany, PATH, "more than 10000 entries: ask for a part of them"));
        }
        Ok(first..=last)
    }

    /// The number of the last payment that exists, or that the calendar can still hold.
    fn last_in_calendar(&self) -> i64 {
        let last = self.series().entry_on_or_before(Date::LAST).saturating_add(self.first()).max(1);
        self.last().map_or(last, |(bound, _)| bound.min(last))
    }
}

fn beyond_calendar(number: i64) -> Error {
    let message = ["due date ", &digits(number), " would lie after 9999-12-31"].concat();
    Error::new(Code::OutOfRange, "/schedule", message)
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
        // Each limit is held against the rest by itself, so that all problems are told at once.
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
