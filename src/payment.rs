//! A payment as it is to be made, with everything that explains it.

use crate::date::Date;
use crate::indicator::{AmountKind, Indicator, MastercardCode};
use crate::json::{object, words};
use crate::money::Money;
use crate::pricing::line::Line;
use crate::schedule::Period;

/// What a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PaymentKind {
    /// No money: the cardholder proves the card, before a trial or in place of a first payment of zero.
    Verification,
    /// Payment 1, while nothing is established.
    Initial,
    /// Any later payment of the schedule.
    Recurring,
    /// The difference that a change of plan makes, due at once.
    PlanChange,
    /// Beside the schedule: a top-up, usage.
    Unscheduled,
    /// What is owed at the end (R5.9).
    Final,
}

words!(PaymentKind {
    Verification "verification",
    Initial "initial",
    Recurring "recurring",
    PlanChange "plan_change",
    Unscheduled "unscheduled",
    Final "final",
});

impl PaymentKind {
    /// What a payment of the schedule is, by its number and whether the cardholder has completed anything with the card.
    pub(crate) fn scheduled(number: u32, established: bool) -> Self {
        if number == 1 && !established { Self::Initial } else { Self::Recurring }
    }
}

/// The days that a payment is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PaidPeriod {
    /// The first day.
    pub start: Date,
    /// The first day that is no longer part of it.
    pub end: Date,
    /// The day before `end`, for people.
    pub last_day: Date,
}

object!(PaidPeriod { start: required "start", end: required "end", last_day: required "lastDay" });

impl PaidPeriod {
    /// The days from `start` up to, but not including, `end`.
    pub(crate) fn new(start: Date, end: Date) -> Self {
        Self { start, end, last_day: end.plus_days(-1).unwrap_or(end) }
    }

    pub(crate) fn contains(&self, day: Date) -> bool {
        (self.start..self.end).contains(&day)
    }
}

impl From<Period> for PaidPeriod {
    fn from(Period { start, end, last_day, .. }: Period) -> Self {
        Self { start, end, last_day }
    }
}

/// One attempt at a payment: what is charged, for which days, by whose initiative, under which reference.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// The schedule's payment number, from 1; 0 for what lies before the schedule or has none (R5.6).
    pub number: u32,
    /// 0 for the schedule's own payment; 1, 2, … for what comes between due dates.
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
    /// C1 or M1; none under internal recurrence, and where nothing is sent.
    pub indicator: Option<Indicator>,
    /// The Mastercard code that it belongs to.
    pub mastercard_code: Option<MastercardCode>,
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
    mastercard_code: nullable "mastercardCode",
    reference: required "reference",
    lines: required "lines",
});
