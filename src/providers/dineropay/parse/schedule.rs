//! The responses to requests about schedules.

use super::status::{ApiError, api_errors};
use crate::cycle::{Cycle, Unit};
use crate::json::object;
use crate::providers::http::HttpResponse;
use crate::providers::lenient::Answer;
use crate::providers::outcome::Done;

/// A schedule, as DineroPay reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleDetails {
    /// The name.
    pub name: Option<String>,
    /// The interval, if a cycle can represent it.
    pub cycle: Option<Cycle>,
    /// The day of the month.
    pub day_of_month: Option<u32>,
    /// The number of payments, as DineroPay counts them.
    pub payments_count: Option<u32>,
    /// The number of intervals before the first payment.
    pub delays: Option<u32>,
    /// Whether it is paused.
    pub paused: Option<bool>,
}

object!(ScheduleDetails {
    name: nullable "name",
    cycle: nullable "cycle",
    day_of_month: nullable "dayOfMonth",
    payments_count: nullable "paymentsCount",
    delays: nullable "delays",
    paused: nullable "paused",
});

/// The response to a request about a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleAnswer {
    /// The outcome. No schedule charges anything by itself.
    pub status: Done,
    /// The schedule's id, which sessions then refer to.
    pub schedule_id: Option<String>,
    /// The schedule, if it was requested.
    pub schedule: Option<ScheduleDetails>,
    /// The errors that DineroPay reports.
    pub errors: Vec<ApiError>,
    /// After how many seconds to query or send again, if DineroPay states it and nothing was done.
    pub retry_after_seconds: Option<u32>,
}

object!(ScheduleAnswer {
    status: required "status",
    schedule_id: nullable "scheduleId",
    schedule: nullable "schedule",
    errors: required "errors",
    retry_after_seconds: optional "retryAfterSeconds",
});

/// Reads the response to every form about schedules.
///
/// The platform's reference calls the new id `schedule_id`, DineroPay's page calls it `id`: either is read. Numbers may
/// be strings. Sources: those two; no sample of these responses is published.
pub fn read_schedule(response: &HttpResponse) -> ScheduleAnswer {
    let answer = response.answer().unwrap_or(Answer::Nothing);
    let errors = api_errors(&answer);
    let schedule = answer.either(&["interval_length", "interval_unit"]).is_given().then(|| details(&answer));
    let status = match answer.get("result").word().as_deref() {
        Some("success") if response.is_success() => Done::Done,
        Some("accepted") if response.is_success() => Done::Accepted,
        Some("error" | "declined") => Done::Refused,
        None if schedule.is_some() && response.is_success() => Done::Done,
        None if !errors.is_empty() => Done::Refused,
        _ => Done::Unknown,
    };
    let schedule_id = answer.either(&["schedule_id", "id"]).string();
    let retry_after_seconds = status.retry(response.retry_after.as_ref());
    ScheduleAnswer { status, schedule_id, schedule, errors, retry_after_seconds }
}

fn details(answer: &Answer) -> ScheduleDetails {
    let number = |name: &str| answer.get(name).integer().and_then(|number| u32::try_from(number).ok());
    let unit = match answer.get("interval_unit").word().as_deref() {
        Some("day") => Some(Unit::Day),
        Some("month") => Some(Unit::Month),
        _ => None,
    };
    let every = number("interval_length").and_then(|every| u16::try_from(every).ok());
    ScheduleDetails {
        name: answer.get("name").string(),
        cycle: every.zip(unit).and_then(|(every, unit)| Cycle::new(every, unit).ok()),
        day_of_month: number("day_of_month"),
        payments_count: number("payments_count"),
        delays: number("delays"),
        paused: answer.get("paused").flag(),
    }
}
