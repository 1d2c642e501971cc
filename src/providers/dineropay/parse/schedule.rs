//! The answers to what is done with schedules.

use super::status::{ApiError, api_errors};
use crate::cycle::{Cycle, Unit};
use crate::json::object;
use crate::providers::http::HttpResponse;
use crate::providers::lenient::Answer;
use crate::providers::outcome::Done;

/// A schedule, as DineroPay tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleDetails {
    /// The name.
    pub name: Option<String>,
    /// The interval, where it is one that a cycle can have.
    pub cycle: Option<Cycle>,
    /// The day of the month.
    pub day_of_month: Option<u32>,
    /// The number of payments, in DineroPay's counting.
    pub payments_count: Option<u32>,
    /// The intervals that pass before the first payment.
    pub delays: Option<u32>,
    /// Whether it rests.
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

/// The answer to what was asked of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleAnswer {
    /// What became of it. No schedule charges anything by itself.
    pub status: Done,
    /// The schedule's id: what sessions name from now on.
    pub schedule_id: Option<String>,
    /// The schedule, where it was asked for.
    pub schedule: Option<ScheduleDetails>,
    /// What DineroPay found wrong.
    pub errors: Vec<ApiError>,
    /// After how many seconds to ask or to send again, where DineroPay says so and nothing is done.
    pub retry_after_seconds: Option<u32>,
}

object!(ScheduleAnswer {
    status: required "status",
    schedule_id: nullable "scheduleId",
    schedule: nullable "schedule",
    errors: required "errors",
    retry_after_seconds: optional "retryAfterSeconds",
});

/// Reads the answer to every form about schedules.
///
/// The new id is called `schedule_id` by the platform's reference and `id` by DineroPay's page: either is read. Numbers may
/// stand as texts. Source: those two; no sample of these answers is published.
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
