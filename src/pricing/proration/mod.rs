//! What a plan change costs (R3).

mod answer;
mod change;

use std::cmp::Ordering;

pub use answer::{Direction, NextPayment, Proration, Settled};
pub use change::{Effective, PlanChange, ProrateInput, Settle};

use crate::cycle::Cycle;
use crate::date::Date;
use crate::digest::Agreed;
use crate::error::{Code, Error, Errors, INPUT, Problems};
use crate::money::{Money, RoundingRule};
use crate::pricing::line::{Line, LineKind, LineRule, Span};
use crate::pricing::period_price::period_line;
use crate::pricing::share::FirstPeriod;
use crate::pricing::share::{Part, Share};
use crate::schedule::Schedule;

/// Computes a plan change: the credit for the unused days, the charge for the remaining ones, the amount due on the
/// day, and the next payment (R3).
///
/// # Errors
/// - `outside_period` if no period of the schedule contains the day.
/// - `currency_mismatch` for two currencies.
/// - `out_of_range` for a negative price or an amount beyond 2^53 - 1.
/// - `amount_off_grid` for a price that is not a multiple of `round_to`.
/// - `no_next_payment` for a change with the next due date if there is none.
/// - With another cycle: `end_before_start` if the schedule would restart after its end date, `payment_count_required`
///   if the old schedule has a payment count and the change has none, `settle_not_allowed` for settling with the next
///   payment.
///
/// # Examples
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
    prorated(input).map_err(|errors| errors.prefixed(INPUT))
}

fn prorated(input: &ProrateInput) -> Result<Proration, Errors> {
    let ProrateInput { schedule, from, change, first_period, rounding, round_to } = *input;
    let mut problems = Problems::default();
    let rule = RoundingRule::new(rounding.unwrap_or_default(), round_to.unwrap_or(1));
    // Multiples of 1 if the rounding itself is invalid.
    let grid = rule.as_ref().copied().unwrap_or_default();
    problems.check(from.not_negative("/from"));
    problems.check(grid.on_grid(from, "/from"));
    let sound = problems.take(check(&change, &schedule, from, grid));
    let at = change.at;
    let period = problems.check(schedule.period_on(at).and_then(|period| period.ok_or_else(|| outside_period(at))));
    let later = problems.check(schedule.next_due_date(at));
    let rule = problems.check(rule);
    let (((period, later), rule), ()) = problems.finish(period.zip(later).zip(rule).zip(sound))?;
    let mut running = Running {
        schedule,
        price: from,
        credited: from,
        end: period.end,
        part: Part::Nothing,
        cap: None,
        first_period,
        later,
        first_number: 1,
        next_number: period.number.saturating_add(1),
        balance: Money::zero(from.currency()),
        rule,
    };
    if running.effective(&change)?.1 == at && change.prorate.unwrap_or(true) {
        running.part = Part::left(&schedule, &period, at, first_period.unwrap_or_default())?;
        let paid = period_line(&schedule, from, period.number, first_period, rule)?;
        running.cap = paid.map(|line| line.amount);
    }
    running.change(&change).map(|proration| proration.with_digest(&change, &[]))
}

/// The situation on the day of a change.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Running {
    pub(crate) schedule: Schedule,
    /// The current price of a full period.
    pub(crate) price: Money,
    /// The price of a full period at which the remaining days have been paid (R3.9).
    pub(crate) credited: Money,
    /// The end of the current period.
    pub(crate) end: Date,
    /// The remaining part of the period.
    pub(crate) part: Part,
    /// The most that can be credited for those days: what was paid for them (R3.9). `None` if there is no limit.
    pub(crate) cap: Option<Money>,
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

/// Returns the cycle after a change, if it differs.
pub(crate) fn another_cycle(change: &PlanChange, schedule: &Schedule) -> Option<Cycle> {
    change.cycle.filter(|cycle| cycle.step() != schedule.cycle().step())
}

impl Running {
    /// Returns the direction of a change from a price and a schedule.
    pub(crate) fn direction(price: Money, schedule: &Schedule, change: &PlanChange) -> Direction {
        let cycle = another_cycle(change, schedule).unwrap_or(schedule.cycle());
        direction((price, schedule.cycle()), (change.to, cycle))
    }

    /// Returns when a change takes effect by default (R3.5).
    pub(crate) fn by_default(direction: Direction) -> Effective {
        if direction == Direction::Downgrade { Effective::PeriodEnd } else { Effective::OnDate }
    }

