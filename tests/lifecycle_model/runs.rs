//! The schedule of the model: one run after the other, where an event has moved the due dates (R5.10, R5.13).
//!
//! Decisions where the rules are silent:
//! - a number keeps the run that it was in when a pause or another event moves only later ones;
//! - the divisor of the stub that `rescheduled` makes is the length of one cycle that ends on the new due date (R3.8), also after
//!   a later shift, and `firstPeriod` has no effect on it.

use billing_rules::{Date, FirstPeriod, PeriodPriceInput, Resumption, Schedule, Unit, period_price};

use crate::model::{Model, nok, plus, share};
use crate::pays::{Cut, Kind, Pay};

/// A part of the life with a schedule of its own, from a number on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub first: u32,
    pub schedule: Schedule,
    /// It is one stub, of so many days.
    pub stub: Option<i64>,
}

/// The days of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub start: Date,
    pub end: Date,
}

impl Model {
    /// The days of a number, whether or not the subscription lives until then.
    pub fn span(&self, number: u32) -> Option<Span> {
        let schedule = self.schedule?;
        if let Some((run, end)) = self.last_stub.filter(|(run, _)| run.first == number) {
            let start = run.schedule.start();
            return Some(Span { start, end: self.later_end(start, end) });
        }
        if self.exhausted.is_some_and(|first| number >= first) {
            return None;
        }
        if number >= self.first {
            let period = schedule.period(number - self.first + 1).unwrap()?;
            return Some(Span { start: period.start, end: self.later_end(period.start, period.end) });
        }
        let at = self.older.iter().rposition(|run| run.first <= number)?;
        let run = self.older[at];
        let period = run.schedule.period(number - run.first + 1).unwrap()?;
        let following = self.older.get(at + 1).map(|next| (next.first, next.schedule.start()));
        let (first, start) = following.unwrap_or((self.first, schedule.start()));
        let end = if number + 1 == first { start } else { period.end };
        Some(Span { start: period.start, end })
    }

    /// The end of the last number, later by the pauses within it that were shifted since the schedule began.
    fn later_end(&self, start: Date, end: Date) -> Date {
        let inside = |until: Date, (from, to, how): &(Date, Date, Resumption)| {
            *how == Resumption::Shift && start < *from && *from < until && from < to
        };
        let add = |until, pause: &(Date, Date, Resumption)| {
            if inside(until, pause) { plus(until, pause.0.days_until(pause.1)) } else { until }
        };
        self.pauses.iter().skip(self.passed).fold(end, add)
    }

    /// The days of a number that can still fall due.
    pub fn period(&self, number: u32) -> Option<Span> {
        let lives = |span: &Span| self.ends_on.is_none_or(|end| span.start < end);
        if self.ending { None } else { self.span(number).filter(lives) }
    }

    /// A number as it has never been begun.
    pub fn fresh(&self, number: u32) -> Option<Pay> {
        let Span { start, end } = self.period(number)?;
        let inside = |(from, until, _): &&(Date, Date, Resumption)| *from < end && *until > start;
        let pauses = || self.pauses.iter().filter(inside);
        let holes: Vec<(Date, Date)> = pauses().map(|(from, until, _)| ((*from).max(start), *until)).collect();
        let pay = Pay { holes, ..Pay::beside(Kind::Own, (number, 0), start, 0) };
        let inside = |how| {
            let these = pauses().filter(move |(_, _, this)| *this == how);
            these.map(|(from, until, _)| (*from).max(start).days_until((*until).min(end))).sum::<i64>()
        };
        let (lost, moved) = (inside(Resumption::Keep), inside(Resumption::Shift));
        let days = pay.served(start, end);
        let last = self.last_stub.as_ref().map(|(run, _)| run).filter(|run| run.first == number);
        let run = last.or(self.older.iter().rfind(|run| run.first <= number).filter(|_| number < self.first));
        let (first, schedule) = run.map_or((self.first, self.schedule), |run| (run.first, Some(run.schedule)));
        let stub = schedule.filter(|_| number == first).and_then(stub_of);
        let (of, whole) = match (run.and_then(|run| run.stub), stub, self.terms.first_period.unwrap_or_default()) {
            (Some(of), ..) => (of - lost, (start.days_until(end) - moved, of)),
            (None, None, _) | (_, _, FirstPeriod::Full) => (days, (1, 1)),
            (_, Some((left, of)), FirstPeriod::Prorated) => (of - lost, (left, of)),
            (_, Some(_), FirstPeriod::Free) => (0, (0, 1)),
            (_, Some(_), other) => unreachable!("the model does not have {other}"),
        };
        let (gross, prices) = (share(self.price, whole.0, whole.1), vec![(start, self.price)]);
        let pay = Pay { of, gross, whole, period: Some((start, end)), prices, ..pay };
        let overlap = self.overlap_before(number, start).map_or(0, |at| self.credit_on(&self.pays[at], start).amount);
        Some(self.with_balance(self.cut_short(Pay { overlap, ..pay })))
    }

