//! The end of service, and what is still collected then (R5.3, R5.9).

use super::balance;
use super::due;
use super::key::PaymentNumber;
use super::record::{PaymentStatus, Record};
use super::seen::Seen;
use super::service;
use super::state::{EndReason, Over, Subscription};
use super::status::Status;
use super::unused;
use crate::date::Date;
use crate::error::Errors;
use crate::money::Money;
use crate::payment::PaymentKind;

/// Ends service on a day (R5.9). Open payments are stopped, except unscheduled charges. The unused amount reduces a
/// debt, and the rest of the debt becomes a separate payment.
pub(super) fn stop(life: &mut Subscription, on: Date, unused: Money, waive: bool) -> Result<(), Errors> {
    if let Some(paused) = life.state.paused.take() {
        life.state.ledger.leave_out(paused, on);
    }
    life.state.over = Some(Over { on, balance: life.balance, unused });
    life.state.changes.clear();
    life.state.ledger.close_open(PaymentStatus::Stopped, |record| {
        let is_kept = record.kind == PaymentKind::Unscheduled && !waive;
        record.unresolved().is_none() && !is_kept
    });
    let debt = life.balance.at_least_zero();
    let settled = if waive { debt } else { debt.at_most(unused) };
    life.balance = life.balance.plus(settled.negated())?;
    if life.balance.amount() > 0 {
        collect(life, on);
    }
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
pub(super) fn open_final(life: &Subscription) -> Option<&Record> {
    life.state.ledger.open().find(|record| record.kind == PaymentKind::Final)
}

/// Ends the service of a subscription that ends with the last period paid for, once that is over.
pub(super) fn reach(life: &mut Seen<'_>, day: Date) -> Result<bool, Errors> {
    let end = service::until(life).unwrap_or(day);
    if !life.state.ending || life.state.over.is_some() || end > day {
        return Ok(false);
    }
    let life = life.change();
    stop(life, end, life.nothing(), life.state.waives)?;
    Ok(true)
}

/// Collects the debt of a schedule that is over, on its last due date (R5.9).
pub(super) fn collect_last_debt(life: &mut Seen<'_>) -> Result<bool, Errors> {
    let is_owed = life.balance.amount() > 0 && !life.terms.is_internal() && life.current.schedule.is_some();
    if !is_owed || life.state.ending || life.state.over.is_some() {
        return Ok(false);
    }
    let is_collected = life.state.ledger.iter().any(|record| record.kind == PaymentKind::Final);
    if is_collected || due::next(life)?.is_some() {
        return Ok(false);
    }
    let Some(last) = life.state.ledger.own().next_back().map(|record| record.due_date) else { return Ok(false) };
    collect(life.change(), last);
    Ok(true)
}

/// Stops what was in flight on the day of the end, and was not made (R5.9).
pub(super) fn stop_others(life: &mut Seen<'_>) -> bool {
    let stops = |record: &Record| !record.outlives_service();
    let is_over = life.state.over.is_some() && life.state.ledger.open().any(stops);
    is_over && life.change().state.ledger.close_open(PaymentStatus::Stopped, stops)
}

/// Ends the subscription with the success that settles the last payment, once service is over.
pub(super) fn if_settled(life: &mut Subscription) {
    if let Some(over) = life.state.over
        && !life.status.is_final()
        && life.state.ledger.open().next().is_none()
    {
        end(life, over.on, Status::Cancelled, PaymentStatus::Stopped, EndReason::Cancelled);
    }
}

/// Ends the subscription. Open payments get the status `open`.
pub(super) fn end(life: &mut Subscription, on: Date, status: Status, open: PaymentStatus, reason: EndReason) {
    if life.state.over.is_none() {
        // A part that cannot be computed counts as 0.
        let unused = unused::amount_on(life, on).unwrap_or(life.nothing());
        life.state.over = Some(Over { on, balance: life.balance, unused });
    }
    life.status = status;
    life.end_reason = Some(reason);
    life.state.ended = Some(on);
    life.state.changes.clear();
    life.state.paused = None;
    life.state.ledger.close_open(open, |_| true);
}
