//! What a change of plan costs (R3).

use crate::date::Date;
use crate::error::{Code, Error, Errors, Problems};
use crate::json::{Fields, Node, Object, Shape, Value, object, serde_by_shape, words};
use crate::money::{Money, Rounding, RoundingRule};
use crate::schedule::{Period, Schedule};

/// When a change takes force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effective {
    /// On the day of the change.
    At,
    /// With the next due date.
    PeriodEnd,
}

words!(Effective { At "at", PeriodEnd "period_end" });

/// When the difference is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Settle {
    /// On the day of the change.
    Now,
    /// With the next payment.
    NextPayment,
}

words!(Settle { Now "now", NextPayment "next_payment" });

/// When the difference of a change is paid in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Settled {
    /// On the day of the change.
    Now,
    /// With the next payment.
    NextPayment,
    /// Not at all: the change waits for the next due date, or leaves a credit that no payment follows to use.
    None,
}

words!(Settled { Now "now", NextPayment "next_payment", None "none" });

/// Which way a change goes (R3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To a higher price.
    Upgrade,
    /// To a lower price.
    Downgrade,
    /// To an equal price.
    Same,
}

words!(Direction { Upgrade "upgrade", Downgrade "downgrade", Same "same" });

/// A change of plan within the same cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanChange {
    /// The price of a full period after the change.
    pub to: Money,
    /// The day of the change.
    pub at: Date,
    /// When it takes force; default at once, for a downgrade with the next due date (R3.5).
    pub effective: Option<Effective>,
    /// When the difference is paid; default at once.
    pub settle: Option<Settle>,
    /// Whether the running period is prorated; default yes.
    pub prorate: Option<bool>,
}

impl PlanChange {
    const FIELDS: [&str; 5] = ["to", "at", "effective", "settle", "prorate"];

    /// A change to another price on a day, with all defaults.
    pub fn new(to: Money, at: Date) -> Self {
        Self { to, at, effective: None, settle: None, prorate: None }
    }

    fn read_fields(fields: &Fields<'_>) -> Option<Self> {
        let to = fields.required("to");
        let at = fields.required("at");
        let effective = fields.optional("effective");
        let settle = fields.optional("settle");
        let prorate = fields.optional("prorate");
        Some(Self { to: to?, at: at?, effective: effective?, settle: settle?, prorate: prorate? })
    }

    fn write_fields(&self, object: &mut Object) {
        object.required("to", &self.to);
        object.required("at", &self.at);
        object.optional("effective", &self.effective);
        object.optional("settle", &self.settle);
        object.optional("prorate", &self.prorate);
    }
}

impl Shape for PlanChange {
    fn read(node: &Node<'_>) -> Option<Self> {
        Self::read_fields(&node.object(&Self::FIELDS)?)
    }

    fn write(&self) -> Value {
        let mut object = Object::default();
        self.write_fields(&mut object);
        object.done()
    }
}

/// A change of plan with what it changes. In JSON one flat object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProrateInput {
    /// The schedule that runs.
    pub schedule: Schedule,
    /// The price of a full period before the change.
    pub from: Money,
    /// The change.
    pub change: PlanChange,
    /// How lines are rounded; default to the nearest, ties away from zero.
    pub rounding: Option<Rounding>,
    /// To multiples of how many minor units; default 1.
    pub round_to: Option<u32>,
}

impl ProrateInput {
    /// A change of what runs, with the default rounding.
    pub fn new(schedule: Schedule, from: Money, change: PlanChange) -> Self {
        Self { schedule, from, change, rounding: None, round_to: None }
    }
}

impl Shape for ProrateInput {
    fn read(node: &Node<'_>) -> Option<Self> {
        let own = ["schedule", "from", "rounding", "roundTo"];
        let fields = node.object(&[own.as_slice(), PlanChange::FIELDS.as_slice()].concat())?;
        let schedule = fields.required("schedule");
        let from = fields.required("from");
        let change = PlanChange::read_fields(&fields);
        let rounding = fields.optional("rounding");
        let round_to = fields.optional("roundTo");
        Some(Self { schedule: schedule?, from: from?, change: change?, rounding: rounding?, round_to: round_to? })
    }

