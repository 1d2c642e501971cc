//! The status of a subscription.

use crate::json::words;

/// Where a subscription stands (R5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
// Exhaustive: a sixth status would change what a backend stores, so every `match` has to notice it.
pub enum Status {
    /// The first payment or verification has not succeeded yet.
    Pending,
    /// It runs.
    Active,
    /// Ended by somebody's decision. Final.
    Cancelled,
    /// The last attempt at a payment was declined.
    Error,
    /// Ended because no payment remains, or because one could not be collected. Final.
    Expired,
}

words!(Status { Pending "pending", Active "active", Cancelled "cancelled", Error "error", Expired "expired" });

impl Status {
    /// Whether nothing can follow.
    pub fn is_final(self) -> bool {
        matches!(self, Status::Cancelled | Status::Expired)
    }
}
