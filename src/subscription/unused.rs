//! The unused part, from a day on, of what was paid (R3.2, R3.9).

use super::record::Record;
use super::state::Subscription;
use crate::date::Date;
use crate::error::Error;
use crate::money::Money;
use crate::pricing::line::{Line, Span};
use crate::pricing::share::{Part, Share};

/// Returns the line of the part unused from a day on; `None` if there is none.
pub(super) fn line_on(life: &Subscription, on: Date) -> Result<Option<Line>, Error> {
    let Some(record) = life.state.ledger.running_on(on) else { return Ok(None) };
    let (Some(price), Some(period)) = (record.credited_price, record.period) else { return Ok(None) };
    let part = Part::days(on.days_until(period.end), days_of(life, record, on));
    let share = Share { part, price, span: Span { start: on, end: period.end }, rule: life.terms.rule()? };
    let line = share.credit(record.cap)?;
    Ok(if line.amount.amount() == 0 { None } else { Some(line) })
}

/// Returns the days of the full period. The days of a pause were not used, whatever happens to it.
fn days_of(life: &Subscription, record: &Record, on: Date) -> u32 {
    match life.state.paused {
        Some(paused) => record.days_without(paused, on),
        None => record.period_days,
    }
}

/// Returns the amount unused from a day on, 0 or more.
pub(super) fn amount_on(life: &Subscription, on: Date) -> Result<Money, Error> {
    Ok(line_on(life, on)?.map_or(life.nothing(), |line| line.amount.negated()))
}
