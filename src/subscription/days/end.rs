//! The end of service, and what is still collected then (R5.3, R5.9).

use super::pause_end;
use crate::date::Date;
use crate::error::{Error, Errors};
use crate::money::Money;
use crate::payment::PaymentKind;
use crate::subscription::owed::balance;
use crate::subscription::owed::blocked;
use crate::subscription::owed::due;
use crate::subscription::owed::last_day;
use crate::subscription::owed::seen::Seen;
use crate::subscription::owed::service;
use crate::subscription::owed::unused::{self, Unused};
use crate::subscription::records::key::PaymentNumber;
use crate::subscription::records::over::{Over, UnusedPart};
use crate::subscription::records::record::{PaymentStatus, Record};
use crate::subscription::records::refunds::LastDays;
use crate::subscription::records::state::{EndReason, Subscription};
use crate::subscription::status::Status;

/// Ends service on a day (R5.9). Open payments are stopped, except unscheduled charges. The unused amount reduces a
/// debt, and the rest of the debt becomes a separate payment.
pub(crate) fn stop(life: &mut Subscription, on: Date, waive: bool) -> Result<(), Errors> {
    let unused = unused::all(life, on)?;
    let over = over_on(life, on, &unused);
    life.state.over = Some(Over { is_waived: waive, ..over });
    life.state.changes.clear();
    life.state.skips.clear();
    life.state.ledger.close_open(PaymentStatus::Stopped, |record| {
        let is_kept = record.kind == PaymentKind::Unscheduled && !waive;
        record.unresolved().is_none() && !is_kept
    });
    let debt = life.balance.at_least_zero();
    let settled = if waive { debt } else { debt.at_most(unused_at(life, &over)?) };
    balance::lower(life, settled)?;
    if life.balance.amount() > 0 {
        collect(life, on);
    }
    Ok(())
}

/// Returns what is known on the day of the end, and ends a pause then.
fn over_on(life: &mut Subscription, on: Date, unused: &[Unused]) -> Over {
    if let Some(pause) = life.state.paused.take() {
        unused::leave_out(life, pause.from, on);
    }
    let mut parts =
        unused.iter().map(|part| UnusedPart { unused: part.before, number: part.last.number, days: part.last.days });
    let none = UnusedPart { unused: life.nothing(), number: PaymentNumber::NONE, days: 0 };
    let UnusedPart { unused, number, days } = parts.next().unwrap_or(none);
    let (balance, given, ahead) = (life.balance, life.state.given, parts.next());
    Over { on, balance, given, unused, number, days, ahead, paid_out: None, is_waived: false }
}

/// Returns the part that was unused at the end, less the money that had gone back until then (R5.12).
pub(crate) fn unused_at(life: &Subscription, over: &Over) -> Result<Money, Error> {
    let first = UnusedPart { unused: over.unused, number: over.number, days: over.days };
    let (mut sum, rule) = (life.nothing(), life.terms.rule()?);
    for UnusedPart { unused, number, days } in [first].into_iter().chain(over.ahead) {
        let last = LastDays { number, days, paused: None };
        sum = sum.plus(life.state.refunds.left_of(unused, last, rule)?)?;
    }
    Ok(sum)
}

/// Returns the part that was unused at the end, less the debt that it was set against.
pub(crate) fn unused_less_debt(life: &Subscription, over: &Over) -> Result<Money, Error> {
    let unused = unused_at(life, over)?;
    Ok(unused.plus(over.balance.at_least_zero().negated())?.at_least_zero())
}

/// Sets another unused part against the debt at the end, as money that had gone back before the end came again.
pub(crate) fn settle_debt_again(
    life: &mut Subscription,
    over: &Over,
    (before, after): (Money, Money),
) -> Result<(), Error> {
    if over.is_waived {
        return Ok(());
    }
    let debt = over.balance.at_least_zero();
    balance::lower(life, debt.at_most(after).plus(debt.at_most(before).negated())?)
}

/// Lowers the payment of the amount owed at the end after the balance was lowered, unless an attempt at it is unresolved.
pub(crate) fn reprice_final(life: &mut Subscription) -> Result<(), Error> {
    let Some(record) = open_final(life).filter(|record| record.unresolved().is_none()).cloned() else { return Ok(()) };
    let balance = life.balance.at_least_zero();
    if balance == record.amount {
        return Ok(());
    }
    if balance.amount() == 0 {
        life.state.ledger.close_open(PaymentStatus::Dropped, |open| open.key() == record.key());
        if_settled(life);
        return Ok(());
    }
    let mut repriced = Record { from_balance: Some(balance), lines: vec![balance::line(balance, balance)], ..record };
    repriced.keep_amounts();
    life.state.ledger.replace(Record { amount: balance, ..repriced });
    Ok(())
}

