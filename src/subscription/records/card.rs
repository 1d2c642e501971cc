//! The stored card: what the cardholder has completed with it, and whether it may be charged (R4, R6.2).

use super::attempt::Attempt;
use crate::date::Date;
use crate::indicator::EstablishedBy;
use crate::json::{object, words};
use crate::subscription::event::ReplacedBy;

/// Why the merchant may not charge the card (R6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardBlock {
    /// A decline forbids new attempts with it.
    Card,
    /// The cardholder's bank has reversed a charge.
    Chargeback,
    /// The cardholder has revoked the charges: a new number for the same card does not help.
    Revoked,
}

words!(CardBlock { Card "card", Chargeback "chargeback", Revoked "revoked" });

/// The stored card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What the cardholder has completed with it.
    pub(crate) established: EstablishedBy,
    /// Whether a decline has blocked it: only the cardholder can pay.
    pub(crate) block: Option<CardBlock>,
    /// How often it was replaced.
    pub(crate) number: u32,
    /// The day of the event since which only the cardholder can pay, if one happened after the first payment (R4.3).
    pub(crate) checkout_since: Option<Date>,
}

object!(Card {
    established: required "established",
    block: optional "cardBlock",
    number: defaulted "card",
    checkout_since: optional "checkoutSince",
});

impl Card {
    pub(crate) fn new(established: EstablishedBy) -> Self {
        Self { established, block: None, number: 0, checkout_since: None }
    }

    pub(crate) fn is_established(&self) -> bool {
        self.established != EstablishedBy::None
    }

    /// Replaces the card to charge from now on.
    pub(crate) fn replace(&mut self, by: ReplacedBy, on: Date) {
        match by {
            ReplacedBy::Verification => {
                self.number = self.number.saturating_add(1);
                self.established = EstablishedBy::Verification;
                self.block = None;
            }
            ReplacedBy::Payment => self.begin_anew(on),
            // A new number for the same card: the cardholder's revocation still applies (R6.2).
            ReplacedBy::Updater => {
                self.number = self.number.saturating_add(1);
                if self.block != Some(CardBlock::Revoked) {
                    self.block = None;
                }
            }
        }
    }

    /// Requires a payment by the cardholder, with another card or at another provider, before the merchant can charge
    /// it.
    pub(crate) fn begin_anew(&mut self, on: Date) {
        let number = self.number.saturating_add(1);
        *self = Self { number, checkout_since: Some(on), ..Self::new(EstablishedBy::None) };
    }

    /// Records that the cardholder has completed an attempt. An attempt with an earlier card says nothing about this
    /// one.
    pub(crate) fn establish(&mut self, by: EstablishedBy, attempt: &Attempt) {
        if attempt.card != self.number {
            return;
        }
        self.established = by;
        if attempt.lifts_block {
            self.block = None;
        }
    }

    /// Blocks the card after a decline. A revocation by the cardholder outweighs a block by the issuer.
    pub(crate) fn block(&mut self, block: CardBlock, on: Date) {
        if self.block.is_none() && self.is_established() {
            self.checkout_since = Some(on);
        }
        if self.block != Some(CardBlock::Revoked) {
            self.block = Some(block);
        }
    }
}