    fn write(&self) -> Value {
        let mut object = Object::default();
        object.required("schedule", &self.schedule);
        object.required("from", &self.from);
        self.change.write_fields(&mut object);
        object.optional("rounding", &self.rounding);
        object.optional("roundTo", &self.round_to);
        object.done()
    }
}

/// What a line of an amount is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LineKind {
    /// The unused part of the old price, given back.
    Credit,
    /// The remaining part at the new price.
    Charge,
}

words!(LineKind { Credit "credit", Charge "charge" });

/// The days that a line is for: from `start` up to, but not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub start: Date,
    /// The first day that is no longer part of it.
    pub end: Date,
}

object!(Span { start: required "start", end: required "end" });

/// Days left of the days of a full period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    /// The days left.
    pub left: u32,
    /// The days of a full period.
    pub of: u32,
}

object!(Fraction { left: required "left", of: required "of" });

/// A line that explains a part of an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is for.
    pub kind: LineKind,
    /// The days that it is for.
    pub period: Option<Span>,
    /// The part of a full period that it is.
    pub fraction: Option<Fraction>,
    /// The amount, rounded by itself (R3.2).
    pub amount: Money,
    /// The same for people, in English.
    pub note: String,
}

object!(Line {
    kind: required "kind",
    period: nullable "period",
    fraction: nullable "fraction",
    amount: required "amount",
    note: required "note",
});

/// A payment to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextPayment {
    /// The day on which it is due.
    pub due_date: Date,
    /// Its amount.
    pub amount: Money,
}

object!(NextPayment { due_date: required "dueDate", amount: required "amount" });

/// What a change of plan costs, and what becomes of the next payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proration {
    /// Which way the change goes.
    pub direction: Direction,
    /// The day on which it takes force.
    pub effective: Date,
    /// When the difference is paid.
    pub settle: Settled,
    /// The unused part of the old price: zero or below.
    pub credit: Money,
    /// The remaining part of the new price: zero or above.
    pub charge: Money,
    /// Credit and charge together.
    pub net: Money,
    /// What is collected on the day of the change: zero or above.
    pub due_now: Money,
    /// What is carried into later payments; negative in the customer's favour.
    pub balance: Money,
    /// The next payment; none when no payment follows.
    pub next_payment: Option<NextPayment>,
    /// The lines that make up credit and charge.
    pub lines: Vec<Line>,
    /// The day for which this was computed.
    pub computed_for: Date,
}

object!(Proration {
    direction: required "direction",
    effective: required "effective",
    settle: required "settle",
    credit: required "credit",
    charge: required "charge",
    net: required "net",
    due_now: required "dueNow",
    balance: required "balance",
    next_payment: nullable "nextPayment",
    lines: required "lines",
    computed_for: required "computedFor",
});

serde_by_shape!(PlanChange, ProrateInput);

