//! Pauses (R5.10).

use super::due;
use super::event::Resumption;
use super::guard;
use super::pending;
use super::record::PaymentStatus;
use super::state::Subscription;
use super::verification;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::pricing::proration::anchored;
use crate::schedule::Schedule;

/// The maximum number of due dates that one pause skips.
const MOST: u32 = 10_000;

/// Applies `paused`.
pub(super) fn pause(life: &mut Subscription, on: Date) -> Result<(), Errors> {
    guard::not_over(life)?;
    guard::scheduled_here(life)?;
    guard::nothing_in_flight(life)?;
    guard::not_paused(life)?;
    let next = due::next(life)?;
    // A trial's verification that was due and never begun has no record yet.
    let is_unverified = verification::of_trial(life, next.as_ref()).is_some_and(|first| first.due_date < on);
    let is_owed = next.is_some_and(|next| next.due_date < on || next.was_attempted());
    if is_unverified || is_owed || life.state.ledger.open().next().is_some() {
        return Err(guard::overdue().into());
    }
    life.state.paused = Some(on);
    Ok(())
}

/// Applies `resumed`.
pub(super) fn resume(
    life: &mut Subscription,
    how: Resumption,
    anchor_day: Option<u32>,
    on: Date,
) -> Result<(), Errors> {
    guard::not_ended(life)?;
    let Some(paused) = life.state.paused else {
        return Err(Error::new(
            Code::SubscriptionNotPaused,
            "/event/type",
            "cannot resume because the subscription is not paused",
        )
        .into());
    };
    if let Some(day) = anchor_day {
        check_anchor_day(life, how, day)?;
    }
    match how {
        Resumption::Keep => skip_paused(life, paused, on)?,
        // A pause of 0 days moves nothing.
        Resumption::Shift if paused == on && anchor_day.is_none() => {}
        Resumption::Shift => shift(life, paused, paused.days_until(on), anchor_day)?,
    }
    life.state.paused = None;
    pending::put_off(life, on);
    Ok(())
}

/// Returns an error for an anchor day if the schedule does not restart, or cannot have one.
fn check_anchor_day(life: &Subscription, how: Resumption, day: u32) -> Result<(), Error> {
    const PATH: &str = "/event/anchorDay";
    let has_anchor = life.current.schedule.is_some_and(|schedule| schedule.cycle().has_anchor());
    let (code, message) = match how {
        Resumption::Keep => (
            Code::AnchorDayNotAllowed,
            "cannot accept an anchor day because the schedule stays as it is; only `shift` restarts it",
        ),
        Resumption::Shift if !has_anchor => (
            Code::AnchorDayOnDayCycle,
            "cannot accept an anchor day because the cycle is in days or weeks; leave it out",
        ),
        Resumption::Shift if !(1..=31).contains(&day) => (Code::OutOfRange, "expected a day from 1 to 31"),
        Resumption::Shift => return Ok(()),
    };
    Err(Error::new(code, PATH, message))
}

/// Skips the numbers that were due during the pause. Its days do not count in the periods that contain them.
fn skip_paused(life: &mut Subscription, paused: Date, resumed: Date) -> Result<(), Errors> {
    for _ in 0..=MOST {
        match due::next(life)? {
            Some(own) if own.due_date < resumed => life.state.ledger.close(own, PaymentStatus::Skipped),
            _ => {
                life.state.ledger.leave_out(paused, resumed);
                return Ok(());
            }
        }
    }
    Err(Error::new(Code::TooMany, "/event/on", "expected at most 10000 payments due during the pause").into())
}

/// Moves the next payment by the days of the pause: the schedule restarts there, and the current period ends there. The
/// anchor day stays if the new day is the anchor day of its month (R3.6).
fn shift(life: &mut Subscription, paused: Date, days: i64, anchor_day: Option<u32>) -> Result<(), Errors> {
    // A cancellation that is withdrawn later keeps the schedule as the pause has moved it.
    let (Some(own), Some(schedule)) = (due::next_of_schedule(life)?, life.current.schedule) else {
        // No payment follows, but the paid days still do.
        life.state.ledger.move_last_period(paused, days, None);
        return Ok(());
    };
    let beyond = || {
        Error::new(
            Code::OutOfRange,
            "/event/on",
            "cannot resume because the next payment would be due after 9999-12-31",
        )
    };
    let start = own.due_date.plus_days(days).ok_or_else(beyond)?;
    life.state.ledger.move_last_period(paused, days, Some(start));
    let anchor_day = anchor_day.or_else(|| schedule.anchor_kept_on(start));
    let mut moved = anchored(Schedule::new(start, schedule.cycle()), anchor_day)?;
    if let Some(count) = schedule.payment_count() {
        let settled = own.number.since(life.current.first());
        moved = moved.with_payment_count(count.saturating_sub(settled))?;
    }
    if let Some(end_date) = schedule.end_date() {
        let Ok(bounded) = moved.with_end_date(end_date) else {
            // The end date never moves, and is now before every payment.
            life.state.exhausted = true;
            return Ok(());
        };
        moved = bounded;
    }
    life.current.schedule = Some(moved);
    life.current.first_number = own.number.get();
    Ok(())
}
