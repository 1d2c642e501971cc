//! The stored record of each attempt at a payment.

use super::mark::Mark;
use crate::date::Date;
use crate::decline::Decline;
use crate::json::{object, words};
use crate::money::Money;

/// The outcome of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was recorded and may have been sent; the outcome is unknown.
    InFlight,
    /// The provider has received it and has not decided.
    Pending,
    /// The provider rejected it before any charge: the same attempt is made again.
    NotMade,
    /// It was declined.
    Declined,
    /// The customer was charged.
    Succeeded,
}

words!(Outcome {
    InFlight "in_flight", Pending "pending", NotMade "not_made", Declined "declined", Succeeded "succeeded",
});

/// An attempt at a payment. Its number is its position among the attempts, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The day of its start, then of its outcome.
    pub(crate) on: Date,
    /// Its amount, if the payment has another amount now (R3.11).
    pub(crate) amount: Option<Money>,
    /// Whether the cardholder made it.
    pub(crate) by_cardholder: bool,
    /// Whether the card was blocked when the attempt was made, and not blocked again since: its success lifts the
    /// block.
    pub(crate) lifts_block: bool,
    /// The card of the attempt, by how often the card had been replaced.
    pub(crate) card: u32,
    pub(crate) outcome: Outcome,
    /// Whether its success was an overpayment.
    pub(crate) is_surplus: bool,
    pub(crate) provider_reference: Option<String>,
    /// What is kept of the provider's reference once the payment was folded.
    pub(crate) charge_mark: Option<Mark>,
    pub(crate) decline: Option<Decline>,
}

object!(Attempt {
    on: required "on",
    amount: optional "amount",
    by_cardholder: defaulted "byCardholder",
    lifts_block: defaulted "unbinds",
    card: defaulted "card",
    outcome: required "outcome",
    is_surplus: defaulted "surplus",
    provider_reference: optional "providerReference",
    charge_mark: optional "chargeMark",
    decline: optional "decline",
});

impl Attempt {
    /// Returns an attempt by the merchant, with the card of that number.
    pub(crate) fn new(on: Date, card: u32, outcome: Outcome) -> Self {
        let (amount, by_cardholder, lifts_block, is_surplus) = (None, false, false, false);
        let (provider_reference, charge_mark, decline) = (None, None, None);
        Self {
            on,
            amount,
            by_cardholder,
            lifts_block,
            card,
            outcome,
            is_surplus,
            provider_reference,
            charge_mark,
            decline,
        }
    }

    /// Returns whether its outcome is unknown.
    pub(crate) fn is_unresolved(&self) -> bool {
        matches!(self.outcome, Outcome::InFlight | Outcome::Pending)
    }

    /// Returns the mark of the provider's reference, where there is one.
    pub(crate) fn mark(&self) -> Option<Mark> {
        self.provider_reference.as_deref().map(Mark::of).or(self.charge_mark)
    }

    /// Returns whether the provider knows its charge under this reference; none where it has none.
    pub(crate) fn is_charge(&self, charge: &str) -> Option<bool> {
        match (&self.provider_reference, self.charge_mark) {
            (Some(known), _) => Some(known == charge),
            (None, Some(mark)) => Some(mark == Mark::of(charge)),
            (None, None) => None,
        }
    }

    pub(crate) fn has_charge(&self, charge: &str) -> bool {
        self.is_charge(charge) == Some(true)
    }
}
