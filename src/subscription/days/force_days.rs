//! The day on which each pending plan change takes effect (R3.5).

use super::moved;
use crate::date::Date;
use crate::error::{Error, Errors};
use crate::pricing::proration::{Effective, PlanChange, another_cycle, restarted};
use crate::schedule::Schedule;
use crate::subscription::event::Resumption;
use crate::subscription::owed::due;
use crate::subscription::records::paused::Pause;
use crate::subscription::records::pending_change::PendingChange;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;

/// Returns the day of each pending change, computed together in the order of their days; `None` for a change that no
/// longer has a due date.
pub(crate) fn of(life: &Subscription) -> Result<Vec<Option<Date>>, Errors> {
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
        stub: life.current.stub.map(|stub| stub.start),
        next: next.as_ref().map(|next| next.due_date),
        first: first_untouched(life, next.as_ref())?,
    };
    loop {
        let waiting = changes.iter().zip(&days).map(|(pending, day)| match day {
            Some(_) => Ok(None),
            None if pending.moved_to.is_some() => Ok(pending.moved_to),
            None => ahead.day_of(&pending.change),
        });
        let found = waiting.collect::<Result<Vec<Option<Date>>, Errors>>()?;
        let Some(first) = found.iter().flatten().min().copied() else { return Ok(days) };
        let mut last: Option<&PendingChange> = None;
        for ((pending, day), found) in changes.iter().zip(&mut days).zip(found) {
            if found == Some(first) {
                *day = found;
                // Quantities alone do not restart the schedule.
                last = if pending.change.to.is_some() { Some(pending) } else { last.or(Some(pending)) };
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
    /// The first day of a stub before it.
    stub: Option<Date>,
    /// The next due date of the current subscription.
    next: Option<Date>,
    /// The first due date whose payment was neither attempted nor skipped.
    first: Option<Date>,
}

impl Ahead<'_> {
    fn day_of(&self, change: &PlanChange) -> Result<Option<Date>, Errors> {
        let is_for_due_date =
            change.effective == Some(Effective::PeriodEnd) && !due::is_before_start(self.life, change.at)?;
        let day = match self.first {
            _ if !is_for_due_date => Some(change.at),
            // The first can be a stub, or older than a schedule that has moved.
            Some(first) if change.at <= first => Some(first),
            Some(_) => due_from(&self.schedule, change.at)?,
            None => None,
        };
        match (self.life.state.paused, day) {
            (Some(pause), Some(day)) if pause.from <= day => self.after_pause(&pause, change, day),
            _ => Ok(day),
        }
    }

    /// Returns the day of a change that is planned for a day during a pause or after it: the end of the pause, or the day
    /// to which a shift moves the due date that it is for (R5.10).
    fn after_pause(&self, pause: &Pause, change: &PlanChange, day: Date) -> Result<Option<Date>, Errors> {
        let Some(until) = pause.until else { return Ok(Some(day)) };
        let put_off = Some(if pause.has(day) { until } else { day });
        if pause.resumption() == Resumption::Keep {
            return Ok(put_off);
        }
        let days = pause.from.days_until(until);
        if let Some(stub) = self.stub.filter(|stub| pause.from <= *stub && self.first <= Some(*stub)) {
            let waits = change.effective == Some(Effective::PeriodEnd);
            let is_past = self.schedule.end_date().is_some_and(|end_date| Some(end_date) < stub.plus_days(days));
            // What takes effect on its day moves only with a due date in the pause.
            let moves = waits || day == stub && pause.has(day);
            return Ok(match moves {
                true if !is_past => day.plus_days(days),
                true if waits => None,
                _ => put_off,
            });
        }
        let first = due_from(&self.schedule, pause.from.max(self.first.unwrap_or(pause.from)))?;
        let Some(first) = first.and_then(|first| self.schedule.period_on(first).transpose()).transpose()? else {
            return Ok(put_off);
        };
        let start = first.start.plus_days(days).unwrap_or(Date::LAST);
        let count = self.schedule.payment_count().map(|count| count.saturating_sub(first.number.saturating_sub(1)));
        let Some(moved) = moved::restarted(&self.schedule, count, start, None)? else {
            return Ok(if change.effective == Some(Effective::PeriodEnd) { None } else { put_off });
        };
        if change.effective == Some(Effective::PeriodEnd) {
            return Ok(due_from(&moved, change.at.max(start))?);
        }
        match self.schedule.period_on(day)? {
            Some(period) if period.start == day && pause.has(day) => {
                let index = period.number.saturating_sub(first.number).saturating_add(1);
                Ok(moved.period(index)?.map(|period| period.start).or(put_off))
            }
            _ => Ok(put_off),
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
            self.stub = None;
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
        Some(next) if next.was_attempted() => due::date_after(life, next.number),
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
