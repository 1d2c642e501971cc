//! What has to happen next, as it is told.

use super::status::Status;
use crate::date::Date;
use crate::json::tagged;
use crate::money::Money;
use crate::payment::Payment;

/// What has to happen next with a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// The cardholder has to be there: a first payment, a verification, or a new card.
    Checkout {
        /// Why, for people.
        reason: String,
        /// The payment.
        payment: Box<Payment>,
    },
    /// The merchant charges the stored card.
    Charge {
        /// The payment.
        payment: Box<Payment>,
    },
    /// Nothing is sent for an amount of 0: its success is applied.
    Record {
        /// The payment.
        payment: Box<Payment>,
    },
    /// An attempt is out: ask the provider what became of it.
    Resolve {
        /// The payment.
        payment: Box<Payment>,
    },
    /// The provider charges by its own schedule, and will tell (R5.7).
    AwaitProvider {
        /// The payment.
        payment: Box<Payment>,
    },
    /// Nothing until a day.
    Wait {
        /// The day.
        until: Date,
    },
    /// It is over: apply the event `finished`.
    Finish {
        /// How it ends.
        status: Status,
        /// The day.
        on: Date,
        /// What is left of the balance, to be paid out.
        balance: Money,
    },
    /// Nothing until an event comes: it has ended, is paused, or has no schedule.
    None {
        /// How it stands.
        status: Status,
    },
}

tagged!(Action by "type" {
    Checkout "checkout" { reason: required "reason", payment: required "payment" },
    Charge "charge" { payment: required "payment" },
    Record "record" { payment: required "payment" },
    Resolve "resolve" { payment: required "payment" },
    AwaitProvider "await_provider" { payment: required "payment" },
    Wait "wait" { until: required "until" },
    Finish "finish" { status: required "status", on: required "on", balance: required "balance" },
    None "none" { status: required "status" },
});

impl Action {
    /// The payment that it is about.
    pub fn payment(&self) -> Option<&Payment> {
        match self {
            Action::Checkout { payment, .. }
            | Action::Charge { payment }
            | Action::Record { payment }
            | Action::Resolve { payment }
            | Action::AwaitProvider { payment } => Some(payment),
            Action::Wait { .. } | Action::Finish { .. } | Action::None { .. } => None,
        }
    }
}
