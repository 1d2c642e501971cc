//! The minimum term of a subscription: what moves its end, and which cancellation it rejects (R10).

use super::last_day;
use super::service;
use crate::date::Date;
use crate::error::{Code, Error};
use crate::minimum_term::{Commitment, MinimumTerm};
use crate::preview::PreviewedPayment;
use crate::subscription::records::key::PaymentNumber;
use crate::subscription::records::state::{Current, Subscription};

/// Returns whether the terms have a commitment or a notice.
pub(crate) fn is_agreed(life: &Subscription) -> bool {
    life.terms.commitment.is_some() || life.terms.notice.is_some()
}

/// Returns the days that decide when a cancellation can take effect.
pub(crate) fn of(life: &Subscription) -> Result<MinimumTerm, Error> {
    let schedule = life.current.schedule;
    Ok(MinimumTerm {
        committed_until: committed_until(life)?,
        notice: life.terms.notice,
        schedule,
        boundary: life.current.stub.map(|stub| stub.period().start),
        ends_on: ends_on(life)?,
        trial_end: if in_trial(life) { schedule.map(|schedule| schedule.start()) } else { None },
    })
}

/// Returns the first day without the commitment. Numbers that are to be skipped do not count.
pub(crate) fn committed_until(life: &Subscription) -> Result<Option<Date>, Error> {
    let Some(mut until) = stored(life)? else { return Ok(None) };
    if !counts_payments(life) {
        return Ok(Some(until));
    }
    for numbers in &life.state.skips {
        let mut number = numbers.first;
        while number <= numbers.last {
            match life.current.period(number)? {
                Some(period) if period.start < until => until = after_skipped(life, number, until),
                _ => break,
            }
            number = number.next();
        }
    }
    Ok(Some(until))
}

/// Moves the end of the commitment as a number of the schedule was skipped before it.
pub(crate) fn skipped(life: &mut Subscription, number: PaymentNumber, due_date: Date) -> Result<(), Error> {
    if counts_payments(life)
        && let Some(until) = stored(life)?.filter(|until| due_date < *until)
    {
        life.state.committed_until = Some(after_skipped(life, number, until));
    }
    Ok(())
}

/// Moves the end of the commitment with the schedule, which a pause has moved by some days.
pub(crate) fn shifted(life: &mut Subscription, before: &Current, paused: Date, days: i64) -> Result<(), Error> {
    let Some(until) = stored(life)?.filter(|until| paused < *until && counts_payments(life)) else { return Ok(()) };
    let number = before.schedule.and_then(|schedule| schedule.boundary_on(until));
    let index = number.and_then(|number| PaymentNumber::at(number, before.first()).index_from(life.current.first()));
    let moved = match (life.current.schedule, index) {
        (Some(schedule), Some(index)) if life.current != *before => schedule.boundary(index).ok(),
        _ => until.plus_days(days),
    };
    life.state.committed_until = moved.or(Some(Date::LAST));
    Ok(())
}

/// Returns an error for a cancellation on a day that takes effect before the minimum term is over. A day on or after that of a
/// pending cancellation is never before it.
pub(crate) fn check(life: &Subscription, end: Date, on: Date, path: &'static str) -> Result<(), Error> {
    if !binds(life) || pending_end(life)?.is_some_and(|pending| pending <= end) {
        return Ok(());
    }
    let term = of(life)?;
    if term.may_end(end, on).map_err(|error| error.moved_to(path))? {
        return Ok(());
    }
    let day = term.bound(on).map_err(|error| error.moved_to(path))?.iso();
    let message =
        ["cannot end before `", &day, "` because of the minimum term or the notice; use `earliest` for that day"];
    Err(Error::new(Code::Committed, path, message.concat()))
}

/// Returns the first day on which a cancellation on a day can take effect.
pub(crate) fn earliest_end(life: &Subscription, on: Date) -> Result<Date, Error> {
    if !binds(life) {
        return Ok(on);
    }
    let end = of(life)?.earliest_end(on)?;
    Ok(pending_end(life)?.map_or(end, |pending| end.min(pending)).max(on))
}