/// Computes a change of plan within the same cycle (R3.1 to R3.5).
///
/// # Errors
/// `outside_period` when no period of the schedule contains the day; `currency_mismatch`; `out_of_range` for a negative
/// price or an amount past 2^53 - 1; `no_later_payment` for a change with the next due date where there is none.
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
    let ProrateInput { schedule, from, change, rounding, round_to } = input;
    let PlanChange { to, at, .. } = *change;
    let mut problems = Problems::default();
    problems.check(from.not_negative("/from"));
    problems.check(to.not_negative("/to"));
    problems.check(from.same_currency(to, "/to/currency"));
    let period = problems.check(schedule.period_on(at).and_then(|period| period.ok_or_else(|| outside_period(at))));
    let later = problems.check(schedule.next_due_date(at));
    let rule = problems.check(RoundingRule::new(rounding.unwrap_or_default(), round_to.unwrap_or(1)));
    let ((period, later), rule) = problems.done(period.zip(later).zip(rule))?;

    let direction = match to.amount().cmp(&from.amount()) {
        std::cmp::Ordering::Greater => Direction::Upgrade,
        std::cmp::Ordering::Less => Direction::Downgrade,
        std::cmp::Ordering::Equal => Direction::Same,
    };
    let by_default = if direction == Direction::Downgrade { Effective::PeriodEnd } else { Effective::At };
    let nothing = Money::zero(to.currency());
    let unchanged = Proration {
        direction,
        effective: at,
        settle: Settled::None,
        credit: nothing,
        charge: nothing,
        net: nothing,
        due_now: nothing,
        balance: nothing,
        next_payment: later.map(|due_date| NextPayment { due_date, amount: to }),
        lines: Vec::new(),
        computed_for: at,
    };
    if change.effective.unwrap_or(by_default) == Effective::PeriodEnd {
        let Some(effective) = later else {
            let message = "no payment follows, so the change can only take force on its day (`at`)";
            return Err(Error::new(Code::NoLaterPayment, "/effective", message).into());
        };
        return Ok(Proration { effective, ..unchanged });
    }

    let lines = if change.prorate.unwrap_or(true) { lines(input, &period, rule)? } else { Vec::new() };
    let sum = |kind| lines.iter().filter(|line| line.kind == kind).try_fold(nothing, |sum, line| sum.plus(line.amount));
    let (credit, charge) = (sum(LineKind::Credit)?, sum(LineKind::Charge)?);
    let net = credit.plus(charge)?;
    let settle = match change.settle.unwrap_or(Settle::Now) {
        Settle::NextPayment if later.is_some() => Settled::NextPayment,
        // Without a later payment, what is owed is due on the day itself, and a credit stays balance (R3.5).
        Settle::NextPayment if net.amount() < 0 => Settled::None,
        _ => Settled::Now,
    };
    let due_now = if settle == Settled::Now { net.at_least_zero() } else { nothing };
    let balance = net.plus(due_now.negated())?;
    let next_amount = to.plus(balance)?.at_least_zero();
    let next_payment = later.map(|due_date| NextPayment { due_date, amount: next_amount });
    Ok(Proration { settle, credit, charge, net, due_now, balance, next_payment, lines, ..unchanged })
}

/// The credit of the old price and the charge of the new one for the days left of a period, each rounded by itself (R3.2).
fn lines(input: &ProrateInput, period: &Period, rule: RoundingRule) -> Result<Vec<Line>, Error> {
    let ProrateInput { schedule, from, change, .. } = input;
    let (left, of) = (change.at.days_until(period.end), schedule.nominal_days(period)?);
    let share = |price: Money| {
        let amount = rule.share(price.amount(), left, of).ok_or_else(too_large)?;
        Money::new(amount, price.currency()).map_err(|_| too_large())
    };
    let span = Some(Span { start: change.at, end: period.end });
    let (left, of) = (u32::try_from(left).map_err(|_| too_large())?, u32::try_from(of).map_err(|_| too_large())?);
    let fraction = Some(Fraction { left, of });
    let days = [&left.to_string(), " of ", &of.to_string(), " days"].concat();
    let (old, new) = (from.to_string(), change.to.to_string());
    Ok(vec![
        Line {
            kind: LineKind::Credit,
            period: span,
            fraction,
            amount: share(*from)?.negated(),
            note: [&days, " not used of ", &old].concat(),
        },
        Line {
            kind: LineKind::Charge,
            period: span,
            fraction,
            amount: share(change.to)?,
            note: [&days, " at ", &new].concat(),
        },
    ])
}

fn outside_period(at: Date) -> Error {
    Error::new(Code::OutsidePeriod, "/at", ["no period of the schedule contains `", &at.iso(), "`"].concat())
}

fn too_large() -> Error {
    Error::new(Code::OutOfRange, "", "the amounts are too large to be prorated")
}
