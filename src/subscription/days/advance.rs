//! Changes that happen by the passing of days alone.

use super::commit;
use super::end;
use super::force_days;
use super::pause_end;
use super::pending;
use super::skips;
use crate::date::Date;
use crate::error::Errors;
use crate::payment::PaymentKind;
use crate::retry::OnExhausted;
use crate::subscription::owed::availability;
use crate::subscription::owed::blocked;
use crate::subscription::owed::due;
use crate::subscription::owed::last_day;
use crate::subscription::owed::seen::Seen;
use crate::subscription::owed::service;
use crate::subscription::owed::verification;
use crate::subscription::records::record::{PaymentStatus, Record};
use crate::subscription::records::state::Subscription;
use crate::subscription::status::Status;
use crate::terms::MissedPayments;

/// Advances the subscription to a day. Each plan change takes effect on its own day, and a trial's verification is
/// dropped on its own day, so the result does not depend on which days were called.
pub(crate) fn to(life: &mut Subscription, today: Date) -> Result<(), Errors> {
    through(&mut Seen::InPlace(life), today)
}

/// Returns the subscription as it is on a day, itself where the days until then bring nothing.
pub(crate) fn seen(life: &Subscription, today: Date) -> Result<Seen<'_>, Errors> {
    let mut life = Seen::of(life);
    through(&mut life, today)?;
    Ok(life)
}

fn through(life: &mut Seen<'_>, today: Date) -> Result<(), Errors> {
    let mut since = life.state.on;
    while let Some(day) = next_day(life, since, today)? {
        pass(life, day)?;
        since = Some(day);
    }
    // Service ends on its day, even while an attempt is unresolved, unless that is for days before it.
    let is_awaited = life.state.ledger.unresolved().is_some_and(|(record, ..)| {
        record.kind == PaymentKind::PlanChange || record.is_own() && life.state.ends_on.is_some()
    });
    if !is_awaited && !life.status.is_final() {
        while end::reach(life, today)? {}
    }
    pass(life, today)
}

/// Returns the next day between two on which something happens by itself.
fn next_day(life: &Subscription, after: Option<Date>, before: Date) -> Result<Option<Date>, Errors> {
    if after.is_some_and(|after| after.plus_days(1) >= Some(before)) {
        return Ok(None);
    }
    let own = due::next_day(life)?;
    let planned = |day: &Date| !blocked::is_held(life, *day);
    let mut days = Days { after, before, first: None };
    days.extend(life.state.paused.and_then(|pause| pause.until));
    days.extend(force_days::of(life)?.into_iter().flatten());
    days.extend(verification::drops_on(life)?.filter(planned));
    let offered = life.state.ledger.open().filter(|record| !blocked::is_payment_held(life, record));
    days.extend(offered.flat_map(|record| days_after_last(life, record)));
    let unbegun = own.iter().filter(|own| !own.is_begun && !blocked::is_held(life, own.due_date));
    days.extend(unbegun.filter_map(|own| day_after(availability::last_day_unbegun(life, own.due_date)?, own.due_date)));
    // An unpaid change is dropped on the next due date, and a missed payment on the one after it.
    if pending::unpaid(life).is_some() {
        days.extend(due::date_or_end(life)?.filter(planned));
    }
    if let Some(own) = &own
        && skips_missed(life)
    {
        days.extend(due::date_after(life, own.number)?.filter(planned));
    }
    if life.state.ends_on.is_some() && life.state.over.is_none() {
        days.extend(last_day::end(life)?);
    }
    if life.state.ending && life.state.over.is_none() {
        days.extend(service::until(life).filter(planned));
    }
    Ok(days.first)
}

/// The first of some days between two.
struct Days {
    after: Option<Date>,
    before: Date,
    first: Option<Date>,
}

impl Extend<Date> for Days {
    fn extend<T: IntoIterator<Item = Date>>(&mut self, days: T) {
        for day in days {
            if day < self.first.unwrap_or(self.before) && self.after.is_none_or(|after| day > after) {
                self.first = Some(day);
            }
        }
    }
}

