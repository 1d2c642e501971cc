//! The day on which each change of plan takes force, and the schedule from then on (R3.5, R3.6).

use billing_rules::{Code, Cycle, Date, PlanChange, Schedule, Unit};

use crate::model::{Model, Wish, length, plus};
use crate::pays::{Pay, PaymentStatus};

/// The anchor of a schedule, where it has one.
pub fn anchor(schedule: Schedule) -> Option<u32> {
    let months = matches!(schedule.cycle().unit(), Unit::Month | Unit::Year);
    months.then(|| schedule.anchor_day().unwrap_or(schedule.start().day()))
}

/// R3.6: a schedule that begins on a day. It keeps the anchor of the old one where that day is the anchor day of its month; one
/// that is wanted instead makes the first period a stub.
pub fn restarted(old: Schedule, cycle: Cycle, on: Date, wanted: Option<u32>) -> Schedule {
    let new = Schedule::new(on, cycle);
    let last_of_month = plus(on, 1).month() != on.month();
    let kept = anchor(old).filter(|anchor| on.day() == *anchor || last_of_month && on.day() < *anchor);
    match wanted.or(kept).filter(|day| *day != on.day()).and(anchor(new)) {
        Some(_) => new.with_anchor_day(wanted.or(kept).unwrap()).unwrap(),
        None => new,
    }
}

/// Whether the change is to another cycle, and the schedule that begins with it on a day.
pub fn restart(old: Schedule, change: &PlanChange, on: Date) -> Result<Option<Schedule>, Code> {
    let Some(cycle) = change.cycle.filter(|cycle| length(*cycle) != length(old.cycle())) else { return Ok(None) };
    match old.end_date().is_some_and(|end| end < on) {
        true => Err(Code::EndBeforeStart),
        false => Ok(Some(bounded(restarted(old, cycle, on, None), old.end_date(), change.payment_count))),
    }
}

pub fn bounded(mut schedule: Schedule, end_date: Option<Date>, count: Option<u32>) -> Schedule {
    if let Some(end_date) = end_date {
        schedule = schedule.with_end_date(end_date).unwrap();
    }
    if let Some(count) = count {
        schedule = schedule.with_payment_count(count).unwrap();
    }
    schedule
}

/// The first due date on or after a day.
fn due_from(schedule: Schedule, day: Date) -> Option<Date> {
    schedule.next_due_date(plus(day, -1)).unwrap()
}

impl Model {
    pub fn is_another(&self, change: &PlanChange) -> bool {
        let old = self.schedule.unwrap();
        change.cycle.is_some_and(|cycle| length(cycle) != length(old.cycle()))
    }

    /// R2.9: whether a day lies before payment 1, so that a change is in force at once.
    pub fn is_before(&self, at: Date) -> bool {
        let settled = |pay: &Pay| pay.is_own() && !pay.is_open() && pay.status != PaymentStatus::Skipped;
        let is_attempted = |pay: &Pay| pay.is_own() && pay.is_open() && pay.was_attempted();
        !self.pays.iter().any(|pay| settled(pay) && pay.number >= self.first || is_attempted(pay))
            && self.own_due().is_some_and(|(_, due)| at < due)
            && !self.pays.iter().any(|pay| pay.is_own() && !pay.is_open() && pay.covers(at))
            && !self
                .pays
                .iter()
                .any(|pay| pay.is_own() && pay.paid_for() && pay.period.is_some_and(|(start, _)| start > at))
    }

    /// The first due date whose payment was neither attempted nor skipped.
    fn untouched(&self) -> Option<Date> {
        let own = self.own()?;
        let mut number = own.number + u32::from(own.was_attempted());
        while self.skips.contains(&number) {
            number += 1;
        }
        if number == own.number { Some(own.due) } else { Some(self.period(number)?.start) }
    }

    /// The day on which each wish takes force, all taken together, in the order of days (R3.5).
    pub fn force_days(&self) -> Vec<Option<Date>> {
        let mut days = vec![None; self.wishes.len()];
        let Some(mut schedule) = self.schedule.filter(|_| !self.wishes.is_empty()) else { return days };
        let (mut floor, own) = (self.untouched(), self.own_due());
        let mut waiting: Vec<usize> = (0..self.wishes.len()).collect();
        let mut ahead: Vec<Date> = self.before_schedule().filter_map(|number| Some(self.span(number)?.start)).collect();
        loop {
            let day_of = |index: &usize| {
                let Wish { change, at_period_end, .. } = &self.wishes[*index];
                match *at_period_end && !self.is_before(change.at) {
                    true => {
                        let from = change.at.max(floor?);
                        ahead.iter().find(|due| **due >= from).copied().or_else(|| due_from(schedule, from))
                    }
                    false => Some(change.at),
                }
            };
            let Some(day) = waiting.iter().filter_map(day_of).min() else { break };
            let (now, later): (Vec<usize>, Vec<usize>) = waiting.iter().partition(|index| day_of(index) == Some(day));
            now.iter().for_each(|index| days[*index] = Some(day));
            let change = self.wishes[*now.last().unwrap()].change.clone();
            let before = own.map(|(_, due)| due).filter(|_| self.is_before(change.at));
            if let Ok(Some(new)) = restart(schedule, &change, before.unwrap_or(day)) {
                (schedule, floor) = (new, before.or(due_from(new, plus(day, 1))));
                ahead.clear();
            }
            waiting = later;
        }
        days
    }
}
