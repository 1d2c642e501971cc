//! The payment whose period the day of a cancellation cuts short (R5.9).

use super::balance;
use super::record::Record;
use super::state::Subscription;
use crate::date::Date;
use crate::error::{Error, Errors};
use crate::payment::PaidPeriod;
use crate::pricing::bill;
use crate::pricing::credit::CutOff;
use crate::pricing::line::{Line, LineKind, Span};
use crate::pricing::share::Part;
use crate::pricing::tax::{is_of_credit, taxed};

/// Returns a payment of the schedule without the days from the day of the end on, and its lines: the price, and the credit
/// of the days cut off.
pub(super) fn cut(life: &Subscription, record: Record, mut lines: Vec<Line>) -> Result<(Record, Vec<Line>), Error> {
    let (Some(end), Some(period), Some(costs)) = (life.state.ends_on, record.period, record.costs()) else {
        return Ok((record, lines));
    };
    if end <= period.start || period.end <= end {
        return Ok((record, lines));
    }
    let part = Part::days(record.days(end, period.end), record.period_days);
    let span = Span { start: end, end: period.end };
    let rule = life.terms.rule()?;
    let whole = bill::sum(lines.iter().filter(|line| line.kind != LineKind::Setup), life.currency())?;
    let credits = CutOff { costs, part, span, rule }.lines(&lines, record.taxes())?;
    let credited = bill::sum(credits.iter().filter(|line| line.kind == LineKind::Credit), life.currency())?;
    lines.extend(credits);
    let cap = Some(whole.plus(credited)?);
    let period = Some(PaidPeriod::new(period.start, end));
    Ok((Record { period, cap, ..record }, lines))
}

/// Computes the open payment anew as the end has moved, if it was never attempted: cut short, or whole again.
pub(super) fn renew_open(life: &mut Subscription) -> Result<(), Errors> {
    let Some(open) = life.state.ledger.open_own().filter(|own| !own.was_attempted()) else { return Ok(()) };
    let Some(period) = open.period else { return Ok(()) };
    let cut_off = days_cut_off(open);
    let end = cut_off.map_or(period.end, |days| days.end);
    let is_inside = |day: &Date| period.start < *day && *day < end;
    if life.state.ends_on.filter(is_inside) == cut_off.map(|days| days.start) {
        return Ok(());
    }
    let mut whole = open.clone();
    whole.keep_amounts();
    if cut_off.is_some() {
        (whole.period, whole.cap) = (Some(PaidPeriod::new(period.start, end)), None);
    }
    let mut lines: Vec<Line> = of_days_before(open).cloned().collect();
    let is_charge = |line: &&Line| !is_of_credit(line) && !matches!(line.kind, LineKind::Tax | LineKind::Balance);
    let charges = open.lines.iter().filter(is_charge).cloned().collect();
    let (record, charges) = cut(life, whole, charges)?;
    lines.extend(taxed(charges, record.taxes(), life.terms.rule()?)?);
    let record = balance::charged(life, record, lines)?;
    life.state.ledger.replace(record);
    Ok(())
}

/// Returns the lines of the credit for days that were paid before, with its taxes: they come first (R5.13).
pub(super) fn of_days_before(record: &Record) -> impl Iterator<Item = &Line> {
    record.lines.iter().take_while(|line| is_of_credit(line))
}

/// Returns the days that are cut off from a payment, which it credits.
pub(super) fn days_cut_off(record: &Record) -> Option<Span> {
    let mut others = record.lines.iter().skip_while(|line| is_of_credit(line));
    others.find(|line| line.kind == LineKind::Credit).and_then(|line| line.period)
}

/// Returns the payment that the day of the end cuts short and that was attempted.
pub(super) fn attempted(life: &Subscription) -> Option<&Record> {
    let is_shortened =
        |own: &&Record| own.was_attempted() && own.period.is_some_and(|period| cuts(life, own, period.end));
    life.state.ends_on.and_then(|_| life.state.ledger.own().find(is_shortened))
}

fn cuts(life: &Subscription, own: &Record, end: Date) -> bool {
    let whole = life.current.period(own.number).ok().flatten();
    whole.is_some_and(|whole| whole.end > end)
}