    /// Returns when a change takes effect: on its day, or with the next due date (R3.5).
    pub(crate) fn effective(&self, change: &PlanChange) -> Result<(Direction, Date), Error> {
        let direction = Self::direction(self.price, &self.schedule, change);
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
        let PlanChange { to, at, .. } = *change;
        let cycle = another_cycle(change, &self.schedule);
        let (direction, effective) = self.effective(change)?;
        let prorated = effective == at;
        let (schedule, first_number) = match cycle {
            Some(cycle) => (restarted(&self.schedule, change, cycle, effective)?, self.next_number),
            None => (self.schedule, self.first_number),
        };

        let lines = if prorated { self.lines(change, cycle.map(|_| &schedule))? } else { Vec::new() };
        let nothing = Money::zero(to.currency());
        let sum = |credit: bool| {
            let lines = lines.iter().filter(|line| (line.kind == LineKind::Credit) == credit);
            lines.map(|line| line.amount).try_fold(nothing, Money::plus)
        };
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
        let next_amount = to.plus(balance)?.at_least_zero();
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
    /// for the full first period if the schedule restarts. Each is rounded by itself (R3.2).
    fn lines(&self, change: &PlanChange, restarted: Option<&Schedule>) -> Result<Vec<Line>, Errors> {
        let mut lines = Vec::new();
        if let (true, Part::Days(_)) = (change.prorate.unwrap_or(true), self.part) {
            let span = Span { start: change.at, end: self.end };
            let old = Share { part: self.part, price: self.credited, span, rule: self.rule };
            lines.push(old.credit(self.cap)?);
            if restarted.is_none() {
                lines.push(Share { price: change.to, ..old }.charge(LineKind::Charge, LineRule::Proration)?);
            }
        }
        if let Some(schedule) = restarted
            && let Some(first) = period_line(schedule, change.to, 1, self.first_period, self.rule)?
        {
            let rule = if first.kind == LineKind::Period { LineRule::Restart } else { first.rule };
            lines.push(Line { rule, ..first });
        }
        Ok(lines)
    }
}

/// Returns how much of a balance in the customer's favour pays an amount: zero or below (R3.7).
pub(crate) fn from_balance(balance: Money, amount: Money) -> Result<Money, Error> {
    Money::new(balance.amount().min(0).max(amount.negated().amount()), balance.currency())
}

impl Proration {
    /// Adds the digest of the agreed change (R8.3). `others` are the changes that it replaces and alters.
    pub(crate) fn with_digest(mut self, change: &PlanChange, others: &[(&str, Date, Money)]) -> Self {
        let mut agreed = Agreed::new("plan_change 1");
        agreed.day("asOf", self.as_of);
        agreed.day("effective", self.effective);
        agreed.money("price", change.to);
        agreed.schedule(&self.schedule);
        agreed.number("firstNumber", self.first_number);
        agreed.money("dueNow", self.due_now);
        if let Some(next) = self.next_payment {
            agreed.payment("nextPayment", next.due_date, next.amount);
        }
        agreed.money("balance", self.balance);
        agreed.word("settle", self.settle.as_str());
        if change.prorate == Some(false) {
            agreed.word("prorate", "false");
        }
        for (name, day, price) in others {
            agreed.payment(name, *day, *price);
        }
        self.digest = agreed.digest();
        self
    }
}

/// Checks what is invalid in a change on any day.
pub(crate) fn check(change: &PlanChange, schedule: &Schedule, from: Money, rule: RoundingRule) -> Result<(), Errors> {
    let PlanChange { to, settle, payment_count, .. } = *change;
    let cycle = another_cycle(change, schedule);
    let mut problems = Problems::default();
    problems.check(to.not_negative("/to"));
    problems.check(rule.on_grid(to, "/to"));
    problems.check(from.same_currency(to, "/to/currency"));
    if cycle.is_some() && settle == Some(Settle::NextPayment) {
        let message = "cannot settle with the next payment because another cycle restarts the schedule; use `now`";
        problems.push(Code::SettleNotAllowed, "/settle", message);
    }
    match (cycle, schedule.payment_count(), payment_count) {
        (Some(_), Some(_), None) => {
            let message = "expected `paymentCount` for the new cycle, as the schedule has a payment count";
            problems.push(Code::PaymentCountRequired, "/paymentCount", message);
        }
        (None, _, Some(_)) => {
            let message = "cannot accept a payment count because the cycle stays the same; leave it out";
            problems.push(Code::PaymentCountNotAllowed, "/paymentCount", message);
        }
        (_, _, Some(0)) => {
            problems.push(Code::OutOfRange, "/paymentCount", "expected at least one payment");
        }
        _ => {}
    }
    match (cycle, change.anchor_day) {
        (_, None) => {}
        (None, Some(_)) => {
            let message = "cannot accept an anchor day because the cycle stays the same; leave it out";
            problems.push(Code::AnchorDayNotAllowed, "/anchorDay", message);
        }
        (Some(cycle), Some(_)) if !cycle.has_anchor() => {
            let message = "cannot accept an anchor day because the cycle is in days or weeks; leave it out";
            problems.push(Code::AnchorDayOnDayCycle, "/anchorDay", message);
        }
        (Some(_), Some(day)) if !(1..=31).contains(&day) => {
            problems.push(Code::OutOfRange, "/anchorDay", "expected a day from 1 to 31");
        }
        _ => {}
    }
    problems.finish(Some(()))
}

/// Returns the direction of a change (R3.4). A longer cycle is an upgrade; otherwise prices per day are compared, over
/// the mean lengths of the cycles.
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

/// Returns the schedule that another cycle starts on a day (R3.6). It has the anchor day of the change, or keeps the
/// old one if the day is the anchor day of its month. The end date stays.
pub(crate) fn restarted(old: &Schedule, change: &PlanChange, cycle: Cycle, on: Date) -> Result<Schedule, Error> {
    let mut schedule = anchored(Schedule::new(on, cycle), change.anchor_day.or_else(|| old.anchor_kept_on(on)))?;
    if let Some(end_date) = old.end_date() {
        schedule = schedule.with_end_date(end_date).map_err(|error| error.prefixed("/schedule"))?;
    }
    if let Some(count) = change.payment_count {
        schedule = schedule.with_payment_count(count)?;
    }
    Ok(schedule)
}

/// Returns a restarted schedule with an anchor day, if that differs from the day of its start.
pub(crate) fn anchored(schedule: Schedule, anchor_day: Option<u32>) -> Result<Schedule, Error> {
    match anchor_day.filter(|day| *day != schedule.start().day() && schedule.cycle().has_anchor()) {
        Some(day) => schedule.with_anchor_day(day),
        None => Ok(schedule),
    }
}

fn outside_period(at: Date) -> Error {
    Error::new(
        Code::OutsidePeriod,
        "/at",
        ["expected a day in a period of the schedule, got `", &at.iso(), "`"].concat(),
    )
}
