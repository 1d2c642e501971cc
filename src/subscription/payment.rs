//! A payment as it is to be made, with everything that explains it.

use crate::date::Date;
use crate::indicator::{AmountKind, Indicator, MastercardCode};
use crate::json::{object, words};
use crate::line::Line;
use crate::money::Money;
use crate::schedule::Period;

/// What a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PaymentKind {
    /// Payment 1, while nothing is established.
    Initial,
    /// Any later payment of the schedule.
    Recurring,
}

words!(PaymentKind { Initial "initial", Recurring "recurring" });

/// The days that a payment is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidPeriod {
    /// The first day.
    pub start: Date,
    /// The first day that is no longer part of it.
    pub end: Date,
    /// The day before `end`, for people.
    pub last_day: Date,
}

object!(PaidPeriod { start: required "start", end: required "end", last_day: required "lastDay" });

impl From<Period> for PaidPeriod {
    fn from(Period { start, end, last_day, .. }: Period) -> Self {
        Self { start, end, last_day }
    }
}

/// One attempt at a payment: what is charged, for which days, by whose initiative, under which reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The schedule's payment number, from 1.
    pub number: u32,
    /// 0 for the schedule's own payment.
    pub extra: u32,
    /// The attempt, from 1.
    pub attempt: u32,
    /// What it is.
    pub kind: PaymentKind,
    /// The day on which it fell due. A later attempt does not move it (R6.7).
    pub due_date: Date,
    /// The days that it pays for.
    pub period: Option<PaidPeriod>,
    /// The amount, 0 or more.
    pub amount: Money,
    /// Whether that is the agreed price.
    pub amount_kind: AmountKind,
    /// C1 or M1; none under internal recurrence.
    pub indicator: Option<Indicator>,
    /// The Mastercard code that it belongs to.
    pub mastercard: Option<MastercardCode>,
    /// `<id>-<number>-<extra>-<attempt>`: the same attempt always bears the same, a new attempt a new one (R5.6).
    pub reference: String,
    /// The lines that make up the amount.
    pub lines: Vec<Line>,
}

object!(Payment {
    number: required "number",
    extra: required "extra",
    attempt: required "attempt",
    kind: required "kind",
    due_date: required "dueDate",
    period: nullable "period",
    amount: required "amount",
    amount_kind: required "amountKind",
    indicator: nullable "indicator",
    mastercard: nullable "mastercard",
    reference: required "reference",
    lines: required "lines",
});
