//! Another cycle, which restarts the schedule (R3.6).

use super::change::PlanChange;
use crate::cycle::Cycle;
use crate::date::Date;
use crate::error::Error;
use crate::schedule::Schedule;

/// Returns the cycle after a change, if it differs.
pub(crate) fn another_cycle(change: &PlanChange, schedule: &Schedule) -> Option<Cycle> {
    change.cycle.filter(|cycle| cycle.step() != schedule.cycle().step())
}

/// Returns the schedule that another cycle starts on a day (R3.6). It has the anchor day of the change, or keeps the
/// old one if the day is the anchor day of its month. The end date stays.
pub(crate) fn restarted(old: &Schedule, change: &PlanChange, cycle: Cycle, on: Date) -> Result<Schedule, Error> {
    let mut schedule = anchored(Schedule::new(on, cycle), change.anchor_day.or_else(|| old.anchor_kept_on(on)))?;
    if let Some(end_date) = old.end_date() {
        schedule = schedule.with_end_date(end_date).map_err(|error| error.prefixed("/schedule"))?;
    }
    if let Some(count) = change.payment_count {
        schedule = schedule.with_payment_count(count)?;
    }
    Ok(schedule)
}

/// Returns a restarted schedule with an anchor day, if that differs from the day of its start.
pub(crate) fn anchored(schedule: Schedule, anchor_day: Option<u32>) -> Result<Schedule, Error> {
    match anchor_day.filter(|day| *day != schedule.start().day() && schedule.cycle().has_anchor()) {
        Some(day) => schedule.with_anchor_day(day),
        None => Ok(schedule),
    }
}
