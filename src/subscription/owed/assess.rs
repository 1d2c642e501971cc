//! The assessment of a plan change on its day: its cost, and how it is applied (R3.6 to R3.12).

use super::adjusting;
use super::blocked;
use super::due;
use super::guard;
use super::last_day;
use super::open_payment;
use super::service;
use super::unused;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::pricing::applied::Applied;
use crate::pricing::costs::Costs;
use crate::pricing::credit::{Left, TaxesPaid};
use crate::pricing::line::Span;
use crate::pricing::proration::{Effective, PlanChange, Proration, Running, Settled, another_cycle, check, restarted};
use crate::pricing::share::Part;
use crate::schedule::Schedule;
use crate::subscription::records::key::PaymentNumber;
use crate::subscription::records::record::{PaymentStatus, Record};
use crate::subscription::records::state::Subscription;
use crate::terms::no_schedule;

/// How a change is applied.
pub(crate) enum Change {
    /// Nothing is paid for the day: the next payment has the new price, or the schedule is replaced from then.
    Immediate,
    /// The payment that is due on the day and was never attempted has the new price completely (R3.5).
    DueDate(Record),
    /// The period's own payment is open: the payment after the change (R3.11).
    Open(Record),
    /// The difference is paid now or with the next payment.
    Prorate,
}

/// Returns the schedule, if plan changes are possible at all on a day.
pub(crate) fn schedule_to_change(life: &Subscription, day: Date) -> Result<Schedule, Error> {
    guard::not_ended(life).map_err(Error::at_root)?;
    guard::scheduled_here(life).map_err(Error::at_root)?;
    if blocked::is_held(life, day) {
        guard::not_paused(life).map_err(Error::at_root)?;
    }
    life.current.schedule.ok_or_else(|| no_schedule(""))
}

/// Returns an error for a day on or after the end of a subscription that ends.
pub(crate) fn still_served(life: &Subscription, day: Date) -> Result<(), Error> {
    if service::is_ending(life) && last_day::end(life)?.is_none_or(|end| day >= end) {
        return Err(outside(life, day));
    }
    Ok(())
}

/// Returns when a change takes effect; by default with the next due date for a downgrade, otherwise on its day (R3.5).
pub(crate) fn effective(life: &Subscription, change: &PlanChange) -> Result<Effective, Error> {
    let schedule = schedule_to_change(life, change.at)?;
    let direction = Running::direction(due::price_on(life, change.at)?, &schedule, change, life.terms.rule()?)?;
    Ok(change.effective.unwrap_or(Running::by_default(direction)))
}

/// Returns the cost of a change on its day, after the changes of earlier days.
pub(crate) fn assess(life: &Subscription, change: &PlanChange, day: Date) -> Result<(Proration, Change), Errors> {
    let schedule = schedule_to_change(life, day)?;
    check(change, &schedule, due::price_on(life, day)?, life.terms.rule()?)?;
    still_served(life, day)?;
    if due::is_before_start(life, day)? {
        return Ok((before_start(life, change, &schedule)?, Change::Immediate));
    }
    match (life.state.ledger.running_on(day), due::next(life)?) {
        (_, Some(own)) if own.due_date == day && !own.was_attempted() => on_due_date(life, change, &schedule, own),
        (_, Some(own)) if own.due_date <= day => while_open(life, change, &schedule, own, day),
        (Some(record), next) => {
            guard::nothing_in_flight(life).map_err(Error::at_root)?;
            if record.status == PaymentStatus::Skipped && is_without_lines(change, &schedule) {
                return Ok((in_skipped(life, change, &schedule, day)?, Change::Immediate));
            }
            let change = PlanChange { effective: Some(Effective::OnDate), ..change.clone() };
            let later = next.map(|next| next.due_date);
            let running = Running {
                within: adjusting::within(life, record, &change, day)?,
                restart: restart(life, &change, &schedule, day)?,
                ..running(life, &schedule, record, later, day)?
            };
            Ok((running.change(&change)?, Change::Prorate))
        }
        (None, _) => Err(outside(life, day).into()),
    }
}

