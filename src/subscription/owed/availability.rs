//! Who can make a due payment, from when, and until when (R4.3, R6.1, R5.11).

use super::verification;
use crate::date::Date;
use crate::payment::PaymentKind;
use crate::retry::{Plan, RetryPolicy, plan};
use crate::subscription::records::card::CardBlock;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;

/// Who can make a due payment on a day.
pub(crate) enum Availability {
    /// It can be made, by the merchant or only by the cardholder.
    Offered { by_cardholder: bool },
    /// It can be retried on a day.
    Waits(Date),
    /// Every attempt that the policy allows has been made.
    UsedUp,
}

pub(crate) fn of(life: &Subscription, record: &Record, today: Date) -> Availability {
    if record.has_customer_on(today) {
        return Availability::Offered { by_cardholder: true };
    }
    unrequested(life, record, today)
}

/// Returns the same, whether or not the payment was requested with the cardholder present on the day.
pub(crate) fn unrequested(life: &Subscription, record: &Record, today: Date) -> Availability {
    let plan = declined_plan(life, record).map(|plan| plan.seen_on(today));
    let by_cardholder = record.customer_present
        || !life.state.card.is_established()
        || life.state.card.block.is_some()
        || plan.as_ref().is_some_and(Plan::needs_cardholder);
    let Some(plan) = plan else {
        let is_over = by_cardholder && is_abandoned(life, record, today);
        return if is_over { Availability::UsedUp } else { Availability::Offered { by_cardholder } };
    };
    if by_cardholder {
        // The cardholder is not limited to the retry days (R4.3).
        let is_over = today > plan.last_day;
        return if is_over { Availability::UsedUp } else { Availability::Offered { by_cardholder } };
    }
    match plan.retry_on {
        Some(day) if today < day && !(record.is_lifted(today) && may_retry(life, record, today)) => {
            Availability::Waits(day)
        }
        Some(_) => Availability::Offered { by_cardholder },
        None => Availability::UsedUp,
    }
}

/// Returns whether the merchant may retry a payment on a day, whatever day the policy sets for it (R6.2 to R6.4).
pub(crate) fn may_retry(life: &Subscription, record: &Record, day: Date) -> bool {
    let policy = life.terms.retry_policy();
    let any_day = RetryPolicy { days: vec![0; policy.days.len()], ..policy.into_owned() };
    let plan = plan(&record.declines(life.state.card.number), &any_day, None).map(|plan| plan.seen_on(day));
    plan.is_some_and(|plan| plan.retry_on.is_some_and(|retry_on| retry_on <= day))
}

/// Returns whether every attempt that the policy allows has been made.
pub(crate) fn is_used_up(life: &Subscription, record: &Record, day: Date) -> bool {
    matches!(of(life, record, day), Availability::UsedUp)
}

/// Returns whether the merchant can make it.
pub(crate) fn is_for_merchant(life: &Subscription, record: &Record, day: Date) -> bool {
    matches!(unrequested(life, record, day), Availability::Offered { by_cardholder: false })
}

/// Returns the retry plan for the declines of the current card; `None` without any.
fn declined_plan(life: &Subscription, record: &Record) -> Option<Plan> {
    let declines = record.declines(life.state.card.number);
    if declines.is_empty() { None } else { plan(&declines, &life.terms.retry_policy(), None) }
}

/// Returns the days that can be the last ones on which a payment can be made: for the cardholder, and for the merchant, who may
/// retry longer.
pub(crate) fn last_days(life: &Subscription, record: &Record) -> impl Iterator<Item = Date> {
    let days = match declined_plan(life, record) {
        Some(plan) => [Some(plan.last_day), plan.latest],
        None if record.is_own() => [last_day_of_checkout(life, record.due_date, record.costs_since), None],
        None => [last_day_beside(life, record), None],
    };
    days.into_iter().flatten()
}

/// Returns the same of a payment of the schedule that is not begun.
pub(crate) fn last_day_unbegun(life: &Subscription, due_date: Date) -> Option<Date> {
    last_day_of_checkout(life, due_date, None)
}

/// Returns the last day of an unscheduled checkout that nobody attempts (R5.11).
fn last_day_beside(life: &Subscription, record: &Record) -> Option<Date> {
    record.due_date.plus_days(life.terms.last_retry_day().into())
}

/// Returns the last day of a checkout for a scheduled payment that nobody attempts: the policy's last day, but at least
/// 7 days from the due date or from the event that made it a checkout, whichever is later (R4.3).
fn last_day_of_checkout(life: &Subscription, due_date: Date, costs_since: Option<Date>) -> Option<Date> {
    const LEAST: u32 = 7;
    let since = life.state.card.checkout_since.max(costs_since).max(Some(due_date));
    since.and_then(|since| since.plus_days(life.terms.last_retry_day().max(LEAST).into()))
}

/// Returns whether a checkout that nobody attempts has expired (R4.3, R5.11). Before the first success, a checkout of a
/// scheduled payment does not expire this way (R5.8).
fn is_abandoned(life: &Subscription, record: &Record, today: Date) -> bool {
    let is_verification = record.kind == PaymentKind::Verification && !verification::is_initial(life, record);
    let is_bounded = record.is_own() && !record.sends_nothing() && (life.state.begun || record.was_declined());
    let last = if record.outlives_service() || is_verification {
        last_day_beside(life, record)
    } else if is_bounded {
        last_day_of_checkout(life, record.due_date, record.costs_since)
    } else {
        None
    };
    last.is_some_and(|last| last < today)
}

/// Returns why only the cardholder can make a payment, for people.
pub(crate) fn why_checkout(life: &Subscription, record: &Record) -> &'static str {
    if record.kind == PaymentKind::Verification {
        "the cardholder has to verify the card"
    } else if life.state.card.block == Some(CardBlock::Revoked) {
        "the cardholder has revoked the charges and has to agree to them again"
    } else if life.state.card.block.is_some() {
        "the card cannot be charged any more: the cardholder has to pay or provide another card"
    } else if !life.state.card.is_established() {
        "the cardholder has not completed a payment with this card yet"
    } else if record.customer_present || life.state.on.is_some_and(|on| record.has_customer_on(on)) {
        "the cardholder is present to pay"
    } else {
        "the merchant may not retry: the cardholder has to pay"
    }
}
