//! Compares a subscription that A55 runs with the expected one.

use super::subscription::ProviderSubscription;
use crate::date::Date;
use crate::digits::digits;
use crate::error::{Error, Errors};
use crate::json::{object, words};
use crate::money::Money;
use crate::providers::a55::request::create::end_date;
use crate::providers::outcome::OutcomeStatus;
use crate::schedule::Schedule;
use crate::subscription::Status;

/// A subscription at A55, and what is expected of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompareSubscription {
    /// The subscription as A55 reports it.
    pub found: ProviderSubscription,
    /// The schedule that was sent to A55.
    pub schedule: Schedule,
    /// The price of a period.
    pub price: Money,
    /// The day of A55's response.
    pub on: Date,
    /// The status of your own subscription; default the one that the schedule implies on the day.
    pub status: Option<Status>,
}

object!(CompareSubscription {
    found: required "found",
    schedule: required "schedule",
    price: required "price",
    on: required "on",
    status: optional "status",
});

/// What differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DifferenceKind {
    /// The status.
    Status,
    /// The cycle.
    Cycle,
    /// The last day.
    EndDate,
    /// The day of the next charge.
    NextDueDate,
    /// Fewer charges were paid, or are pending, than were due before the day.
    ChargeMissing,
    /// More charges were paid than were due by the day.
    ChargeUnexpected,
    /// A charge of another amount or currency.
    Amount,
}

words!(DifferenceKind {
    Status "status", Cycle "cycle", EndDate "end_date", NextDueDate "next_due_date", ChargeMissing "charge_missing",
    ChargeUnexpected "charge_unexpected", Amount "amount",
});

/// A difference between a subscription at A55 and the expected one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs.
    pub kind: DifferenceKind,
    /// The expected value, as a string.
    pub expected: Option<String>,
    /// The value that A55 reports.
    pub found: Option<String>,
    /// The charge concerned, if it is about one.
    pub charge_uuid: Option<String>,
}

object!(Difference {
    kind: required "kind",
    expected: nullable "expected",
    found: nullable "found",
    charge_uuid: nullable "chargeUuid",
});

/// Returns the differences between a subscription at A55 and the expected one; empty if there are none.
///
/// A field that A55 omits is no difference. On a due date, the charge may or may not have been made. A cancelled,
/// expired or failed subscription has no next charge to compare.
///
/// Sources: A55's API reference for charges on the same day of each month from the first one, which is made immediately
/// (one source). That the last day is included is inferred from the guide's sample. How A55 treats the ends of months,
/// and when it retries, is not documented: such a difference is returned, and the merchant has to judge it.
///
/// # Errors
/// `out_of_range` for a schedule that reaches past 9999-12-31.
pub fn compare_subscription(input: &CompareSubscription) -> Result<Vec<Difference>, Errors> {
    let CompareSubscription { found, schedule, price, on, status } = input;
    let at_schedule = |error: Error| error.at_root().prefixed("/input/schedule");
    let last = schedule.last_payment().map_err(at_schedule)?;
    let mut differences = Vec::new();
    let mut differ = |kind, expected: Option<String>, found: Option<String>, charge_uuid: Option<String>| {
        differences.push(Difference { kind, expected, found, charge_uuid });
    };

    let over = last.is_some_and(|last| *on > last.due_date);
    let possible: &[Status] = match status {
        Some(status) => &[*status],
        None if *on <= schedule.start() => &[Status::Active, Status::Pending],
        None if over => &[Status::Expired, Status::Active],
        None if last.is_some_and(|last| *on == last.due_date) => &[Status::Active, Status::Expired],
        None => &[Status::Active],
    };
    if let Some(text) = &found.status_text
        && !found.status.is_some_and(|status| possible.contains(&status))
    {
        let expected = possible.first().map(|status| status.as_str().into());
        differ(DifferenceKind::Status, expected, Some(text.clone()), None);
    }
    if let Some(cycle) = &found.cycle
        && Some(cycle.as_str()) != schedule.cycle().name()
    {
        differ(DifferenceKind::Cycle, schedule.cycle().name().map(Into::into), Some(cycle.clone()), None);
    }
    let end = end_date(schedule).map_err(at_schedule)?;
    if found.end_date != end {
        differ(DifferenceKind::EndDate, end.map(Date::iso), found.end_date.map(Date::iso), None);
    }

    // On the day itself, the charge may or may not have been made.
    let by_today = schedule.payments_by(*on);
    let before_today = on.plus_days(-1).map_or(0, |before| schedule.payments_by(before));
    let due_today = before_today < by_today;
    let after = schedule.next_due_date(*on).map_err(at_schedule)?;
    let runs = matches!(found.status, Some(Status::Active | Status::Pending) | None);
    let next_is_right = match found.next_due_date {
        Some(next) => Some(next) == after || (due_today && next == *on) || (after.is_none() && next <= *on),
        None => after.is_none(),
    };
    if runs && !next_is_right {
        differ(DifferenceKind::NextDueDate, after.map(Date::iso), found.next_due_date.map(Date::iso), None);
    }

    let having = |statuses: &[OutcomeStatus]| {
        let count = found.charges.iter().filter(|charge| statuses.contains(&charge.outcome)).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    };
    let paid = having(&[OutcomeStatus::Succeeded]);
    let begun = having(&[OutcomeStatus::Succeeded, OutcomeStatus::Pending]);
    if begun < before_today && found.status != Some(Status::Cancelled) {
        differ(DifferenceKind::ChargeMissing, Some(digits(before_today)), Some(digits(begun)), None);
    }
    if paid > by_today {
        differ(DifferenceKind::ChargeUnexpected, Some(digits(by_today)), Some(digits(paid)), None);
    }
    for charge in &found.charges {
        if let Some(amount) = charge.amount
            && amount != *price
        {
            let expected = Some(price.text());
            differ(DifferenceKind::Amount, expected, Some(amount.text()), charge.charge_uuid.clone());
        }
    }
    Ok(differences)
}