/// Creates the payment of a debt, numbered with the last period.
fn collect(life: &mut Subscription, due_date: Date) {
    let last = life.state.ledger.own().rfind(|record| record.due_date <= due_date);
    let key = life.state.ledger.key_beside(last.map_or(PaymentNumber::NONE, |record| record.number));
    let balance = life.balance;
    let record = Record::beside(PaymentKind::Final, key, due_date, balance);
    life.state.ledger.begin(Record {
        from_balance: Some(balance),
        lines: vec![balance::line(balance, balance)],
        ..record
    });
}

/// Returns the payment of the amount owed at the end, while it is unpaid.
pub(crate) fn open_final(life: &Subscription) -> Option<&Record> {
    life.state.ledger.open().find(|record| record.kind == PaymentKind::Final)
}

/// Ends service once its last day is over: that of a cancellation, or of the last paid period. A pause that is over by then ends
/// first.
pub(crate) fn reach(life: &mut Seen<'_>, day: Date) -> Result<bool, Errors> {
    let Some(end) = reached(life, day)? else { return Ok(false) };
    if pause_end::reach(life, end)? {
        return Ok(true);
    }
    let life = life.change();
    life.state.ending = true;
    stop(life, end, life.state.waives)?;
    Ok(true)
}

/// Returns the first day without service, if a day reaches it.
fn reached(life: &Subscription, day: Date) -> Result<Option<Date>, Error> {
    if life.state.over.is_some() {
        return Ok(None);
    }
    if life.state.ends_on.is_some()
        && let Some(end) = last_day::end(life)?.filter(|end| *end <= day)
    {
        return Ok(Some(end));
    }
    let end = service::until(life).unwrap_or(day);
    // Nothing ends during a pause.
    let is_reached = life.state.ending && end <= day && !blocked::is_held(life, end);
    Ok(if is_reached { Some(end) } else { None })
}

/// Collects the debt of a schedule that is over, on its last due date (R5.9).
pub(crate) fn collect_last_debt(life: &mut Seen<'_>, day: Date) -> Result<bool, Errors> {
    let is_owed = life.balance.amount() > 0 && !life.terms.is_internal() && life.current.schedule.is_some();
    if !is_owed || service::is_ending(life) || life.state.over.is_some() || blocked::is_held(life, day) {
        return Ok(false);
    }
    let is_collected = life.state.ledger.iter().any(|record| record.kind == PaymentKind::Final);
    if is_collected || due::next(life)?.is_some() {
        return Ok(false);
    }
    let last = life.state.ledger.own().rfind(|own| !own.is_skipped_ahead(day)).map(|own| own.due_date);
    let Some(last) = last else { return Ok(false) };
    collect(life.change(), last);
    Ok(true)
}

/// Stops what was in flight on the day of the end, and was not made (R5.9).
pub(crate) fn stop_others(life: &mut Seen<'_>) -> bool {
    let stops = |record: &Record| !record.outlives_service();
    let is_over = life.state.over.is_some() && life.state.ledger.open().any(stops);
    is_over && life.change().state.ledger.close_open(PaymentStatus::Stopped, stops)
}

/// Ends the subscription with the success that settles the last payment, once service is over.
pub(crate) fn if_settled(life: &mut Subscription) {
    if let Some(over) = life.state.over
        && !life.status.is_final()
        && life.state.ledger.open().next().is_none()
    {
        end(life, over.on, Status::Cancelled, PaymentStatus::Stopped, EndReason::Cancelled);
    }
}

/// Ends the subscription. Open payments get the status `open`.
pub(crate) fn end(life: &mut Subscription, on: Date, status: Status, open: PaymentStatus, reason: EndReason) {
    if life.state.over.is_none() {
        // A part that cannot be computed counts as 0.
        let unused = unused::all(life, on).unwrap_or_default();
        life.state.over = Some(over_on(life, on, &unused));
    }
    life.status = status;
    life.end_reason = Some(reason);
    life.state.ended = Some(on);
    life.state.changes.clear();
    life.state.paused = None;
    life.state.skips.clear();
    life.state.ledger.close_open(open, |_| true);
}
