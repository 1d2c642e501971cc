//! The result of a plan change.

use crate::date::Date;
use crate::json::{object, words};
use crate::money::Money;
use crate::pricing::line::Line;
use crate::schedule::Schedule;

/// When the difference of a change is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Settled {
    /// On the day of the change.
    Now,
    /// With the next payment.
    NextPayment,
    /// Not at all: the change waits for the next due date, or leaves a credit and no payment follows.
    None,
}

words!(Settled { Now "now", NextPayment "next_payment", None "none" });

/// The direction of a change (R3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
// Exhaustive: a change goes up, down or neither way.
pub enum Direction {
    /// To a higher price, or to a longer cycle.
    Upgrade,
    /// To a lower price.
    Downgrade,
    /// To an equal price.
    Same,
}

words!(Direction { Upgrade "upgrade", Downgrade "downgrade", Same "same" });

/// A future payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NextPayment {
    /// The due date.
    pub due_date: Date,
    /// The amount.
    pub amount: Money,
}

object!(NextPayment { due_date: required "dueDate", amount: required "amount" });

/// The cost of a plan change, and its effect on the next payment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Proration {
    /// The direction of the change.
    pub direction: Direction,
    /// The day on which it takes effect.
    pub effective: Date,
    /// When the difference is settled.
    pub settle: Settled,
    /// The unused part of the old price: zero or below.
    pub credit: Money,
    /// The charge for the remaining days at the new price, or for the full first period if the schedule restarts: zero
    /// or above.
    pub charge: Money,
    /// The sum of credit and charge.
    pub net: Money,
    /// The amount to pay on the day of the change: zero or above.
    pub due_now: Money,
    /// The amount carried into later payments; negative in the customer's favour.
    pub balance: Money,
    /// The next payment; `None` if no payment follows.
    pub next_payment: Option<NextPayment>,
    /// The schedule after the change.
    pub schedule: Schedule,
    /// The number of the payment that is due on the start of that schedule.
    pub first_number: u32,
    /// The lines that make up credit and charge.
    pub lines: Vec<Line>,
    /// The day as of which this was computed.
    pub as_of: Date,
    /// The digest of what is agreed to (R8.3). A server that computes the change again can compare it.
    pub digest: String,
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
    schedule: required "schedule",
    first_number: required "firstNumber",
    lines: required "lines",
    as_of: required "asOf",
    digest: required "digest",
});
