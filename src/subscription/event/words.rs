//! The values of events.

use crate::json::words;

/// The outcome of a charge that the provider made by its own schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChargeStatus {
    /// The customer was charged.
    Succeeded,
    /// It was declined.
    Declined,
}

words!(ChargeStatus { Succeeded "succeeded", Declined "declined" });

/// How a card was replaced (R4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReplacedBy {
    /// The cardholder has verified it: charges continue.
    Verification,
    /// The cardholder provides it with the next payment, which is a checkout.
    Payment,
    /// The schemes' card updater provided it: charges continue, unless the cardholder has revoked them.
    Updater,
}

words!(ReplacedBy { Verification "verification", Payment "payment", Updater "updater" });

/// What happens to the schedule after a pause (R5.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Resumption {
    /// It stays; payments due during the pause are skipped. The default.
    #[default]
    Keep,
    /// It moves by the days of the pause.
    Shift,
}

words!(Resumption { Keep "keep", Shift "shift" });

/// What happens to the amount owed at the end (R5.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FinalPayment {
    /// It is collected as a separate payment, and open unscheduled charges are still collected.
    Collect,
    /// It is waived, and nothing more is collected.
    Waive,
}

words!(FinalPayment { Collect "collect", Waive "waive" });

/// How money went back to the customer (R5.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum MoneyBack {
    /// The merchant gave it back. The default.
    #[default]
    Refund,
    /// The cardholder's bank charged it back: the entitlement of the period ends, and the card is blocked.
    Chargeback,
}

words!(MoneyBack { Refund "refund", Chargeback "chargeback" });

/// What the days between the old and a later new due date cost (R5.13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Between {
    /// Their part of the price: they are a stub, which is paid on the old due date.
    Prorated,
    /// Nothing: the running period is longer.
    Free,
}

words!(Between { Prorated "prorated", Free "free" });
