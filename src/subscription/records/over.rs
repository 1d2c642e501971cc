//! The stored end of service (R5.9).

use super::key::PaymentNumber;
use crate::date::Date;
use crate::json::object;
use crate::money::Money;

/// The end of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Over {
    /// The first day without service.
    pub(crate) on: Date,
    /// The balance on that day.
    pub(crate) balance: Money,
    /// The part of it that was given.
    pub(crate) given: Option<Money>,
    /// The unused part of what had been paid, had no money gone back.
    pub(crate) unused: Money,
    /// The number of the period that was unused in part; 0 without one.
    pub(crate) number: PaymentNumber,
    /// The days left of it.
    pub(crate) days: u32,
    /// The same of a period that was paid ahead, besides.
    pub(crate) ahead: Option<UnusedPart>,
    /// How much of the balance was paid out since.
    pub(crate) paid_out: Option<Money>,
    /// Whether what was owed was waived.
    pub(crate) is_waived: bool,
}

object!(Over {
    on: required "on",
    balance: required "balance",
    given: optional "given",
    unused: required "unused",
    number: required "number",
    days: defaulted "days",
    ahead: optional "ahead",
    paid_out: optional "paidOut",
    is_waived: defaulted "waived",
});

/// The unused part of a period at the end of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnusedPart {
    pub(crate) unused: Money,
    pub(crate) number: PaymentNumber,
    pub(crate) days: u32,
}

object!(UnusedPart { unused: required "unused", number: required "number", days: defaulted "days" });
