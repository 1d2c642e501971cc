//! Schedules by which DineroPay makes the later payments.
//!
//! Sources: DineroPay's subscription page and its page on schedules, the platform's reference. The subscription page
//! prints `inverval_length` and `payment_count`, and quotes inside the form; here the others are followed. None
//! documents in which time zone, at what hour and by which retry policy the payments are made.

use super::hash;
use super::payment::known;
use crate::cycle::Step;
use crate::digits::digits;
use crate::error::{Code, Error, Errors, Problems};
use crate::json::{object, words};
use crate::providers::credential::StoredCredential;
use crate::providers::dineropay::account::Account;
use crate::providers::dineropay::checks::{ID, SCHEDULE_NAME, TOKEN};
use crate::providers::form::Encoding;
use crate::providers::http::{Headers, HttpRequest};
use crate::schedule::Schedule;

/// What DineroPay includes in a schedule's number of payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Counting {
    /// The initial payment too: 3 means the initial one and two by the schedule. Source: DineroPay's subscription page.
    #[default]
    IncludesInitial,
    /// Only the payments that DineroPay makes. The platform's newer pages can be read this way.
    ScheduledOnly,
}

words!(Counting { IncludesInitial "includes_initial", ScheduledOnly "scheduled_only" });

/// A new schedule at DineroPay. It has no amount, no currency and no first day: the session that refers to it sets
/// them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSchedule {
    /// The merchant.
    pub account: Account,
    /// The name, 1 to 100 characters.
    pub name: String,
    /// The due dates; the session makes the initial payment, on `start`.
    pub schedule: Schedule,
    /// What DineroPay counts; default the initial payment too.
    pub counting: Option<Counting>,
    /// Confirms that the schedule has no end: the number of payments is then omitted. DineroPay's page says that it is
    /// optional, the platform's reference requires it, and that omitting it means "without an end" is inferred.
    pub open_ended: Option<bool>,
    /// How many intervals DineroPay waits before its first payment; default 0.
    pub delays: Option<u32>,
    /// The encoding of the form; default multipart, as on DineroPay's page.
    pub encoding: Option<Encoding>,
}

object!(NewSchedule {
    account: required "account",
    name: required "name",
    schedule: required "schedule",
    counting: optional "counting",
    open_ended: optional "openEnded",
    delays: optional "delays",
    encoding: optional "encoding",
});

/// Builds the form that creates a schedule: `CREATE_SCHEDULE`. The response contains its id (see
/// [`read_schedule`](super::super::read_schedule)), which sessions then refer to.
///
/// Weeks are sent as 7 days each, quarters as 3 months, years as 12. With months, `day_of_month` is the anchor day, or
/// else the day of `start`. DineroPay documents that 29 to 31 become the last day of a shorter month. An end date is
/// converted to the count it means.
///
/// The form's hash covers only the password: it is always the same, and whoever has it can create schedules. `redact`
/// masks it.
///
/// # Errors
/// - `unsupported_cycle` if payment 2 would not be one interval after the first on the anchor day: DineroPay does not
///   document this case.
/// - `missing_field` for the number of payments of a schedule without an end, unless `open_ended` is true.
/// - `out_of_range` if no payment would be left for DineroPay, or for a last payment past 9999-12-31.
/// - `invalid_string`.
pub fn create_schedule(input: &NewSchedule) -> Result<HttpRequest, Errors> {
    let NewSchedule { account, name, schedule, .. } = input;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    SCHEDULE_NAME.check(name, "/name", &mut problems);
    problems.check(anchored(schedule));
    let count = problems.check(payments_count(input));
    let count = problems.finish(count)?.map(digits);

    let (length, unit) = match schedule.cycle().step() {
        Step::Days(days) => (days, "day"),
        Step::Months(months) => (months, "month"),
    };
    let day = (unit == "month").then(|| digits(day_of_month(schedule)));
    let delays = input.delays.map(digits);
    let (length, hash) = (digits(length), hash::create_schedule(&account.password, account.algorithm()));
    let fields = [
        ("action", Some("CREATE_SCHEDULE")),
        ("client_key", Some(account.merchant_key.as_str())),
        ("name", Some(name.as_str())),
        ("interval_length", Some(length.as_str())),
        ("interval_unit", Some(unit)),
        ("day_of_month", day.as_deref()),
        ("payments_count", count.as_deref()),
        ("delays", delays.as_deref()),
        ("hash", Some(hash.as_str())),
    ];
    let fields: Vec<(&str, &str)> = fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    Ok(HttpRequest::post_form(
        account.form(),
        Headers::default(),
        input.encoding.unwrap_or(Encoding::Multipart),
        &fields,
    ))
}

fn day_of_month(schedule: &Schedule) -> u32 {
    schedule.anchor_day().unwrap_or(schedule.start().day())
}

