//! Which agreement fits the terms of a subscription, and which interval a scheduled one may have.

use crate::date::Date;
use crate::error::Error;
use crate::indicator::Timing;
use crate::json::object;
use crate::terms::Terms;

/// The agreement that fits, and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementAdvice {
    /// Scheduled or unscheduled.
    pub kind: Timing,
    /// The interval to request, in days: 0, which leaves the calendar to the merchant.
    pub interval: u32,
    /// The longest interval that delays no payment: the shortest time between two due dates minus the last retry day,
    /// as Nexi counts from the latest charge. 0 if there is none.
    pub longest_interval: u32,
    /// The last day on which a charge may be needed: the last due date with its retries. Null for an open-ended
    /// schedule.
    pub needed_until: Option<Date>,
    /// The reason, for people.
    pub reason: String,
}

object!(AgreementAdvice {
    kind: required "kind",
    interval: required "interval",
    longest_interval: required "longestInterval",
    needed_until: nullable "neededUntil",
    reason: required "reason",
});

/// Returns which agreement fits the terms: scheduled for a fixed amount at a fixed interval, unscheduled for anything
/// else.
///
/// Terms do not say whether the plan may be changed, or whether usage and unscheduled charges are billed. If they are,
/// the amounts vary, and an unscheduled agreement fits. Source: Nexi's guides on the two kinds; two sources.
///
/// # Errors
/// `out_of_range` for a schedule whose payment count reaches past 9999-12-31.
pub fn recommend_agreement(terms: &Terms) -> Result<AgreementAdvice, Error> {
    let none = "without a schedule, amounts and days vary";
    let single = "there is at most one payment, so no schedule charges";
    let free = "the price is 0, so charges are not a fixed amount at a fixed interval";
    let fixed = "a fixed amount at a fixed interval; with plan changes, usage or unscheduled charges an unscheduled agreement \
                 fits instead";
    let needed_until = needed_until(terms).map_err(|error| error.prefixed("/terms"))?;
    let gap = shortest_gap(terms);
    let (kind, reason) = match gap {
        _ if !terms.costs_something() && terms.schedule.is_some() => (Timing::Unscheduled, free),
        None if terms.schedule.is_none() => (Timing::Unscheduled, none),
        None => (Timing::Unscheduled, single),
        Some(_) => (Timing::Scheduled, fixed),
    };
    let longest = if kind == Timing::Scheduled { longest_interval(terms) } else { 0 };
    Ok(AgreementAdvice { kind, interval: 0, longest_interval: longest, needed_until, reason: reason.into() })
}

/// Returns the last day of the retries of a payment, counted from its due date.
fn last_retry_day(terms: &Terms) -> u32 {
    terms.retry.clone().unwrap_or_default().days.last().copied().unwrap_or_default()
}

/// Returns the last day on which a charge may be needed.
pub(crate) fn needed_until(terms: &Terms) -> Result<Option<Date>, Error> {
    let last = terms.schedule.map(|schedule| schedule.last_payment()).transpose()?.flatten();
    Ok(last.map(|last| last.due_date.plus_days(last_retry_day(terms).into()).unwrap_or(Date::LAST)))
}

/// Returns the longest interval of a scheduled agreement that allows every payment that is due.
pub(crate) fn longest_interval(terms: &Terms) -> u32 {
    let gap = shortest_gap(terms).unwrap_or_default();
    u32::try_from(gap.saturating_sub(last_retry_day(terms).into())).unwrap_or_default()
}

/// Returns the fewest days between two consecutive due dates; `None` with one payment or none.
fn shortest_gap(terms: &Terms) -> Option<i64> {
    // The calendar repeats every 400 years: 4800 months.
    const MOST: usize = 4_802;
    let dates = || terms.schedule.into_iter().flat_map(|schedule| schedule.due_dates().take(MOST));
    dates().zip(dates().skip(1)).map(|(earlier, later)| earlier.days_until(later)).min()
}
