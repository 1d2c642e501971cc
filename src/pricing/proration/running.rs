//! The cost of a change on its day.

use std::cmp::Ordering;

use super::answer::{Direction, NextPayment, Proration, Settled};
use super::change::{Effective, PlanChange, Settle};
use super::restart::{another_cycle, restarted};
use crate::cycle::Cycle;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::money::{Money, RoundingRule};
use crate::pricing::applied::Applied;
use crate::pricing::bill::{self, Billed, bill};
use crate::pricing::credit::Left;
use crate::pricing::line::{Line, LineKind, LineRule};
use crate::pricing::plan::Plan;
use crate::pricing::price::Price;
use crate::pricing::share::FirstPeriod;
use crate::pricing::tax::{is_of_credit, taxed};
use crate::schedule::Schedule;

/// The situation on the day of a change.
#[derive(Debug, Clone)]
pub(crate) struct Running<'a> {
    pub(crate) schedule: Schedule,
    /// The current price of a full period.
    pub(crate) price: &'a Price,
    /// The days that are left of the current period, as they were paid (R3.9); `None` if there are none.
    pub(crate) left: Option<Left>,
    /// The most that can be credited for those days, with taxes, as money went back (R5.12). `None` if there is no limit.
    pub(crate) cap: Option<Money>,
    /// What applies to a charge within the period.
    pub(crate) within: Option<Box<Applied>>,
    /// What applies to the first payment of a schedule that restarts.
    pub(crate) restart: Option<Box<Applied>>,
    /// What a stub costs.
    pub(crate) first_period: Option<FirstPeriod>,
    /// The next due date.
    pub(crate) later: Option<Date>,
    /// The number due on the schedule's start, and the number due next.
    pub(crate) first_number: u32,
    pub(crate) next_number: u32,
    /// The balance so far; negative in the customer's favour.
    pub(crate) balance: Money,
    pub(crate) rule: RoundingRule,
}

