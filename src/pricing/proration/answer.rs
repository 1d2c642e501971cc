//! What a change of plan comes to.

use crate::date::Date;
use crate::json::{object, words};
use crate::money::Money;
use crate::pricing::line::Line;
use crate::schedule::Schedule;

/// When the difference of a change is paid in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
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

/// A payment to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NextPayment {
    /// The day on which it is due.
    pub due_date: Date,
    /// Its amount.
    pub amount: Money,
}

object!(NextPayment { due_date: required "dueDate", amount: required "amount" });

/// What a change of plan costs, and what becomes of the next payment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Proration {
    /// Which way the change goes.
    pub direction: Direction,
    /// The day on which it takes force.
    pub effective: Date,
    /// When the difference is paid.
    pub settle: Settled,
    /// The unused part of the old price: zero or below.
    pub credit: Money,
    /// The remaining part of the new price, or the whole of it where the schedule restarts: zero or above.
    pub charge: Money,
    /// Credit and charge together.
    pub net: Money,
    /// What is collected on the day of the change: zero or above.
    pub due_now: Money,
    /// What is carried into later payments; negative in the customer's favour.
    pub balance: Money,
    /// The next payment; none when no payment follows.
    pub next_payment: Option<NextPayment>,
    /// The schedule as it stands after the change.
    pub schedule: Schedule,
    /// The number of the payment that is due on the start of that schedule.
    pub first_number: u32,
    /// The lines that make up credit and charge.
    pub lines: Vec<Line>,
    /// The day for which this was computed.
    pub as_of: Date,
    /// The digest of what is agreed to (R8.3): a server that computes the change anew sees whether it is the same.
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
