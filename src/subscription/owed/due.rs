//! The payments of the schedule in order.

use super::adjusting;
use super::balance;
use super::overlap;
use super::shortened;
use crate::date::Date;
use crate::error::{Error, Errors};
use crate::payment::PaymentKind;
use crate::pricing::price::Price;
use crate::pricing::scheduled::Scheduled;
use crate::pricing::tax::taxed;
use crate::schedule::Period;
use crate::subscription::event::Resumption;
use crate::subscription::records::key::{PaymentKey, PaymentNumber};
use crate::subscription::records::numbers::Numbers;
use crate::subscription::records::record::Record;
use crate::subscription::records::record_price::PriceFrom;
use crate::subscription::records::state::{Current, MovedStub, Subscription};

/// Returns the schedule's next own payment: the open one, or the next number as not yet begun.
pub(crate) fn next(life: &Subscription) -> Result<Option<Record>, Errors> {
    if life.state.ending {
        return Ok(life.state.ledger.open_own().filter(|open| !is_dropped(life, open)).cloned());
    }
    let next = next_of_schedule(life);
    match &next {
        Ok(Some(own)) if !own.was_attempted() && !life.is_served_on(own.due_date) => Ok(None),
        _ => next,
    }
}

/// Returns whether a cancellation with the last period drops an open payment, as it was not started (R5.9).
fn is_dropped(life: &Subscription, open: &Record) -> bool {
    life.state.ending && open.is_unbegun()
}

/// The schedule's next own payment, without what it costs.
pub(crate) struct Next {
    pub(crate) number: PaymentNumber,
    pub(crate) due_date: Date,
    /// Whether it has a record.
    pub(crate) is_begun: bool,
}

/// Returns the same as [`next`], if no more is needed of it than its day.
pub(crate) fn next_day(life: &Subscription) -> Result<Option<Next>, Error> {
    if let Some(open) = life.state.ledger.open_own() {
        let is_owed = || open.was_attempted() || life.is_served_on(open.due_date);
        let follows = if life.state.ending { !is_dropped(life, open) } else { is_owed() };
        let (number, due_date) = (open.number, open.due_date);
        return Ok(if follows { Some(Next { number, due_date, is_begun: true }) } else { None });
    }
    let number = life.state.ledger.last_settled().next();
    let is_begun = life.state.ledger.has(PaymentKey::own(number));
    let period = life.period_ahead(number)?;
    Ok(period.map(|period| Next { number, due_date: period.start, is_begun }))
}

/// Returns the price in effect on a day: that of the number that was due before, also if its payment was not made.
pub(crate) fn price_on(life: &Subscription, day: Date) -> Result<&Price, Error> {
    let due = next_day(life)?.filter(|next| next.due_date < day);
    let price = &life.current.price;
    Ok(due.map_or(price, |next| adjusting::of(life, &life.current).price(price, next.number.get())))
}

/// Returns the same as [`next`], also if the subscription ends before it: the cancellation may still be withdrawn.
pub(crate) fn next_of_schedule(life: &Subscription) -> Result<Option<Record>, Errors> {
    match life.state.ledger.open_own() {
        // The balance applies to it until it is begun.
        Some(open) if open.is_unbegun() => balance::renewed(life, open.clone()).map(Some),
        Some(open) => Ok(Some(open.clone())),
        None => unbegun(life, &life.current, life.state.ledger.last_settled().next()),
    }
}

/// Returns a number of the schedule, from its record or as not yet begun; `None` after the last, and once the
/// subscription ends.
pub(crate) fn numbered(life: &Subscription, number: PaymentNumber) -> Result<Option<Record>, Errors> {
    match life.state.ledger.get(PaymentKey::own(number)) {
        Some(record) => Ok(Some(record.clone())),
        None if life.state.ending => Ok(None),
        None => {
            let unbegun = unbegun(life, &life.current, number);
            match &unbegun {
                Ok(Some(own)) if !life.is_served_on(own.due_date) => Ok(None),
                _ => unbegun,
            }
        }
    }
}

