//! The end of a pause: due dates are skipped or move (R5.10).

use super::force_days;
use super::moved;
use super::skips;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::pricing::proration::Effective;
use crate::subscription::event::Resumption;
use crate::subscription::owed::adjusting;
use crate::subscription::owed::balance;
use crate::subscription::owed::due;
use crate::subscription::owed::minimum_term;
use crate::subscription::owed::seen::Seen;
use crate::subscription::owed::shortened;
use crate::subscription::owed::unused;
use crate::subscription::records::key::PaymentKey;
use crate::subscription::records::paused::Pause;
use crate::subscription::records::pending_change::PendingChange;
use crate::subscription::records::record::{PaymentStatus, Record};
use crate::subscription::records::state::Subscription;

/// How a pause ends.
pub(crate) struct Ending {
    /// The first day after it.
    pub(crate) until: Date,
    pub(crate) how: Resumption,
    /// The anchor day of the schedule that a shift restarts.
    pub(crate) anchor_day: Option<u32>,
}

/// Ends the pause whose last day is over.
pub(crate) fn reach(life: &mut Seen<'_>, day: Date) -> Result<bool, Errors> {
    let Some(pause) = life.state.paused else { return Ok(false) };
    let Some(until) = pause.until.filter(|until| *until <= day) else { return Ok(false) };
    end(life.change(), Ending { until, how: pause.resumption(), anchor_day: None })?;
    Ok(true)
}

/// Ends the pause.
pub(crate) fn end(life: &mut Subscription, ending: Ending) -> Result<(), Errors> {
    let Ending { until, how, anchor_day } = ending;
    let Some(pause) = life.state.paused else { return Ok(()) };
    let pause = Pause { until: Some(until), schedule: Some(how), ..pause };
    life.state.paused = Some(pause);
    let days = force_days::of(life)?;
    let due =
        life.state.changes.iter().map(|pending| is_for_due_date(life, pause, pending)).collect::<Result<_, _>>()?;
    life.state.paused = None;
    put_off(life, pause, &days, due);
    // The days that the end cuts off a payment are counted anew.
    let ends_on = life.state.ends_on.take();
    shortened::renew_open(life)?;
    match how {
        Resumption::Keep => {
            note(life, pause);
            skip(life, pause.from, until)?;
        }
        // A pause of 0 days moves nothing.
        Resumption::Shift if pause.from == until && anchor_day.is_none() => {}
        Resumption::Shift => {
            let before = life.current.clone();
            shift(life, pause.from, &ending, ends_on)?;
            minimum_term::shifted(life, &before, pause.from, pause.from.days_until(until))?;
            note(life, pause);
        }
    }
    life.state.ends_on = ends_on;
    shortened::renew_open(life)
}

/// Returns whether a change is for a due date in the pause: it is as one for the end of a period (R3.5).
fn is_for_due_date(life: &Subscription, pause: Pause, pending: &PendingChange) -> Result<bool, Error> {
    let at = pending.change.at;
    let Some(number) = life.current.number_due(at)?.filter(|number| *number >= life.first_unsettled()) else {
        return Ok(false);
    };
    Ok(pause.has(at) && life.current.period(number)?.is_some_and(|period| period.start == at))
}

/// Moves the pending changes that the pause held to their days after it.
fn put_off(life: &mut Subscription, pause: Pause, days: &[Option<Date>], due: Vec<bool>) {
    let until = pause.until.unwrap_or(pause.from);
    for ((pending, day), is_due) in life.state.changes.iter_mut().zip(days).zip(due) {
        if pending.payment.is_some() || day.is_none_or(|day| day < pause.from) {
            continue;
        }
        if pending.change.effective != Some(Effective::PeriodEnd) {
            pending.change.at = day.unwrap_or(until);
            if is_due && pause.resumption() == Resumption::Keep {
                (pending.change.effective, pending.moved_to) = (Some(Effective::PeriodEnd), *day);
            }
            continue;
        }
        pending.change.at = pending.change.at.max(until);
        // The due date that it waited for is skipped.
        if pause.resumption() == Resumption::Keep && *day == Some(until) {
            pending.moved_to = *day;
        }
    }
}

/// Keeps a pause that is over, for a period that begins before its end and is paid later.
fn note(life: &mut Subscription, pause: Pause) {
    if pause.from < pause.end() {
        life.state.pauses.push(pause);
    }
}

/// Skips the numbers that were due during the pause. Its days do not count in the periods that contain them, also in one that
/// is begun later.
fn skip(life: &mut Subscription, paused: Date, resumed: Date) -> Result<(), Errors> {
    skips::paused(life, life.first_unsettled())?;
    while skips::next(&mut Seen::InPlace(life))? {}
    unused::leave_out(life, paused, resumed);
    Ok(())
}

/// Moves the first number that the pause held by its days: the schedule restarts there, and the period before it ends
/// there. The anchor day stays if the new day is the anchor day of its month (R3.6).
fn shift(life: &mut Subscription, paused: Date, ending: &Ending, ends_on: Option<Date>) -> Result<(), Errors> {
    let Ending { until: resumed, anchor_day, .. } = *ending;
    let days = paused.days_until(resumed);
    let held = begin_older(life, paused)?;
    let (Some(own), Some(schedule)) = (held, life.current.schedule) else {
        // No payment follows, but the paid days still do.
        unused::shift(life, paused, resumed, None);
        return Ok(());
    };
    let start = own.due_date.plus_days(days).ok_or_else(|| {
        let message = "cannot resume because the next payment would be due after 9999-12-31";
        Error::new(Code::OutOfRange, "/event/on", message)
    })?;
    let taken = life.state.ledger.take_unattempted(own.number);
    let is_due = ends_on.is_none_or(|end| start < end);
    unused::shift(life, paused, resumed, if is_due { Some(own.due_date) } else { None });
    // After the end date nothing is due any more (R2.4).
    let is_past = schedule.end_date().is_some_and(|end_date| end_date < start);
    if is_past && life.current.stub_of(own.number).is_some() {
        adjusting::remove_stub(life, own.number)?;
    }
    let stub = if is_past { None } else { life.current.stub_of(own.number) };
    // A stub moves as a whole, with the schedule after it.
    let (start, first) = match stub.and_then(|stub| stub.end.plus_days(days)) {
        Some(end) => (end, own.number.next()),
        None => (start, own.number),
    };
    let count = moved::count_left(&life.current, first);
    moved::restart(life, moved::restarted(&schedule, count, start, anchor_day)?, first);
    life.current.stub = stub.map(|stub| stub.moved(days));
    moved::begin_again(life, taken)
}

/// Returns the first number that the pause held. Older numbers that are still owed get a record, as the schedule that
/// restarts does not have them; a subscription that ends drops them.
fn begin_older(life: &mut Subscription, paused: Date) -> Result<Option<Record>, Errors> {
    let mut next = due::next_of_schedule(life)?;
    while let Some(own) = next.take_if(|own| own.was_attempted() || own.due_date < paused) {
        let number = own.number;
        if !life.state.ending {
            life.state.ledger.begin(balance::left_out(own)?);
        } else if !life.state.ledger.has(own.key()) {
            life.state.ledger.close(own, PaymentStatus::Skipped);
        }
        next = match life.state.ledger.get(PaymentKey::own(number.next())) {
            // Begun by an earlier pause.
            Some(begun) => Some(begun.clone()),
            None => due::unbegun(life, &life.current, number.next())?,
        };
    }
    Ok(next)
}
