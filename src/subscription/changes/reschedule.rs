//! Moving the next due date (R5.13).

use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::schedule::Schedule;
use crate::subscription::days::moved;
use crate::subscription::days::skips;
use crate::subscription::event::Between;
use crate::subscription::owed::adjusting;
use crate::subscription::owed::blocked;
use crate::subscription::owed::due;
use crate::subscription::owed::guard;
use crate::subscription::payments::finish;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::{MovedStub, Subscription};
use crate::terms::no_schedule;

const NEXT: &str = "/event/next";
const BETWEEN: &str = "/event/between";

/// A requested new due date.
pub(crate) struct Move {
    pub(crate) next: Date,
    pub(crate) anchor_day: Option<u32>,
    pub(crate) between: Option<Between>,
}

/// Applies `rescheduled`.
pub(crate) fn reschedule(life: &mut Subscription, request: &Move, on: Date) -> Result<(), Errors> {
    let (own, schedule) = movable(life, on)?;
    let Move { next, anchor_day, between } = *request;
    if next < on {
        return Err(Error::new(Code::OutOfRange, NEXT, "expected a day on or after that of the event").into());
    }
    if let Some(day) = anchor_day {
        guard::anchor_day(life, day, "/event/anchorDay")?;
    }
    if between.is_some() && next <= own.due_date {
        let message = "cannot accept `between` because the day is not later than the due date; leave it out";
        return Err(Error::new(Code::OutOfRange, BETWEEN, message).into());
    }
    if next == own.due_date && anchor_day.is_none() {
        return Ok(());
    }
    let is_before_start = due::is_before_start(life, on)?;
    if is_before_start {
        check_start(life, request)?;
    }
    if life.current.stub_of(own.number).is_some() {
        adjusting::remove_stub(life, own.number)?;
    }
    skips::withdraw_paused(life)?;
    let taken = life.state.ledger.take_unattempted(own.number);
    if !is_before_start && next > own.due_date && between != Some(Between::Free) {
        insert_stub(life, &own, &schedule, request)?;
    } else {
        if !is_before_start && next > own.due_date {
            life.state.ledger.extend(own.number.prev(), next);
        }
        restart(life, &own, &schedule, request)?;
    }
    moved::begin_again(life, taken)
}

/// Returns the payment whose due date can move, and the schedule.
fn movable(life: &Subscription, on: Date) -> Result<(Record, Schedule), Errors> {
    guard::not_over(life)?;
    guard::scheduled_here(life)?;
    let schedule = life.current.schedule.ok_or_else(|| no_schedule("/event/type"))?;
    if blocked::is_held(life, on) {
        guard::not_paused(life)?;
    }
    guard::not_ending(life)?;
    guard::nothing_in_flight(life)?;
    if life.state.ledger.open_own().is_some_and(Record::was_attempted) {
        return Err(guard::overdue().into());
    }
    let own = due::next(life)?.ok_or_else(guard::nothing_follows)?;
    if finish::is_given_up(life, on)? {
        return Err(guard::given_up().into());
    }
    Ok((own, schedule))
}

/// Returns an error for a day before the first payment that cannot be its due date.
fn check_start(life: &Subscription, request: &Move) -> Result<(), Error> {
    if request.between == Some(Between::Prorated) {
        let message = "cannot charge the days until the first payment because nothing was paid yet; use `free`";
        return Err(Error::new(Code::OutOfRange, BETWEEN, message));
    }
    if life.terms.trial_start.is_some_and(|trial_start| request.next <= trial_start) {
        return Err(Error::new(Code::OutOfRange, NEXT, "expected a day after the start of the trial"));
    }
    Ok(())
}

/// Restarts the schedule on the day, with the number that was next and the payments that are left.
fn restart(life: &mut Subscription, own: &Record, schedule: &Schedule, request: &Move) -> Result<(), Errors> {
    let count = moved::count_left(&life.current, own.number);
    let restarted = moved::restarted(schedule, count, request.next, request.anchor_day).map_err(beyond)?;
    moved::restart(life, restarted, own.number);
    Ok(())
}

/// Makes the days until a later day a stub with the number that was next, due on the old date (R3.8). The schedule restarts
/// with the number after it.
fn insert_stub(life: &mut Subscription, own: &Record, schedule: &Schedule, request: &Move) -> Result<(), Errors> {
    let next = request.next;
    let start = own.due_date;
    let period_days = full_period_before(schedule, next)?;
    if start.days_until(next) > period_days {
        let message = "expected at most one period after the due date; use `free` for a later day";
        return Err(Error::new(Code::OutOfRange, NEXT, message).into());
    }
    let count = moved::count_left(&life.current, own.number);
    let restarted = moved::restarted(schedule, count, next, request.anchor_day).map_err(beyond)?;
    adjusting::insert_stub(life, own.number)?;
    moved::restart(life, restarted, own.number.next());
    let period_days = u32::try_from(period_days).unwrap_or(0);
    let stub = MovedStub { number: own.number.get(), start, end: next, period_days };
    life.current.stub = Some(stub);
    Ok(())
}

/// Returns the days of the full period that ends on a day.
fn full_period_before(schedule: &Schedule, end: Date) -> Result<i64, Error> {
    let restarted = moved::restarted(schedule, None, end, None)?.unwrap_or(Schedule::new(end, schedule.cycle()));
    let before = restarted.cycle_before_start().ok_or_else(|| {
        Error::new(Code::OutOfRange, NEXT, "cannot move the due date because a period would begin before 0001-01-01")
    })?;
    Ok(before.days_until(end))
}

fn beyond(error: Error) -> Error {
    Error::new(error.code(), NEXT, "cannot move the due date because a later one would be after 9999-12-31")
}
