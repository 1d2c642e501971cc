//! The next action.

use std::borrow::Cow;

use super::advance;
use super::decision::Decision;
use super::force_days;
use crate::date::Date;
use crate::error::Errors;
use crate::payment::PaymentKind;
use crate::retry::OnExhausted;
use crate::subscription::action::Action;
use crate::subscription::owed::availability::{self, Availability};
use crate::subscription::owed::blocked;
use crate::subscription::owed::due;
use crate::subscription::owed::guard;
use crate::subscription::owed::last_day;
use crate::subscription::owed::seen::Seen;
use crate::subscription::owed::service;
use crate::subscription::owed::verification;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;
use crate::subscription::status::Status;

/// Returns the action that is due on a day, as [`Subscription::next_action`] describes.
pub(crate) fn next_action(subscription: &Subscription, today: Date) -> Result<Action, Errors> {
    guard::not_before_last_event(subscription, today, "/today")?;
    let life = advance::seen(subscription, today)?;
    action(&life, today)
}

/// As [`next_action`], with the subscription as the day finds it.
pub(crate) fn seen_on(subscription: &Subscription, today: Date) -> Result<(Action, Seen<'_>), Errors> {
    guard::not_before_last_event(subscription, today, "/today")?;
    let life = advance::seen(subscription, today)?;
    Ok((action(&life, today)?, life))
}

/// Returns the action on a day, after the changes of earlier days.
pub(crate) fn action(life: &Subscription, today: Date) -> Result<Action, Errors> {
    decide(life, today).map(|decision| decision.into_action(life))
}

/// Returns what a day requires, after the changes of earlier days.
pub(crate) fn decide(life: &Subscription, today: Date) -> Result<Decision<'_>, Errors> {
    if life.status.is_final() {
        return Ok(Decision::None);
    }
    if let Some((record, id, attempt)) = life.state.ledger.unresolved() {
        return Ok(Decision::InFlight { record, id, by_cardholder: attempt.by_cardholder });
    }
    let next = due::next(life)?;
    match next {
        Some(next) if next.due_date <= today && !blocked::is_payment_held(life, &next) => {
            of_schedule(life, next, today)
        }
        next => beside_schedule(life, next, today),
    }
}

/// Decides while the schedule's own payment is due. The plan change of an earlier day is paid before it
/// (R3.5).
fn of_schedule(life: &Subscription, own: Record, today: Date) -> Result<Decision<'_>, Errors> {
    let is_older = |record: &&Record| record.kind == PaymentKind::PlanChange && record.due_date < own.due_date;
    if let Some(older) = life.state.ledger.open().find(is_older)
        && let Availability::Offered { by_cardholder } = availability::of(life, older, today)
    {
        return Ok(Decision::Offered { record: Cow::Borrowed(older), by_cardholder });
    }
    let is_unused = own.period.is_some_and(|period| period.end <= today);
    if is_unused && !service::has_begun(life) && !own.was_declined() {
        return Ok(Decision::Finish { status: Status::Cancelled, on: today });
    }
    if service::is_provided(life) {
        let latest = due::latest(life, today)?;
        return Ok(Decision::Awaited(Box::new(latest.unwrap_or(own))));
    }
    // A first payment of 0 proves no card, so a verification replaces it (R4.6).
    let record = if own.amount.amount() == 0
        && let Some(verification) = verification::in_place_of(life, &own)?
    {
        verification
    } else {
        own
    };
    Ok(match availability::of(life, &record, today) {
        Availability::Offered { by_cardholder } => Decision::Offered { record: Cow::Owned(record), by_cardholder },
        Availability::Waits(until) => {
            let end = last_day::end(life)?.filter(|end| *end > today);
            Decision::Wait(end.map_or(until, |end| end.min(until)))
        }
        Availability::UsedUp => exhausted(life, today),
    })
}

/// Decides while the schedule's own payment is not due. Unscheduled payments wait in the order of the
/// events, one at a time.
fn beside_schedule(life: &Subscription, own: Option<Record>, today: Date) -> Result<Decision<'_>, Errors> {
    let is_held = |record: &Record| blocked::is_payment_held(life, record);
    let mut days: Vec<Date> = own.iter().filter_map(|own| blocked::payment_comes_on(life, own)).collect();
    let mut of_trial = verification::of_trial(life, own.as_ref());
    if let Some(later) = of_trial.take_if(|of_trial| of_trial.due_date > today || is_held(of_trial)) {
        days.extend(blocked::payment_comes_on(life, &later));
    }
    let beside = || life.state.ledger.open().find(|record| !record.is_own() && !is_held(record)).map(Cow::Borrowed);
    let record = of_trial.map(Cow::Owned).or_else(beside);
    let has_other = record.is_some();
    if let Some(record) = record {
        match availability::of(life, &record, today) {
            Availability::Waits(until) => days.push(until),
            Availability::Offered { by_cardholder } => return Ok(Decision::Offered { record, by_cardholder }),
            Availability::UsedUp => return Ok(exhausted(life, today)),
        }
    }
    let end = last_day::end(life)?;
    // Nothing ends during a pause.
    let may_end = !service::is_end_held(life, today);
    if !may_end || blocked::is_held(life, today) {
        days.extend(life.state.paused.and_then(|pause| pause.until));
    }
    if life.state.over.is_some() {
        if !has_other {
            return Ok(Decision::Finish { status: Status::Cancelled, on: today });
        }
    } else if life.state.ends_on.is_some() {
        days.extend(end);
    } else if may_end && (life.state.ending || own.is_none() && !has_other && life.current.schedule.is_some()) {
        match service::until(life) {
            Some(end) if end > today => days.extend(blocked::comes_on(life, end)),
            // A subscription that never became active does not expire (R5.2).
            _ if life.state.ending || life.status == Status::Pending => {
                return Ok(Decision::Finish { status: Status::Cancelled, on: today });
            }
            _ => return Ok(Decision::Finish { status: Status::Expired, on: today }),
        }
    }
    let force = force_days::of(life)?.into_iter().flatten();
    let force = force.filter(|day| *day > today && end.is_none_or(|end| *day < end));
    days.extend(force.filter_map(|day| blocked::comes_on(life, day)));
    Ok(match days.into_iter().min() {
        Some(until) => Decision::Wait(until),
        None => Decision::None,
    })
}

/// Returns the end when the policy is used up.
fn exhausted(life: &Subscription, today: Date) -> Decision<'static> {
    let status = match life.terms.on_exhausted() {
        OnExhausted::Cancel => Status::Cancelled,
        OnExhausted::Expire | OnExhausted::SkipPayment => Status::Expired,
    };
    Decision::Finish { status, on: today }
}
