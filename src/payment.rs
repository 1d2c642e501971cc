//! A payment to make, with everything that explains it.

use crate::date::Date;
use crate::error::Error;
use crate::indicator::{AmountKind, Indicator, MastercardCode};
use crate::json::{object, words};
use crate::money::Money;
use crate::pricing::document::Document;
use crate::pricing::line::Line;
use crate::schedule::Period;

/// The kind of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PaymentKind {
    /// No charge: the cardholder verifies the card, before a trial or instead of a first payment of 0.
    Verification,
    /// Payment 1, while nothing is established.
    Initial,
    /// Any later payment of the schedule.
    Recurring,
    /// The difference of a plan change, due immediately.
    PlanChange,
    /// An unscheduled payment: a top-up, usage.
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
    /// Returns the kind of a payment of the schedule, given its number and whether the cardholder has completed
    /// anything with the card.
    pub(crate) fn scheduled(number: u32, established: bool) -> Self {
        if number == 1 && !established { Self::Initial } else { Self::Recurring }
    }
}

/// The days that a payment pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PaidPeriod {
    /// The first day.
    pub start: Date,
    /// The first day after the period.
    pub end: Date,
    /// The day before `end`, for people.
    pub last_day: Date,
}

object!(PaidPeriod { start: required "start", end: required "end", last_day: required "lastDay" });

impl PaidPeriod {
    /// Creates the days from `start` up to, but not including, `end`.
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

/// One attempt at a payment: its amount, its days, who initiates it, and its reference.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// The schedule's payment number, from 1; 0 for a payment before the schedule or without one (R5.6).
    pub number: u32,
    /// 0 for the schedule's own payment; 1, 2, … for payments between due dates.
    pub extra: u32,
    /// The number of the attempt, from 1.
    pub attempt: u32,
    /// The kind.
    pub kind: PaymentKind,
    /// The due date. A later attempt does not change it (R6.7).
    pub due_date: Date,
    /// The days that it pays for.
    pub period: Option<PaidPeriod>,
    /// The amount, 0 or more.
    pub amount: Money,
    /// Whether that is the agreed price.
    pub amount_kind: AmountKind,
    /// C1 or M1; `None` under internal recurrence, and if no request is sent.
    pub indicator: Option<Indicator>,
    /// The Mastercard code of the indicator.
    pub mastercard_code: Option<MastercardCode>,
    /// `<id>-<number>-<extra>-<attempt>`: the same attempt always has the same reference, and a new attempt a new one
    /// (R5.6).
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

impl Payment {
    /// Returns what the payment consists of, for a receipt or an invoice (R9.6).
    ///
    /// # Errors
    /// `total_mismatch` if the lines do not sum to the amount.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Schedule, Subscription, TaxRate, Taxes, Terms};
    ///
    /// let day = "2025-01-31".parse()?;
    /// let terms = Terms::new("99.00 NOK".parse()?, Schedule::new(day, Cycle::MONTHLY))
    ///     .with_taxes(Taxes::included([TaxRate::new("vat", "25".parse()?)]));
    /// let action = Subscription::new("sub-1", terms)?.next_action(day)?;
    /// let document = action.payment().expect("the first payment").document()?;
    /// assert_eq!((document.net.to_string(), document.due.to_string()), ("79.20 NOK".into(), "99.00 NOK".into()));
    /// assert_eq!(document.taxes[0].tax.to_string(), "19.80 NOK");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn document(&self) -> Result<Document, Error> {
        Document::of(&self.lines, self.amount)
    }
}
