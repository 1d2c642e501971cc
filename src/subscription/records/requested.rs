//! The stored request to make an open payment before its retry day (R5.13).

use crate::date::Date;
use crate::json::object;

/// A request to make an open payment now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requested {
    pub(crate) on: Date,
    /// Whether the cardholder is present to pay on that day.
    pub(crate) customer_present: bool,
}

object!(Requested { on: required "on", customer_present: defaulted "customerPresent" });