/// Returns a number of a price and schedule as not yet begun, also after the end; `None` after the last.
pub(crate) fn unbegun(life: &Subscription, current: &Current, number: PaymentNumber) -> Result<Option<Record>, Errors> {
    let Some(payment) = scheduled(life, current, number)? else { return Ok(None) };
    let Scheduled { period, period_days, price, bill, applied } = payment;
    let credit = overlap::credit(life, number, period.start)?;
    let kind = PaymentKind::scheduled(number.get(), life.state.card.is_established());
    let mut record = Record {
        period_days,
        prices: vec![PriceFrom::new(period.start, price, bill.costs, applied.as_deref())],
        period: Some(period.into()),
        applied,
        ..Record::beside(kind, PaymentKey::own(number), period.start, life.nothing())
    };
    let is_stub = current.stub_of(number).is_some();
    for pause in &life.state.pauses {
        // A stub does not cost the days that a shift has given back.
        match pause.resumption() {
            Resumption::Shift if is_stub => record.note_pause(pause.from, pause.end()),
            _ => record.leave_out(pause.from, pause.end()),
        }
    }
    let mut lines = bill.lines;
    shortened::cut(life, &mut record, &mut lines)?;
    if record.taxes().is_some() {
        lines = taxed(lines, record.taxes(), life.terms.rule()?)?;
    }
    if !credit.is_empty() {
        lines = [credit, lines].concat();
    }
    balance::charge(life, &mut record, lines)?;
    Ok(Some(record))
}

/// Returns the price and the period of a number; `None` after the last.
fn scheduled<'a>(
    life: &'a Subscription,
    current: &'a Current,
    number: PaymentNumber,
) -> Result<Option<Scheduled<'a>>, Errors> {
    let Some(schedule) = current.schedule else { return Ok(None) };
    let priced = adjusting::priced(life, current, schedule)?;
    if let Some(stub) = current.stub_of(number) {
        let part = priced.part(number.get(), charged(life, stub), stub.period_days)?;
        return Ok(Some(Scheduled { period: stub.period(), ..part }));
    }
    if life.has_exhausted(current) { Ok(None) } else { priced.payment(number.get()) }
}

/// Returns the days of a stub that it costs: without those that a shift has added.
pub(crate) fn charged(life: &Subscription, stub: MovedStub) -> Period {
    let period = stub.period();
    let shifted = life.state.pauses.iter().filter(|pause| pause.resumption() == Resumption::Shift);
    let days: i64 = shifted.map(|pause| pause.days_in(period.start, period.end)).sum();
    Period { end: period.end.plus_days(days.saturating_neg()).unwrap_or(period.end), ..period }
}

/// Returns the due date of a number that is not settled; `None` after the last, and once the subscription ends.
pub(crate) fn date_of(life: &Subscription, number: PaymentNumber) -> Result<Option<Date>, Error> {
    // The schedule that a pause has moved does not have an older number that is still owed.
    let open = life.state.ledger.get(PaymentKey::own(number)).filter(|record| record.is_open());
    match open.filter(|open| !is_dropped(life, open)) {
        Some(open) => Ok(Some(open.due_date)),
        None => Ok(life.period_ahead(number)?.map(|period| period.start)),
    }
}

/// Returns the due date of the first number after one that is not to be skipped; `None` after the last.
pub(crate) fn date_after(life: &Subscription, number: PaymentNumber) -> Result<Option<Date>, Error> {
    date_of(life, Numbers::first_outside(&life.state.skips, number.next()))
}

/// Returns the next due date, or the end of the last period.
pub(crate) fn date_or_end(life: &Subscription) -> Result<Option<Date>, Errors> {
    if let Some(next) = next(life)? {
        return Ok(Some(next.due_date));
    }
    let ends = life.state.ledger.own().filter_map(|record| record.period.map(|period| period.end));
    Ok(ends.max())
}

/// Returns the number of the period that contains a day; the last one after the end, 0 before the start (R5.6).
pub(crate) fn number_on(life: &Subscription, on: Date) -> Result<PaymentNumber, Errors> {
    match next(life)? {
        Some(next) if next.due_date <= on => Ok(life.current.number_due(on)?.unwrap_or(next.number)),
        _ => {
            let begun = life.state.ledger.own().rfind(|record| record.due_date <= on);
            Ok(begun.map_or(PaymentNumber::NONE, |record| record.number))
        }
    }
}

/// Returns the latest due number, to which the provider's next charge belongs (R5.7).
pub(crate) fn latest(life: &Subscription, today: Date) -> Result<Option<Record>, Errors> {
    match life.current.number_due(today)? {
        Some(number) => numbered(life, number),
        None => Ok(None),
    }
}

/// Returns whether a day is before the very first payment, so that there is nothing to prorate.
pub(crate) fn is_before_start(life: &Subscription, day: Date) -> Result<bool, Errors> {
    let ledger = &life.state.ledger;
    let is_next_later = next(life)?.is_some_and(|next| day < next.due_date);
    Ok(is_next_later && ledger.running_on(day).is_none() && ledger.has_run_none(life.state.on.unwrap_or(day)))
}
