//! What a payment of the schedule costs, line by line. Everything that charges for days calls this one function (R8.1).

use super::applied::{Applied, discount_line};
use super::costs::{Costs, Entry};
use super::discount::Discount;
use super::line::{Line, LineKind, LineRule, Span};
use super::period_price::line_of;
use super::plan::Plan;
use super::price::Price;
use super::share::{Part, Share};
use crate::error::Error;
use crate::money::{Currency, Money};
use crate::schedule::{Period, Schedule};

/// The days that are charged.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Billed<'a> {
    /// A period of a schedule: complete, or a stub.
    Period(&'a Schedule, &'a Period),
    /// Some of the days of a full period.
    Part { part: Part, span: Span, kind: LineKind, by: LineRule },
}

impl Billed<'_> {
    /// Creates a stub of a full period of some days.
    pub(crate) fn stub(period: &Period, period_days: u32) -> Self {
        let part = Part::days(period.days(), period_days);
        Billed::Part { part, span: Span::from(period), kind: LineKind::Stub, by: LineRule::Stub }
    }
}

/// What some days cost.
#[derive(Debug, Clone)]
pub(crate) struct Bill {
    /// What a full period costs, item by item, after discounts.
    pub(crate) costs: Costs,
    /// The lines, without those of taxes.
    pub(crate) lines: Vec<Line>,
}

impl Bill {
    /// Returns the sum of the lines.
    pub(crate) fn total(&self) -> Result<Money, Error> {
        match self.lines.as_slice() {
            [line] => Ok(line.amount),
            lines => sum(lines, self.costs.currency()),
        }
    }
}

/// Returns the sum of some lines.
pub(crate) fn sum<'a>(lines: impl IntoIterator<Item = &'a Line>, currency: Currency) -> Result<Money, Error> {
    lines.into_iter().map(|line| line.amount).try_fold(Money::zero(currency), Money::plus)
}

/// Returns what some days cost by a plan: a line for each item, each rounded by itself, then those of what applies beside the price.
pub(crate) fn bill(plan: Plan<'_>, billed: Billed<'_>) -> Result<Bill, Error> {
    // Most prices are one amount.
    if let (Price::Amount(cost), None) = (plan.price, plan.applied) {
        let entry = Entry { item: None, cost: *cost };
        return Ok(Bill { costs: Costs::One(*cost), lines: vec![line(plan, billed, entry)?] });
    }
    let full = Costs::of(plan.price, plan.rule)?;
    let mut lines = Vec::new();
    for entry in full.entries() {
        lines.push(line(plan, billed, entry)?);
    }
    match plan.applied {
        Some(applied) => adjusted(plan, billed, applied, full, lines),
        None => Ok(Bill { costs: full, lines }),
    }
}

/// Returns what a full period costs by a plan, and what some days cost: as [`bill`], where nobody needs the lines.
pub(crate) fn charged(plan: Plan<'_>, billed: Billed<'_>) -> Result<(Costs, Money), Error> {
    if let (Price::Amount(cost), None) = (plan.price, plan.applied) {
        let amount = line(plan, billed, Entry { item: None, cost: *cost })?.amount;
        return Ok((Costs::One(*cost), amount));
    }
    let bill = bill(plan, billed)?;
    let total = bill.total()?;
    Ok((bill.costs, total))
}

/// Returns the line of an item for the days.
fn line(plan: Plan<'_>, billed: Billed<'_>, entry: Entry<'_>) -> Result<Line, Error> {
    match billed {
        Billed::Period(schedule, period) => line_of(schedule, entry, period, plan.first_period, plan.rule),
        Billed::Part { part, span, kind, by } => Share { part, entry, span, rule: plan.rule }.charge(kind, by),
    }
}

/// Adds the discounts, what is missing to the minimum, and the set-up fee (R9.1, R9.3, R9.5).
fn adjusted(
    plan: Plan<'_>,
    billed: Billed<'_>,
    applied: &Applied,
    full: Costs,
    mut lines: Vec<Line>,
) -> Result<Bill, Error> {
    let amount = |cost| line(plan, billed, Entry { item: None, cost }).map(|line| line.amount);
    let mut discounts = Ok(());
    let costs = applied.discounted(full, plan.rule, &mut |discount: &Discount, before: Entry<'_>, off: Money| {
        // The part of the price after it less the part of the price before it.
        let line = || -> Result<Line, Error> {
            let after = amount(before.cost.plus(off.negated())?)?;
            let line = line(plan, billed, before)?;
            let off = after.plus(line.amount.negated())?;
            Ok(discount_line(discount, line, off))
        };
        match line() {
            Ok(line) => lines.push(line),
            Err(error) => discounts = Err(error),
        }
    })?;
    discounts?;
    if let Some(minimum) = costs.minimum() {
        let whole = line(plan, billed, Entry { item: None, cost: minimum })?;
        let items = costs.sum_of(|entry| amount(entry.cost))?;
        let missing = whole.amount.plus(items.negated())?;
        if missing.amount() != 0 {
            lines.push(Line { kind: LineKind::Minimum, amount: missing, rule: LineRule::Minimum, ..whole });
        }
    }
    lines.extend(applied.setup_line());
    Ok(Bill { costs, lines })
}