fn running<'a>(
    life: &'a Subscription,
    schedule: &Schedule,
    record: &Record,
    later: Option<Date>,
    day: Date,
) -> Result<Running<'a>, Error> {
    let part = if record.status == PaymentStatus::Skipped { Part::Nothing } else { record.part_left(day) };
    let (unused, rule) = (unused::of(life, record, day)?, life.terms.rule()?);
    let cap = unused.as_ref().map(|unused| unused.amount);
    let left = match unused {
        Some(unused) => Left { part, ..unused.left },
        None => {
            let span = Span { start: day, end: record.priced_until().unwrap_or(day) };
            let taxes = record.taxes().map(|taxes| TaxesPaid::of(taxes, None, rule)).transpose()?;
            Left { costs: Costs::One(life.nothing()), part, span, rule, paid: None, taxes }
        }
    };
    Ok(Running {
        schedule: *schedule,
        price: &life.current.price,
        left: Some(left).filter(|left| left.part.fraction().is_some()),
        // What was paid for the days and has not gone back (R3.9, R5.12).
        cap,
        within: None,
        restart: None,
        first_period: life.terms.first_period,
        later,
        first_number: life.current.first_number,
        next_number: life.state.ledger.last_settled().next().get(),
        balance: life.balance,
        rule,
    })
}

/// Returns what applies to the first payment of a schedule that another cycle restarts on a day.
fn restart(
    life: &Subscription,
    change: &PlanChange,
    schedule: &Schedule,
    day: Date,
) -> Result<Option<Box<Applied>>, Errors> {
    if another_cycle(change, schedule).is_none() {
        return Ok(None);
    }
    let number = life.state.ledger.last_settled().next();
    let price = change.price_after(&life.current.price).into_owned();
    let current = life.current.with(price, adjusting::after(life, change, number)?, *schedule, number);
    Ok(adjusting::applied(life, &current, number, day, life.terms.rule()?)?)
}

/// Returns a proration without lines and amounts for a change that takes effect on a day. The schedule after it is
/// `new`, which begins with the number `first`.
fn without_proration(
    life: &Subscription,
    change: &PlanChange,
    old: &Schedule,
    day: Date,
    (new, first): (Schedule, PaymentNumber),
) -> Result<Proration, Error> {
    let nothing = life.nothing();
    Ok(Proration {
        direction: Running::direction(due::price_on(life, day)?, old, change, life.terms.rule()?)?,
        effective: day,
        settle: Settled::None,
        credit: nothing,
        charge: nothing,
        net: nothing,
        due_now: nothing,
        balance: life.balance,
        next_payment: None,
        schedule: new,
        first_number: first.get(),
        lines: Vec::new(),
        as_of: day,
        digest: String::new(),
    })
}

/// Returns the schedule of a change that takes effect before a payment, and its first number: another cycle begins with
/// that payment.
fn begun_with(
    life: &Subscription,
    change: &PlanChange,
    schedule: &Schedule,
    day: Date,
    number: PaymentNumber,
) -> Result<(Schedule, PaymentNumber), Error> {
    match another_cycle(change, schedule) {
        Some(cycle) => Ok((restarted(schedule, change, cycle, day)?, number)),
        None => Ok((*schedule, life.current.first())),
    }
}

/// Returns a proration for a change before payment 1: there is nothing to prorate, and payment 1 has the new price or
/// the first day of the new schedule (R2.9).
fn before_start(life: &Subscription, change: &PlanChange, schedule: &Schedule) -> Result<Proration, Errors> {
    let number = life.state.ledger.last_settled().next();
    let start = due::date_of(life, number)?.unwrap_or(schedule.start());
    let begun = begun_with(life, change, schedule, start, number)?;
    Ok(without_proration(life, change, schedule, start, begun)?)
}

/// Returns whether a change in a number that is skipped has no lines: within the cycle, and for a due date that was
/// skipped. Another cycle restarts the schedule on the day.
fn is_without_lines(change: &PlanChange, schedule: &Schedule) -> bool {
    another_cycle(change, schedule).is_none() || change.effective == Some(Effective::PeriodEnd)
}