/// Returns the same as [`earliest_end`], of a subscription that makes its first payment if it has not.
pub(crate) fn end_once_begun(life: &Subscription, on: Date) -> Result<Date, Error> {
    let start = life.current.schedule.map(|schedule| schedule.start());
    let from = if service::has_begun(life) && !in_trial(life) { on } else { start.map_or(on, |start| start.max(on)) };
    let end = of(life)?.bound(from)?;
    Ok(pending_end(life)?.map_or(end, |pending| end.min(pending)).max(on))
}

/// Sets until when payments can be cancelled. The first one of a subscription that has not begun binds to nothing.
pub(crate) fn bind(life: &Subscription, payments: &mut [PreviewedPayment], on: Date) -> Result<(), Error> {
    if !is_agreed(life) {
        return Ok(());
    }
    let term = of(life)?;
    let has_begun = service::has_begun(life);
    for payment in payments.iter_mut().filter(|payment| has_begun || payment.number > 1) {
        payment.cancel_by = payment.cancel_by.and_then(|_| term.cancel_by(payment.due_date, on));
    }
    Ok(())
}

/// Returns whether the minimum term binds: from the first payment or verification on.
fn binds(life: &Subscription) -> bool {
    is_agreed(life) && service::has_begun(life) && !service::is_over(life)
}

/// Returns the first day without service of a pending cancellation.
fn pending_end(life: &Subscription) -> Result<Option<Date>, Error> {
    if service::is_ending(life) { last_day::end(life) } else { Ok(None) }
}

/// Returns whether an end of the commitment is stored that nothing can have moved.
pub(crate) fn is_stored_wrongly(life: &Subscription) -> bool {
    life.state.committed_until.is_some() && !counts_payments(life)
}

fn counts_payments(life: &Subscription) -> bool {
    matches!(life.terms.commitment, Some(Commitment::Payments(_)))
}

/// Returns the first day without the commitment, as far as numbers of the schedule are settled.
fn stored(life: &Subscription) -> Result<Option<Date>, Error> {
    let Some(commitment) = life.terms.commitment else { return Ok(None) };
    match life.state.committed_until {
        Some(until) => Ok(Some(until)),
        None => commitment.end(life.terms.schedule.as_ref()),
    }
}

/// Returns the end of the commitment after a number before it was skipped: a payment later, unless the number is a stub (R5.13).
fn after_skipped(life: &Subscription, number: PaymentNumber, until: Date) -> Date {
    match life.current.schedule {
        Some(schedule) if life.current.stub_of(number).is_none() => {
            schedule.one_payment_after(until).unwrap_or(Date::LAST)
        }
        _ => until,
    }
}

/// Returns the day on which the subscription ends by itself.
fn ends_on(life: &Subscription) -> Result<Option<Date>, Error> {
    let Some(schedule) = life.current.schedule else { return Ok(None) };
    if life.state.exhausted {
        return Ok(Some(end_of_exhausted(life)));
    }
    let Some(last) = schedule.last_payment()? else { return Ok(None) };
    let end = schedule.period(last.number)?.map(|period| period.end);
    Ok(end.max(service::until(life)))
}

/// Returns the end of what is paid or owed of a schedule that has no further number; the first day of all if that is nothing.
fn end_of_exhausted(life: &Subscription) -> Date {
    let stub = life.current.stub.filter(|stub| stub.number() >= life.first_unsettled()).map(|stub| stub.end);
    let open = life.state.ledger.own().filter(|own| own.is_open());
    let open = open.filter_map(|own| own.period).map(|period| period.end).max();
    stub.max(open).max(service::until(life)).unwrap_or(Date::FIRST)
}

/// Returns whether a trial runs, or is to come.
fn in_trial(life: &Subscription) -> bool {
    let on = life.state.on.unwrap_or(Date::FIRST);
    life.terms.trial_start.is_some() && life.state.ledger.has_run_none(on)
}
