//! The minimum term: from which day on a cancellation can take effect, by commitment and notice (R10).

mod commitment;
mod notice;

pub use self::commitment::Commitment;
pub use self::notice::{Notice, NoticeTo};

use crate::date::Date;
use crate::digest::Agreed;
use crate::error::{Code, Error, Problems};
use crate::schedule::Schedule;

/// The days that decide when a cancellation can take effect.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MinimumTerm {
    /// The first day without the commitment.
    pub(crate) committed_until: Option<Date>,
    pub(crate) notice: Option<Notice>,
    /// The schedule, whose due dates are the ends of periods.
    pub(crate) schedule: Option<Schedule>,
    /// The start of a stub, which is the end of a period as well (R5.13).
    pub(crate) boundary: Option<Date>,
    /// The day on which the subscription ends by itself.
    pub(crate) ends_on: Option<Date>,
    /// The first day after a trial, in which neither binds.
    pub(crate) trial_end: Option<Date>,
}

impl MinimumTerm {
    /// Returns the first day on which a cancellation given on a day can take effect (R10.3).
    pub(crate) fn earliest_end(&self, on: Date) -> Result<Date, Error> {
        if self.trial_end.is_some_and(|end| on < end) { Ok(on) } else { self.bound(on) }
    }

    /// Returns the same as [`earliest_end`](Self::earliest_end), also in a trial.
    pub(crate) fn bound(&self, on: Date) -> Result<Date, Error> {
        let notice_end = self.notice.map_or(Some(on), |notice| notice.end(on)).ok_or_else(beyond_calendar)?;
        let day = notice_end.max(self.committed_until.unwrap_or(on));
        let day = match self.notice.map(|notice| notice.to) {
            Some(NoticeTo::PeriodEnd) => self.period_end(day)?,
            Some(NoticeTo::MonthEnd) => month_end(day)?,
            Some(NoticeTo::Day) | None => day,
        };
        Ok(self.ends_on.map_or(day, |end| day.min(end)).max(on))
    }

    /// Returns whether a cancellation given on a day can take effect on another one.
    pub(crate) fn may_end(&self, day: Date, on: Date) -> Result<bool, Error> {
        let is_in_trial = self.trial_end.is_some_and(|end| on < end && day <= end);
        Ok(is_in_trial || day >= self.bound(on)?)
    }

    /// Returns the last day, from one on, on which a cancellation prevents a payment: it takes effect on the due date at the
    /// latest, and the day lies before it (R10.5).
    pub(crate) fn cancel_by(&self, due_date: Date, on: Date) -> Option<Date> {
        let prevents = |days: i64| {
            let day = on.plus_days(days);
            day.and_then(|day| self.earliest_end(day).ok()).is_some_and(|end| end <= due_date)
        };
        // Of two days the later one has no earlier end.
        let (mut passed, mut failed) = (-1, on.days_until(due_date).max(0));
        while failed.saturating_sub(passed) > 1 {
            let middle = passed.saturating_add(failed).div_euclid(2);
            if prevents(middle) {
                passed = middle;
            } else {
                failed = middle;
            }
        }
        if passed < 0 { None } else { on.plus_days(passed) }
    }

    /// Returns the first end of a period on or after a day.
    fn period_end(&self, day: Date) -> Result<Date, Error> {
        let Some(schedule) = self.schedule else { return Ok(day) };
        let due_date = schedule.boundary_from(day).map_err(|_| beyond_calendar())?;
        Ok(self.boundary.filter(|boundary| day <= *boundary).map_or(due_date, |boundary| boundary.min(due_date)))
    }
}

/// Returns the first day of a month on or after a day: the end of the month before it.
fn month_end(day: Date) -> Result<Date, Error> {
    if day.day() == 1 {
        return Ok(day);
    }
    Date::in_month(day.month_number().saturating_add(1), 1).ok_or_else(beyond_calendar)
}

/// Reports what the schedule of some terms cannot have.
pub(crate) fn check(
    commitment: Option<Commitment>,
    notice: Option<Notice>,
    schedule: Option<&Schedule>,
    problems: &mut Problems,
) {
    problems.check(commitment.map_or(Ok(()), |commitment| commitment.check(schedule)));
    problems.check(notice.map_or(Ok(()), |notice| notice.check(schedule)));
}

/// Adds the lines of a digest (R8.3).
pub(crate) fn agree(commitment: Option<Commitment>, notice: Option<Notice>, agreed: &mut Agreed) {
    if let Some(commitment) = commitment {
        commitment.agreed(agreed);
    }
    if let Some(notice) = notice {
        notice.agreed(agreed);
    }
}

fn beyond_calendar() -> Error {
    let message = "cannot compute the earliest end because it would be after 9999-12-31";
    Error::new(Code::OutOfRange, "/on", message)
}
