//! What the library remembers of each payment that has been begun, and of each attempt at it.

use super::payment::{PaidPeriod, PaymentKind};
use crate::date::Date;
use crate::decline::Decline;
use crate::indicator::AmountKind;
use crate::json::{object, words};
use crate::line::Line;
use crate::money::Money;
use crate::retry::RetryAttempt;

/// What became of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It is still owed.
    Open,
    /// It was paid.
    Paid,
    /// The attempts at it are used up.
    GivenUp,
    /// The subscription ended before it was paid.
    Stopped,
}

words!(Fate { Open "open", Paid "paid", GivenUp "given_up", Stopped "stopped" });

/// A payment that has been begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub(super) number: u32,
    pub(super) extra: u32,
    pub(super) kind: PaymentKind,
    pub(super) due_date: Date,
    pub(super) period: Option<PaidPeriod>,
    pub(super) amount: Money,
    pub(super) amount_kind: AmountKind,
    /// How much of the customer's balance it uses: zero or below.
    pub(super) from_balance: Money,
    pub(super) lines: Vec<Line>,
    pub(super) fate: Fate,
    pub(super) attempts: Vec<Attempt>,
}

object!(Record {
    number: required "number",
    extra: required "extra",
    kind: required "kind",
    due_date: required "dueDate",
    period: nullable "period",
    amount: required "amount",
    amount_kind: required "amountKind",
    from_balance: required "fromBalance",
    lines: required "lines",
    fate: required "fate",
    attempts: required "attempts",
});

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was recorded and may have been sent; what became of it is not known.
    InFlight,
    /// The provider has it and has not decided.
    Pending,
    /// It was refused before any charge: the same attempt is made again.
    NotMade,
    /// It was declined.
    Declined,
    /// The money was taken.
    Succeeded,
}

words!(Outcome {
    InFlight "in_flight", Pending "pending", NotMade "not_made", Declined "declined", Succeeded "succeeded",
});

/// An attempt at a payment. Its number is its place among the attempts, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The day of its start, then of its outcome.
    pub(super) on: Date,
    /// Whether the cardholder made it.
    pub(super) by_cardholder: bool,
    /// Whether the card has been bound since before it was made, so that its success brings a card that is not.
    pub(super) unbinds: bool,
    pub(super) outcome: Outcome,
    pub(super) provider_reference: Option<String>,
    pub(super) decline: Option<Decline>,
}

object!(Attempt {
    on: required "on",
    by_cardholder: required "byCardholder",
    unbinds: required "unbinds",
    outcome: required "outcome",
    provider_reference: nullable "providerReference",
    decline: nullable "decline",
});

impl Attempt {
    /// An attempt that is about to be sent.
    pub(super) fn started(on: Date, by_cardholder: bool, unbinds: bool) -> Self {
        let outcome = Outcome::InFlight;
        Self { on, by_cardholder, unbinds, outcome, provider_reference: None, decline: None }
    }

    pub(super) fn is_out(&self) -> bool {
        matches!(self.outcome, Outcome::InFlight | Outcome::Pending)
    }
}

impl Record {
    /// The attempt that is out, if one is, with its number.
    pub(super) fn out(&self) -> Option<(u32, &Attempt)> {
        (1..).zip(&self.attempts).find(|(_, attempt)| attempt.is_out())
    }

    /// The number of the attempt that comes next: the one that was not made, or a new one.
    pub(super) fn next_attempt(&self) -> u32 {
        let made = self.attempts.iter().filter(|attempt| attempt.outcome != Outcome::NotMade).count();
        u32::try_from(made).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// The declines so far, as the retry rules read them.
    pub(super) fn declines(&self) -> Vec<RetryAttempt> {
        let declined = self.attempts.iter().filter(|attempt| attempt.outcome == Outcome::Declined);
        let decline = |attempt: &Attempt| attempt.decline.clone().unwrap_or_else(Decline::unexplained);
        declined
            .map(|attempt| RetryAttempt { on: attempt.on, amount: self.amount, decline: decline(attempt) })
            .collect()
    }

    /// Whether it is a number of the schedule that no longer stands in the way of the next.
    pub(super) fn settles_a_number(&self) -> bool {
        self.extra == 0 && matches!(self.fate, Fate::Paid | Fate::GivenUp)
    }
}
