//! The status of a subscription.

use crate::json::words;

/// The status of a subscription (R5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
// Exhaustive: a sixth status would change what a backend stores, so every `match` has to handle it.
pub enum Status {
    /// The first payment or verification has not succeeded yet.
    Pending,
    /// It is running.
    Active,
    /// Cancelled. Final.
    Cancelled,
    /// The last attempt at a payment was declined.
    Error,
    /// Ended because no payment remains, or because one could not be collected. Final.
    Expired,
}

words!(Status { Pending "pending", Active "active", Cancelled "cancelled", Error "error", Expired "expired" });

impl Status {
    /// Returns whether the status is final.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Status;
    ///
    /// assert!(Status::Expired.is_final() && !Status::Active.is_final());
    /// ```
    pub fn is_final(self) -> bool {
        matches!(self, Status::Cancelled | Status::Expired)
    }
}
