//! The unused part, from a day on, of what was paid (R3.2, R3.9), less the money that went back (R5.12).

use crate::date::Date;
use crate::error::Error;
use crate::money::Money;
use crate::pricing::credit::Left;
use crate::pricing::line::{Line, Span};
use crate::pricing::share::Part;
use crate::subscription::records::key::PaymentNumber;
use crate::subscription::records::record::Record;
use crate::subscription::records::refunds::LastDays;
use crate::subscription::records::state::Subscription;

/// The unused part of a period from a day on.
pub(crate) struct Unused {
    /// The days, and the price at which they were paid.
    pub(crate) left: Left,
    pub(crate) last: LastDays,
    /// The amount, had no money gone back.
    pub(crate) before: Money,
    /// The amount, 0 or more.
    pub(crate) amount: Money,
}

/// Returns the unused part from a day on; `None` if nothing is paid for that day.
pub(crate) fn on(life: &Subscription, on: Date) -> Result<Option<Unused>, Error> {
    match life.state.ledger.running_on(on) {
        Some(record) => of(life, record, on),
        None => Ok(None),
    }
}

/// Returns the unused parts from a day on: of the period that runs, and of one that is paid ahead.
pub(crate) fn all(life: &Subscription, on: Date) -> Result<Vec<Unused>, Error> {
    let is_ahead = |record: &&Record| record.is_paid_for() && starts(record).is_some_and(|start| on < start);
    let ahead = life.state.ledger.own().rfind(is_ahead);
    let parts = [self::on(life, on)?, ahead.map_or(Ok(None), |record| from_start(life, record, on))?];
    Ok(parts.into_iter().flatten().collect())
}

/// Returns the unused part of the period of a payment from a day on: the whole of one that begins later.
pub(crate) fn from_start(life: &Subscription, record: &Record, on: Date) -> Result<Option<Unused>, Error> {
    of(life, record, starts(record).max(Some(on)).unwrap_or(on))
}

fn starts(record: &Record) -> Option<Date> {
    record.period.map(|period| period.start)
}

/// Returns the unused part of the period of a payment from a day on.
pub(crate) fn of(life: &Subscription, record: &Record, on: Date) -> Result<Option<Unused>, Error> {
    let (Some(costs), Some(end)) = (&record.credited_price, record.priced_until()) else { return Ok(None) };
    let days = record.days(on, end);
    let part = Part::days(days, days_of(life, record, on));
    let (span, rule) = (Span { start: on, end }, life.terms.rule()?);
    let taxes = record.taxes_paid(rule)?;
    let left = Left { costs: costs.clone(), part, span, rule, paid: record.cap, taxes };
    let before = left.amount()?;
    let paused = life.state.paused.map(|pause| (pause.from, on));
    let last = LastDays { number: record.number, days: u32::try_from(days).unwrap_or(0), paused };
    let amount = life.state.refunds.left_of(before, last, left.rule)?;
    Ok(Some(Unused { left, last, before, amount }))
}

impl Unused {
    /// Returns the taxes that are paid for the days after a change with some lines, of each rate.
    pub(crate) fn taxes_after(&self, lines: &[Line]) -> Result<Vec<Money>, Error> {
        self.left.taxes_after(lines, self.amount != self.before)
    }

    /// Returns the lines that explain it; none if nothing is unused.
    pub(crate) fn lines(&self) -> Result<Vec<Line>, Error> {
        let mut lines = self.left.lines(Some(self.amount), true, &|_| true)?;
        lines.retain(|line| line.amount.amount() != 0);
        Ok(lines)
    }
}

/// Returns the lines of unused parts, and their sum.
pub(crate) fn sum(life: &Subscription, parts: &[Unused]) -> Result<(Money, Vec<Line>), Error> {
    let (mut sum, mut lines) = (life.nothing(), Vec::new());
    for part in parts {
        sum = sum.plus(part.amount)?;
        lines.extend(part.lines()?);
    }
    Ok((sum, lines))
}

/// Returns the days of the full period. The days of a pause were not used, whatever happens to it.
fn days_of(life: &Subscription, record: &Record, on: Date) -> u32 {
    match life.state.paused {
        Some(pause) => record.days_without(pause.from, on),
        None => record.period_days,
    }
}

/// Excludes the days of a pause from the periods that contain them (R5.10).
pub(crate) fn leave_out(life: &mut Subscription, paused: Date, resumed: Date) {
    for (number, end) in running(life) {
        life.state.refunds.leave_out(number, end, (paused, resumed));
    }
    life.state.ledger.leave_out(paused, resumed);
}

/// Returns the numbers of the periods whose days are known, with their ends.
fn running(life: &Subscription) -> Vec<(PaymentNumber, Date)> {
    let own = life.state.ledger.own();
    own.filter_map(|record| record.period.map(|period| (record.number, period.end))).collect()
}

/// Moves the days of periods after a pause by its days. `next` is the day on which the next payment was due, if one
/// follows.
pub(crate) fn shift(life: &mut Subscription, paused: Date, resumed: Date, next: Option<Date>) {
    let own = life.state.ledger.own();
    let starts: Vec<_> = own.filter_map(|own| own.period.map(|period| (own.number, period.start))).collect();
    for (number, start) in starts {
        life.state.refunds.move_on(number, start, (paused, resumed));
    }
    life.state.ledger.shift(paused, resumed, next);
}
