//! What a change of plan costs (R3).

mod answer;
mod change;

use std::cmp::Ordering;

pub use answer::{Direction, NextPayment, Proration, Settled};
pub use change::{Effective, PlanChange, ProrateInput, Settle};

use crate::cycle::Cycle;
use crate::date::Date;
use crate::digest::digest;
use crate::error::{Code, Error, Errors, Problems};
use crate::json::Shape;
use crate::line::{Line, LineKind, Span};
use crate::money::{Money, RoundingRule};
use crate::price::Part;
use crate::schedule::{Period, Schedule};

/// Computes a change of plan: what is credited for the days not used, what is charged for those to come, what is due on the
/// day, and what becomes of the next payment (R3).
///
/// # Errors
/// `outside_period` when no period of the schedule contains the day; `currency_mismatch`; `out_of_range` for a negative
/// price or an amount past 2^53 - 1; `no_later_payment` for a change with the next due date where there is none. With another
/// cycle: `end_before_start` when the schedule would restart after its end date, `payment_count_needed` when the old
/// schedule counts its payments and the change does not, `settle_not_possible` for the next payment.
///
/// ```
/// use billing_rules::{Cycle, Money, PlanChange, ProrateInput, Schedule, prorate};
///
/// let brl = "BRL".parse()?;
/// let schedule = Schedule::new("2025-04-01".parse()?, Cycle::MONTHLY);
/// let change = PlanChange::new(Money::new(25_000, brl)?, "2025-04-11".parse()?);
/// let answer = prorate(&ProrateInput::new(schedule, Money::new(10_000, brl)?, change))?;
/// assert_eq!(answer.credit.to_decimal(), "-66.67");
/// assert_eq!(answer.charge.to_decimal(), "166.67");
/// assert_eq!(answer.due_now.to_decimal(), "100.00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn prorate(input: &ProrateInput) -> Result<Proration, Errors> {
    let Checked { period, later, rule, cycle } = check(input)?;
    let ProrateInput { schedule, from, change, .. } = input;
    let PlanChange { to, at, .. } = *change;

    let direction = direction((*from, schedule.cycle()), (to, cycle.unwrap_or(schedule.cycle())));
    let by_default = if direction == Direction::Downgrade { Effective::PeriodEnd } else { Effective::At };
    let effective = match (change.effective.unwrap_or(by_default), later) {
        (Effective::At, _) => at,
        (Effective::PeriodEnd, Some(later)) => later,
        (Effective::PeriodEnd, None) => {
            let message = "no payment follows, so the change can only take force on its day (`at`)";
            return Err(Error::new(Code::NoLaterPayment, "/effective", message).into());
        }
    };
    let prorated = effective == at;
    let (schedule_after, first_number) = match cycle {
        Some(cycle) => (restarted(input, cycle, effective)?, period.number.saturating_add(1)),
        None => (*schedule, 1),
    };

    let lines = if prorated { lines(input, &period, rule, cycle.map(|_| &schedule_after))? } else { Vec::new() };
    let nothing = Money::zero(to.currency());
    let sum = |credit: bool| {
        let lines = lines.iter().filter(|line| (line.kind == LineKind::Credit) == credit);
        lines.map(|line| line.amount).try_fold(nothing, Money::plus)
    };
    let (credit, charge) = (sum(true)?, sum(false)?);
    let net = credit.plus(charge)?;
    // The payment that the new price is paid with first, unless it is part of the charge.
    let next_due = if prorated { schedule_after.next_due_date(at)? } else { Some(effective) };
    let settle = match change.settle.unwrap_or(Settle::Now) {
        _ if !prorated => Settled::None,
        Settle::NextPayment if next_due.is_some() => Settled::NextPayment,
        // Without a later payment, what is owed is due on the day itself, and a credit stays balance (R3.5).
        Settle::NextPayment if net.amount() < 0 => Settled::None,
        _ => Settled::Now,
    };
    let due_now = if settle == Settled::Now { net.at_least_zero() } else { nothing };
    let balance = net.plus(due_now.negated())?;
    let next_amount = to.plus(balance)?.at_least_zero();
    let mut proration = Proration {
        direction,
        effective,
        settle,
        credit,
        charge,
        net,
        due_now,
        balance,
        next_payment: next_due.map(|due_date| NextPayment { due_date, amount: next_amount }),
        schedule: schedule_after,
        first_number,
        lines,
        computed_for: at,
        digest: String::new(),
    };
    proration.digest = digest(proration.write());
    Ok(proration)
}

/// What the input comes to once it is sound.
struct Checked {
    /// The running period.
    period: Period,
    /// The next due date of the schedule as it runs.
    later: Option<Date>,
    rule: RoundingRule,
    /// The cycle after the change, where it is another.
    cycle: Option<Cycle>,
}