/// Checks that payment 2 is one interval after the first, on the anchor day. Only then do both sides mean the same
/// days.
fn anchored(schedule: &Schedule) -> Result<(), Error> {
    if schedule.second_in_next_cycle() {
        return Ok(());
    }
    let message = "cannot use this anchor day because DineroPay documents none that comes before a whole interval; \
                   start on the anchor day, or make the payments yourself";
    Err(Error::new(Code::UnsupportedCycle, "/schedule/anchorDay", message))
}

/// Returns the number of payments as DineroPay counts them.
fn payments_count(input: &NewSchedule) -> Result<Option<u32>, Error> {
    const PATH: &str = "/schedule/paymentCount";
    let last = input.schedule.last_payment()?;
    let Some(last) = last else {
        let message = "expected a payment count, an end date or `openEnded`: DineroPay requires a number of payments";
        let missing = Error::new(Code::MissingField, PATH, message);
        return if input.open_ended == Some(true) { Ok(None) } else { Err(missing) };
    };
    if input.open_ended == Some(true) {
        return Err(Error::new(
            Code::UnknownField,
            "/openEnded",
            "cannot accept `openEnded` because the schedule has an end; leave it out",
        ));
    }
    match input.counting.unwrap_or_default() {
        Counting::IncludesInitial => Ok(Some(last.number)),
        Counting::ScheduledOnly if last.number > 1 => Ok(Some(last.number.saturating_sub(1))),
        Counting::ScheduledOnly => Err(Error::new(
            Code::OutOfRange,
            PATH,
            "expected at least 2 payments: the schedule makes none but the first",
        )),
    }
}

/// A schedule to operate on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleInput {
    /// The merchant.
    pub account: Account,
    /// The schedule.
    pub schedule_id: String,
    /// The credential from the subscription's first callback, to remove it from its schedule.
    pub credential: Option<StoredCredential>,
    /// The encoding of the form; default multipart.
    pub encoding: Option<Encoding>,
}

object!(ScheduleInput {
    account: required "account",
    schedule_id: required "scheduleId",
    credential: optional "credential",
    encoding: optional "encoding",
});

/// Builds the form that pauses a schedule: `PAUSE_SCHEDULE`. While it is paused, no new subscription can use it. The
/// schedule must be running. Source: the platform's reference.
///
/// # Errors
/// `invalid_string`; `unknown_field` for a credential.
pub fn pause_schedule(input: &ScheduleInput) -> Result<HttpRequest, Errors> {
    action(input, "PAUSE_SCHEDULE")
}

/// Builds the form that resumes a schedule: `RUN_SCHEDULE`. Its payments are planned anew.
///
/// # Errors
/// The same as [`pause_schedule`].
pub fn run_schedule(input: &ScheduleInput) -> Result<HttpRequest, Errors> {
    action(input, "RUN_SCHEDULE")
}

/// Builds the form that deletes a schedule: `DELETE_SCHEDULE`. Newer installations keep a schedule that payments use.
///
/// # Errors
/// The same as [`pause_schedule`].
pub fn delete_schedule(input: &ScheduleInput) -> Result<HttpRequest, Errors> {
    action(input, "DELETE_SCHEDULE")
}

/// Builds the form that requests a schedule: `SCHEDULE_INFO`. The platform's reference says "by GET", but it is sent as
/// a form because the hash must not be part of a URL.
///
/// # Errors
/// The same as [`pause_schedule`].
pub fn schedule_info(input: &ScheduleInput) -> Result<HttpRequest, Errors> {
    action(input, "SCHEDULE_INFO")
}

/// Builds the form that removes one subscription from its schedule: `DESCHEDULE`. The response is not documented.
///
/// # Errors
/// `invalid_string`; `missing_field` without a credential; `unknown_value` for a credential of another provider.
pub fn deschedule(input: &ScheduleInput) -> Result<HttpRequest, Errors> {
    action(input, "DESCHEDULE")
}

fn action(input: &ScheduleInput, action: &str) -> Result<HttpRequest, Errors> {
    const PATH: &str = "/credential";
    let ScheduleInput { account, schedule_id, credential, encoding } = input;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    ID.check(schedule_id, "/scheduleId", &mut problems);
    let of_one = action == "DESCHEDULE";
    let token = match credential {
        Some(_) if !of_one => {
            problems.push(
                Code::UnknownField,
                PATH,
                "cannot accept a credential because the operation applies to the whole schedule; leave it out",
            );
            None
        }
        Some(credential) => problems.check(known(credential)).map(|(_, token, _)| token),
        None => {
            if of_one {
                problems.push(Code::MissingField, PATH, "expected `credential`");
            }
            None
        }
    };
    if let Some(token) = token {
        TOKEN.check(token.expose(), "/credential/token", &mut problems);
    }
    problems.finish(Some(()))?;

    let hash = hash::schedule(schedule_id, &account.password, account.algorithm());
    let mut fields = vec![("action", action), ("client_key", &account.merchant_key)];
    fields.extend(token.map(|token| ("recurring_token", token.expose())));
    fields.extend([("schedule_id", schedule_id.as_str()), ("hash", &hash)]);
    Ok(HttpRequest::post_form(account.form(), Headers::default(), encoding.unwrap_or(Encoding::Multipart), &fields))
}
