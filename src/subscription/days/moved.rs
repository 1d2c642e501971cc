//! A schedule that restarts on another day, with the payments that are left (R3.6, R5.10, R5.13).

use crate::date::Date;
use crate::error::{Error, Errors};
use crate::pricing::proration::anchored;
use crate::schedule::Schedule;
use crate::subscription::owed::due;
use crate::subscription::records::key::PaymentNumber;
use crate::subscription::records::record::{PaymentStatus, Record};
use crate::subscription::records::state::{Current, Subscription};

/// Returns how many payments are left from a number on; `None` if the schedule has no payment count. A stub before the schedule is
/// none of them.
pub(crate) fn count_left(current: &Current, number: PaymentNumber) -> Option<u32> {
    let (count, number) = (current.schedule?.payment_count()?, number.max(current.first()));
    Some(count.saturating_add(current.first_number).saturating_sub(number.get()))
}

/// Returns a schedule that restarts on a day with a payment count; `None` if its end date is before every payment then.
/// The anchor day stays if the day is the anchor day of its month.
pub(crate) fn restarted(
    schedule: &Schedule,
    count: Option<u32>,
    start: Date,
    anchor_day: Option<u32>,
) -> Result<Option<Schedule>, Error> {
    let anchor_day = anchor_day.or_else(|| schedule.anchor_kept_on(start));
    let mut moved = anchored(Schedule::new(start, schedule.cycle()), anchor_day)?;
    if let Some(count) = count {
        moved = moved.with_payment_count(count)?;
    }
    Ok(match schedule.end_date() {
        Some(end_date) => moved.with_end_date(end_date).ok(),
        None => Some(moved),
    })
}

/// Restarts the schedule with a number. Without a schedule no payment remains.
pub(crate) fn restart(life: &mut Subscription, schedule: Option<Schedule>, first: PaymentNumber) {
    life.current.stub = None;
    match schedule {
        Some(schedule) => {
            life.current.schedule = Some(schedule);
            life.current.first_number = first.get();
            life.state.exhausted = false;
        }
        // The end date never moves, and is now before every payment.
        None => {
            life.current.first_number = life.current.first_number.min(first.get());
            life.state.exhausted = true;
        }
    }
}

/// Begins a payment that was not made, or was requested, before its schedule restarted again, as it is now: its attempt keeps its
/// reference, and the customer is still there.
pub(crate) fn begin_again(life: &mut Subscription, taken: Option<Record>) -> Result<(), Errors> {
    let is_kept = |taken: &Record| !taken.attempts.is_empty() || taken.requested.is_some();
    let Some(taken) = taken.filter(is_kept) else { return Ok(()) };
    let record = match due::unbegun(life, &life.current, taken.number)? {
        Some(unbegun) => taken.computed_anew(unbegun),
        None if taken.attempts.is_empty() => return Ok(()),
        // Nothing is owed any more.
        None => Record { status: PaymentStatus::Dropped, ..taken },
    };
    life.state.ledger.begin(record);
    Ok(())
}