fn check(input: &ProrateInput) -> Result<Checked, Errors> {
    let ProrateInput { schedule, from, change, rounding, round_to, .. } = input;
    let PlanChange { to, at, settle, payment_count, .. } = *change;
    let cycle = change.cycle.filter(|cycle| cycle.step() != schedule.cycle().step());
    let mut problems = Problems::default();
    problems.check(from.not_negative("/from"));
    problems.check(to.not_negative("/to"));
    problems.check(from.same_currency(to, "/to/currency"));
    let period = problems.check(schedule.period_on(at).and_then(|period| period.ok_or_else(|| outside_period(at))));
    let later = problems.check(schedule.next_due_date(at));
    let rule = problems.check(RoundingRule::new(rounding.unwrap_or_default(), round_to.unwrap_or(1)));
    if cycle.is_some() && settle == Some(Settle::NextPayment) {
        let message = "another cycle restarts the schedule with a payment of its own, so the difference is paid `now`";
        problems.push(Error::new(Code::SettleNotPossible, "/settle", message));
    }
    match (cycle, schedule.payment_count(), payment_count) {
        (Some(_), Some(_), None) => {
            let message = "the schedule counts its payments: say how many there are with the new cycle";
            problems.push(Error::new(Code::PaymentCountNeeded, "/paymentCount", message));
        }
        (None, _, Some(_)) => {
            let message = "a payment count goes with another cycle only";
            problems.push(Error::new(Code::PaymentCountNotPossible, "/paymentCount", message));
        }
        _ => {}
    }
    let ((period, later), rule) = problems.done(period.zip(later).zip(rule))?;
    Ok(Checked { period, later, rule, cycle })
}

/// Which way a change goes (R3.4): to a longer cycle it is an upgrade; otherwise prices are compared by the day, over the mean
/// lengths of the cycles.
fn direction((from, old): (Money, Cycle), (to, new): (Money, Cycle)) -> Direction {
    let (old, new) = (old.mean_length(), new.mean_length());
    let per_day = |price: Money, other: i64| i128::from(price.amount()).saturating_mul(other.into());
    match per_day(to, old).cmp(&per_day(from, new)) {
        _ if new > old => Direction::Upgrade,
        Ordering::Greater => Direction::Upgrade,
        Ordering::Less => Direction::Downgrade,
        Ordering::Equal => Direction::Same,
    }
}

/// The schedule that another cycle begins on a day (R3.6). Its anchor is that day; the end date stays.
fn restarted(input: &ProrateInput, cycle: Cycle, on: Date) -> Result<Schedule, Error> {
    let mut schedule = Schedule::new(on, cycle);
    if let Some(end_date) = input.schedule.end_date() {
        schedule = schedule.with_end_date(end_date).map_err(|error| error.under("/schedule"))?;
    }
    if let Some(count) = input.change.payment_count {
        schedule = schedule.with_payment_count(count)?;
    }
    Ok(schedule)
}

/// The credit of the old price for the days left, and the charge of the new one: for the same days, or the whole of its first
/// period where the schedule restarts. Each is rounded by itself (R3.2).
fn lines(
    input: &ProrateInput,
    period: &Period,
    rule: RoundingRule,
    restarted: Option<&Schedule>,
) -> Result<Vec<Line>, Error> {
    let ProrateInput { schedule, from, change, first_period, .. } = input;
    let mut lines = Vec::new();
    if change.prorate.unwrap_or(true) {
        let part = Part::left(schedule, period, change.at, first_period.unwrap_or_default())?;
        if let Part::Days(fraction) = part {
            let span = Some(Span { start: change.at, end: period.end });
            let days = fraction.to_string();
            let credit = part.of(*from, rule)?.negated();
            let note = [&days, " not used of ", &from.to_string()].concat();
            lines.push(Line { kind: LineKind::Credit, period: span, fraction: Some(fraction), amount: credit, note });
            if restarted.is_none() {
                let charge = part.of(change.to, rule)?;
                let note = [&days, " at ", &change.to.to_string()].concat();
                lines.push(Line {
                    kind: LineKind::Charge,
                    period: span,
                    fraction: Some(fraction),
                    amount: charge,
                    note,
                });
            }
        }
    }
    if let Some(first) = restarted.map(|schedule| schedule.period(1)).transpose()?.flatten() {
        lines.push(Line::whole_period(&first, change.to));
    }
    Ok(lines)
}

fn outside_period(at: Date) -> Error {
    Error::new(Code::OutsidePeriod, "/at", ["no period of the schedule contains `", &at.iso(), "`"].concat())
}