    /// R5.9: a payment whose period the end cuts short takes its price less the days cut off.
    pub fn cut_short(&self, pay: Pay) -> Pay {
        if pay.was_attempted() { pay } else { self.cut(pay) }
    }

    pub fn cut(&self, mut pay: Pay) -> Pay {
        let (Some(day), Some((start, end)), None) = (self.ends_on, pay.period, pay.cut) else { return pay };
        if start < day && day < end {
            let price = pay.prices.last().map_or(0, |(_, price)| *price);
            let amount = pay.part(price, day).min(pay.gross);
            pay.gross -= amount;
            pay.period = Some((start, day));
            pay.cut = Some(Cut { amount, end, attempts: pay.tries() });
        }
        pay
    }

    /// The last number due on or before a day.
    pub fn number_due(&self, day: Date) -> Option<u32> {
        let schedule = self.schedule?;
        let mut due = 0;
        while schedule.period(due + 1).unwrap().is_some_and(|period| period.start <= day) {
            due += 1;
        }
        if due > 0 {
            return Some(self.first + due - 1);
        }
        let older = self.older.first().map(|run| run.first)?;
        (older..self.first).rev().find(|number| self.span(*number).is_some_and(|span| span.start <= day))
    }

    /// The numbers that are not settled and lie before the schedule as it is.
    pub fn before_schedule(&self) -> std::ops::Range<u32> {
        self.settled() + 1..self.first
    }

    /// The schedule begins anew with a number; what lies before it stays as it was.
    pub fn begin_run(&mut self, first: u32, schedule: Schedule) {
        let old = Run { first: self.first, schedule: self.schedule.unwrap(), stub: None };
        self.older.push(old);
        self.older.retain(|run| run.first < first);
        if self.settled() + 1 >= first {
            self.older.clear();
        }
        (self.schedule, self.first, self.exhausted, self.last_stub) = (Some(schedule), first, None, None);
        self.passed = self.pauses.len();
    }

    /// How many numbers from one on the schedule's count has left.
    pub fn count_from(&self, number: u32) -> Option<u32> {
        let count = self.schedule?.payment_count()?;
        Some(count - number.saturating_sub(self.first).min(count))
    }
}

/// The day one cycle before another (R3.8).
pub fn cycle_before(schedule: Schedule, day: Date) -> Date {
    let every = i64::from(schedule.cycle().every());
    let months = match schedule.cycle().unit() {
        Unit::Day => return plus(day, -every),
        Unit::Week => return plus(day, -7 * every),
        Unit::Month => every,
        Unit::Year => 12 * every,
    };
    let anchor = schedule.anchor_day().unwrap_or(day.day());
    let month = i64::from(day.year()) * 12 + i64::from(day.month()) - 1 - months;
    let (year, month) =
        (i32::try_from(month.div_euclid(12)).unwrap(), u32::try_from(month.rem_euclid(12)).unwrap() + 1);
    let on = |day| Date::new(year, month, day).ok();
    (28..=anchor.max(28)).rev().find_map(|last| on(anchor.min(last))).unwrap()
}

/// The days of a short first period, of those of a full one.
pub fn stub_of(schedule: Schedule) -> Option<(i64, i64)> {
    schedule.anchor_day()?;
    let line = period_price(&PeriodPriceInput::new(schedule, nok(0), 1)).unwrap().unwrap();
    line.fraction.map(|fraction| (i64::from(fraction.days), i64::from(fraction.period_days)))
}
