//! The day on which each pending plan change takes effect (R3.5).

use super::due;
use super::pending_change::PendingChange;
use super::record::Record;
use super::state::Subscription;
use crate::date::Date;
use crate::error::{Error, Errors};
use crate::pricing::proration::{Effective, PlanChange, another_cycle, restarted};
use crate::schedule::Schedule;

/// Returns the day of each pending change, computed together in the order of their days; `None` for a change that no
/// longer has a due date.
pub(super) fn of(life: &Subscription) -> Result<Vec<Option<Date>>, Errors> {
    let changes = &life.state.changes;
    let mut days = vec![None; changes.len()];
    let Some(schedule) = life.current.schedule else { return Ok(days) };
    if changes.is_empty() {
        return Ok(days);
    }
    let next = due::next(life)?;
    let mut ahead = Ahead {
        life,
        schedule,
        next: next.as_ref().map(|next| next.due_date),
        first: first_untouched(life, next.as_ref())?,
    };
    loop {
        let waiting = changes.iter().zip(&days).map(|(pending, day)| match day {
            Some(_) => Ok(None),
            None => ahead.day_of(&pending.change),
        });
        let found = waiting.collect::<Result<Vec<Option<Date>>, Errors>>()?;
        let Some(first) = found.iter().flatten().min().copied() else { return Ok(days) };
        let mut last: Option<&PendingChange> = None;
        for ((pending, day), found) in changes.iter().zip(&mut days).zip(found) {
            if found == Some(first) {
                *day = found;
                last = Some(pending);
            }
        }
        // Of several for one day, the one requested last counts.
        if let Some(last) = last {
            ahead.put_in_force(&last.change, first)?;
        }
    }
}

/// The schedule after the changes so far.
struct Ahead<'a> {
    life: &'a Subscription,
    schedule: Schedule,
    /// The next due date of the current subscription.
    next: Option<Date>,
    /// The first due date whose payment was neither attempted nor skipped.
    first: Option<Date>,
}

impl Ahead<'_> {
    fn day_of(&self, change: &PlanChange) -> Result<Option<Date>, Errors> {
        if change.effective != Some(Effective::PeriodEnd) || due::is_before_start(self.life, change.at)? {
            return Ok(Some(change.at));
        }
        match self.first {
            Some(first) => Ok(due_from(&self.schedule, change.at.max(first))?),
            None => Ok(None),
        }
    }

    /// Restarts the schedule for another cycle: from the start if nothing is paid yet, otherwise on the day of the
    /// change (R3.6).
    fn put_in_force(&mut self, change: &PlanChange, day: Date) -> Result<(), Errors> {
        let Some(cycle) = another_cycle(change, &self.schedule) else { return Ok(()) };
        let start = if due::is_before_start(self.life, change.at)? { self.next } else { None };
        // A change that cannot restart the schedule is rejected on its day, and leaves the schedule unchanged.
        if let Ok(new) = restarted(&self.schedule, change, cycle, start.unwrap_or(day)) {
            self.schedule = new;
            self.first = match (start, day.plus_days(1)) {
                (None, Some(after)) => due_from(&self.schedule, after)?,
                _ => start,
            };
        }
        Ok(())
    }
}

fn first_untouched(life: &Subscription, next: Option<&Record>) -> Result<Option<Date>, Error> {
    match next {
        Some(next) if next.was_attempted() => due::date_of(life, next.number.next()),
        next => Ok(next.map(|next| next.due_date)),
    }
}

/// Returns the first due date of a schedule on or after a day.
fn due_from(schedule: &Schedule, day: Date) -> Result<Option<Date>, Error> {
    match day.plus_days(-1) {
        Some(before) => schedule.next_due_date(before),
        None => Ok(None),
    }
}
