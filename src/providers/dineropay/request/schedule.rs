//! Schedules by which DineroPay itself makes the later payments.
//!
//! Sources: DineroPay's subscription page and its page on schedules, the platform's reference. Where the subscription page
//! prints `inverval_length` and `payment_count`, and quotes within the form, the others are followed. None says in which time
//! zone, at what hour and by which policy of retries the payments are made.

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

/// What DineroPay counts in a schedule's number of payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Counting {
    /// The initial payment as well: 3 are the initial one and two by the schedule. So says DineroPay's subscription page.
    #[default]
    IncludesInitial,
    /// Only those that DineroPay makes itself. So the platform's newer pages can be read.
    ScheduledOnly,
}

words!(Counting { IncludesInitial "includes_initial", ScheduledOnly "scheduled_only" });

/// A new schedule at DineroPay. It has no amount, no currency and no day on which it begins: a session that names it gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSchedule {
    /// The merchant.
    pub account: Account,
    /// The name, 1 to 100 characters.
    pub name: String,
    /// When payments fall due; the initial payment, by the session, is the one on `start`.
    pub schedule: Schedule,
    /// What DineroPay counts; default the initial payment as well.
    pub counting: Option<Counting>,
    /// That a schedule without an end is meant: the number of payments is then left out. DineroPay's page has it optional,
    /// the platform's reference asks for it, and that it means "without an end" is inferred.
    pub open_ended: Option<bool>,
    /// How many intervals DineroPay lets pass before its first payment; default none.
    pub delays: Option<u32>,
    /// How the form is written; default multipart, as DineroPay's page asks.
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

/// Builds the form that creates a schedule: `CREATE_SCHEDULE`. The answer has its id (see
/// [`read_schedule`](super::super::read_schedule)), which sessions then name.
///
/// Weeks go as 7 days each, quarters as 3 months, years as 12. With months, `day_of_month` is the anchor day, or else that of
/// `start`: on a shorter month's last day, as DineroPay documents for 29 to 31. An end date goes as the count that it means.
///
/// The form's hash covers the password alone: it is always the same, and whoever has it can create schedules. `redact` masks it.
///
/// # Errors
/// `unsupported_cycle` where payment 2 would not be one interval after the first on the anchor day: what DineroPay does then
/// is not documented; `missing_field` for the number of payments of a schedule without an end, unless `open_ended` says so;
/// `out_of_range` where no payment would be left to DineroPay, or for a last payment past 9999-12-31; `invalid_string`.
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

/// Whether both sides mean the same days: payment 2 falls one interval after the first, on the anchor day.
fn anchored(schedule: &Schedule) -> Result<(), Error> {
    if schedule.second_in_next_cycle() {
        return Ok(());
    }
    let message = "DineroPay counts from the first payment, and does not say what it does with a day that comes before a whole \
                   interval: start on the anchor day, or make the payments yourself";
    Err(Error::new(Code::UnsupportedCycle, "/schedule/anchorDay", message))
}

/// The number of payments as DineroPay counts them.
fn payments_count(input: &NewSchedule) -> Result<Option<u32>, Error> {
    const PATH: &str = "/schedule/paymentCount";
    let last = input.schedule.last_payment()?;
    let Some(last) = last else {
        let message = "DineroPay asks for a number of payments: give it or an end date, or say `openEnded`";
        let missing = Error::new(Code::MissingField, PATH, message);
        return if input.open_ended == Some(true) { Ok(None) } else { Err(missing) };
    };
    if input.open_ended == Some(true) {
        return Err(Error::new(Code::UnknownField, "/openEnded", "the schedule has an end"));
    }
    match input.counting.unwrap_or_default() {
        Counting::IncludesInitial => Ok(Some(last.number)),
        Counting::ScheduledOnly if last.number > 1 => Ok(Some(last.number.saturating_sub(1))),
        Counting::ScheduledOnly => Err(Error::new(Code::OutOfRange, PATH, "no payment is left to the schedule")),
    }
}

/// A schedule to do something with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleInput {
    /// The merchant.
    pub account: Account,
    /// The schedule.
    pub schedule_id: String,
    /// To take a subscription off its schedule: what its first callback brought.
    pub credential: Option<StoredCredential>,
    /// How the form is written; default multipart.
    pub encoding: Option<Encoding>,
}

object!(ScheduleInput {
    account: required "account",
    schedule_id: required "scheduleId",
    credential: optional "credential",
    encoding: optional "encoding",
});

/// Builds the form that lets a schedule rest: `PAUSE_SCHEDULE`. Until it runs again no new subscription can use it. It has to
/// run. Source: the platform's reference.
///
/// # Errors
/// `invalid_string`; `unknown_field` for a credential.
pub fn pause_schedule(input: &ScheduleInput) -> Result<HttpRequest, Errors> {
    action(input, "PAUSE_SCHEDULE")
}

/// Builds the form that lets a schedule run again: `RUN_SCHEDULE`. Its payments are planned anew.
///
/// # Errors
/// As [`pause_schedule`].
pub fn run_schedule(input: &ScheduleInput) -> Result<HttpRequest, Errors> {
    action(input, "RUN_SCHEDULE")
}

/// Builds the form that deletes a schedule: `DELETE_SCHEDULE`. Newer installations keep one that payments use.
///
/// # Errors
/// As [`pause_schedule`].
pub fn delete_schedule(input: &ScheduleInput) -> Result<HttpRequest, Errors> {
    action(input, "DELETE_SCHEDULE")
}

/// Builds the form that asks for a schedule: `SCHEDULE_INFO`. The platform's reference says "by GET"; it is sent as a form
/// all the same, for the hash does not belong into an address.
///
/// # Errors
/// As [`pause_schedule`].
pub fn schedule_info(input: &ScheduleInput) -> Result<HttpRequest, Errors> {
    action(input, "SCHEDULE_INFO")
}

/// Builds the form that takes one subscription off its schedule: `DESCHEDULE`. Its answer is not documented.
///
/// # Errors
/// `invalid_string`; `missing_field` without a credential, `unknown_value` for one of another provider.
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
            problems.push(Code::UnknownField, PATH, "the operation is of the whole schedule");
            None
        }
        Some(credential) => problems.check(known(credential)).map(|(_, token, _)| token),
        None => {
            if of_one {
                problems.push(Code::MissingField, PATH, "`credential` is missing");
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