/// Returns the days that can be the first one on which a payment can no longer be made.
fn days_after_last(life: &Subscription, record: &Record) -> impl Iterator<Item = Date> {
    let due_date = record.due_date;
    availability::last_days(life, record).filter_map(move |last| day_after(last, due_date))
}

/// Returns the day after the last one on which a payment can be made, but not before it is due.
fn day_after(last: Date, due_date: Date) -> Option<Date> {
    Some(last.plus_days(1)?.max(due_date))
}

/// Does what a day brings, one thing after the other until nothing is left.
fn pass(life: &mut Seen<'_>, day: Date) -> Result<(), Errors> {
    while !life.status.is_final() && life.state.ledger.unresolved().is_none() {
        let changed = pause_end::reach(life, day)?
            || skips::next(life)?
            || end::reach(life, day)?
            || end::stop_others(life)
            || give_up(life, day)
            || end::collect_last_debt(life, day)?
            || commit::drop_unpaid(life, day)?
            || verification::drop_late(life, day)?
            || commit::next(life, day)?
            || commit::drop_dueless(life)?
            || give_up_unbegun(life, day)?
            || skip_missed(life, day)?;
        if !changed {
            break;
        }
    }
    Ok(())
}

/// Gives up a payment whose attempts are used up, where the policy keeps the subscription; one beside the schedule always (R6.1,
/// R5.11).
fn give_up(life: &mut Seen<'_>, day: Date) -> bool {
    let keeps = life.terms.on_exhausted() == OnExhausted::SkipPayment;
    let given_up = life.state.ledger.open().find(|record| {
        let is_initial = verification::is_initial(life, record);
        let may = keeps && !record.is_unbegun() || !record.is_own() && !is_initial;
        // Our retry days do not apply to a provider that schedules (R5.7).
        let is_awaited = record.is_own() && service::is_provided(life);
        let is_due = record.due_date <= day && !blocked::is_payment_held(life, record);
        may && !is_awaited && is_due && availability::is_used_up(life, record, day)
    });
    let Some(record) = given_up.cloned() else { return false };
    let fails = record.is_own() || verification::is_initial(life, &record);
    let life = life.change();
    life.state.ledger.close(record, PaymentStatus::GivenUp);
    if fails {
        life.status = Status::Error;
    }
    true
}

/// Gives up a number of the schedule that nobody has ever attempted likewise (R4.3).
fn give_up_unbegun(life: &mut Seen<'_>, day: Date) -> Result<bool, Errors> {
    if service::is_provided(life) || life.terms.on_exhausted() != OnExhausted::SkipPayment {
        return Ok(false);
    }
    let Some(own) = due::next(life)? else { return Ok(false) };
    let is_due = own.due_date <= day && !blocked::is_payment_held(life, &own);
    if !is_due || !own.is_unbegun() || !availability::is_used_up(life, &own, day) {
        return Ok(false);
    }
    let life = life.change();
    life.state.ledger.close(own, PaymentStatus::GivenUp);
    life.status = Status::Error;
    Ok(true)
}

/// Skips payments that were never attempted once a later one is due (R5.8).
fn skip_missed(life: &mut Seen<'_>, day: Date) -> Result<bool, Errors> {
    if !skips_missed(life) || pending::unpaid(life).is_some() || !service::has_begun(life) {
        return Ok(false);
    }
    let Some(own) = due::next(life)?.filter(|own| !own.was_attempted()) else { return Ok(false) };
    if due::date_after(life, own.number)?.is_none_or(|later| later > day || blocked::is_held(life, later)) {
        return Ok(false);
    }
    life.change().state.ledger.close(own, PaymentStatus::Skipped);
    Ok(true)
}

/// Returns whether a missed payment is skipped for the next one.
fn skips_missed(life: &Subscription) -> bool {
    life.terms.missed_payments == Some(MissedPayments::Latest) && !life.terms.is_internal()
}
