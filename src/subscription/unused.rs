//! The unused part, from a day on, of what was paid (R3.2, R3.9), less the money that went back (R5.12).

use super::key::PaymentNumber;
use super::record::Record;
use super::refunds::LastDays;
use super::state::Subscription;
use crate::date::Date;
use crate::error::Error;
use crate::money::Money;
use crate::pricing::line::{Line, Span};
use crate::pricing::share::{Part, Share};

/// The unused part of a period from a day on.
pub(super) struct Unused {
    /// The price that is credited, and its days.
    share: Share,
    pub(super) last: LastDays,
    /// The amount, had no money gone back.
    pub(super) before: Money,
    /// The amount, 0 or more.
    pub(super) amount: Money,
}

/// Returns the unused part from a day on; `None` if nothing is paid for that day.
pub(super) fn on(life: &Subscription, on: Date) -> Result<Option<Unused>, Error> {
    match life.state.ledger.running_on(on) {
        Some(record) => of(life, record, on),
        None => Ok(None),
    }
}

/// Returns the unused part of the period of a payment from a day on.
pub(super) fn of(life: &Subscription, record: &Record, on: Date) -> Result<Option<Unused>, Error> {
    let (Some(price), Some(end)) = (record.credited_price, record.priced_until()) else { return Ok(None) };
    let days = record.days(on, end);
    let part = Part::days(days, days_of(life, record, on));
    let share = Share { part, price, span: Span { start: on, end }, rule: life.terms.rule()? };
    let whole = share.part.of(price, share.rule)?;
    let before = record.cap.map_or(whole, |cap| whole.at_most(cap));
    let paused = life.state.paused.map(|pause| (pause.from, on));
    let last = LastDays { number: record.number, days: u32::try_from(days).unwrap_or(0), paused };
    let amount = life.state.refunds.left_of(before, last, share.rule)?;
    Ok(Some(Unused { share, last, before, amount }))
}

impl Unused {
    /// Returns the line that explains it; `None` if nothing is unused.
    pub(super) fn line(&self) -> Result<Option<Line>, Error> {
        let line = self.share.credit(Some(self.amount))?;
        Ok(if line.amount.amount() == 0 { None } else { Some(line) })
    }
}

/// Returns the line of the part unused from a day on; `None` if there is none.
pub(super) fn line_on(life: &Subscription, day: Date) -> Result<Option<Line>, Error> {
    on(life, day)?.map_or(Ok(None), |unused| unused.line())
}

/// Returns the days of the full period. The days of a pause were not used, whatever happens to it.
fn days_of(life: &Subscription, record: &Record, on: Date) -> u32 {
    match life.state.paused {
        Some(pause) => record.days_without(pause.from, on),
        None => record.period_days,
    }
}

/// Excludes the days of a pause from the periods that contain them (R5.10).
pub(super) fn leave_out(life: &mut Subscription, paused: Date, resumed: Date) {
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

/// Moves the days of periods after a pause by its days. `end` is the new end of the last one, if a payment follows.
pub(super) fn shift(life: &mut Subscription, paused: Date, resumed: Date, end: Option<Date>) {
    for (number, _) in running(life) {
        life.state.refunds.move_on(number, paused);
    }
    life.state.ledger.shift(paused, resumed, end);
}
