//! Skipping the numbers that are to be skipped (R5.10, R5.13).

use crate::error::{Code, Error, Errors};
use crate::subscription::owed::due;
use crate::subscription::owed::minimum_term;
use crate::subscription::owed::seen::Seen;
use crate::subscription::records::key::PaymentNumber;
use crate::subscription::records::numbers::Numbers;
use crate::subscription::records::paused::Pause;
use crate::subscription::records::record::{PaymentStatus, Record};
use crate::subscription::records::state::Subscription;

/// The maximum number of due dates that pauses skip.
const MOST: u32 = 10_000;

/// Skips the next number if it is to be skipped. A payment that is open before it is settled first.
pub(crate) fn next(life: &mut Seen<'_>) -> Result<bool, Errors> {
    if life.state.skips.is_empty() {
        return Ok(false);
    }
    let Some(own) = due::next_of_schedule(life)?.filter(|own| is_skipped(life, own) && life.is_served_on(own.due_date))
    else {
        return Ok(false);
    };
    let (number, due_date) = (own.number, own.due_date);
    let life = life.change();
    life.state.ledger.close(own, PaymentStatus::Skipped);
    minimum_term::skipped(life, number, due_date)?;
    life.state.skips.retain(|numbers| numbers.last > number);
    Ok(true)
}

/// Plans to skip the numbers from one on that were due in a pause after which the schedule was kept (R5.10).
pub(crate) fn paused(life: &mut Subscription, first: PaymentNumber) -> Result<(), Errors> {
    for number in due_in_pauses(life, first)? {
        let is_attempted = life.state.ledger.own().any(|own| own.number == number && own.was_attempted());
        if !is_attempted && !life.state.skips.iter().any(|numbers| numbers.has(number)) {
            Numbers::add(&mut life.state.skips, number);
        }
    }
    Ok(())
}

/// Removes the numbers due in those pauses from those to skip, as the schedule restarts on another day.
pub(crate) fn withdraw_paused(life: &mut Subscription) -> Result<(), Errors> {
    let Some(first) = life.state.skips.first().map(|numbers| numbers.first) else { return Ok(()) };
    for number in due_in_pauses(life, first)? {
        Numbers::remove(&mut life.state.skips, number);
    }
    Ok(())
}

/// Returns the numbers from one on that are due in a pause after which the schedule was kept.
fn due_in_pauses(life: &Subscription, first: PaymentNumber) -> Result<Vec<PaymentNumber>, Errors> {
    let mut found = Vec::new();
    let Some(end) = life.state.pauses.iter().map(Pause::end).max() else { return Ok(found) };
    // A number before the schedule was begun by an earlier pause, before which it was due.
    let start = life.current.stub.map_or(life.current.first(), |stub| stub.number());
    let (mut number, mut left) = (first.max(start), MOST);
    while let Some(period) = life.period_ahead(number)?.filter(|period| period.start < end) {
        if life.state.pauses.iter().any(|pause| pause.has(period.start)) {
            found.push(number);
        }
        number = number.next();
        left = left.checked_sub(1).ok_or_else(|| {
            Error::new(Code::TooMany, "/event/on", "expected at most 10000 payments due during the pause")
        })?;
    }
    Ok(found)
}

/// Forgets the pauses before whose end nothing is due any more that has not begun.
pub(crate) fn forget(life: &mut Subscription) -> Result<(), Errors> {
    if life.state.pauses.is_empty() {
        return Ok(());
    }
    if life.status.is_final() {
        life.state.pauses.clear();
        return Ok(());
    }
    let changes = life.state.changes.iter().map(|pending| pending.change.at);
    let first = due::next_of_schedule(life)?.map(|own| own.due_date).into_iter().chain(changes).min();
    life.state.pauses.retain(|pause| first.is_some_and(|first| first < pause.end()));
    Ok(())
}

fn is_skipped(life: &Subscription, own: &Record) -> bool {
    !own.was_attempted() && life.state.skips.iter().any(|numbers| numbers.has(own.number))
}
