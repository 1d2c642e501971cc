//! Whether the customer may use what they pay for (R11.2).

use super::phase::{Phase, in_trial};
use crate::date::Date;
use crate::error::Errors;
use crate::json::{object, words};
use crate::subscription::event::MoneyBack;
use crate::subscription::owed::blocked;
use crate::subscription::owed::due;
use crate::subscription::owed::last_day;
use crate::subscription::owed::service;
use crate::subscription::payments::money_back::is_within;
use crate::subscription::records::record::Record;
use crate::subscription::records::refunds::Refund;
use crate::subscription::records::state::Subscription;
use crate::subscription::status::Status;

/// Whether the customer may use the service on a day, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entitlement {
    /// Whether they may.
    pub active: bool,
    /// The first day on which they may not, if nothing more is paid; `None` without a schedule, and where `active` is false.
    pub until: Option<Date>,
    /// Why.
    pub reason: EntitlementReason,
}

object!(Entitlement { active: required "active", until: nullable "until", reason: required "reason" });

/// Why the customer may use the service, or may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntitlementReason {
    /// The trial runs.
    Trial,
    /// The day is paid for.
    Paid,
    /// There is no schedule, so no day has to be paid for.
    Free,
    /// A payment is due, and the days of grace are not over.
    Grace,
    /// They may not.
    None,
}

words!(EntitlementReason { Trial "trial", Paid "paid", Free "free", Grace "grace", None "none" });

const NONE: Entitlement = Entitlement { active: false, until: None, reason: EntitlementReason::None };

/// Returns the entitlement on a day, after the changes of earlier days. Grace counts from the due date.
pub(super) fn of(life: &Subscription, on: Date, phase: Phase, grace_days: u32) -> Result<Entitlement, Errors> {
    if phase == Phase::Ended || blocked::is_held(life, on) || !service::has_begun(life) {
        return Ok(NONE);
    }
    let Some(schedule) = life.current.schedule else {
        let is_free = life.status == Status::Active;
        return Ok(if is_free {
            Entitlement { active: true, until: None, reason: EntitlementReason::Free }
        } else {
            NONE
        });
    };
    if in_trial(life, on) {
        return until(life, schedule.start(), EntitlementReason::Trial);
    }
    if let Some(end) = paid_until(life, on) {
        return until(life, end, EntitlementReason::Paid);
    }
    let Some(open) = due::next(life)?.filter(|open| open.due_date <= on) else { return Ok(NONE) };
    let end = open.due_date.plus_days(i64::from(grace_days).saturating_add(1)).unwrap_or(Date::LAST);
    if on < end { until(life, end, EntitlementReason::Grace) } else { Ok(NONE) }
}

fn until(life: &Subscription, end: Date, reason: EntitlementReason) -> Result<Entitlement, Errors> {
    let ends = last_day::end(life)?;
    let pauses = life.state.paused.map(|pause| pause.from);
    let until = [Some(end), ends, pauses].into_iter().flatten().min();
    Ok(Entitlement { active: true, until, reason })
}

/// Returns the end of the days that are paid for without a gap from a day on; `None` if the day itself is not.
fn paid_until(life: &Subscription, on: Date) -> Option<Date> {
    let mut paid = None;
    for own in life.state.ledger.own().filter(|own| own.is_paid_for() && !is_charged_back(life, own)) {
        let Some(period) = own.period else { continue };
        if paid.unwrap_or(on) >= period.start && period.end > on {
            paid = paid.max(Some(period.end));
        }
    }
    paid
}

/// Returns whether a payment of a period was charged back (R5.12).
fn is_charged_back(life: &Subscription, own: &Record) -> bool {
    let is_of = |refund: &Refund| {
        let is_taken = refund.kind == MoneyBack::Chargeback && refund.amount.amount() > 0;
        is_taken && is_within(own, refund.payment, refund.due_date)
    };
    life.state.refunds.iter().any(is_of)
}