/// Returns a proration for a change in a number that is skipped: there is nothing to prorate (R5.13).
fn in_skipped(life: &Subscription, change: &PlanChange, schedule: &Schedule, day: Date) -> Result<Proration, Errors> {
    let begun = begun_with(life, change, schedule, day, life.state.ledger.last_settled().next())?;
    Ok(without_proration(life, change, schedule, day, begun)?)
}

/// Returns a proration for a change on a due date whose payment was never attempted: it takes effect before the payment
/// (R3.5).
fn on_due_date(
    life: &Subscription,
    change: &PlanChange,
    schedule: &Schedule,
    own: Record,
) -> Result<(Proration, Change), Errors> {
    guard::nothing_in_flight(life).map_err(Error::at_root)?;
    let to = change.price_after(&life.current.price);
    // Another cycle replaces the payment by its own.
    if another_cycle(change, schedule).is_none() && open_payment::keeps_days(life, &own)? {
        let due_date = own.due_date;
        let unchanged = without_proration(life, change, schedule, due_date, (*schedule, life.current.first()))?;
        return Ok((unchanged, Change::Open(open_payment::billed_anew(life, own, &to, due_date)?)));
    }
    let (new, first) = begun_with(life, change, schedule, own.due_date, own.number)?;
    let adjusted = adjusting::after(life, change, own.number)?;
    let current = life.current.with(to.into_owned(), adjusted, new, first);
    let unbegun = due::unbegun(life, &current, own.number)?;
    let unbegun = unbegun.ok_or_else(|| Error::new(Code::Internal, "", "expected a payment on the due date"))?;
    let proration = without_proration(life, change, schedule, own.due_date, (new, first))?;
    Ok((proration, Change::DueDate(own.computed_anew(unbegun))))
}

/// Returns a proration for a change while a payment of the schedule is due (R3.11).
fn while_open(
    life: &Subscription,
    change: &PlanChange,
    schedule: &Schedule,
    own: Record,
    day: Date,
) -> Result<(Proration, Change), Errors> {
    if owes_before(life, change, &own, day) {
        return Err(guard::overdue().at_root().into());
    }
    guard::nothing_in_flight(life).map_err(Error::at_root)?;
    let unchanged = without_proration(life, change, schedule, day, (*schedule, life.current.first()))?;
    let (proration, record) = open_payment::changed(life, change, own, unchanged)?;
    Ok((proration, Change::Open(record)))
}

/// Returns an error for a day on which a change for a due date cannot be requested: no period contains it, or an older
/// payment is open.
pub(crate) fn check_day(life: &Subscription, change: &PlanChange, day: Date) -> Result<(), Errors> {
    match due::next(life)? {
        Some(own) if own.due_date == day && !own.was_attempted() => Ok(()),
        Some(own) if own.due_date <= day && owes_before(life, change, &own, day) => {
            Err(guard::overdue().at_root().into())
        }
        Some(own) if own.due_date <= day => Ok(()),
        _ if life.state.ledger.running_on(day).is_none() => Err(outside(life, day).into()),
        _ => Ok(()),
    }
}

/// Returns the error for a day that no period contains.
pub(crate) fn outside(life: &Subscription, day: Date) -> Error {
    if service::is_ending(life) {
        let message = "cannot change the plan because the subscription ends on that day or before; withdraw the cancellation first";
        return Error::new(Code::CancellationPending, "", message);
    }
    let message = ["expected a day in a period of the subscription, got `", &day.iso(), "`"].concat();
    Error::new(Code::OutsidePeriod, "/at", message)
}

/// Returns whether an older payment has to be settled before a change; for another cycle, any payment.
pub(crate) fn owes_before(life: &Subscription, change: &PlanChange, own: &Record, day: Date) -> bool {
    let is_another = life.current.schedule.is_some_and(|schedule| another_cycle(change, &schedule).is_some());
    is_another || !own.covers(day)
}
