//! Amounts that were charged but are not owed.

use super::mark::Mark;
use crate::date::Date;
use crate::json::{object, words};
use crate::money::Money;

/// An amount that was charged but is not owed: refund it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Overpayment {
    /// The attempt that charged it; `None` for a charge by the provider's own schedule.
    pub reference: Option<String>,
    /// The provider's reference of the charge.
    pub provider_reference: Option<String>,
    /// The amount.
    pub amount: Money,
    /// The day on which it was reported.
    pub on: Date,
    /// Why it is not owed.
    pub reason: OverpaymentReason,
}

object!(Overpayment {
    reference: nullable "reference",
    provider_reference: nullable "providerReference",
    amount: required "amount",
    on: required "on",
    reason: required "reason",
});

/// Why an amount is not owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OverpaymentReason {
    /// The payment was already paid.
    PaidTwice,
    /// The subscription or the payment had ended.
    PaidAfterEnd,
    /// The plan change that it pays for had been dropped.
    Dropped,
}

words!(OverpaymentReason { PaidTwice "paid_twice", PaidAfterEnd "paid_after_end", Dropped "dropped" });

/// An overpayment that was refunded: its charge may be reported again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Returned {
    /// The mark of its reference.
    pub(crate) reference: Option<Mark>,
    /// The mark of the provider's reference.
    pub(crate) charge: Mark,
}

object!(Returned { reference: optional "reference", charge: required "charge" });
