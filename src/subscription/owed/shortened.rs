//! The payment whose period the day of a cancellation cuts short (R5.9).

use super::balance;
use super::service;
use crate::date::Date;
use crate::error::{Error, Errors};
use crate::money::Money;
use crate::payment::PaidPeriod;
use crate::pricing::bill;
use crate::pricing::costs::Costs;
use crate::pricing::credit::{CutOff, TaxesPaid};
use crate::pricing::line::{Line, LineKind, Span};
use crate::pricing::share::Part;
use crate::pricing::tax::{is_of_credit, taxed};
use crate::subscription::records::key::PaymentKey;
use crate::subscription::records::record::Record;
use crate::subscription::records::record_price::LeftToPayment;
use crate::subscription::records::state::Subscription;

/// Cuts the days from the day of the end on off a payment of the schedule. Its lines are the price, and then the credit of
/// these days.
pub(crate) fn cut(life: &Subscription, record: &mut Record, lines: &mut Vec<Line>) -> Result<(), Error> {
    let (Some(end), Some(period)) = (life.state.ends_on, record.period) else { return Ok(()) };
    if end <= period.start || period.end <= end {
        return Ok(());
    }
    let Some(costs) = record.costs() else { return Ok(()) };
    let part = Part::days(record.days(end, period.end), record.period_days);
    let span = Span { start: end, end: period.end };
    let rule = life.terms.rule()?;
    let charged = bill::sum(lines.iter().filter(|line| line.kind != LineKind::Setup), life.currency())?;
    let whole = record.cap.unwrap_or(charged);
    let credits = CutOff { costs, part, span, rule }.lines(lines, record.taxes())?;
    let credited = bill::sum(credits.iter().filter(|line| line.kind == LineKind::Credit), life.currency())?;
    // The credit has its own tax, so that what is left may have another than its own (R9.4).
    let taxes = match record.taxes() {
        Some(taxes) => TaxesPaid::of(taxes, Some(whole), rule)?.after(&credits)?,
        None => Vec::new(),
    };
    lines.extend(credits);
    record.period = Some(PaidPeriod::new(period.start, end));
    record.pay(whole.plus(credited)?, taxes, rule)
}

/// Computes the open payments that were never attempted anew as the end has moved: cut short, or whole again.
pub(crate) fn renew_open(life: &mut Subscription) -> Result<(), Errors> {
    let open = life.state.ledger.own().filter(|own| own.is_open() && !own.was_attempted());
    let keys: Vec<PaymentKey> = open.map(Record::key).collect();
    keys.into_iter().try_for_each(|key| renew(life, key))
}

fn renew(life: &mut Subscription, key: PaymentKey) -> Result<(), Errors> {
    let Some(open) = life.state.ledger.get(key) else { return Ok(()) };
    let Some(period) = open.period else { return Ok(()) };
    let cut_off = days_cut_off(open);
    let end = cut_off.map_or(period.end, |days| days.end);
    let is_inside = |day: &Date| period.start < *day && *day < end;
    if life.state.ends_on.filter(is_inside) == cut_off.map(|days| days.start) {
        return Ok(());
    }
    let mut whole = open.clone();
    whole.keep_amounts();
    if let Some(days) = cut_off {
        move_left(life, &mut whole, days, Money::plus)?;
        whole.period = Some(PaidPeriod::new(period.start, end));
        whole.pay_last_days(life.terms.rule()?)?;
    }
    let mut lines: Vec<Line> = of_days_before(open).cloned().collect();
    let is_charge = |line: &&Line| !is_of_credit(line) && !matches!(line.kind, LineKind::Tax | LineKind::Balance);
    let mut charges = open.lines.iter().filter(is_charge).cloned().collect();
    cut(life, &mut whole, &mut charges)?;
    if let Some(period) = whole.period.filter(|period| period.end < end) {
        move_left(life, &mut whole, Span { start: period.end, end }, less)?;
    }
    lines.extend(taxed(charges, whole.taxes(), life.terms.rule()?)?);
    balance::charge(life, &mut whole, lines)?;
    life.state.ledger.replace(whole);
    Ok(())
}

/// Adds some days to what a change has left to a payment, or subtracts them: their part of the net, and what is then paid for them
/// (R3.11).
fn move_left(
    life: &Subscription,
    record: &mut Record,
    days: Span,
    by: fn(Money, Money) -> Result<Money, Error>,
) -> Result<(), Error> {
    let Some(left) = record.left.take() else { return Ok(()) };
    let (part, rule) = (Part::days(record.days(days.start, days.end), record.period_days), life.terms.rule()?);
    let of_days = |costs: &Costs| costs.total_of(|cost| part.of(cost, rule));
    let gross = |net: Money| record.taxes().map_or(Ok(net), |taxes| taxes.gross(net, rule));
    let price = of_days(&left.price)?;
    let net = by(left.net, less(gross(price)?, gross(of_days(&left.base)?)?)?)?;
    let mut paid = Record { cap: left.cap, taxes_paid: left.taxes_paid, ..record.clone() };
    if let Some(cap) = left.cap {
        let before = paid.taxes_paid(rule)?.and_then(|taxes| taxes.paid).unwrap_or_default();
        let taxes = record.taxes().map_or(Ok(Vec::new()), |taxes| taxes.on(price, rule))?;
        let taxes = before.into_iter().zip(taxes).map(|(before, tax)| by(before, tax.tax)).collect::<Result<_, _>>()?;
        paid.pay(by(cap, price)?, taxes, rule)?;
    }
    record.left = Some(LeftToPayment { net, cap: paid.cap, taxes_paid: paid.taxes_paid, ..left });
    Ok(())
}

fn less(amount: Money, by: Money) -> Result<Money, Error> {
    amount.plus(by.negated())
}

/// Returns the lines of the credit for days that were paid before, with its taxes: they come first (R5.13).
pub(crate) fn of_days_before(record: &Record) -> impl Iterator<Item = &Line> {
    record.lines.iter().take_while(|line| is_of_credit(line))
}

/// Returns the days that are cut off from a payment, which it credits.
pub(crate) fn days_cut_off(record: &Record) -> Option<Span> {
    let mut others = record.lines.iter().skip_while(|line| is_of_credit(line));
    others.find(|line| line.kind == LineKind::Credit).and_then(|line| line.period)
}

/// Returns the payment that the day of the end cuts short and that was attempted, or settled by a verification.
pub(crate) fn attempted(life: &Subscription) -> Option<&Record> {
    if !service::is_ending(life) {
        return None;
    }
    let is_made = |own: &Record| own.was_attempted() || own.is_paid_for();
    let is_shortened = |own: &&Record| is_made(own) && own.period.is_some_and(|period| cuts(life, own, period.end));
    life.state.ledger.own().find(is_shortened)
}

fn cuts(life: &Subscription, own: &Record, end: Date) -> bool {
    let period = |number| life.current.period(number).ok().flatten();
    // A schedule that has restarted since begins with the next number.
    let whole_end = period(own.number).map(|whole| whole.end);
    whole_end.or_else(|| period(own.number.next()).map(|next| next.start)).is_some_and(|whole_end| whole_end > end)
}
