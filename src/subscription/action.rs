//! The next action.

use super::status::Status;
use crate::date::Date;
use crate::json::tagged;
use crate::money::Money;
use crate::payment::Payment;

/// What to do next with a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// The cardholder has to act: a first payment, a verification, or a new card.
    Checkout {
        /// The reason, for people.
        reason: String,
        /// The payment.
        payment: Box<Payment>,
    },
    /// The merchant charges the stored card.
    Charge {
        /// The payment.
        payment: Box<Payment>,
    },
    /// The amount is 0, so no request is sent: apply its success.
    Record {
        /// The payment.
        payment: Box<Payment>,
    },
    /// An attempt is in flight: query its outcome at the provider.
    Resolve {
        /// The payment.
        payment: Box<Payment>,
    },
    /// The provider charges by its own schedule, and will report it (R5.7).
    AwaitProvider {
        /// The payment.
        payment: Box<Payment>,
    },
    /// Nothing before a day.
    Wait {
        /// The day.
        until: Date,
    },
    /// It is over: apply the event `finished`.
    Finish {
        /// The final status.
        status: Status,
        /// The day.
        on: Date,
        /// The remaining balance, to be paid out.
        balance: Money,
    },
    /// Nothing before an event: it has ended, is paused, or has no schedule.
    None {
        /// The current status.
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
    /// Returns the payment of the action.
    ///
    /// # Examples
    /// [`Subscription::quote_plan_change`](crate::Subscription::quote_plan_change) has one.
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