impl Running<'_> {
    /// Returns the direction of a change from a price and a schedule (R3.4).
    pub(crate) fn direction(
        price: &Price,
        schedule: &Schedule,
        change: &PlanChange,
        rule: RoundingRule,
    ) -> Result<Direction, Error> {
        let cycle = another_cycle(change, schedule).unwrap_or(schedule.cycle());
        let to = change.price_after(price).sum(rule)?;
        Ok(direction((price.sum(rule)?, schedule.cycle()), (to, cycle)))
    }

    /// Returns when a change takes effect by default (R3.5).
    pub(crate) fn by_default(direction: Direction) -> Effective {
        if direction == Direction::Downgrade { Effective::PeriodEnd } else { Effective::OnDate }
    }

    /// Returns when a change takes effect: on its day, or with the next due date (R3.5).
    pub(crate) fn effective(&self, change: &PlanChange) -> Result<(Direction, Date), Error> {
        let direction = Self::direction(self.price, &self.schedule, change, self.rule)?;
        let effective = match (change.effective.unwrap_or(Self::by_default(direction)), self.later) {
            (Effective::OnDate, _) => change.at,
            (Effective::PeriodEnd, Some(later)) => later,
            (Effective::PeriodEnd, None) => {
                let message = "cannot change with the next due date because no payment follows; use `on_date`";
                return Err(Error::new(Code::NoNextPayment, "/effective", message));
            }
        };
        Ok((direction, effective))
    }

    /// Computes a change. Its digest is added later.
    pub(crate) fn change(&self, change: &PlanChange) -> Result<Proration, Errors> {
        self.change_effective(change, self.effective(change)?)
    }

    /// As [`change`](Self::change), when it is known what [`effective`](Self::effective) returns.
    pub(super) fn change_effective(
        &self,
        change: &PlanChange,
        (direction, effective): (Direction, Date),
    ) -> Result<Proration, Errors> {
        let at = change.at;
        let to = change.price_after(self.price);
        let cycle = another_cycle(change, &self.schedule);
        let prorated = effective == at;
        let (schedule, first_number) = match cycle {
            Some(cycle) => (restarted(&self.schedule, change, cycle, effective)?, self.next_number),
            None => (self.schedule, self.first_number),
        };

        let is_prorated = change.prorate.unwrap_or(true);
        let lines = if prorated { self.lines(&to, is_prorated, cycle.map(|_| &schedule))? } else { Vec::new() };
        let nothing = Money::zero(to.currency());
        let sum = |credit: bool| bill::sum(lines.iter().filter(|line| is_of_credit(line) == credit), to.currency());
        let (credit, charge) = (sum(true)?, sum(false)?);
        let net = credit.plus(charge)?;
        // The first payment at the new price, unless it is part of the charge.
        let next_due = match (prorated, cycle) {
            (true, Some(_)) => schedule.next_due_date(at)?,
            (true, None) => self.later,
            (false, _) => Some(effective),
        };
        let settle = match change.settle.unwrap_or(Settle::Now) {
            _ if !prorated => Settled::None,
            Settle::NextPayment if next_due.is_some() => Settled::NextPayment,
            // Without a later payment, a charge is due on the day itself, and a credit stays in the balance (R3.5).
            Settle::NextPayment if net.amount() < 0 => Settled::None,
            _ => Settled::Now,
        };
        // A balance in the customer's favour pays first (R3.7).
        let owed = if settle == Settled::Now { net.at_least_zero() } else { nothing };
        let from_balance = from_balance(self.balance, owed)?;
        let due_now = owed.plus(from_balance)?;
        let balance = self.balance.plus(net)?.plus(due_now.negated())?;
        let next_amount = to.sum(self.rule)?.plus(balance)?.at_least_zero();
        Ok(Proration {
            direction,
            effective,
            settle,
            credit,
            charge,
            net,
            due_now,
            balance,
            next_payment: next_due.map(|due_date| NextPayment { due_date, amount: next_amount }),
            schedule,
            first_number,
            lines,
            as_of: at,
            digest: String::new(),
        })
    }

    /// Returns the credit of the old price for the remaining days, and the charge of the new one: for the same days, or
    /// for the full first period if the schedule restarts.
    fn lines(&self, to: &Price, is_prorated: bool, restarted: Option<&Schedule>) -> Result<Vec<Line>, Errors> {
        let mut lines = Vec::new();
        if let (true, Some(left)) = (is_prorated, &self.left) {
            lines = match restarted {
                Some(_) => left.lines(self.cap, true, &|_| true)?,
                None => left.exchanged(&self.plan(to, &self.within).costs()?, self.cap)?,
            };
        }
        if let Some(schedule) = restarted
            && let Some(first) = schedule.period(1)?
        {
            let charges = bill(self.plan(to, &self.restart), Billed::Period(schedule, &first))?.lines;
            let by = |line: Line| match line.kind {
                LineKind::Period => Line { rule: LineRule::Restart, ..line },
                _ => line,
            };
            let taxes = self.restart.as_ref().and_then(|applied| applied.taxes.as_ref());
            lines.extend(taxed(charges.into_iter().map(by).collect(), taxes, self.rule)?);
        }
        Ok(lines)
    }

    fn plan<'a>(&self, price: &'a Price, applied: &'a Option<Box<Applied>>) -> Plan<'a> {
        Plan { price, first_period: self.first_period, rule: self.rule, applied: applied.as_deref() }
    }
}

/// Returns how much of a balance in the customer's favour pays an amount: zero or below (R3.7).
pub(crate) fn from_balance(balance: Money, amount: Money) -> Result<Money, Error> {
    Money::new(balance.amount().min(0).max(amount.negated().amount()), balance.currency())
}

/// Returns the direction of a change (R3.4). A longer cycle is an upgrade; otherwise prices per day are compared, over
/// the mean lengths of the cycles.
fn direction((from, old): (Money, Cycle), (to, new): (Money, Cycle)) -> Direction {
    let (old, new) = (old.mean_length(), new.mean_length());
    let per_day = |price: Money, other: i64| i128::from(price.amount()).saturating_mul(other.into());
    let order = if old == new { to.amount().cmp(&from.amount()) } else { per_day(to, old).cmp(&per_day(from, new)) };
    match order {
        _ if new > old => Direction::Upgrade,
        Ordering::Greater => Direction::Upgrade,
        Ordering::Less => Direction::Downgrade,
        Ordering::Equal => Direction::Same,
    }
}
