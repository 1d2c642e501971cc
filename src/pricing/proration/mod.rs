//! What a plan change costs (R3).

mod adjustments;
mod answer;
mod change;
mod check;
mod restart;
mod running;
mod share_day;

pub use answer::{Direction, NextPayment, Proration, Settled};
pub use change::{Effective, PlanChange, ProrateInput, Settle};
pub(crate) use check::check;
pub(crate) use restart::{anchored, another_cycle, restarted};
pub(crate) use running::{Running, from_balance};

use crate::date::Date;
use crate::digest::Agreed;
use crate::error::{Code, Error, Errors, INPUT, Problems};
use crate::money::{Money, RoundingRule};
use crate::pricing::agreed::Named;
use crate::pricing::bill::{Billed, charged};
use crate::pricing::credit::Left;
use crate::pricing::line::Span;
use crate::pricing::plan::Plan;
use crate::pricing::price::Price;
use crate::pricing::share::Part;

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
    let ProrateInput { schedule, ref from, ref change, first_period, rounding, round_to } = *input;
    let mut problems = Problems::default();
    let rule = RoundingRule::new(rounding.unwrap_or_default(), round_to.unwrap_or(1));
    // Multiples of 1 if the rounding itself is invalid.
    let grid = rule.as_ref().copied().unwrap_or_default();
    problems.take(from.check(grid, "/from"));
    change.check_has_none(&mut problems);
    let sound = problems.take(check(change, &schedule, from, grid));
    let at = change.at;
    let period = problems.check(schedule.period_on(at).and_then(|period| period.ok_or_else(|| outside_period(at))));
    let later = problems.check(schedule.next_due_date(at));
    let rule = problems.check(rule);
    let (((period, later), rule), ()) = problems.finish(period.zip(later).zip(rule).zip(sound))?;
    let mut running = Running {
        schedule,
        price: from,
        left: None,
        cap: None,
        within: None,
        restart: None,
        first_period,
        later,
        first_number: 1,
        next_number: period.number.saturating_add(1),
        balance: Money::zero(from.currency()),
        rule,
    };
    let (direction, effective) = running.effective(change)?;
    if effective == at && change.prorate.unwrap_or(true) {
        let part = Part::left(&schedule, &period, at, first_period.unwrap_or_default())?;
        let plan = Plan { price: from, first_period, rule, applied: None };
        let (costs, paid) = charged(plan, Billed::Period(&schedule, &period))?;
        let (span, paid) = (Span { start: at, end: period.end }, Some(paid));
        running.left = match part {
            Part::Days(_) => Some(Left { costs, part, span, rule, paid, taxes: None }),
            Part::Nothing => None,
        };
    }
    let to = change.price_after(from);
    let mut proration = running.change_effective(change, (direction, effective))?;
    proration.set_digest(change, &to, &[]);
    Ok(proration)
}

impl Proration {
    /// Sets the digest of the agreed change to a price (R8.3). `others` are the changes that it replaces and alters.
    pub(crate) fn set_digest(&mut self, change: &PlanChange, to: &Price, others: &[Named<'_>]) {
        let mut agreed = Agreed::new("plan_change 1");
        agreed.day("asOf", self.as_of);
        agreed.day("effective", self.effective);
        agreed.price("price", to);
        agreed.beside(change.beside());
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
        for other in others {
            agreed.named(other);
        }
        self.digest = agreed.digest();
    }
}

fn outside_period(at: Date) -> Error {
    Error::new(
        Code::OutsidePeriod,
        "/at",
        ["expected a day in a period of the schedule, got `", &at.iso(), "`"].concat(),
    )
}
