//! The payment whose period the day of a cancellation cuts short (R5.9).

use super::record::Record;
use super::state::Subscription;
use crate::date::Date;
use crate::error::Error;
use crate::payment::PaidPeriod;
use crate::pricing::line::{Line, LineKind, Span};
use crate::pricing::share::{Part, Share};

/// Returns a payment of the schedule without the days from the day of the end on, and its lines: the price, and the credit
/// of the days cut off.
pub(super) fn cut(life: &Subscription, record: Record, line: Line) -> Result<(Record, Vec<Line>), Error> {
    let (Some(end), Some(period), Some(price)) = (life.state.ends_on, record.period, record.price()) else {
        return Ok((record, vec![line]));
    };
    if end <= period.start || period.end <= end {
        return Ok((record, vec![line]));
    }
    let part = Part::days(record.days(end, period.end), record.period_days);
    let span = Span { start: end, end: period.end };
    let credit = Share { part, price, span, rule: life.terms.rule()? }.credit(Some(line.amount))?;
    let cap = Some(line.amount.plus(credit.amount)?);
    let period = Some(PaidPeriod::new(period.start, end));
    Ok((Record { period, cap, ..record }, vec![line, credit]))
}

/// Returns whether a line is the credit of the days that are cut off from a payment.
pub(super) fn is_cut(record: &Record, line: &Line) -> bool {
    let end = record.period.map(|period| period.end);
    // The credit for days that were paid before comes first (R5.13).
    let is_first = record.lines.first() == Some(line);
    !is_first && line.kind == LineKind::Credit && line.period.is_some_and(|span| Some(span.start) == end)
}

/// Returns the payment that the day of the end cuts short and that was attempted.
pub(super) fn attempted(life: &Subscription) -> Option<&Record> {
    let is_shortened =
        |own: &&Record| own.was_attempted() && own.period.is_some_and(|period| cuts(life, own, period.end));
    life.state.ends_on.and_then(|_| life.state.ledger.own().find(is_shortened))
}

fn cuts(life: &Subscription, own: &Record, end: Date) -> bool {
    let whole = life.current.period(own.number).ok().flatten();
    life.state.ends_on == Some(end) && whole.is_some_and(|whole| whole.end > end)
}
